"""What is changed in WeasyPrint, for the version that `pdf.VERSION` names."""
