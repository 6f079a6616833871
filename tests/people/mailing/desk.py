"""Dee at her desk with a mail server, three learners without a password, and what the worker does."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import datetime
from html import unescape
from typing import Any

import pytest

from portfolio.foundation import clock
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.work import jobs
from tests.fixtures.cast import House

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LINK = re.compile(r"http://markwell\.example/join/(\S+)")
ADDRESS = "{}@house.example"


class Desk:
    """The browser of an administrator: dee, or dot at the other centre."""

    def __init__(self, house: House, nick: str = "dee") -> None:
        self.house, self.client = house, house.browser(nick)

    def reads(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return plain(answer.text)

    def sends(self, path: str, status: int = 302, **answers: Any) -> str:
        """Where the answer leads, or its words."""
        token = TOKEN.search(self.client.get("/people/links").text)
        assert token
        answer = self.client.post(path, data={"csrf_token": token[1], **answers})
        assert answer.status_code == status, answer.text
        return str(answer.location) if status == 302 else plain(answer.text)

    def mails(self, *nicks: str) -> None:
        """Make links for these people and send all by mail."""
        people = [str(self.house.person(nick).id) for nick in nicks]
        assert self.sends("/people/links", people=people, mail="yes") == "/people/mail"

    def links(self, nick: str) -> str:
        """Make one link; its key."""
        return self.sends(f"/people/{self.house.person(nick).id}/invite").partition("key=")[2]

    def page(self, nick: str) -> str:
        return self.reads(f"/people/{self.house.person(nick).id}")


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def waiting() -> list[jobs.Job]:
    db.session.rollback()
    return [job for job in db.session.query(jobs.Job).order_by(jobs.Job.created_at) if job.state == "waiting"]


def work(house: House, moment: datetime | None = None) -> None:
    """Do what the worker would do with the jobs that wait, in a thread like its own."""
    with at_work(house, moment):
        pass


@contextmanager
def at_work(house: House, moment: datetime | None = None) -> Iterator[None]:
    """A worker that does them while something else happens; its clock may stand at another moment."""
    ids = [job.id for job in waiting()]
    db.session.rollback()
    with ThreadPoolExecutor(1) as worker:
        done = worker.submit(do, house, ids, moment)
        yield
        done.result()
    db.session.rollback()
    db.session.expire_all()


def do(house: House, ids: list[str], moment: datetime | None) -> None:
    """The jobs of these ids, to their ends."""
    with house.app.app_context(), clock.at(moment) if moment else nullcontext():
        for id in ids:
            jobs.run(id, lambda _name, deed, *given: deed(*given))
        db.session.remove()


def progress(dee: Desk) -> tuple[str, int, int]:
    """What the page that waits is told."""
    said: dict[str, Any] = dee.client.get("/people/mail/progress").get_json()
    return said["state"], said["done"], said["total"]


def told() -> list[tuple[str, str]]:
    """What the log says of mails: the deed and why."""
    db.session.rollback()
    lines = [line for line in audit.lines(1) if line["deed"] in ("link sent", "link not sent")]
    return [(line["deed"], line["facts"].get("reason", "")) for line in lines]


def mails() -> dict[str, Mail]:
    db.session.rollback()
    db.session.expire_all()
    return {mail.about: mail for mail in db.session.query(Mail).order_by(Mail.id)}


def until(reached: Any) -> None:
    """Wait for something that must come."""
    for _ in range(2400):
        if reached():
            return
        threading.Event().wait(0.05)
    pytest.fail("what had to come did not come")
