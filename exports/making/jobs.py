"""What the worker does about proof, loaded when it is first done: signing takes a second to load, and no page signs."""

from importlib import import_module
from typing import Any

from portfolio.foundation.backup import keyfiles
from portfolio.foundation.work import jobs


@jobs.job("report")
def report(running: jobs.Running, export: int) -> dict[str, Any]:
    """Make one report; see `reports.make_report`."""
    return import_module("exports.making.reports").make_report(running, export)  # type: ignore[no-any-return]


@jobs.job("pack")
def pack(running: jobs.Running, export: int) -> dict[str, Any]:
    """Make one pack; see `packs.make_pack`."""
    return import_module("exports.making.packs").make_pack(running, export)  # type: ignore[no-any-return]


def know_keys() -> None:
    """Have the keys on record that signed before keys were; see `keys.know`."""
    import_module("exports.signing.keys").know()


def known_keys() -> keyfiles.Known:
    """What a backup is told of the key files; see `keys.known`."""
    return import_module("exports.signing.keys").known()  # type: ignore[no-any-return]


def countersign() -> None:
    """Have the logs that moved time-stamped; see `countersigning.countersign`."""
    import_module("exports.signing.countersigning").countersign()
