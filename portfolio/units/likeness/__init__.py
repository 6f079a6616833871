"""Which points of a centre are alike, and which of them a sentence may serve."""
