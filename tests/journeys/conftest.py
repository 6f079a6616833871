"""Work that is handed in, and a house that sends mail, for every journey that asks for it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.fixtures.house import serving
from tests.foundation.mail.postbox import SENDER, Postbox
from tests.journeys.assessor.judging import assessment

__all__ = ["assessment"]


@pytest.fixture(scope="module")
def post() -> Postbox:
    """The mail server of a file of tests, which is up when a test says so."""
    return Postbox()


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory, post: Postbox) -> Iterator[tuple[Flask, str]]:
    """A house that sends mail."""
    told = {"MARKWELL_MAIL": post.url, "MARKWELL_MAIL_FROM": SENDER}
    with serving(tmp_path_factory.mktemp("mail"), **told) as (app, url):
        known = replace(app.extensions["markwell"], mail=post.url, mail_from=SENDER, address="http://markwell.example")
        app.extensions["markwell"] = known
        yield app, url
