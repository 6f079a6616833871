"""Pages about proof: asking for it, how far it is, taking it away."""
