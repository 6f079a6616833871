"""Makes a backup while people work: the database first, then the files, so that every file it names is there."""

import os
import secrets
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path

from portfolio.foundation import files, sealing, unfinished
from portfolio.foundation.backup import databases, keyfiles, manifest, queries
from portfolio.foundation.backup.manifest import FILES, Manifest
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.foundation.settings import Settings, current

Say = Callable[[str], object]


def backup(folder: Path, *, say: Say) -> Manifest:
    """Write the database, all files and the keys of the house to `folder`; what an earlier backup left there is used.

    Files are never changed or removed, so those that are read after the database hold all that it names. Raises
    `Refused` for a folder of the house itself, `Unavailable` where the database or the store cannot be read, or a
    restore is not done; as `keyfiles.known` does where there is no secret to open the key files with.
    """
    settings = current()
    _ensure_elsewhere(folder, settings)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished.ensure_done()
    known = keyfiles.known()
    db.session.rollback()
    moment, logs, secret, named = stamp(now()), audit.heads(), sealing.sealed_with(), queries.named()
    db.session.rollback()
    database = f"database-{moment[:10]}-{secrets.token_hex(4)}"
    databases.save(settings.database, folder / database)
    say(f"The database as it was at {moment}")
    count, damaged, missing = _save_files(folder, named)
    say(f"{count} files, each by its hash")
    keys, faults = keyfiles.save(settings.instance / "keys", folder / "keys", known)
    faults += _broken_logs()
    made = Manifest(
        made_at=moment, secret=secret, kind=databases.kind(settings.database), database=database,
        database_sha256=manifest.sha256_of(folder / database), files=count,
        files_sha256=manifest.sha256_of(folder / FILES), keys=keys, logs=logs, damaged=damaged,
        missing=missing, faults=faults,
    )  # fmt: skip
    manifest.write(folder, made)
    for old in folder.glob("database-*"):
        if old.name != database:
            old.unlink()
    return made


def _ensure_elsewhere(folder: Path, settings: Settings) -> None:
    if folder.resolve().is_relative_to(settings.instance):
        raise Refused(f"{folder} lies in the house itself. A backup belongs on another disk.")


def _save_files(folder: Path, named: AbstractSet[str]) -> tuple[int, list[str], list[str]]:
    """Copy what the backup lacks and check what it has.

    How many it holds, which the store cannot give whole, and which of those that are `named` nobody has: what the store
    lost and an earlier backup left here is in this one, too.
    """
    there = files.LocalStore(folder / "files")
    draft = folder / f".{FILES}"
    kept, damaged = set[str](), list[str]()
    for one in files.store().addresses():
        (kept.add if _is_saved(one, there) else damaged.append)(one)
    kept |= {one for one in named - kept - {*damaged} if _is_whole(one, there)}
    with draft.open("w", encoding="ascii") as listed:
        listed.writelines(f"{one}  files/{one[:2]}/{one[2:4]}/{one}\n" for one in sorted(kept))
        listed.flush()
        os.fsync(listed.fileno())
    draft.replace(folder / FILES)
    return len(kept), sorted(damaged), sorted(named - kept - {*damaged})


def _is_saved(sha256: str, there: files.LocalStore) -> bool:
    """Whether the backup has a file of the store now, whole. A damaged copy is made anew."""
    if _is_whole(sha256, there):
        return True
    with files.store().open(sha256) as original:
        kept = there.put(original)
    if kept.sha256 != sha256:
        there.path(kept.sha256).unlink()
    return kept.sha256 == sha256


def _is_whole(sha256: str, there: files.LocalStore) -> bool:
    """Whether a copy is there; a damaged one is taken out of the way."""
    if not there.has(sha256):
        return False
    with there.open(sha256) as copy:
        whole = files.measure(copy).sha256 == sha256
    if not whole:
        there.path(sha256).unlink()
    return whole


def _broken_logs() -> list[str]:
    """Walk every log; a sentence for each that does not hold."""
    found = [(number, audit.check_kept(centre_id)) for centre_id, number in audit.logs().items()]
    return [
        f"The log of centre {number} does not hold at line {broken.seq}: {broken.reason}. The backup "
        "has it as it is; an earlier one may have it whole."
        for number, broken in found
        if broken
    ]
