"""The files by which a system (systemd) starts the house, keeps it up, and makes a backup of it every night."""

import re
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from portfolio.foundation.application import ROOT
from portfolio.foundation.errors import Refused

TEMPLATES = Path(__file__).parent / "system"
ETC = Path("/etc/markwell")
_PLAIN = re.compile(r"[\w./:@+\[\]-]+")
"""What stands in a unit and in a shell's file without quotes."""
UNITS = Path("/etc/systemd/system")
PLACES = {
    "markwell-web.service": UNITS / "markwell-web.service",
    "markwell-worker.service": UNITS / "markwell-worker.service",
    "markwell-backup.service": UNITS / "markwell-backup.service",
    "markwell-backup.timer": UNITS / "markwell-backup.timer",
    "sysusers.conf": Path("/etc/sysusers.d/markwell.conf"),
    "tmpfiles.conf": Path("/etc/tmpfiles.d/markwell.conf"),
    "markwell": Path("/usr/local/bin/markwell"),
}
"""Template → where the system looks for it."""
MODES = {"markwell": 0o755}


@dataclass(frozen=True, slots=True)
class System:
    """Where the house listens, how people find it, and where its backups go."""

    address: str
    host: str = "127.0.0.1"
    port: int = 8000
    backups: str = "/var/backups/markwell"


def install(system: System, to: Path) -> tuple[list[Path], bool]:
    """Write all files below `to` (`/`: this machine). What was written, and whether a secret was made.

    The environment file holds the secret, so one that is there is never changed. Refused for what a unit cannot hold.
    """
    values = _values(system)
    environment = _below(to, ETC / "environment")
    is_new = not environment.exists()
    if is_new:
        values["secret"] = secrets.token_urlsafe(48)
        _write(environment, _filled("environment", values), 0o600)
    written = [environment] * is_new
    for name, place in PLACES.items():
        _write(_below(to, place), _filled(name, values), MODES.get(name, 0o644))
        written.append(_below(to, place))
    return written, is_new


def _values(system: System) -> dict[str, str]:
    if not re.match(r"https?://[^/]+$", system.address):
        raise Refused("The address looks like https://markwell.example: no path, and no slash at the end.")
    values = {
        "root": str(ROOT), "python": str(Path(sys.prefix) / "bin" / "python"), "etc": str(ETC),
        "address": system.address, "host": system.host, "port": str(system.port), "backups": system.backups,
    }  # fmt: skip
    for value in values.values():
        if not _PLAIN.fullmatch(value):
            raise Refused(f"“{value}” cannot stand in a unit: take letters, digits and - . _ / only, without spaces.")
    values["https"] = str(int(system.address.startswith("https://")))
    return values | {"hardening": (TEMPLATES / "hardening").read_text("utf-8")}


def _filled(name: str, values: dict[str, str]) -> str:
    text = (TEMPLATES / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _write(place: Path, text: str, mode: int) -> None:
    """Put a file in its place, whole, readable to whom `mode` says from the start."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    draft = place.with_name(f".{place.name}.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text, "utf-8")
    draft.chmod(mode)
    draft.replace(place)


def _below(to: Path, place: Path) -> Path:
    return to / place.relative_to("/")
