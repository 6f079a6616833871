"""Captions of a recording are uploaded by its learner, shown to whoever sees it, replaced and removed, on record."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect
from werkzeug.test import TestResponse

from portfolio.evidence.meetings.operations import attach
from portfolio.evidence.models import File
from portfolio.evidence.places.locators import Span
from portfolio.evidence.transcripts import operations, policy, queries
from portfolio.evidence.transcripts.models import Transcript
from portfolio.evidence.transcripts.rules import MOST_TRANSCRIPTS, UNREAD
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from tests.evidence.meetings import meeting as meetings
from tests.evidence.transcripts import spoken
from tests.fixtures import deeds
from tests.fixtures.cast import House

DEEDS = (Deed.CAPTIONS_ADDED, Deed.CAPTIONS_REMOVED, Deed.TRANSCRIPT_DRAFTED, Deed.TRANSCRIPT_CONFIRMED)


@pytest.fixture
def call(house: House) -> File:
    """A recording of ada's that can be played."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return spoken.file_of(spoken.recording(house.person("ada")))


@pytest.fixture
def ada(house: House) -> FlaskClient:
    """Her browser."""
    return house.browser("ada")


def upload(browser: FlaskClient, file: File, content: bytes = spoken.VTT, language: str = "en") -> TestResponse:
    sent = {"captions": (io.BytesIO(content), "call.vtt"), "language": language}
    return browser.post(f"/files/{file.id}/captions", data=sent, follow_redirects=True)


def remove(browser: FlaskClient, file: File) -> TestResponse:
    db.session.rollback()
    db.session.expire_all()
    basis = queries.shown(file).basis  # type: ignore[union-attr]
    return browser.post(f"/files/{file.id}/captions/remove", data={"basis": basis}, follow_redirects=True)


def lines(file: File) -> list[dict[str, object]]:
    db.session.rollback()
    return audit.lines_on(file.centre_id, {f"file {file.id}"}, DEEDS)


def test_captions_stand_in_the_player_of_whoever_sees_the_recording(house: House, call: File, ada: FlaskClient) -> None:
    assert "The captions are saved" in upload(ada, call).text
    db.session.rollback()
    item = db.session.query(Transcript).one()
    deeds.claim(spoken.item_of(call), Span(1.0, 4.0, call.sha256), house.enrolment().edition.points)
    assessment = deeds.hand_in(house.enrolment())
    for nick, address in (("ada", "/evidence/1"), ("ben", "/evidence/1"), ("ben", f"/marking/{assessment.id}")):
        page = house.browser(nick).get(address).text
        assert f'src="/files/{call.id}/captions.vtt?number={item.number}"' in page, (nick, address)
        assert "Good morning, Tidewater." in page
    answer = house.browser("ben").get(f"/files/{call.id}/captions.vtt")
    assert answer.mimetype == "text/vtt"
    assert answer.text.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nGood morning, Tidewater.\n")


def test_captions_that_are_replaced_or_removed_stay_on_record(call: File, ada: FlaskClient) -> None:
    upload(ada, call)
    upload(ada, call, spoken.VTT.replace(b"kettle", b"teapot"))
    page = ada.get(f"/files/{call.id}/captions").text
    assert "Replaced." in page
    assert "kettle" in ada.get(f"/files/{call.id}/captions.vtt?number=1").text
    assert "teapot" in ada.get(f"/files/{call.id}/captions.vtt").text
    page = remove(ada, call).text
    assert "No captions yet" in page
    assert "Removed by Ada" in page
    assert ada.get(f"/files/{call.id}/captions.vtt").status_code == 404
    assert [line["deed"] for line in lines(call)] == ["captions added", "captions added", "captions removed"]
    assert upload(ada, call).status_code == 200
    assert "kettle" in ada.get(f"/files/{call.id}/captions.vtt").text


def test_no_more_captions_are_kept_than_a_page_bears(house: House, call: File, ada: FlaskClient) -> None:
    with transaction():
        for _ in range(MOST_TRANSCRIPTS):
            operations.add(call, spoken.HEARD, language="en", by=house.person("ada"))
    db.session.expunge_all()
    listed = queries.all_of(call.id)
    assert len(listed) == MOST_TRANSCRIPTS
    assert all("cues" in inspect(one).unloaded for one in listed), "words of what is only listed are not read"
    answer = upload(ada, call)
    assert answer.status_code == 422
    assert "send the recording once more" in answer.text
    standing = queries.standing(db.session.get_one(File, call.id))
    assert standing
    sent = {"basis": standing.sha256, "words-0": "Good morning.", "words-1": "Good night."}
    assert "send the recording once more" in ada.post(f"/files/{call.id}/captions/correct", data=sent).text
    assert "Good mourning" in ada.get(f"/files/{call.id}/captions.vtt").text


def test_what_cannot_be_read_says_the_line_and_leaves_what_stands(call: File, ada: FlaskClient) -> None:
    upload(ada, call)
    answer = upload(ada, call, b"WEBVTT\n\n00:01,000 --> 00:02,000\nHello")
    assert answer.status_code == 422
    assert "Line 3: the times are not as WebVTT writes them." in answer.text
    assert upload(ada, call, b"").status_code == 422
    assert upload(ada, call, language="xx").status_code == 422
    assert "Good morning" in ada.get(f"/files/{call.id}/captions.vtt").text


def test_a_file_that_is_no_recording_has_no_captions(call: File, ada: FlaskClient) -> None:
    with transaction():
        db.session.get_one(File, call.id).kind = "document"
    assert "no recording that can be played" in upload(ada, call).text
    with transaction():
        db.session.get_one(File, call.id).prepared = "waiting"
    answer = ada.get(f"/files/{call.id}/captions")
    assert answer.status_code == 409
    assert "still being prepared" in answer.text


def test_a_draft_by_a_machine_says_so_until_somebody_has_read_it(house: House, call: File, ada: FlaskClient) -> None:
    spoken.drafted(spoken.item_of(call))
    for nick in ("ada", "ben"):
        page = house.browser(nick).get("/evidence/1").text
        assert UNREAD in page
        assert "Good mourning, Tidewater." in page
    assert UNREAD in ada.get(f"/files/{call.id}/captions.vtt").text
    page = ada.get(f"/files/{call.id}/captions/correct").text
    assert "0:01 to 0:04" in page
    basis = queries.draft(call).sha256  # type: ignore[union-attr]
    sent = {"basis": basis, "words-0": "Good morning, Tidewater.", "words-1": "I want my cattle back."}
    ada.post(f"/files/{call.id}/captions/correct", data=sent)
    db.session.rollback()
    db.session.expire_all()
    draft = queries.draft(call)
    assert draft
    assert [cue.words for cue in draft.said] == ["Good morning, Tidewater.", "I want my cattle back."]
    assert draft.said[0].timed == ()
    unread = ada.post(f"/files/{call.id}/captions/confirm", data={"basis": draft.sha256})
    assert unread.status_code == 422
    assert "Tick this once you have read all of it." in unread.text
    ada.post(f"/files/{call.id}/captions/confirm", data={"basis": draft.sha256, "read": "y"})
    page = house.browser("ben").get("/evidence/1").text
    assert UNREAD not in page
    assert "read and confirmed by Ada" in page
    told = lines(call)
    assert [line["deed"] for line in told] == ["transcript drafted", "transcript confirmed"]
    assert told[1]["facts"]["words_sha256"] == draft.sha256  # type: ignore[index]


def test_two_people_or_windows_do_not_overwrite_each_other(call: File, ada: FlaskClient) -> None:
    draft = spoken.drafted(spoken.item_of(call))
    first = {"basis": draft.sha256, "words-0": "Good day.", "words-1": "I want my kettle back."}
    assert ada.post(f"/files/{call.id}/captions/correct", data=first).status_code == 302
    second = {**first, "words-0": "Good night."}
    answer = ada.post(f"/files/{call.id}/captions/correct", data=second)
    assert answer.status_code == 422
    assert "Somebody changed these words" in answer.text
    assert "Good night." in answer.text
    stale = ada.post(f"/files/{call.id}/captions/confirm", data={"basis": draft.sha256, "read": "y"})
    assert stale.status_code == 422
    assert "read them again" in stale.text
    assert "Yours are below" not in stale.text
    assert "Good day." in stale.text
    assert "checked" not in stale.text.partition('name="read"')[2].partition(">")[0]
    now = re.findall(r'name="basis"[^>]* value="([0-9a-f]{64})"', stale.text)
    assert ada.post(f"/files/{call.id}/captions/confirm", data={"basis": now[0], "read": "y"}).status_code == 302


def test_a_page_that_was_opened_before_does_not_remove_what_stands_since(call: File, ada: FlaskClient) -> None:
    draft = spoken.drafted(spoken.item_of(call))
    before = draft.basis
    assert before in ada.get(f"/files/{call.id}/captions").text
    ada.post(f"/files/{call.id}/captions/confirm", data={"basis": draft.sha256, "read": "y"})
    stale = ada.post(f"/files/{call.id}/captions/remove", data={"basis": before})
    assert stale.status_code == 409
    assert "nothing was removed" in stale.text
    assert "The captions are off" in remove(ada, call).text


def test_confirmed_words_stand_while_others_are_written(call: File, ada: FlaskClient) -> None:
    standing = spoken.confirmed(spoken.item_of(call))
    sent = {"basis": standing.sha256, "words-0": "Good morning.", "words-1": ""}
    assert ada.post(f"/files/{call.id}/captions/correct", data=sent).status_code == 302
    assert "mourning" in ada.get(f"/files/{call.id}/captions.vtt").text
    db.session.rollback()
    draft = queries.draft(call)
    assert draft
    assert [cue.words for cue in draft.said] == ["Good morning."]
    ada.post(f"/files/{call.id}/captions/confirm", data={"basis": draft.sha256, "read": "y"})
    assert "mourning" not in ada.get(f"/files/{call.id}/captions.vtt").text
    emptied = ada.post(f"/files/{call.id}/captions/correct", data={"basis": draft.sha256, "words-0": " "})
    assert emptied.status_code == 422


def test_of_words_that_a_person_corrects_nobody_says_that_a_machine_made_them(call: File, ada: FlaskClient) -> None:
    upload(ada, call)
    db.session.rollback()
    standing = queries.standing(call)
    assert standing
    sent = {"basis": standing.sha256, "words-0": "Good evening, Tidewater.", "words-1": "Nobody wants a kettle."}
    ada.post(f"/files/{call.id}/captions/correct", data=sent)
    said = "Being corrected by Ada"
    for page in (f"/files/{call.id}/captions", f"/files/{call.id}/captions.vtt?number=2"):
        text = ada.get(page).text
        assert said in text
        assert UNREAD not in text


def test_removed_words_and_corrections_are_read_by_whoever_may_write_them(
    house: House, call: File, ada: FlaskClient
) -> None:
    standing, ben = spoken.confirmed(spoken.item_of(call)), house.browser("ben")
    sent = {"basis": standing.sha256, "words-0": "Good morning.", "words-1": "I want my kettle back."}
    ada.post(f"/files/{call.id}/captions/correct", data=sent)
    page, first, second = (f"/files/{call.id}/captions{rest}" for rest in ("", ".vtt?number=1", ".vtt?number=2"))
    assert [ben.get(one).status_code for one in (first, second)] == [200, 404]
    assert "kettle" in ada.get(second).text
    assert second not in ben.get(page).text
    assert second in ada.get(page).text
    remove(ada, call)
    assert [ben.get(one).status_code for one in (first, second)] == [404, 404]
    assert first not in ben.get(page).text
    assert "Removed by Ada" in ben.get(page).text
    assert "cattle" in ada.get(first).text


def test_nobody_but_its_learner_writes_the_words_of_a_recording(house: House, call: File) -> None:
    may = {nick for nick in ("ada", "abe", "ben", "ivy", "dee", "amy") if policy.may_word(house.person(nick), call)}
    assert may == {"ada"}


def test_the_words_of_the_record_of_a_meeting_are_written_by_whoever_leads_it(house: House) -> None:
    ada, ben = house.person("ada"), house.person("ben")
    talk, meeting = spoken.received(ben), meetings.under_way(ada, ben)
    with transaction():
        attach(meeting, [talk.id], by=ben)
    assert not policy.may_word(ben, talk), "nothing is written of it before it stands in an item"
    meetings.sign(meeting)
    assert {nick for nick in ("ada", "ben", "eve", "dee") if policy.may_word(house.person(nick), talk)} == {"ben"}
    with transaction():
        operations.add(talk, spoken.HEARD, language="en", by=house.person("ben"))
    assert [line["learner_id"] for line in lines(talk)] == [house.person("ada").id], "it is about her record"
