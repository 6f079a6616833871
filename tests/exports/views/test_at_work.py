"""An administrator sees what is being made at the centre and stops it; whoever sent a file asks for it again."""

import io

from exports import operations as exports
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import File
from portfolio.evidence.operations import add
from portfolio.evidence.preparing import STOPPED
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.work.jobs import Job
from tests.fixtures.cast import House
from tests.fixtures.house import tone


def sent(house: House) -> tuple[int, int]:
    """A recording of ada's in her portfolio: the ids of the file and of the item."""
    ada = house.person("ada")
    file = receive(io.BytesIO(tone(1)), "call.wav", by=ada).id
    with transaction():
        item = add(Kind.RECORDING, compose(Draft("The call", files=(file,))), learner=ada, by=ada).id
    return file, item


def stop_all(house: House, nick: str = "dee") -> None:
    """Press every button on the page of jobs."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    for job in db.session.query(Job).filter_by(state="waiting", centre_id=house.person(nick).centre_id).all():
        assert house.browser(nick).post(f"/jobs/{job.id}/stop").status_code == 302
    db.session.rollback()


def test_the_page_names_what_is_made_for_whom_and_nothing_of_another_centre(house: House) -> None:
    sent(house)
    with transaction():
        exports.ask_report(house.person("ada"), by=house.person("ivy"))
    page = house.browser("dee").get("/jobs").text
    assert all(words in page for words in ("Preparing call.wav", "Ada Marsh", "Evidence report", "Ivy Lund", "Waiting"))
    assert "Nothing is being made" in house.browser("dot").get("/jobs").text


def test_what_is_stopped_says_so_and_is_asked_for_again_by_whoever_sent_it(house: House) -> None:
    file, item = sent(house)
    stop_all(house)
    assert db.session.get_one(File, file).note.startswith(STOPPED)
    page = house.browser("ada").get(f"/evidence/{item}").text
    assert STOPPED in page
    assert "Prepare it again" in page
    house.browser("ada").post(f"/files/{file}/prepare")
    db.session.rollback()
    assert db.session.get_one(File, file).prepared == "waiting"
    assert db.session.query(Job).filter_by(state="waiting", kind="prepare a recording").count() == 1


def test_an_export_is_stopped_there_as_well_and_both_stand_in_the_log(house: House) -> None:
    sent(house)
    with transaction():
        export = exports.ask_report(house.person("ada"), by=house.person("ivy"))
    stop_all(house)
    assert "This was stopped" in house.browser("ivy").get(f"/exports/{export.id}").text
    deeds = [line["deed"] for line in audit.lines(house.person("ada").centre_id)]
    assert {"preparation stopped", "report stopped"} <= set(deeds)
