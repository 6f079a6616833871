"""Sound and film: what is told and shown of them, and the copy to play."""
