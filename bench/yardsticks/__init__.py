"""What the results are held against: the disk, a page of one line, the plain WeasyPrint call, typst."""
