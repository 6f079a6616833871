"""Reports and packs of somebody who was registered twice: those of before hold, those of after tell of both records."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from exports import operations, queries, verify
from exports.editions.look import Look, ReportEdition
from exports.making import packs, reports
from exports.models import Export, Report
from exports.pack.bag import stream
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.people.models import Person
from tests.assessment.doubles import enrol, faults, merge, second
from tests.exports.document import printed
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


def kept(report: Report) -> bytes:
    """The file of a report."""
    with files.store().open(report.sha256) as file:
        return file.read()


def checked(content: bytes) -> verify.Result:
    """What an auditor finds in a report or a pack."""
    result = verify.Result("it")
    verify.judge(io.BytesIO(content), len(content), result, frozenset())
    return result


def record_of(content: bytes) -> dict[str, Any]:
    """The facts that are attached to a report."""
    found = [json.loads(one) for one in verify.attached(content) if one.startswith(b'{"as_at"')]
    facts: dict[str, Any] = found[0]
    return facts


def run(export: Export) -> Export:
    """The worker does what was asked for."""
    assert export.job_id
    jobs.run(export.job_id, lambda _name, deed, *given: deed(*given))
    db.session.expire_all()
    return export


def work(house: House) -> None:
    """Somebody works as ada, and as abe on another unit."""
    deeds.handed_in(house.enrolment())
    assessment = deeds.handed_in(enrol(house, "abe", second(house)))
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)


def test_reports_of_before_hold_and_that_of_after_tells_of_both(house: House, tmp_path: Path) -> None:
    work(house)
    before = {nick: kept(reports.report_of(house.person(nick))) for nick in ("ada", "abe")}
    names = {nick: hashlib.sha256(content).hexdigest() for nick, content in before.items()}
    assert merge(house).status_code == 302
    made = reports.report_of(house.person("ada"))
    after = kept(made)
    for content in (*before.values(), after):
        assert checked(content).faults == []
    assert made.sha256 not in names.values()
    assert {one.sha256 for one in db.session.query(Report)} >= {made.sha256, *names.values()}, "they stay on record"
    path = tmp_path / "report.pdf"
    path.write_bytes(after)
    said = " ".join(line.words for line in printed.lines(path))
    assert "From record Abe Nolan, L-abe, there E1, merged on" in said
    assert "records merged, person" in said
    told = record_of(after)
    assert [one["name"] for one in told["merged"]] == ["Abe Nolan"]


def test_a_pack_tells_of_both_in_tables_and_facts_and_an_unchanged_learner_is_not_read_again(house: House) -> None:
    work(house)
    learners = [house.person(nick) for nick in ("ada", "abe")]
    packs.pack_of(learners)
    assert merge(house).status_code == 302
    members, failures = packs.pack_of([house.person("ada")])
    assert failures == {}
    assert checked(b"".join(stream(members))).faults == []
    found = {one.path.partition("/data/records/")[2]: b"".join(one.blocks()) for one in members}
    rows = list(csv.DictReader(io.StringIO(found["evidence.csv"].decode("utf-8-sig"))))
    abe = str(learners[1].id)
    assert [tuple(row[name].lstrip("'") for name in ("ref", "record", "record_ref")) for row in rows] == [
        ("E1", "0", ""),
        ("E2", abe, "E1"),
    ]
    (row,) = csv.DictReader(io.StringIO(found["merged.csv"].decode("utf-8-sig")))
    assert (row["id"], row["name"], row["number"], row["by"]) == (abe, "Abe Nolan", "L-abe", "Dee Abara")
    again, _ = packs.pack_of([house.person("ada")])
    assert [one.sha256 for one in again if "p7s" not in one.path] == [
        one.sha256 for one in members if "p7s" not in one.path
    ]


def test_what_was_asked_for_of_the_double_is_made_of_the_one_who_stays(house: House) -> None:
    work(house)
    ada, abe, dee = (house.person(nick) for nick in ("ada", "abe", "dee"))
    with transaction():
        report = operations.ask_report(abe, by=dee)
        pack = operations.ask_pack([ada, abe], by=dee)
        own = operations.ask_report(abe, look=Look(edition=ReportEdition.LEARNER), by=abe)
    assert merge(house).status_code == 302
    for export in (report, pack, own):
        done = run(export)
        assert done.finished_at, done.job and done.job.error
    ada = house.person("ada")
    assert "ada-marsh" in report.name
    assert pack.failures == {}
    assert [one.id for one in db.session.scalars(queries.own_exports(ada.id))] == [own.id]
    browser = house.browser("ada")
    assert browser.get(f"/exports/{own.id}").status_code == 200
    assert browser.get(f"/exports/{own.id}/file").status_code == 200
    assert house.browser("zoe").get(f"/exports/{own.id}").status_code == 404
    again = house.browser("dee").post(f"/exports/{pack.id}/again")
    assert again.status_code == 302
    db.session.rollback()
    assert db.session.get_one(Export, int(again.headers["Location"].rpartition("/")[2])).learners == [ada.id]
    assert "Ada Marsh" in house.browser("dee").get(f"/exports/{pack.id}").text
    assert db.session.query(Person).filter_by(name="Abe Nolan").one().removed_at
    assert faults() == []
