"""Two at the same work: verdicts that clash, and what became of a round meanwhile."""
