"""Reports and packs tell the words of a recording once somebody stands for them, and nobody can change them unseen."""

import io
import json
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import text

from exports import verify
from exports.document import report
from exports.editions import redacting
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of
from portfolio.evidence import operations as evidence
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.meetings.operations import attach
from portfolio.evidence.models import Evidence
from portfolio.evidence.places.locators import Span
from portfolio.evidence.transcripts import operations, queries
from portfolio.foundation.db import db, transaction
from tests.assessment.doubles import enrol, second
from tests.evidence.meetings import meeting as meetings
from tests.evidence.transcripts import spoken
from tests.exports.making.proof import found, packed
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("call")]


@pytest.fixture
def call(house: House) -> Evidence:
    """A recording of which seconds are claimed and handed in."""
    item = spoken.recording(house.person("ada"))
    deeds.claim(item, Span(1.0, 4.0, spoken.file_of(item).sha256), house.enrolment().edition.points)
    deeds.hand_in(house.enrolment())
    return item


def test_a_draft_is_told_only_once_somebody_has_confirmed_it(house: House, call: Evidence) -> None:
    draft = spoken.drafted(call)
    assert facts_of(house.person("ada")).evidence[0].files[0].transcript is None
    assert found(house) == []
    with transaction():
        operations.confirm(spoken.file_of(call), based_on=draft.sha256, by=house.person("ada"))
    facts = facts_of(house.person("ada"))
    told = facts.evidence[0].files[0].transcript
    assert told
    assert (told.origin, told.by, told.language) == ("machine", house.person("ada").name, "en")
    assert [cue.words for cue in told.cues] == [cue.words for cue in spoken.HEARD]
    assert found(house) == []
    page = report.page("report.html", facts)
    assert "Good mourning, Tidewater." in page
    assert f"read and confirmed by {told.by}" in page
    hidden = redacting.redact(facts, [])
    assert hidden.facts.evidence[0].files[0].transcript is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE transcript SET cues = replace(cues, 'cattle', 'kettle')",
        "UPDATE transcript SET confirmed_as = 'Ben Okafor'",
        "UPDATE transcript SET language = 'cy'",
        "UPDATE transcript SET removed_at = made_at",
        "DELETE FROM transcript",
    ],
)
def test_whoever_changes_confirmed_words_is_found(house: House, call: Evidence, change: str) -> None:
    spoken.confirmed(call)
    assert found(house) == []
    if db.engine.dialect.name == "postgresql":
        change = change.replace("replace(cues, 'cattle', 'kettle')", "CAST(replace(cues::text, 'cattle', 'k') AS json)")
    with transaction():
        db.session.execute(text(change))
    assert found(house) != []


def test_changed_words_are_named_by_the_verifier(house: House, call: Evidence) -> None:
    spoken.confirmed(call)
    plain = json.loads(canonical(facts_of(house.person("ada"))))
    assert plain["format"] == 10
    words = plain["evidence"][0]["files"][0]["transcript"]
    words["cues"][1]["words"] = "I want my kettle back."
    said = [(fault.where, fault.what) for fault in verify.against_log(plain, Counter())]
    assert said == [("E1, call.wav", "what is said in the recording is not what the log tells")]
    plain["evidence"][0]["files"][0]["transcript"] = None
    said = [(fault.where, fault.what) for fault in verify.against_log(plain, Counter())]
    assert said == [("E1, call.wav", "which words of the recording stand is not what the log tells")]


def test_a_line_of_an_assessor_about_words_cannot_be_left_out(house: House) -> None:
    ada, ben = house.person("ada"), house.person("ben")
    talk, meeting = spoken.received(ben), meetings.under_way(ada, ben)
    with transaction():
        attach(meeting, [talk.id], by=ben)
    meetings.sign(meeting)
    with transaction():
        operations.add(talk, spoken.HEARD, language="en", by=ben)
    with transaction():
        operations.remove(talk, based_on=queries.standing(talk).basis, by=ben)  # type: ignore[union-attr]
    deeds.write(ada)
    plain = json.loads(canonical(facts_of(ada)))
    assert verify.against_log(plain, Counter()) == []
    plain["events"] = [line for line in plain["events"] if line["deed"] != "captions removed"]
    plain["other_lines"] = [line for line in plain["other_lines"] if line["deed"] != "captions removed"]
    said = [fault.what for fault in verify.against_log(plain, Counter())]
    assert "a line about the learner before it is left out" in said


def test_facts_of_the_seventh_format_tell_of_no_words(house: House) -> None:
    plain = json.loads(canonical(replace(facts_of(house.person("ada")), format=7)))
    for file in (file for item in plain["evidence"] for file in item["files"]):
        del file["transcript"]
    assert verify.against_log(plain, Counter()) == []
    assert list(verify.TOLD_IN_TABLES["transcripts"](plain)) == []
    plain["evidence"][0]["files"][0]["transcript"] = {"cues": []}
    said = [fault.what for fault in verify.against_log(plain, Counter())]
    assert said == ["tells words of recordings, which facts of that format do not bind"]


def test_removed_words_are_told_no_more(house: House, call: Evidence) -> None:
    standing = spoken.confirmed(call)
    with transaction():
        operations.remove(spoken.file_of(call), based_on=standing.basis, by=house.person("ada"))
    assert facts_of(house.person("ada")).evidence[0].files[0].transcript is None
    assert found(house) == []


def test_the_pack_holds_the_captions_beside_the_recording(house: House, call: Evidence) -> None:
    spoken.confirmed(call)
    whole = packed(house)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        (captions,) = [name for name in pack.namelist() if name.endswith(".vtt")]
        assert captions.removesuffix(".vtt") + ".wav" in pack.namelist()
        assert "I want my cattle back." in pack.read(captions).decode()
        top = pack.namelist()[0].partition("/")[0]
        (row,) = json.loads(pack.read(f"{top}/data/records/transcripts.json"))
        assert row["path"] == captions.removeprefix(f"{top}/")
        assert captions.removeprefix(f"{top}/") in pack.read(f"{top}/manifest-sha256.txt").decode()
        assert "I want my cattle back." in pack.read(f"{top}/data/START-HERE.html").decode()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("is_later", [False, True], ids=["in one version", "in two versions"])
def test_a_recording_that_was_sent_twice_has_the_words_of_each(house: House, call: Evidence, is_later: bool) -> None:
    ada, first = house.person("ada"), spoken.file_of(call)
    again = spoken.received(ada)
    assert again.sha256 == first.sha256
    files = (again.id,) if is_later else (first.id, again.id)
    other = enrol(house, "ada", second(house))
    with transaction():
        evidence.save(call, compose(Draft("The same call", files=files)), based_on=1, by=ada)
        operations.add(first, spoken.HEARD, language="en", by=ada)
        operations.add(again, [spoken.HEARD[0]], language="cy", by=ada)
    deeds.claim(call, Span(1.0, 4.0, again.sha256), other.edition.points)
    deeds.hand_in(other)
    whole = packed(house)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        said = sorted(pack.read(name).count(b"-->") for name in pack.namelist() if name.endswith(".vtt"))
    assert said == [1, 2]
