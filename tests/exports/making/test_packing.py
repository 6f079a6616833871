"""Whoever did not change is not read again, and nobody can tell from the pack: what is kept is what would be made."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import (
    event,
    update,
)

from exports.making import cache_key, packs
from exports.models import KeptShare, Report
from exports.pack import shares
from exports.pack.bag import Member
from exports.typesetting.child import Child
from portfolio.evidence import operations as evidence
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.rules import Kind
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit, chain
from portfolio.foundation.log.deeds import Deed
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from tests.exports.making.upgrading import upgraded
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

LEARNERS = ("ada", "abe")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Pack = dict[str, str]
"""Path below the pack's own folder → SHA-256; without the signature, which no two packs share."""


def pack(house: House) -> Pack:
    members, failures = packs.pack_of([house.person(nick) for nick in LEARNERS])
    assert failures == {}
    return {below(one): one.sha256 for one in members if not one.path.endswith(".p7s")}


def below(member: Member) -> str:
    return member.path.partition("/")[2]


def forget() -> None:
    """Empty the memory."""
    with transaction():
        db.session.query(KeptShare).delete()


def typeset(deed: Callable[[], object]) -> int:
    """How many documents a deed has typeset."""
    before = Child.begun
    deed()
    return Child.begun - before


def rename_assessor(house: House) -> None:
    stated = Registration("Ben Okafor-Lane", "ben@house.example", (Role.ASSESSOR,), number="L-ben")
    people.change(house.person("ben"), stated, by=house.person("dee"))


def rename_centre(house: House) -> None:
    people.change_centre(house.person("ada").centre, by=house.person("dee"), name="Harbour Street and Quay")


def move_centre(house: House) -> None:
    people.change_centre(house.person("ada").centre, by=house.person("dee"), timezone="Asia/Kolkata")


def enrol(house: House) -> None:
    edition = house.enrolment().edition
    units.enrol(
        house.person("abe"), edition, assessor=house.person("eve"), iqa=house.person("ivy"), by=house.person("dee")
    )


def write(house: House) -> None:
    content = compose(Draft("The toaster", text="She brought a toaster back, too."))
    evidence.add(Kind.ACCOUNT, content, learner=house.person("abe"), by=house.person("abe"))


CHANGES = ((rename_assessor, 1), (rename_centre, 2), (move_centre, 2), (enrol, 1), (write, 1))
"""What is changed, and how many learners it concerns."""


@on_sqlite
def test_a_pack_has_the_same_bytes_with_its_memory_and_without_whatever_was_changed(house: House) -> None:
    deeds.handed_in(house.enrolment())
    before = pack(house)
    for change, anew in CHANGES:
        with transaction():
            change(house)
        made: list[Pack] = []
        assert typeset(lambda made=made: made.append(pack(house))) == anew, f"{change}: whom it concerns, nobody else"
        forget()
        assert typeset(lambda made=made: made.append(pack(house))) == 0
        assert made[1] == made[0] != before, change
        before = made[0]


def test_a_verdict_is_in_the_next_pack_and_lines_about_nobody_are_not(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    first = pack(house)
    with transaction():
        audit.record(Deed.SIGNED_IN, "centre 1", by=house.person("dee"))
    assert pack(house) == first, "the log ends with the last line about a learner"
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.MET)
    second = pack(house)
    changed = {path for path in first | second if first.get(path) != second.get(path)}
    assert changed > {"data/records/judgements.csv", "data/log/events.jsonl", "data/START-HERE.html"}
    assert not any("abe" in path for path in changed)
    forget()
    assert pack(house) == second


def test_the_log_of_a_pack_is_written_as_the_chain_hashes_it(house: House) -> None:
    deeds.handed_in(house.enrolment())
    lines = list(audit.lines(1))
    assert list(audit.written(1, 3, {1, 2, 3})) == [chain.canonical(line).encode() for line in lines[:3]]
    assert [json.loads(line) for line in audit.written(1, len(lines), range(len(lines) + 1))] == lines
    bare = [{name: line[name] for name in ("hash", "prev", "seq")} for line in lines[:2]]
    assert [json.loads(line) for line in audit.written(1, 2, ())] == bare, "lines about others leave as their hashes"


@on_sqlite
def test_a_memory_that_was_spoiled_or_lost_is_made_anew_and_never_believed(house: House) -> None:
    deeds.ready(house.enrolment())
    first = pack(house)
    for spoil in (spoil_content, forge_content, spoil_fingerprint, forget):
        spoil()
        made: list[Pack] = []
        assert typeset(lambda: made.append(pack(house))) == 0  # noqa: B023 (called at once)
        assert made == [first]
        for kept in db.session.query(KeptShare):
            assert kept.content != b"spoiled"
            assert kept.fingerprint != "0" * 64


def spoil_content() -> None:
    with transaction():
        db.session.execute(update(KeptShare).values(content=b"spoiled"))


def forge_content() -> None:
    """What whoever owns the database can do: another story, and a hash that is right for it."""
    (kept,) = db.session.query(KeptShare).filter(KeptShare.report_sha256 != "").limit(1)
    share = shares.unpacked(kept.content)
    content = shares.packed(replace(share, aims=["Another"]))
    with transaction():
        told = update(KeptShare).where(KeptShare.learner_id == share.learner)
        db.session.execute(told.values(content=content, sha256=hashlib.sha256(content).hexdigest()))


def spoil_fingerprint() -> None:
    with transaction():
        db.session.execute(update(KeptShare).values(fingerprint="0" * 64))


@on_sqlite
def test_a_report_that_the_store_lost_is_made_again_and_named_by_the_pack(house: House) -> None:
    deeds.ready(house.enrolment())
    pack(house)
    lost = db.session.query(Report).filter_by(learner_id=house.person("ada").id).one().sha256
    files.store().path(lost).unlink()
    made: list[Pack] = []
    assert typeset(lambda: made.append(pack(house))) == 1
    assert lost not in made[0].values()
    assert all(files.store().has(sha256) for path, sha256 in made[0].items() if path.endswith(".pdf"))


@on_sqlite
def test_after_an_upgrade_nothing_that_was_kept_is_believed(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds.ready(house.enrolment())
    pack(house)
    for folder in ("criteria", "exports", "portfolio", "templates/exports"):
        shutil.copytree(cache_key.ROOT / folder, tmp_path / "new" / folder)
    before = [kept.fingerprint for kept in db.session.query(KeptShare)]
    for path in ("templates/exports/missing.html", "portfolio/units/rules.py"):
        source = tmp_path / "new" / path
        source.write_text(source.read_text() + "\n")
        with upgraded(tmp_path / "new", monkeypatch):
            pack(house)
        after = [kept.fingerprint for kept in db.session.query(KeptShare)]
        assert not set(before) & set(after), path
        before = after


@on_sqlite
def test_as_many_learners_as_you_like_are_found_unchanged_by_the_same_few_queries(house: House) -> None:
    deeds.ready(house.enrolment())
    pack(house)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for nicks in (LEARNERS[:1], LEARNERS):
        learners = [house.person(nick) for nick in nicks]
        asked.clear()
        packs.pack_of(learners)
        counts.append(len(asked))
    assert counts[0] == counts[1]
