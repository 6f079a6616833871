"""Signatures under versions of evidence: of a witness, of the learner, of an assessor."""
