"""Pages of documents: each drawn as a picture, with the words that a machine reads on it."""
