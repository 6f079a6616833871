"""What a device keeps to be worked with where there is no line: the application, and pages of one person."""
