"""What is typed and not saved is at the centre for whoever typed it, until it is saved or thrown away."""

from datetime import timedelta

from flask.testing import FlaskClient

from portfolio.evidence.models import Evidence
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.drafts import rules
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.log.tables import Event
from portfolio.foundation.work.chores import chores
from tests.assessment.doubles import merge
from tests.fixtures.cast import House
from tests.foundation.drafts.drafting import NEW, Page, texts, told, words

KEY = "a-form-of-hers-that-is-sent"
ACCOUNT = {"title": "The kettle", "text": "I listened first.", "once": KEY}


def rows() -> list[Sitting]:
    db.session.rollback()
    return db.session.query(Sitting).all()


def test_what_was_typed_on_one_device_is_there_on_another_and_is_neither_a_version_nor_a_line(
    open_house: House,
) -> None:
    lines = db.session.query(Event).count()
    page = Page(open_house.browser("ada"))
    assert page.types("I listened").status_code == 200
    answer = page.types("I listened first.")
    assert answer.json is not None
    assert answer.json["turn"] == 2
    assert texts(open_house.browser("ada")) == ["I listened first."]
    assert told(open_house.browser("ada"))["drafts"][0]["at"] == answer.json["at"]
    assert db.session.query(Event).count() == lines
    assert db.session.query(Evidence).count() == 0


def test_nobody_else_is_given_it_and_nobody_else_ends_it(open_house: House) -> None:
    page = Page(open_house.browser("ada"))
    page.types("Hers alone.")
    for nick in ("abe", "ben", "dee", "ivy", "amy", "dot"):
        other = open_house.browser(nick)
        assert texts(other) == []
        assert told(other, NEW, page.sitting)["ended"] == []
        other.post("/drafts/ended", data={"sitting": page.sitting})
        Page(other, sitting=page.sitting).types("Not hers.", f"{page.sitting}@1")
    assert texts(open_house.browser("ada")) == ["Hers alone."]
    assert open_house.browser().get(f"/drafts?place={NEW}").status_code == 302


def test_two_devices_with_words_of_their_own_are_both_kept_and_hear_of_each_other(open_house: House) -> None:
    phone, desk = Page(open_house.browser("ada")), Page(open_house.browser("ada"))
    phone.types("Typed in the shop.")
    answer = desk.types("Typed at the desk.")
    assert answer.json is not None
    assert answer.json["others"] == [f"{phone.sitting}@1"]
    assert sorted(texts(desk.browser)) == ["Typed at the desk.", "Typed in the shop."]


def test_words_that_were_taken_over_are_there_once_unless_something_was_typed_there_since(open_house: House) -> None:
    phone, desk = Page(open_house.browser("ada")), Page(open_house.browser("ada"))
    phone.types("Typed in the shop.")
    desk.types("Typed in the shop, and gone on with.", f"{phone.sitting}@1")
    assert texts(desk.browser) == ["Typed in the shop, and gone on with."]
    assert phone.types("More of it in the shop.").status_code == 410
    again = Page(phone.browser)
    again.types("More of it in the shop.")
    again.types("Still more.")
    desk.types("Gone on with at the desk.", f"{again.sitting}@1")
    assert sorted(texts(desk.browser)) == ["Gone on with at the desk.", "Still more."]


def test_what_comes_late_changes_nothing(open_house: House) -> None:
    page = Page(open_house.browser("ada"))
    page.keeps(2, words("Typed second."))
    late = page.keeps(1, words("Typed first."))
    assert (late.status_code, late.json and late.json["turn"]) == (200, 2)
    assert texts(page.browser) == ["Typed second."]


def test_it_is_gone_in_the_very_commit_that_saves_the_form_and_nothing_late_brings_it_back(open_house: House) -> None:
    page, other = Page(open_house.browser("ada")), Page(open_house.browser("ada"))
    page.types("I listened first.")
    other.types("Another")
    other.types("Another account.")
    refused = page.browser.post(
        "/evidence/new/account", data=ACCOUNT | {"title": "", "text": "", "sitting": page.sitting}
    )
    assert refused.status_code == 422
    assert len(texts(page.browser)) == 2
    sent = ACCOUNT | {"sitting": [page.sitting, f"{other.sitting}@1", "sitting-that-was-never-kept"]}
    assert page.browser.post("/evidence/new/account", data=sent).status_code == 302
    assert texts(page.browser) == ["Another account."]
    assert page.types("I listened first. A keystroke that came late.").status_code == 410
    assert Page(page.browser, sitting="sitting-that-was-never-kept").types("Late.").status_code == 410
    known = told(page.browser, NEW, page.sitting, other.sitting)
    assert (known["ended"], known["held"]) == ([page.sitting], [f"{other.sitting}@2"])
    assert [one.words for one in rows() if one.key == page.sitting] == [""]


def test_a_save_ends_a_sitting_up_to_the_turn_that_was_sent_and_leaves_what_was_typed_meanwhile(
    open_house: House,
) -> None:
    behind, ahead = Page(open_house.browser("ada")), Page(open_house.browser("ada"))
    behind.types("I listened.")
    for words_of_hers in ("I listened", "I listened first.", "I listened first. I asked twice."):
        ahead.types(words_of_hers)
    sent = ACCOUNT | {"sitting": [f"{ahead.sitting}@2", f"{behind.sitting}@4"]}
    assert ahead.browser.post("/evidence/new/account", data=sent).status_code == 302
    assert texts(ahead.browser) == ["I listened first. I asked twice."]
    assert told(ahead.browser, NEW, ahead.sitting, behind.sitting)["ended"] == [behind.sitting]
    assert ahead.types("I listened first. I asked twice. He nodded.").status_code == 200


def test_a_form_that_is_sent_again_ends_what_was_typed_into_it_meanwhile(open_house: House) -> None:
    browser = open_house.browser("ada")
    assert browser.post("/evidence/new/account", data=ACCOUNT).status_code == 302
    page = Page(browser)
    page.types("I listened first.")
    assert browser.post("/evidence/new/account", data=ACCOUNT | {"sitting": page.sitting}).status_code == 302
    assert texts(browser) == []


def test_what_is_thrown_away_is_gone_unless_it_was_typed_at_since(open_house: House) -> None:
    page = Page(open_house.browser("ada"))
    page.types("One.")
    page.types("Two.")
    kept = page.browser.post("/drafts/ended", data={"sitting": f"{page.sitting}@1"}).json
    assert (kept, texts(page.browser)) == ({"ended": []}, ["Two."])
    gone = page.browser.post("/drafts/ended", data={"sitting": f"{page.sitting}@2"}).json
    assert (gone, texts(page.browser)) == ({"ended": [page.sitting]}, [])


def test_what_is_no_draft_is_refused_with_a_sentence(open_house: House) -> None:
    browser = open_house.browser("ada")
    page = Page(browser)
    for said in ("", "[]", "{", "1" * 50, "[" * 100_000):
        assert page.keeps(1, said).status_code == 422, said[:20]
    for change in (
        {"sitting": "short@1"},
        {"sitting": page.sitting},
        {"sitting": f"{page.sitting}@0"},
        {"place": "a b"},
    ):
        sent = {"place": NEW, "sitting": f"{page.sitting}@1", "words": words("One.")} | change
        assert browser.post("/drafts", data=sent).status_code == 422, change
    big = browser.post(
        "/drafts", data={"place": NEW, "sitting": f"{page.sitting}@1", "words": words("x" * rules.LONGEST)}
    )
    assert big.status_code == 413
    assert rows() == []


def test_so_many_are_kept_and_none_goes_to_make_room(open_house: House) -> None:
    browser = open_house.browser("ada")
    with transaction():
        ada = open_house.person("ada").id
        for number in range(rules.MOST - 1):
            db.session.add(
                Sitting(person_id=ada, key=f"an-earlier-one-{number:05}", place=NEW, words=words("x"), turn=1)
            )
    page = Page(browser)
    assert page.types("The last that there is room for.").status_code == 200
    assert page.types("It can be gone on with.").status_code == 200
    refused = browser.post(
        "/drafts",
        data={"place": NEW, "sitting": "one-more-sitting@1", "words": words("One more.")},
        headers={"Accept": "application/json"},
    )
    assert (refused.status_code, refused.json and refused.json["sentence"]) == (422, rules.MANY)
    taken = Page(browser)
    assert taken.types("Gone on with elsewhere.", f"{page.sitting}@2").status_code == 200
    assert len(texts(browser)) == rules.MOST


def test_it_is_deleted_after_ninety_days(open_house: House) -> None:
    old, fresh = Page(open_house.browser("ada")), Page(open_house.browser("ada"))
    old.types("Long ago.")
    fresh.types("Lately.")
    with transaction():
        db.session.query(Sitting).filter_by(key=old.sitting).update({"at": now() - timedelta(days=90, minutes=1)})
        db.session.query(Sitting).filter_by(key=fresh.sitting).update({"at": now() - timedelta(days=89)})
    for chore in chores(open_house.app):
        chore()
    assert [one.key for one in rows()] == [fresh.sitting]


def test_it_goes_with_somebody_who_is_taken_out(open_house: House) -> None:
    zoe = Page(open_house.browser("zoe"))
    zoe.types("Of somebody who was registered by mistake.")
    assert open_house.browser("dee").post(f"/people/{open_house.person('zoe').id}/remove").status_code == 302
    assert rows() == []


def test_drafts_of_a_record_that_is_merged_are_those_of_the_one_that_stays(open_house: House) -> None:
    abe, ada = Page(open_house.browser("abe")), Page(open_house.browser("ada"))
    abe.types("Typed under the second number.")
    ada.types("Typed under the first.")
    saved = Page(abe.browser)
    saved.types("It is saved.")
    saved.browser.post("/drafts/ended", data={"sitting": saved.sitting})
    assert merge(open_house).status_code == 302
    assert sorted(texts(open_house.browser("ada"))) == ["Typed under the first.", "Typed under the second number."]
    assert told(open_house.browser("ada"), NEW, saved.sitting)["ended"] == [saved.sitting]


def signed_out(browser: FlaskClient) -> int:
    return Page(browser).types("Typed after the sign-in ended.").status_code


def test_without_a_sign_in_nothing_is_kept(open_house: House) -> None:
    assert signed_out(open_house.browser()) == 401
    assert rows() == []


def test_pages_that_keep_without_end_are_told_to_wait(open_house: House) -> None:
    browser = open_house.browser("ada")
    answers = [browser.post("/drafts", data={"place": NEW}).status_code for _ in range(241)]
    assert set(answers[:240]) == {422}
    assert answers[240] == 429
    assert Page(open_house.browser("abe")).types("Somebody else goes on.").status_code == 200
