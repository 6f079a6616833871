"""Captures: what a learner recorded or photographed on a page of ours becomes an item, with its claims, in one go."""
