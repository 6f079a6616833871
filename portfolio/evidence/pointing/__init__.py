"""Places in evidence as pages choose them."""
