"""Reports and packs hold e-mails, web pages, procedures and assignments like any other evidence, and they verify."""

import io
from datetime import date
from typing import Any

import pytest

from exports.facts.missing import absences
from exports.facts.snapshot import facts_of
from portfolio.evidence import emails, operations, preparing, queries
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, OutsideSource
from portfolio.evidence.models import File
from portfolio.evidence.places.locators import Whole, passage
from portfolio.evidence.procedures.operations import register
from portfolio.evidence.procedures.rules import Stated
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from tests.evidence.kinds.letters import email
from tests.exports.making.test_checking import made
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow
USED = OutsideSource(title="Complaints procedure", version="3.1", clause="4.2")
SEEN = OutsideSource(address="https://shop.example/returns")


def _file(house: House, name: str, content: bytes) -> File:
    return landing.receive(io.BytesIO(content), name, by=house.person("ada"))


def _gathered(house: House) -> None:
    """One item of each kind, claimed as a whole, and a sentence of the e-mail besides."""
    mail = _file(house, "thanks.eml", bytes(email("Thank you <b>for</b> ringing *at once*.\n")))
    capture = _file(house, "page.pdf", b"%PDF-1.7 as it looked").id
    letters = emails.read([mail])
    drafts: dict[Kind, Any] = {
        Kind.EMAIL: compose(Draft("Ruth thanks me", date(2026, 3, 3), files=(mail.id,)), letters),
        Kind.WEB_PAGE: compose(Draft("Returns", date(2026, 3, 4), files=(capture,), source=SEEN)),
        Kind.PROCEDURE: compose(Draft("In time", date(2026, 3, 4), text="I rang within the hour.", source=USED)),
        Kind.ASSIGNMENT: compose(Draft("Task 3", date(2026, 3, 5), text="My answer.")),
    }
    ada, dee, points = house.person("ada"), house.person("dee"), house.enrolment().edition.points
    with transaction():
        register(Stated("Complaints procedure", "3.1"), dee.centre, by=dee)
        for kind, content in drafts.items():
            version = queries.latest(operations.add(kind, content, learner=ada, by=ada))
            operations.claim(version, Whole(), points, reason="", by=ada)
            if kind is Kind.EMAIL:
                at = version.plain.index("Thank you")
                operations.claim(version, passage(version.plain, at, at + 9), points[:1], reason="", by=ada)
    for job in db.session.query(Job).filter(Job.kind.in_(preparing.KINDS)).all():
        jobs.run(job.id, lambda _name, deed, *given: deed(*given))


def test_what_is_made_of_them_holds_before_our_own_verifier(house: House) -> None:
    _gathered(house)
    deeds.hand_in(house.enrolment())
    export = made(house)
    assert export.job
    assert (export.job.state, export.job.error) == ("done", "")


def test_a_web_page_is_not_asked_where_it_happened(house: House) -> None:
    _gathered(house)
    asked = {one.where for one in absences(facts_of(house.person("ada"))) if one.what == "no place or context"}
    assert asked == {"E1 Ruth thanks me", "E3 In time", "E4 Task 3"}
