"""Documents: whether a PDF opens, and how many pages it has."""

from pathlib import Path

import pikepdf

from portfolio.evidence.media.prepared import Prepared, Refusal


def document(path: Path) -> Prepared:
    """Pages of the PDF at `path`. Raises `Refusal` for one that needs a password or is damaged."""
    try:
        with pikepdf.open(path) as pdf:
            return Prepared("document", "application/pdf", pages=len(pdf.pages))
    except pikepdf.PasswordError as error:
        raise Refusal(
            "This PDF needs a password, so its pages cannot be shown; the original is kept.", opaque=True
        ) from error
    except pikepdf.PdfError as error:
        raise Refusal(
            "This PDF is damaged, so its pages cannot be shown; the original is kept.", opaque=True
        ) from error
