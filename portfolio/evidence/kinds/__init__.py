"""Kinds of evidence that ask for something of their own: e-mails, web pages, policies and procedures."""
