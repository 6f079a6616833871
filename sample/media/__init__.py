"""Recordings, photos and papers of the sample, made by programs: the same bytes every time on one machine."""
