"""A centre of any size, filled with people and their work, in an instance of its own."""
