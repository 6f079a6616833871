"""Whoever owns the database gets no signature over what the log does not tell, in any edition, new or kept."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from exports import verify
from exports.editions.look import Look, ReportEdition
from exports.making import packs, reports
from exports.models import Report
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
LOOKS = [Look(), Look(ReportEdition.SUMMARY), Look(ReportEdition.LEARNER), Look(ReportEdition.READING)]


@contextmanager
def lifted() -> Iterator[None]:
    """The guards of the tables are lifted for somebody who owns the file; what they write stays."""
    db.session.rollback()
    for guard in db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
        db.session.execute(text(f"DROP TRIGGER {guard}"))
    yield
    db.session.commit()
    db.session.expire_all()


def write(statement: str) -> None:
    """Write past everything that the house demands."""
    with lifted():
        db.session.execute(text(statement))


@pytest.fixture
def referred(house: House) -> House:
    """Ada's unit was referred."""
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.MET, deeds.NOT_MET, deeds.MET)
    deeds.refer(assessment)
    return house


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look.edition))
def test_no_edition_is_made_of_a_verdict_that_no_line_tells_of(referred: House, look: Look) -> None:
    write("UPDATE judgement SET verdict = 'met', missing = '[]'")
    write("UPDATE assessment SET state = 'achieved'")
    with pytest.raises(Refused, match="does not hold before our own verifier"):
        reports.report_of(referred.person("ada"), look=look)


def test_no_edition_is_made_where_the_last_line_is_filed_under_nobody(referred: House) -> None:
    assessment = deeds.handed_in(referred.enrolment())
    assert audit.lines_about(referred.person("ada").id)[-1]["deed"] == "handed in"
    write("UPDATE event SET learner_id = NULL WHERE id = (SELECT max(id) FROM event WHERE deed = 'handed in')")
    write(f"UPDATE assessment SET state = 'referred', round = 1 WHERE id = {assessment.id}")
    write("DELETE FROM handed_version WHERE round_id IN (SELECT id FROM round WHERE number = 2)")
    write("DELETE FROM handed_claim WHERE round_id IN (SELECT id FROM round WHERE number = 2)")
    write("DELETE FROM round WHERE number = 2")
    for look in LOOKS:
        with pytest.raises(Refused, match="is not filed under them"):
            reports.report_of(referred.person("ada"), look=look)
    with pytest.raises(Refused, match="is not filed under the learner it tells of"):
        packs.pack_of([referred.person("ada")])


def test_a_kept_report_that_was_swapped_is_made_anew(referred: House) -> None:
    report = reports.report_of(referred.person("ada"))
    with files.store().open(report.sha256) as kept:
        content = kept.read()
    spoiled = files.store().put(io.BytesIO(content[:-2000] + b"0" * 2000))
    write(f"UPDATE report SET sha256 = '{spoiled.sha256}', size = {spoiled.size}, crc32 = {spoiled.crc32}")
    again = reports.report_of(referred.person("ada"))
    assert again.sha256 != spoiled.sha256
    with files.store().open(again.sha256) as kept:
        result = verify.Result("")
        verify.judge(io.BytesIO(kept.read()), again.size, result, frozenset())
    assert result.faults == []
    assert db.session.query(Report).count() == 1


def test_who_has_the_hash_of_a_line_cannot_find_out_what_it_tells_by_trying(house: House) -> None:
    with transaction():
        lines = [audit.record(Deed.PERSON_CHANGED, "centre 1", by=house.person("dee"), what="yes") for _ in range(2)]
    salts = {re.search(r'"salt":"([0-9a-f]{32})"', line.facts)[1] for line in lines}  # type: ignore[index]
    assert len(salts) == 2
