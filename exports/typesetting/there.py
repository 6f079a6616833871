"""Whether what documents are set with is on this machine: the system's libraries, and the fonts."""

import ctypes

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def lacking() -> str:
    """Which of it is not there and what mends it, in a sentence; empty where all is."""
    from exports.typesetting import fonts  # noqa: PLC0415 (no page needs it)

    missing = [name for name in LIBRARIES if not _is_there(name)]
    if missing:
        return f"This machine lacks {', '.join(missing)}, so no report can be set. `make setup` names the packages."
    try:
        all(fonts.faces())
    except fonts.FontsMissing as fault:
        return str(fault)
    return ""


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
