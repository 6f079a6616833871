"""Puts a backup into an empty house: files and keys first, then the database, so that it can be begun again.

The database comes with a mark: by it a restore that was cut off goes on, and nobody can sign in before its end.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect

from portfolio.foundation import files, sealing, unfinished
from portfolio.foundation.backup import databases, keyfiles, manifest
from portfolio.foundation.backup.manifest import FILES, Manifest
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import OutOfTurn, Refused, Unreadable
from portfolio.foundation.log import audit
from portfolio.foundation.settings import Settings, current
from portfolio.foundation.work import chores, jobs

Say = Callable[[str], object]
ANOTHER = (
    "To restore another backup instead, take another MARKWELL_INSTANCE and, on PostgreSQL, a new MARKWELL_DATABASE."
)


def restore(folder: Path, *, upgrade: Callable[[], object], say: Say) -> Manifest:
    """Fill this house from the backup in `folder`; `upgrade` brings its tables to this release.

    Raises `OutOfTurn` where the house is not empty, `Refused` for the wrong secret or another kind of database,
    `Unreadable` or `Missing` where something is not as the manifest names it, and, once all is done, `Unreadable` where
    a log does not hold; `Unavailable` where database or store do not answer. Open jobs wait for the worker again.
    """
    settings, kept = current(), manifest.read(folder)
    _ensure_fits(kept, settings)
    is_loaded = _ensure_empty(kept, settings)
    manifest.ensure_whole(folder / kept.database, kept.database_sha256)
    manifest.ensure_whole(folder / FILES, kept.files_sha256)
    for name, sha256 in kept.keys.items():
        manifest.ensure_whole(folder / "keys" / Path(name).name, sha256)
    say("The database and the keys of the backup are whole")
    say(f"{_load_files(folder)} files, each checked by its hash")
    _load_keys(folder, kept, settings)
    db.session.remove()
    db.engine.dispose()
    if not is_loaded:
        mark = partial(unfinished.put_mark, database_sha256=kept.database_sha256)
        databases.load(folder / kept.database, settings.database, mark=mark)
    upgrade()
    db.session.rollback()
    with transaction():
        count = jobs.begin_again()
        for deed in chores.restored(current_app):
            deed()
    say(f"{count} jobs wait for the worker")
    broken = _broken_logs(kept, say)
    db.session.remove()
    unfinished.take_mark_off()
    if broken:
        raise Unreadable(f"The house is restored as it was at {kept.made_at}, and can be started. {broken} {ANOTHER}")
    return kept


def _ensure_fits(kept: Manifest, settings: Settings) -> None:
    """The secret first: without it nobody could sign in, and no key could be opened."""
    given = sealing.fingerprint(settings.secret) if settings.secret else "none"
    if kept.secret and kept.secret != given:
        raise Refused(
            f"This backup needs the secret with the fingerprint {kept.secret}; MARKWELL_SECRET has {given}. "
            "Nothing was restored."
        )
    here = databases.kind(settings.database)
    if kept.kind != here:
        raise Refused(f"This backup is of {kept.kind}, and MARKWELL_DATABASE names {here}. Nothing was restored.")


def _ensure_empty(kept: Manifest, settings: Settings) -> bool:
    """Whether this very backup filled the database before and was cut off. Raises `OutOfTurn` for another's tables."""
    is_filled = bool({*inspect(db.engine).get_table_names()} - {unfinished.MARK.name})
    filled_from = unfinished.filled_from()
    if is_filled and filled_from not in ("", kept.database_sha256):
        raise OutOfTurn(f"This house is being restored from another backup. Give that one again to go on. {ANOTHER}")
    if is_filled and not filled_from:
        raise OutOfTurn(f"The database has tables already, and a backup is restored into an empty house. {ANOTHER}")
    for path in (settings.instance / "keys").glob("*.p12"):
        if manifest.sha256_of(path) != kept.keys.get(path.name):
            raise OutOfTurn(f"There is a key already, {path}, which is not in the backup. Take an empty folder.")
    return is_filled


def _load_files(folder: Path) -> int:
    """Put the backup's files into this house's store, which hashes them on the way; returns how many."""
    from_there, here, count = files.LocalStore(folder / "files"), files.store(), 0
    with (folder / FILES).open(encoding="ascii") as listed:
        for line in listed:
            sha256 = line.split()[0]
            with from_there.open(sha256) as copy:
                stored = here.put(copy)
            if stored.sha256 != sha256:
                raise Unreadable(f"The file {sha256} of the backup is damaged. The database was not restored.")
            count += 1
    return count


def _load_keys(folder: Path, kept: Manifest, settings: Settings) -> None:
    place = settings.instance / "keys"
    place.mkdir(mode=0o700, exist_ok=True)
    for name in kept.keys:
        keyfiles.write(place / Path(name).name, (folder / "keys" / Path(name).name).read_bytes())


def _broken_logs(kept: Manifest, say: Say) -> str:
    """Walk every log, and hold it against the line that ended it when the backup was made; what does not hold."""
    faults = list[str]()
    for centre_id, number in audit.logs().items():
        then = dict([kept.logs[number]]) if number in kept.logs and kept.logs[number][0] else {}
        if broken := audit.check_kept(centre_id, then):
            faults.append(f"The log of centre {number} does not hold at line {broken.seq}: {broken.reason}.")
        else:
            say(f"The log of centre {number} holds: {audit.head(centre_id)[0]} lines")
    return " ".join(faults)
