"""What a device keeps so that it can be worked with where there is no line: the application, and pages of one person."""
