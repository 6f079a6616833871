"""How the house is run: whether it is well, what is wrong with it, and the files by which a system starts it."""
