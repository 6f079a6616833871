"""E-mails that somebody brought as files: read apart, so that their words can be shown; nothing in them is live."""
