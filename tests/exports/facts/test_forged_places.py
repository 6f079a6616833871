"""What was frozen wrong is told as such and breaks nothing else: no page, no report, no pack."""

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text, update

from exports import verify
from exports.making import packs, reports
from exports.pack import bag
from portfolio.assessment import readiness
from portfolio.assessment.models import HandedClaim
from portfolio.evidence import operations
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Claim, Evidence, File
from portfolio.evidence.places import locators, within
from portfolio.evidence.places.locators import Page, Passage, Region, Span, Whole
from portfolio.evidence.rules import Kind
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.foundation.log.test_log_rows import unguarded

pytestmark = pytest.mark.slow


def fragment(value: str, file: str = "") -> dict[str, Any]:
    return {"selector": {"type": "FragmentSelector", "value": value}, "file": file}


def words(start: object, end: object, exact: object = "A repair") -> dict[str, Any]:
    return {"selector": [{"exact": exact, "prefix": "", "suffix": ""}, {"start": start, "end": end}]}


FORGED: tuple[Any, ...] = (
    fragment("t=1.0,inf"), fragment("t=nan,2.0"), fragment("t=1.0,1e308"), fragment("t=10.0,99.0"),
    fragment("t=1.0,2.0", "f" * 64), fragment("t=-5.0,2.0"), fragment("t=9.0,3.0"), fragment("t=١٢,99"),
    fragment("page=7"), fragment(f"page={2**70}"), fragment("page=1&viewrect=0,0,900,900"), fragment("t=1,2&xywh=1"),
    fragment("xywh=percent:90,90,90,90"), fragment("xywh=percent:nan,0,1,1"), fragment("nonsense"),
    words(10, 10**6), words(-8, -1), words(0, 2**70), words(0, 8), words("0", None), words(0, 1, ["A"]),
    {"selector": []}, {"selector": [{}, {}, {}]}, {"selector": 7}, {"selector": {"value": None}}, [], "t=1,2", 12,
)  # fmt: skip
"""What an older version, or somebody who owns the database, may have written."""


def an_item(ada: Person) -> Evidence:
    """A recording of 42 seconds and a paper of three pages, with words about them."""
    ids = tuple(receive(io.BytesIO(content), name, by=ada).id for name, content in NAMED.items())
    with transaction():
        call, paper = (db.session.get_one(File, id) for id in ids)
        call.kind, call.duration, call.prepared, call.peaks = "audio", 42.0, "ready", [0.1, 0.9]
        paper.kind, paper.pages, paper.prepared = "document", 3, "ready"
        return operations.add(
            Kind.RECORDING, compose(Draft("The call", text=deeds.STORY, files=ids)), learner=ada, by=ada
        )


NAMED = {"call.bin": b"a recording", "paper.txt": b"a paper"}


@pytest.fixture
def frozen(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house in which ada claimed and handed in every kind of nonsense, as an older version let her."""
    monkeypatch.setattr(readiness, "_unplaced", lambda *_: [])
    _hand_in(house, FORGED)
    return house


@pytest.fixture
def forged(house: House) -> House:
    """A house in which ada handed in, and every kind of nonsense was written over the places."""
    _hand_in(house, [{}] * len(FORGED))
    with unguarded("handed_claim"):
        for table in (Claim, HandedClaim):
            for number, place in enumerate(FORGED):
                of = table.reason == f"number {number}"
                db.session.execute(update(table).where(of).values(locator=place))
            if db.engine.dialect.name == "sqlite":  # PostgreSQL takes nothing that is not JSON
                db.session.execute(text(f"UPDATE {table.__tablename__} SET locator = '{{[' WHERE reason = 'number 0'"))
    db.session.expire_all()
    return house


def _hand_in(house: House, places: Sequence[Any]) -> None:
    """Ada claims places of one item and hands in; it is referred."""
    enrolment = house.enrolment()
    item = an_item(house.person("ada"))
    points = enrolment.edition.points
    deeds.claim(item, Span(1.0, 41.9), points[:1], "sound")
    for number, place in enumerate(places):
        with transaction():
            db.session.add(
                Claim(
                    learner_id=item.learner_id, evidence_id=item.id, version_id=item.versions[-1].id,
                    point_id=points[number % 3].id, locator=place, reason=f"number {number}",
                )
            )  # fmt: skip
    assessment = deeds.hand_in(enrolment)
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    db.session.expire_all()


def test_every_page_that_shows_a_place_says_that_it_does_not_lie_there(forged: House) -> None:
    id, item = forged.enrolment().id, db.session.query(Evidence).one().id
    shown = {
        "ada": (f"/evidence/{item}", f"/evidence/{item}/versions/1", f"/portfolio/{id}", f"/portfolio/{id}/feedback",
                f"/portfolio/{id}/hand-in", "/portfolio", "/evidence"),
        "ben": ("/marking/1", f"/learners/{forged.person('ada').id}", f"/evidence/{item}"),
        "ivy": ("/marking/1",),
        "dee": (f"/exports/learners/{forged.person('ada').id}/editions", "/exports"),
    }  # fmt: skip
    for nick, pages in shown.items():
        browser = forged.browser(nick)
        answers = {page: browser.get(page) for page in pages}
        assert {
            page: answer.status_code for page, answer in answers.items() if answer.status_code not in (200, 405)
        } == {}
        for page in pages[:1] if nick != "dee" else ():
            assert "(said 0:10–1:39; it lasts 0:42)" in answers[page].text
            assert "(said characters 10–1000000; it has" in answers[page].text


def test_what_does_not_lie_in_its_evidence_is_not_handed_in(forged: House) -> None:
    browser = forged.browser("ada")
    forged.app.config["WTF_CSRF_ENABLED"] = False
    asked = {"agreed": "y", "name": "Ada Marsh"}
    answer = browser.post(f"/portfolio/{forged.enrolment().id}/hand-in", data=asked)
    assert answer.status_code == 422
    assert "E1 for point 1, E1 for point 2, E1 for point 3" in answer.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_report_is_made_and_the_pack_says_it_and_verifies(frozen: House) -> None:
    ada = frozen.person("ada")
    report = reports.report_of(ada)
    members, failures = packs.pack_of([ada])
    assert failures == {}
    assert report.sha256 in {member.sha256 for member in members}
    content = b"".join(bag.stream(members))
    result = verify.Result("pack.zip")
    verify.judge(io.BytesIO(content), len(content), result, frozenset())
    assert result.faults == []
    (page,) = (one for one in members if one.path.endswith(".jsonld"))
    claims = json.loads(b"".join(page.blocks()))["items"]
    told = [body["value"] for claim in claims for body in claim["body"] if body["purpose"] == "describing"]
    assert len(claims) == len(FORGED) + 1
    assert len(told) == len(FORGED)
    assert "The claim names a place that does not lie in the recording (said 0:10–1:39; it lasts 0:42)." in told
    with files.store().open(report.sha256) as file:
        assert file.read(5) == b"%PDF-"


def test_a_claim_comes_loose_when_its_recording_proves_to_be_shorter(house: House) -> None:
    ada, points = house.person("ada"), house.enrolment().edition.points
    item = an_item(ada)
    (short,) = deeds.claim(item, Span(1.0, 5.0), points[:1])
    (long,) = deeds.claim(item, Span(30.0, 40.0), points[:1])
    with transaction():
        file = db.session.query(File).filter_by(name="call.bin").one()
        file.duration = 20.0
        assert operations.loosen(file) == 1
    assert (short.loose, long.loose) == (False, True)
    page = house.browser("ada").get(f"/evidence/{item.id}").text
    assert "Places to choose again" in page
    assert "(said 0:30–0:40; it lasts 0:20)" in page
    with transaction():
        operations.remove_claim(short, by=ada)
        file = db.session.query(File).filter_by(name="call.bin").one()
        file.duration = 2.0
        operations.restore_claim(short, by=ada)
    assert short.loose


@pytest.mark.parametrize(
    "place",
    [
        {"begins": "1", "ends": "2", "file": "nonexistent"}, {"begins": "1", "ends": "inf"},
        {"begins": "nan", "ends": "2"},
        {"begins": "1", "ends": "1e308"}, {"begins": "-1", "ends": "2"}, {"begins": "5", "ends": "44"},
        {"begins": "5"}, {"start": "0"}, {"start": "0", "end": str(2**70)}, {"start": "-4", "end": "-1"},
        {"begins": "1", "ends": "1"}, {"start": "٣", "end": "2"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_place_that_the_item_does_not_hold_is_never_claimed(house: House, place: dict[str, str]) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada, point = house.person("ada"), house.enrolment().edition.points[0]
    browser = house.browser("ada")
    for item in (deeds.write(ada), an_item(ada)):
        asked = {"version": "1", "points": str(point.id)} | place
        answer = browser.post(f"/evidence/{item.id}/claims", data=asked)
        assert answer.status_code in (409, 422), answer.text
    assert db.session.query(Claim).count() == 0


def test_seconds_are_claimed_when_the_length_of_the_recording_is_known(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada, point = house.person("ada"), house.enrolment().edition.points[0]
    item = an_item(ada)
    with transaction():
        file = db.session.query(File).filter_by(name="call.bin").one()
        file.duration, file.prepared = None, "waiting"
    asked = {"version": "1", "points": str(point.id), "begins": "1", "ends": "2"}
    answer = house.browser("ada").post(f"/evidence/{item.id}/claims", data=asked)
    assert (answer.status_code, "Try again in a moment" in answer.text) == (409, True)
    with transaction():
        db.session.query(File).filter_by(name="call.bin").one().duration = 2.0
    assert house.browser("ada").post(f"/evidence/{item.id}/claims", data=asked).status_code == 302


CALL = {"sha256": "a" * 64, "kind": "audio", "duration": 42.0, "pages": None, "prepared": "ready"}


@pytest.mark.parametrize(
    ("place", "lies"),
    [
        (Span(0.0, 43.0), True), (Span(0.0, 43.1), False), (Span(1.0, 2.0, "a" * 64), True),
        (Span(1.0, 2.0, "b" * 64), False), (Span(1.0, float("inf")), False), (Span(float("nan"), 2.0), False),
        (Page(3), True), (Page(4), False), (Page(0), False), (Page(1, "a" * 64), False),
        (Page(1, region="10,20,30,40"), True), (Page(1, region="80,20,30,40"), False),
        (Region("percent:0,0,100,100"), True), (Region("percent:60,0,50,10"), False),
        (Region("percent:1,1,0,9"), False),
        (Region("percent:0,0,10,10", "a" * 64), False), (Region("10,10,10,10"), False),
        (Passage("kettle", 0, 6), True), (Passage("kettle", 1, 7), False), (Passage("", 3, 3), False), (Whole(), True),
    ],
)  # fmt: skip
def test_a_place_lies_in_a_version_or_does_not(place: locators.Locator, lies: bool) -> None:
    made = type("Made", (), {"is_text": False})

    def held(**facts: Any) -> Any:
        one = made()
        for name, value in (CALL | facts).items():
            setattr(one, name, value)
        return one

    version = made()
    version.plain = "kettle and more"  # type: ignore[attr-defined]
    version.files = [  # type: ignore[attr-defined]
        held(), held(sha256="c" * 64, kind="document", duration=None, pages=3),
        held(sha256="d" * 64, kind="image", duration=None),
    ]  # fmt: skip
    assert (within.astray(place, version) is None) == lies  # type: ignore[arg-type]
