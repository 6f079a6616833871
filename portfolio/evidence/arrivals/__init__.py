"""Arrivals: files on their way in, whole with a form or piece by piece, until they are originals in the store."""
