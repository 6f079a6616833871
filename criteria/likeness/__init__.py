"""How much two sentences mean the same: by their letters, and by a model of sentences where one is installed."""
