"""A report bears the logo of the day on which it is made, held against the log; another one is never signed."""

import io
import json
from collections import Counter

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import update

from exports import verify
from exports.editions.look import Look
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of, log_check
from exports.making import packs, reports
from exports.models import Report
from exports.pack import bag
from portfolio.evidence import logos
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.people import operations as people
from portfolio.people.models import Centre
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow
SENTENCE = "the centre's logo is not what the log tells"


def drawn(colour: str) -> str:
    """A logo in the store; its SHA-256."""
    out = io.BytesIO()
    Image.new("RGB", (300, 100), colour).save(out, "PNG")
    out.seek(0)
    return logos.kept(out)


def take(house: House, sha256: str) -> None:
    dee = house.person("dee")
    with transaction():
        people.change_centre(dee.centre, by=dee, logo_sha256=sha256)


def report(house: House) -> Report:
    db.session.expire_all()
    return reports.report_of(house.person("ada"), look=Look())


def told(report: Report) -> tuple[str, list[str], list[str]]:
    """The logo in a report's record, the words of its figures, and what the verifier finds wrong."""
    path = files.store().path(report.sha256)
    with pikepdf.open(path) as document:
        facts = json.loads(document.attachments["records.json"].get_file().read_bytes())
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        figures = [str(thing.Alt) for thing in things if thing.get("/S") == "/Figure" and "/Alt" in thing]
    return facts["centre"]["logo"], figures, [fault.what for fault in verify.check(path).faults]


def test_a_report_bears_the_logo_that_the_centre_has_when_it_is_made(house: House) -> None:
    deeds.handed_in(house.enrolment())
    before = report(house)
    assert told(before) == ("", [], [])
    blue = drawn("blue")
    take(house, blue)
    with_one = report(house)
    assert told(with_one) == (blue, ["Harbour Street"], [])
    assert report(house).id == with_one.id, "the same is not made again"
    take(house, "")
    assert told(report(house)) == ("", [], [])
    assert len({each.made_of_sha256 for each in db.session.query(Report)}) == 3


def test_a_pack_is_made_anew_with_it_and_verifies(house: House) -> None:
    ada = house.person("ada")
    deeds.handed_in(house.enrolment())
    first, _ = packs.pack_of([ada])
    blue = drawn("blue")
    take(house, blue)
    second, failures = packs.pack_of([house.person("ada")])
    assert failures == {}
    assert {one.sha256 for one in first if one.path.endswith(".pdf")}.isdisjoint(one.sha256 for one in second)
    content = b"".join(bag.stream(second))
    result = verify.Result("pack.zip")
    verify.judge(io.BytesIO(content), len(content), result, frozenset())
    assert result.faults == []


@pytest.mark.parametrize("forged", ["another picture of the store", "none"])
def test_a_logo_that_no_line_tells_of_is_named_and_nothing_is_signed_with_it(house: House, forged: str) -> None:
    deeds.handed_in(house.enrolment())
    take(house, drawn("blue"))
    other = drawn("red") if forged != "none" else ""
    with transaction():
        db.session.execute(update(Centre).values(logo_sha256=other))
    with pytest.raises(Refused, match="does not hold before our own verifier"):
        report(house)
    db.session.rollback()
    assert any(SENTENCE in said for said in log_check.differing(house.person("ada"), Counter()))


def test_facts_that_were_written_before_there_were_logos_hold_and_one_that_was_put_in_does_not(house: House) -> None:
    deeds.handed_in(house.enrolment())
    facts = json.loads(canonical(facts_of(house.person("ada"))))
    assert verify.against_log(facts, Counter()) == []
    del facts["centre"]["logo"]
    assert verify.against_log(facts, Counter()) == []
    facts["centre"]["logo"] = "0" * 64
    assert [fault.what for fault in verify.against_log(facts, Counter())] == [SENTENCE]
