"""What is measured, a file for each subject: each gives lines of the table."""
