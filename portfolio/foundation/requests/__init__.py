"""What comes in with a request, and how a file goes out."""
