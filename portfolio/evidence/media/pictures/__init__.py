"""Photos and other pictures: the copies to show."""
