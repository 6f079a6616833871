"""QR codes (ISO/IEC 18004) of addresses, as pictures that need neither a file nor a style."""

from markupsafe import Markup
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


def drawn(address: str) -> Markup:
    """The code of an address as SVG, one unit a module, with the quiet zone that cameras need around it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="QR code of the link" '
        'shape-rendering="crispEdges">'
        '<path class="qr-paper" d="M0 0h{0}v{0}H0z"/><path class="qr-ink" d="{1}"/></svg>'
    ).format(len(rows), path)
