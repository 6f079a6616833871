"""Measures speed and memory as ratios to what the same machine can do: `python -m bench`, or `make bench`."""
