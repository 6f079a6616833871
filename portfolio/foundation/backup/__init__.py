"""Backup and restore: the database, the files and the keys together, each checked by its hash."""
