"""A device keeps pages that are their reader's own, and no other; keeping one is not reading it."""

import io
import json
from dataclasses import replace
from itertools import product

import pytest
from PIL import Image
from sqlalchemy import text

from portfolio.foundation.db import db
from portfolio.people.offline.keeping import AHEAD, KEEP, NOBODY, PERSON
from tests.fixtures import deeds
from tests.fixtures.cast import HARBOUR, House
from tests.gate.world import things_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LOOKING = ("ada", "abe", "amy", "ben", "eve", "ivy", "dee")
LEARNERS = {"ada": "Ada Marsh", "abe": "Abe Nolan", "zoe": "Zoe Quill", "amy": "Amy Hale"}


def main(text: str) -> str:
    """The main part of a page."""
    return text[text.index("<main") : text.index("</main>")]


def test_of_all_pages_those_alone_are_kept_that_show_nothing_but_their_readers_own(house: House) -> None:
    things = things_of(house, learner="ada", spare="zoe", administrator="dee")
    rules = [rule for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    browsers = {nick: house.browser(nick) for nick in LOOKING}
    db.session.remove()
    found: dict[str, set[str]] = {}
    for rule, nick in product(rules, browsers):
        address = house.app.url_map.bind("").build(rule.endpoint, things.named_by(rule))
        with browsers[nick].get(address) as answer:
            if KEEP not in answer.headers:
                continue
            found.setdefault(rule.endpoint, set()).add(nick)
            others = {name for one, name in LEARNERS.items() if one != nick}
            assert not [name for name in others if name in main(answer.text)], (nick, address)
    learners, everywhere = {"ada", "abe"}, {"ada", "abe", "amy"}
    assert found == {
        "assessment.portfolio": everywhere, "assessment.unit": {"ada"}, "units.show": learners,
        "evidence.index": everywhere, "evidence.choose": everywhere, "evidence.new": everywhere,
        "evidence.edit": {"ada"}, "captures.page": everywhere, "meetings.note": {"ben", "eve"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("nick", "first"), [("ada", "/portfolio"), ("ben", "/meetings/notes"), ("ivy", ""), ("dee", "")]
)
def test_a_device_is_told_whose_pages_it_keeps_and_each_can_be_kept(house: House, nick: str, first: str) -> None:
    browser = house.browser(nick)
    told = browser.get("/offline/pages").json
    assert told
    assert told["person"] == str(house.person(nick).id)
    assert [*told["pages"], ""][0] == first
    for address in told["pages"]:
        answer = browser.get(address)
        assert (answer.status_code, answer.headers[KEEP], answer.headers[PERSON]) == (200, "1", told["person"])


def test_every_answer_says_whose_it_is(house: House) -> None:
    assert house.browser("ada").get("/nowhere").headers[PERSON] == str(house.person("ada").id)
    assert house.browser().get("/sign-in").headers[PERSON] == NOBODY
    with house.browser("ada").get("/static/source/images/mark.svg") as answer:
        assert PERSON not in answer.headers


def test_where_the_database_does_not_say_whose_it_is_a_device_is_told_of_nobody(house: House) -> None:
    browser = house.browser("ada")
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE sign_in RENAME TO away"))
    answer = browser.get("/portfolio")
    assert answer.status_code == 500
    assert "Something went wrong here, not with you." in answer.text
    assert PERSON not in answer.headers


def test_a_page_that_is_kept_ahead_is_not_read_and_takes_no_message_away(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    browser = house.browser("ada")
    with browser.session_transaction() as session:
        session["_flashes"] = [("done", "Saved just now.")]
    assert "Saved just now." not in browser.get("/portfolio", headers={AHEAD: "1"}).text
    db.session.expire_all()
    assert deeds.the_round(assessment).read_at is None
    assert "Saved just now." in browser.get("/portfolio").text
    db.session.rollback()
    db.session.expire_all()
    assert deeds.the_round(assessment).read_at is not None


def test_the_page_for_where_there_is_no_line_is_nobodys(house: House) -> None:
    shown = {
        house.browser(nick).get("/offline").text.split("<body")[1].split("nonce=")[0] for nick in ("ada", "ben", "")
    }
    assert len(shown) == 1
    assert not any(name in next(iter(shown)) for name, _ in HARBOUR.values())


def test_the_site_can_be_installed(house: House) -> None:
    browser = house.browser()
    page = browser.get("/sign-in").text
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    answer = browser.get("/manifest.webmanifest")
    told = json.loads(answer.text)
    assert answer.mimetype == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["id"], told["display"]) == ("/", "/", "/", "standalone")
    purposes = {(icon["sizes"], icon["purpose"]) for icon in told["icons"]}
    assert purposes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in told["icons"]:
        with browser.get(icon["src"]) as answer:
            picture = Image.open(io.BytesIO(answer.data))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_where_devices_are_to_keep_nothing_the_service_worker_answers_nothing(house: House) -> None:
    house.app.extensions["markwell"] = replace(house.app.extensions["markwell"], offline=False)
    answer = house.browser().get("/service-worker.js")
    assert "skipWaiting()" in answer.text
    assert "fetch" not in answer.text
    assert '<body data-offline="off"' in house.browser("ada").get("/portfolio").text


def test_the_service_worker_answers_for_the_whole_site_and_is_asked_for_anew(house: House) -> None:
    answer = house.browser().get("/service-worker.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    policy = house.browser().get("/sign-in").headers["Content-Security-Policy"]
    assert "worker-src 'self'; manifest-src 'self';" in policy
