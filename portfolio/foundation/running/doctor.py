"""What `flask doctor` looks at beyond the house's health: settings, tables, backups, and what other storeys ask for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import cast

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from portfolio.foundation import smtp
from portfolio.foundation.application import ROOT
from portfolio.foundation.backup import manifest
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.running import health
from portfolio.foundation.settings import current

OLD = timedelta(days=2)
"""A last backup of longer ago is too old."""
_EXTENSION = "markwell-doctor"
Look = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was looked at, and what is wrong with it; a note tells of what somebody may have wanted so."""

    name: str
    sentence: str
    is_note: bool = False


def also(app: Flask, name: str, look: Look) -> None:
    """Have the doctor look at `name`, too: `look()` is a sentence of what is wrong and what to do, or empty."""
    _others(app)[name] = look


def findings() -> Iterator[Diagnosis]:
    """Everything that is looked at, well or not."""
    yield Diagnosis("secret set", _secret())
    yield Diagnosis("address", _address())
    yield Diagnosis("https", _https(), is_note=True)
    yield from (Diagnosis(name, sentence) for name, sentence in health.findings().items())
    yield Diagnosis("tables", _tables())
    yield from (Diagnosis(name, look()) for name, look in _others(current_app).items())
    yield _backup()
    yield _mail()
    yield Diagnosis("time stamps", _timestamps(), is_note=True)


def _secret() -> str:
    try:
        current().ensure_secret()
    except Refused as refusal:
        return refusal.sentence
    return ""


def _address() -> str:
    if current().address:
        return ""
    return "MARKWELL_ADDRESS is missing: set it to the address at which people find the house; links begin with it."


def _https() -> str:
    if current().https and current().address.startswith("https://"):
        return ""
    return "Without HTTPS passwords can be read on their way. Put a proxy with HTTPS in front: docs/operations.md."


def _tables() -> str:
    """Whether the tables are those of this release."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 (no other command needs it)
    from alembic.script import ScriptDirectory  # noqa: PLC0415 (likewise)

    scripts = ScriptDirectory(str(ROOT / "migrations"))
    try:
        with db.engine.connect() as line:
            laid = set(MigrationContext.configure(line).get_current_heads())
    except DBAPIError:
        return "The tables cannot be looked at while the database does not answer."
    if laid == set(scripts.get_heads()):
        return ""
    if laid <= {one.revision for one in scripts.walk_revisions()}:
        return "The tables are not of this release. Lay them with `flask db upgrade`."
    return "The tables are of a later release. Start that one, or restore the backup made before the upgrade."


def _backup() -> Diagnosis:
    made = manifest.last_made(current().instance)
    if made is None:
        return Diagnosis("backup", "No whole backup is known. Make one with `flask backup TO`.", is_note=True)
    if now() - made < OLD:
        return Diagnosis("backup", "")
    day = made.astimezone(UTC).strftime("%d %B %Y")
    return Diagnosis("backup", f"The last whole backup is of {day}. See why the timer made none since, or make one.")


def _mail() -> Diagnosis:
    """Whether the mail server answers and lets us in; nothing is sent."""
    if current().keeps_mail:
        return Diagnosis("mail", "This is a demo: its mail is kept, and shown at /outbox.", is_note=True)
    if not current().mail:
        return Diagnosis(
            "mail", "No mail is sent: links are copied or printed. MARKWELL_MAIL sets a server.", is_note=True
        )
    try:
        with smtp.MailLine(smtp.read(current().mail, current().mail_from)) as line:
            line.try_out()
    except smtp.NotTaken as refusal:
        return Diagnosis("mail", f"{refusal.sentence} See to MARKWELL_MAIL, or to the server.")
    return Diagnosis("mail", "")


def _timestamps() -> str:
    if current().timestamps:
        return ""
    return "No time-stamp authority is set: signatures carry this machine's time. MARKWELL_TIMESTAMPS sets one."


def _others(app: Flask) -> dict[str, Look]:
    return cast("dict[str, Look]", app.extensions.setdefault(_EXTENSION, {}))
