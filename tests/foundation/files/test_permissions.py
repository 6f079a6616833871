"""What the house keeps on its disk is for the system's user that runs it, and for nobody else on the machine."""

import io
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from portfolio.foundation import files
from portfolio.foundation.db import db
from portfolio.foundation.settings import Settings


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Path]:
    """An instance that an older release left open to the machine, and in which a newer one then works."""
    folder = tmp_path / "instance"
    (folder / "keys").mkdir(parents=True)
    for path in (folder / "markwell.db", folder / "jobs.db", folder / "secret", folder / "worker"):
        path.touch()
        path.chmod(0o644)
    for path in (folder, folder / "keys"):
        path.chmod(0o755)
    app = create_app(Settings(folder, f"sqlite:///{folder / 'markwell.db'}", secret="a throw-away secret of tests"))
    with app.app_context():
        db.create_all()
        files.store().put(io.BytesIO(b"a photo"))
        (folder / "uploads").mkdir()
        yield folder
        db.session.remove()
        db.engine.dispose()


def test_nothing_in_the_instance_is_open_to_others(instance: Path) -> None:
    paths = [instance, *instance.rglob("*")]
    assert {path.name for path in paths} >= {"markwell.db", "markwell.db-wal", "jobs.db", "secret", "files", "uploads"}
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in paths if path.stat().st_mode & 0o077} == {}
