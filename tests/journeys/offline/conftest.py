"""A street whose server can be updated, and whose answers can be lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portfolio.foundation.db import db
from tests.fixtures.browser import Window
from tests.fixtures.house import Street, serving, settled
from tests.journeys.offline.releases import HELD, LOST, RELEASE, UNANSWERED, WITHDRAWN


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str, Path]]:
    """The application, its address, and the folder in which files say how it behaves."""
    folder = tmp_path_factory.mktemp("updated")
    with serving(folder, factory="tests.journeys.offline.releases:create_app") as (app, url):
        yield app, url, folder


@pytest.fixture
def releases(updated: tuple[Flask, str, Path]) -> Path:
    """The folder in which files say how the server behaves."""
    return updated[2]


@pytest.fixture
def street(updated: tuple[Flask, str, Path], window: Window) -> Iterator[Street]:
    """A centre of this test's own."""
    app, url, folder = updated
    for name in (RELEASE, LOST, UNANSWERED, HELD, WITHDRAWN):
        (folder / name).unlink(missing_ok=True)
    with app.app_context():
        yield settled(Street(app, url, window))
        db.session.remove()
