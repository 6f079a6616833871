"""Jobs, the worker that does them, and its chores."""
