"""The story of the sample centres as `content/` tells it: read, held together, and given its times."""
