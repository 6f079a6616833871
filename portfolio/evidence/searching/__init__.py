"""Looking for words in a portfolio: in texts, on pages, and in what is said in recordings."""
