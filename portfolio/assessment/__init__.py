"""Handing in, judging, deciding: the only writer of judgements and of an assessment's state."""
