"""What an audit pack holds, and how it is written."""
