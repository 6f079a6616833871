"""HTML to PDF, in bounds."""
