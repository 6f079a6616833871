"""Pages of documents: drawn by the worker, shown below one another, claimed with their words and areas."""
