"""Centres, persons, roles, sign-in and the gate."""
