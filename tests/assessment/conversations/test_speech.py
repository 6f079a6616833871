"""Speech beside a written line: heard by whoever may see the conversation, and by nobody else."""

import io

import pytest

from portfolio.assessment.conversations import operations
from portfolio.assessment.models import Assessment
from portfolio.evidence.arrivals import landing
from portfolio.evidence.models import File
from portfolio.evidence.places.locators import Whole
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from tests.assessment.conversations.talking import answer, said, say, take_back, version_of
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's first unit, handed in to Ben."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return deeds.handed_in(house.enrolment())


def spoken(house: House, nick: str) -> int:
    """The id of a recording that somebody sent, with its copy made."""
    id = landing.receive(io.BytesIO(b"RIFF....WAVEfmt "), "said.wav", by=house.person(nick)).id
    with transaction():
        file = db.session.get_one(File, id)
        file.prepared, file.kind, file.shown_sha256, file.shown_type = "ready", "audio", file.sha256, "audio/wav"
    return id


def speak(house: House, assessment: Assessment, file: int, nick: str = "ben") -> operations.Comment:
    """The assessor says something, and speaks it, too."""
    with transaction():
        return operations.comment(
            assessment, version_of(assessment), Whole(), "Listen.", by=house.person(nick), spoken=file
        )


def heard_by(house: House, file: int) -> set[str]:
    """Who can play a file."""
    people = ("ada", "abe", "ben", "eve", "ivy", "dee", "amy", "bob")
    return {one for one in people if house.browser(one).get(f"/files/{file}/shown").status_code != 404}


def test_it_is_heard_by_whoever_sees_the_conversation(house: House, assessment: Assessment) -> None:
    file = spoken(house, "ben")
    comment = speak(house, assessment, file)
    assert heard_by(house, file) == {"ada", "ben", "ivy", "dee"}
    for who in ("ada", "ben", "ivy"):
        assert f"/files/{file}/shown" in house.browser(who).get(f"/portfolio/{assessment.enrolment_id}/comments").text
    db.session.rollback()
    back = spoken(house, "ada")
    with transaction():
        operations.answer(comment.conversation, "Hear me.", by=house.person("ada"), spoken=back)
    assert heard_by(house, back) == {"ada", "ben", "ivy", "dee"}


def test_what_was_taken_back_is_heard_by_whoever_spoke_alone(house: House, assessment: Assessment) -> None:
    file = spoken(house, "ben")
    take_back(speak(house, assessment, file), by=house.person("ben"))
    assert heard_by(house, file) == {"ben"}


def test_an_assessor_to_whom_the_unit_belongs_no_more_hears_nothing(house: House, assessment: Assessment) -> None:
    file = spoken(house, "ben")
    speak(house, assessment, file)
    with transaction():
        deeds.operations.allocate(
            assessment.enrolment, assessor=house.person("eve"), iqa=house.person("ivy"), by=house.person("dee")
        )
    assert heard_by(house, file) == {"ada", "eve", "ivy", "dee"}


def test_nobody_sends_another_s_recording_or_what_is_none(house: House, assessment: Assessment) -> None:
    notes = landing.receive(io.BytesIO(b"not a sound"), "notes.txt", by=house.person("ben")).id
    for file in (spoken(house, "ada"), notes, 7919):
        with pytest.raises(Refused, match="no recording of yours"):
            speak(house, assessment, file)
    assert said(assessment) == []


def test_the_form_names_it_and_the_log_its_hash(house: House, assessment: Assessment) -> None:
    conversation, file = say(assessment).conversation_id, spoken(house, "ada")
    sent = {"words": "Hear me.", "received": str(file), "once": "key-of-what-is-spoken-1"}
    assert house.browser("ada").post(f"/conversations/{conversation}", data=sent).status_code == 302
    db.session.rollback()
    (*_, line) = audit.lines(1)
    assert (line["deed"], line["facts"]["spoken_sha256"]) == ("commented", db.session.get_one(File, file).sha256)
    for wrong in ("x", "99999999999999999999", "-1"):
        sent = {
            "words": "Hear me.",
            "received": wrong,
            "once": f"key-of-what-is-wrong-{wrong:>22.22}".replace(" ", "0"),
        }
        assert house.browser("ada").post(f"/conversations/{conversation}", data=sent).status_code in (302, 422)


def test_words_stand_beside_what_is_spoken(house: House, assessment: Assessment) -> None:
    comment = speak(house, assessment, spoken(house, "ben"))
    with pytest.raises(Refused):
        answer(comment.conversation, " ", by=house.person("ada"))
