"""Whoever opens somebody else's work, or takes an original away, is on record, once a day; one's own is one's own."""

import pytest

from portfolio.evidence.models import File, Version, VersionFile
from portfolio.evidence.opening import noting
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.gate.world import _photo

pytestmark = pytest.mark.slow

DEEDS = ("work opened", "original taken")


def told(house: House) -> list[tuple[str, str, str]]:
    db.session.rollback()
    centre = house.person("ada").centre_id
    return [(line["deed"], line["actor"], line["subject"]) for line in audit.lines(centre) if line["deed"] in DEEDS]


def test_staff_who_open_work_or_take_originals_are_on_record_once_a_day_and_it_makes_no_new_report(
    house: House,
) -> None:
    file = _photo(house.person("ada"))
    assessment = deeds.handed_in(house.enrolment())
    evidence = db.session.query(Version).join(VersionFile).filter(VersionFile.file_id == file).one().evidence_id
    before = audit.lines_about(house.person("ada").id)
    addresses = (f"/evidence/{evidence}", f"/evidence/{evidence}/versions/1", f"/files/{file}/original")
    ada, ben, ivy = (house.browser(nick) for nick in ("ada", "ben", "ivy"))
    for browser, marking in ((ada, False), (ben, True), (ivy, False), (ben, True)):
        for address in (*addresses, *([f"/marking/{assessment.id}"] * marking)):
            with browser.get(address) as answer:
                assert answer.status_code == 200
    assert told(house) == [
        ("original taken", "Ada Marsh", f"file {file}"),
        ("work opened", "Ben Okafor", f"evidence {evidence}"),
        ("original taken", "Ben Okafor", f"file {file}"),
        ("work opened", "Ben Okafor", f"assessment {assessment.id}"),
        ("work opened", "Ivy Lund", f"evidence {evidence}"),
        ("original taken", "Ivy Lund", f"file {file}"),
    ]
    assert audit.lines_about(house.person("ada").id) == before
    assert audit.check_kept(house.person("ada").centre_id) is None
    noting.sweep()
    assert db.session.get(File, file) is not None


def test_who_may_not_see_it_leaves_no_line(house: House) -> None:
    deeds.handed_in(house.enrolment())
    item = deeds.write(house.person("ada")).id
    for nick in ("abe", "eve", "amy", "bob"):
        assert house.browser(nick).get(f"/evidence/{item}").status_code == 404
    assert told(house) == []


def test_a_picture_that_is_opened_by_itself_is_on_record_once(house: House) -> None:
    file = _photo(house.person("ada"))
    deeds.handed_in(house.enrolment())
    ben = house.browser("ben")
    for _ in range(2):
        for copy in ("picture", "shown", "peaks.json"):
            ben.get(f"/files/{file}/{copy}").close()
    ((deed, actor, subject),) = told(house)
    assert (deed, actor) == ("work opened", "Ben Okafor")
    assert subject.startswith("evidence ")
