"""Whoever owns the database and changes no line of the log is found, whichever column of whichever row they change."""

import dataclasses
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, TextClause, insert, select, text

from criteria.unit import Method
from exports import verify
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of, log_check
from portfolio.assessment import operations as assessments
from portfolio.assessment.rules import Finding, Verdict
from portfolio.evidence import operations as evidence
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.models import Claim
from portfolio.evidence.places.locators import Span
from portfolio.evidence.rules import Draft, Kind, Statement
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.people import operations as people
from portfolio.people.models import Person
from portfolio.units import operations as units
from portfolio.units.models import Enrolment
from tests.exports.facts.test_fingerprints import columns, other
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House, _built

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("house")]

BEHIND = {
    "centre", "person", "edition", "point", "enrolment", "evidence", "version", "version_file", "file", "claim",
    "assessment", "round", "handed_version", "handed_claim", "gap", "judgement", "step_taken", "event", "log_head",
    "merged_record",
}  # fmt: skip
"""The tables that reports are made from."""
HERS = "only she, or only the centre, sees it; no report prints it"
AGAIN = "said again of what is bound elsewhere, to find it quickly; no report prints it"
SHOWN = "of a copy for browsers, or of how it was made; a report prints what `copies made` binds"
NOT_PRINTED = {
    "person.work": HERS, "person.sought": "the name as it is searched for", "person.password": HERS,
    "person.active": HERS, "person.joined_at": HERS, "person.born": HERS, "centre.beginning": HERS,
    "edition.centre_id": AGAIN, "edition.text": "the unit's source, of which the bound points were made",
    "edition.published_at": HERS, "point.lead_in": "part of the bound text", "point.obliges": HERS,
    "enrolment.enrolled_at": HERS, "enrolment.centre_id": AGAIN, "evidence.centre_id": AGAIN,
    "evidence.latest": "which version the learner goes on from", "evidence.added_at": HERS,
    "claim.made_at": HERS, "claim.loose": HERS, "file.centre_id": AGAIN, "file.owner_id": HERS,
    "file.received_at": HERS, "file.width": SHOWN, "file.height": SHOWN, "file.pages": SHOWN,
    "file.prepared": "whether it waits is told by the line; no other value is",
    "file.shown_sha256": SHOWN, "file.shown_type": SHOWN, "assessment.centre_id": AGAIN,
    "assessment.assessor_id": AGAIN, "assessment.round": AGAIN, "assessment.handed_in_at": AGAIN,
    "assessment.reopened_id": AGAIN, "round.read_at": HERS,
}  # fmt: skip

OF_THE_LOG = {"event.centre_id"}
"""Whose log a line is in: the pack that holds the log has a gap then."""


@pytest.fixture(scope="module")
def house(sqlite_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which ada did everything that there is to do."""
    folder = tmp_path_factory.mktemp("bound")
    shutil.copy(sqlite_original, folder / "house.db")
    app = _built(folder, f"sqlite:///{folder / 'house.db'}")
    with app.app_context():
        _live(House(app))
        yield House(app)
        db.session.remove()
        db.engine.dispose()


def _live(house: House) -> None:
    first, second, third = house.enrolment(), _enrolled(house, "T-2"), _enrolled(house, "T-3")
    item, points = deeds.write(house.person("ada")), list(first.edition.points)
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), points[:2], "Here I listened.")
    marked = deeds.hand_in(first, {points[2].id: "It did not happen."})
    short = Finding(Verdict.PARTLY, ("b",), ("valid", "current"), "Half of it is shown.", "How long did it take?")
    deeds.judge_all(marked, deeds.MET, short, deeds.NOT_MET)
    deeds.refer(marked)
    deeds.rewrite(item, f"{deeds.STORY} It **did** work.")
    call = _recorded(house)
    deeds.claim(call, Span(0.5, 1.5), points[1:], "Cost, then time.")
    deeds.take_back(deeds.hand_in(first))
    deeds.hand_in(first)
    deeds.judge_all(marked)
    deeds.unjudge(marked, points[1])
    deeds.judge(marked, points[1], deeds.MET)
    deeds.award(marked)
    statement = Statement("Gwen Parry", "Manager", "Tidewater", "Line manager", "029 2018 0199", expert=True)
    seen = compose(Draft("What I saw", date(2026, 3, 2), text="She stayed calm.", statement=statement))
    with transaction():
        evidence.testify(seen, second.edition.points[:1], learner=house.person("ada"), by=house.person("ben"))
    (dropped,) = deeds.claim(item, deeds.place_of(item, "A repair cost less"), second.edition.points[1:2], "Why.")
    with transaction():
        evidence.remove_claim(dropped, by=house.person("ada"))
    _restored_loose(house, second)
    deeds.claim(item, deeds.place_of(item, "took two days"), second.edition.points[1:2], "How long.")
    deeds.withdraw(third, house.person("dee"))
    _merged(house)


def _merged(house: House) -> None:
    """She was registered twice, and worked as zoe as well."""
    item = deeds.write(house.person("zoe"), title="The lamp")
    other = _enrolled(house, "T-4", "zoe")
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), other.edition.points)
    with transaction():
        zoe, ada, dee = (house.person(nick) for nick in ("zoe", "ada", "dee"))
        assessments.merge(zoe, ada, people.stated(ada), "Registered twice.", by=dee)
    deeds.rewrite(item, f"{deeds.STORY} It shone.", title="The lamp")


def _restored_loose(house: House, unit: Enrolment) -> None:
    """A claim that was carried to a version while it was taken back, and came back when its place was gone."""
    ada, point = house.person("ada"), unit.edition.points[:1]
    item = deeds.write(ada, "It leaked at the base.", title="The leak")
    (first,) = deeds.claim(item, deeds.place_of(item, "leaked at the base"), point)
    _taken_back(first)
    deeds.rewrite(item, "It leaked at the base. I saw it.", title="The leak")
    (again,) = deeds.claim(item, deeds.place_of(item, "leaked at the base"), point)
    with transaction():
        evidence.restore_claim(first, by=ada)
    assert (first.version.number, first.removed_at is None) == (2, False), "the same is claimed already"
    _taken_back(again)
    deeds.rewrite(item, "Nothing of that kind is known here.", title="The leak")
    with transaction():
        evidence.restore_claim(first, by=ada)
    assert (first.version.number, first.loose) == (2, True)


def _taken_back(claim: Claim) -> None:
    with transaction():
        evidence.remove_claim(claim, by=claim.evidence.learner)


def _enrolled(house: House, code: str, nick: str = "ada") -> Enrolment:
    points = [dataclasses.replace(point, methods=(Method.WORK_PRODUCT,)) for point in UNIT.points]
    unit = dataclasses.replace(UNIT, code=code, points=tuple(points))
    with transaction():
        dee, ben, ivy = (house.person(nick) for nick in ("dee", "ben", "ivy"))
        edition = units.publish(unit, dee.centre, by=dee)
        return units.enrol(house.person(nick), edition, assessor=ben, iqa=ivy, by=dee)


def _recorded(house: House) -> Any:
    ada = house.person("ada")
    file = landing.receive(io.BytesIO(b"RIFF....WAVEfmt "), "call.wav", by=ada)
    notes = landing.receive(io.BytesIO(b"What was said"), "notes.txt", by=ada)
    content = compose(Draft("The call", files=(file.id, notes.id)))
    with transaction():
        item = evidence.add(Kind.RECORDING, content, learner=ada, by=ada)
    with transaction():
        notes.prepared = "ready"
        evidence.record_copies(db.session.merge(notes))
        file.prepared, file.kind, file.duration, file.peaks = "ready", "video", 2.0, [0.5, 0.25]
        file.remarks = ["Its second track is not played."]
        file.picture_sha256, file.picture_width, file.picture_height = "ab" * 32, 320, 200
        evidence.record_copies(db.session.merge(file))
    return item


@contextmanager
def owned() -> Iterator[None]:
    """The database in the hands of somebody who lifts its guards; all of it is undone afterwards."""
    db.session.rollback()
    guards = db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for guard in guards:
        db.session.execute(text(f"DROP TRIGGER {guard}"))
    db.session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    yield
    db.session.rollback()


def _other(column: Column[Any]) -> TextClause:
    """Something else; of places in an order, the other way round."""
    return text("-position") if column.name == "position" else other(column)


def _ada() -> Person:  # also where she was removed, and no page finds her
    return db.session.query(Person).filter_by(email="ada@house.example").one()


def found() -> list[str]:
    """What `flask audit verify` says of ada and of the log."""
    db.session.expire_all()
    broken = audit.check_kept(1)
    ada = _ada()
    return [*([broken.reason] if broken else []), *log_check.differing(ada, Counter())]


def told() -> tuple[bytes, list[verify.Fault]] | None:
    """The facts of ada's report, and what an auditor finds in it; None where no report can be made of the rows."""
    try:
        facts = canonical(facts_of(_ada()))
    except Exception:  # noqa: BLE001 (rows that contradict each other fail in many ways)
        return None
    result, plain = verify.Result(""), json.loads(facts)
    try:
        verify.versions_hashed(plain, result, "")
    except verify.Newer as newer:  # the verifier takes nothing for true then
        result.fault("", str(newer))
    return facts, [*result.faults, *verify.against_log(plain, Counter())]


def test_nothing_is_found_where_nothing_was_changed(house: House) -> None:
    unbound = Counter[str]()
    assert list(log_check.differing(house.person("ada"), unbound)) == []
    assert unbound == {}, "every fact of a report is bound to a line"
    assert (audit.check_kept(1), told()[1]) == (None, [])  # type: ignore[index]


def test_every_column_that_a_report_prints_is_found_when_it_is_changed() -> None:
    seen, unseen, printed = told(), set[str](), set[str]()
    for column in columns():
        if column.table.name in BEHIND and not (column.table.name == "event" and column.name == "id"):
            with owned():
                db.session.execute(column.table.update().values({column: _other(column)}))
                if not found():
                    unseen.add(str(column))
                now = told()
                if now and seen and now[0] != seen[0] and str(column) not in OF_THE_LOG:
                    printed.add(str(column))
                    assert now[1], f"a report made after {column} was changed is taken for true"
    assert unseen ^ set(NOT_PRINTED) == set()
    assert not printed & unseen
    assert printed > {"round.decision", "round.feedback", "version.html", "judgement.reason", "handed_claim.reason"}


def test_a_round_that_names_another_version_under_the_hash_of_the_one_handed_in_is_found() -> None:
    """Hashes alone do not say which version it was."""
    with owned():
        row, other = (db.session.scalar(text(f"SELECT {what}")) for what in (
            "min(rowid) FROM handed_version", "max(id) FROM version"))  # fmt: skip
        asked = text("UPDATE handed_version SET version_id = :other WHERE rowid = :row")
        db.session.execute(asked, {"row": row, "other": other})
        assert any("which version was handed in is not what the log tells" in one for one in found())


@pytest.mark.parametrize("name", sorted(BEHIND - {"centre", "person", "edition", "log_head"}))
def test_a_row_that_was_taken_out_is_found(name: str) -> None:
    with owned():
        db.session.execute(text(f"DELETE FROM {name} WHERE rowid = (SELECT max(rowid) FROM {name})"))
        assert found()


@pytest.mark.parametrize("name", ["claim", "event", "handed_claim", "judgement", "round", "version"])
def test_a_row_that_was_put_in_is_found(name: str) -> None:
    """One more row like the last, under the next free number."""
    table = db.metadata.tables[name]
    with owned():
        last = db.session.execute(select(table).order_by(table.c.id.desc()).limit(1)).mappings().one()
        new = {**last, "id": last["id"] + 1, "number": 99, "seq": last.get("seq", 0) + 1}
        db.session.execute(insert(table).values({name: value for name, value in new.items() if name in table.c}))
        assert found()
