"""Conversations at a place: what assessor and learner say to each other about what was handed in, while it waits."""
