"""Evidence, its versions, and the claims that point into it; does not know that judging exists."""
