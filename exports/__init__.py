"""Proof that leaves the house: reads everything below, changes nothing there."""
