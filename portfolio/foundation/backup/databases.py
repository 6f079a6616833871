"""The database as one file, as it is at one moment while people work, by SQLite's or PostgreSQL's own means."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from portfolio.foundation.errors import Refused, Unavailable

ENGINE = "dbos"
"""Schema of the job engine's own tables: they are of this machine and this moment, and are left out."""
TOLD = 500
"""Characters of what a program says that are passed on."""


def kind(url: str) -> str:
    """`sqlite` or `postgresql`."""
    return make_url(url).get_backend_name()


def save(url: str, target: Path) -> None:
    """Write the database at `url` to `target`, as it is now. Nobody waits meanwhile.

    Raises `Unavailable` where it is damaged, or PostgreSQL's programs are not there or fail. Refused where it is in
    memory only.
    """
    if kind(url) == "sqlite":
        _copy_sqlite(_place(url), target)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ENGINE}",
         f"--file={target}", url=url)  # fmt: skip


def load(source: Path, url: str, *, mark: Callable[[str], object]) -> None:
    """Fill the empty database at `url` from a file that `save` wrote; all of it or nothing.

    `mark` is given the address of a database in which nobody sees yet what is being loaded.
    Raises `Unavailable` and is refused as `save`.
    """
    if kind(url) == "sqlite":
        place = _place(url)
        draft = place.with_name(f"{place.name}.restoring")
        _remove(draft)
        _copy_sqlite(source, draft)
        mark(f"sqlite:///{draft}")
        _remove(place)
        draft.replace(place)
        return
    mark(url)
    _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(source), url=url)


def _remove(database: Path) -> None:
    """A file of SQLite's and what belongs to it: a log left behind would be replayed into another file of its name."""
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(f"{database.name}{ending}").unlink(missing_ok=True)


def _place(url: str) -> Path:
    database = make_url(url).database
    if not database or database == ":memory:":
        raise Refused("This database is in memory only; there is nothing to back up or to restore into.")
    return Path(database)


def _copy_sqlite(source: Path, target: Path) -> None:
    """By SQLite's backup call: writers of `source` go on, and what they commit after it began is not in the copy."""
    with closing(sqlite3.connect(source, timeout=30)) as here, closing(sqlite3.connect(target, timeout=30)) as there:
        try:
            here.backup(there)
            fault = there.execute("PRAGMA quick_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise Unavailable(f"The database {source} could not be copied to {target}: {error}.") from error
    if fault != "ok":
        raise Unavailable(f"The database {source} is damaged: {fault}.")


def _run(program: str, *arguments: str, url: str) -> None:
    """Run one of PostgreSQL's programs on the database at `url`; its password is not among the arguments."""
    path = shutil.which(program)
    if path is None:
        raise Unavailable(f"{program} is not on this machine. It comes with PostgreSQL (Debian: postgresql-client).")
    address = make_url(url)
    command = [path, *arguments, f"--dbname={_libpq(address)}"]
    environment = os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Unavailable(f"{program} failed: {done.stderr.strip()[-TOLD:]}")


def _libpq(address: URL) -> str:
    plain = URL.create("postgresql", address.username, None, address.host, address.port, address.database)
    return plain.set(query=address.query).render_as_string(hide_password=False)
