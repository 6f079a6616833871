"""Signatures, time stamps, and the keys they are made with."""
