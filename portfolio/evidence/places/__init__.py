"""Places in evidence: where they are, whether they lie in a version, how they survive an edit, how they are drawn."""
