"""What is changed in WeasyPrint, for the versions that `pdf.KNOWN` names."""
