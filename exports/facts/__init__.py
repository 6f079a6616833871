"""Frozen facts of one learner, and what is derived from them alone."""
