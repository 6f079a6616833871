"""Loads the typesetter once in the fork server, so that every job's child finds it warm."""

from exports.pdf import engine

engine()
