"""Bytes as people read them (decimal, as phones and disks count)."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def measured(size: float) -> tuple[str, str]:
    """Number and unit: `412`, `bytes`; `3.1`, `MB`; `40`, `MB`."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    number = f"{value:.1f}".removesuffix(".0") if value < 99.95 else f"{value:,.0f}"
    return number, _UNITS[unit]


def filesize(size: float) -> str:
    """In one phrase: `412 bytes`, `3.1 MB`."""
    return "1 byte" if size == 1 else " ".join(measured(size))
