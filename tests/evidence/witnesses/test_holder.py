"""Whoever holds a link reads why they are asked, writes on their phone, and signs once; nothing else is theirs."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.evidence import queries as gathered
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.lifecycle import RequestDeed
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import transaction
from portfolio.foundation.log import audit
from tests.evidence.witnesses.asking import GWEN, SAW, ask, opened, signed
from tests.evidence.witnesses.holding import TYPED, Phone, as_it_is, phone, stated_in
from tests.fixtures import deeds
from tests.fixtures.cast import House


def test_the_page_tells_who_asks_why_and_what_happens_and_shows_nothing_else(house: House) -> None:
    deeds.write(house.person("ada"), title="A private story")
    page = phone(house, ask(house)).reads()
    for words in ("Ada Marsh asks you", "Harbour Street", "Put things right", "You were at the counter.",
                  "Before you sign, what you type is shown on this device alone.",
                  "as long as the centre keeps the portfolio",
                  "Shows that the customer was listened to"):  # fmt: skip
        assert words in page
    assert "A private story" not in page
    assert set(re.findall(r'href="(/[^"]*)"', page)) == set(re.findall(r'href="(/static/[^"]*)"', page))


def test_somebody_else_who_is_signed_in_is_nobody_there(house: House) -> None:
    one = phone(house, ask(house))
    page = Phone(house.browser("ivy"), one.address).reads()
    assert "Sign out" not in page
    assert "/portfolio" not in page


@pytest.mark.parametrize(("asks", "opens", "as_whom"), [
    ("ada", "ada", "the learner"), ("ben", "ada", "the learner"), ("ben", "ben", "whoever asked for this"),
])  # fmt: skip
def test_who_is_signed_in_as_the_learner_or_as_who_asked_is_no_witness(
    house: House, asks: str, opens: str, as_whom: str
) -> None:
    request = ask(house, by=asks)
    held = Phone(house.browser(opens), phone(house, request).address)
    assert f"You are signed in as {as_whom}. A witness opens this link on their own phone." in held.reads(status=422)
    opened(as_it_is(request))
    for below in ("", "/draft", "/decline", "/correct"):
        answer = held.sends(below, **TYPED)
        assert answer.status_code == 422
        assert f"signed in as {as_whom}" in answer.text
    signed(as_it_is(request))
    held.reads("/correct", 422)
    held.reads(status=422)
    assert len(as_it_is(request).evidence.versions) == 1  # type: ignore[union-attr]


def test_what_is_typed_is_kept_and_shown_to_nobody_before_it_is_signed(house: House) -> None:
    request = ask(house)
    one = phone(house, request)
    one.reads()
    answer = one.sends(
        "/draft", piece=True, turn="1", based_on="0", whole="She was ki", happened_on="2. 3.", accepts="y"
    )
    assert answer.json == {"saved": 1}
    again = one.reads()
    assert "She was ki" in again
    assert 'value="2. 3."' in again
    assert 'name="accepts" type="checkbox" checked' not in again
    assert "She was ki" not in house.browser("ada").get("/evidence").text
    assert gathered.items_of(house.person("ada").id) == []


def test_without_a_script_one_saves_and_goes_on_later(house: House) -> None:
    one = phone(house, ask(house))
    one.reads()
    assert one.sends("/draft", turn="1", based_on="0", whole="She was").status_code == 302
    page = one.reads()
    assert "Open the same link when you want to go on." in page
    assert "She was" in page


def test_it_is_signed_once_however_often_the_form_comes(house: House) -> None:
    request = ask(house)
    one = phone(house, request)
    one.reads()
    assert [one.sends(**TYPED).status_code for _ in range(2)] == [302, 302]
    (item,) = gathered.items_of(house.person("ada").id)
    assert (item.evidence.kind, item.version.saved_by_id, item.version.plain) == (Kind.TESTIMONY, None, SAW)
    (signature,) = signatures.signatures_of([item.version.id])[item.version.id]
    assert (signature.name, signature.sha256) == ("Gwen Parry", item.version.sha256)
    assert (signature.request_id, signature.reached) == (request.id, "by a link")
    page = one.reads()
    assert stated_in(page)["Signed by"] == "Gwen Parry"
    assert SAW in page
    assert as_it_is(request).draft == {}


def test_what_is_missing_is_said_at_its_place_and_the_words_come_back(house: House) -> None:
    one = phone(house, ask(house))
    one.reads()
    answer = one.sends(**TYPED | {"contact": "", "tie": "family", "happened_on": "2999-01-01", "accepts": ""})
    assert answer.status_code == 422
    for field in ("contact", "interest", "happened_on", "accepts"):
        assert f'id="{field}-error"' in answer.text
    assert SAW in answer.text


def test_the_learner_is_no_witness_whatever_name_the_request_bore(house: House) -> None:
    one = phone(house, ask(house))
    one.reads()
    answer = one.sends(**TYPED | {"witness": "ada marsh"})
    assert answer.status_code == 422
    assert "A learner cannot be their own witness." in answer.text


def test_one_declines_with_a_reason_or_without(house: House) -> None:
    for reason in ("", "I was on leave."):
        request = ask(house)
        one = phone(house, request)
        one.reads()
        assert one.sends("/decline", reason=reason).status_code == 302
        assert "You have declined" in one.reads(status=410)
        assert (as_it_is(request).reason, as_it_is(request).evidence_id) == (reason, None)


def test_a_correction_is_another_version_with_a_signature_of_its_own(house: House) -> None:
    request = signed(ask(house), by_point=())
    one = phone(house, request)
    form = one.reads("/correct")
    assert SAW in form
    assert one.corrects(whole="She rang twice.").status_code == 302
    item = as_it_is(request).evidence
    assert item is not None
    assert [version.plain for version in item.versions] == [SAW, "She rang twice."]
    given = signatures.signatures_of([version.id for version in item.versions])
    assert [len(given[version.id]) for version in item.versions] == [1, 1]
    with at(now() + timedelta(days=8)):
        assert one.client.get(f"{one.address}/correct").status_code == 200, "this thread alone is in the future"
    told = [line["deed"] for line in audit.lines(1)][-2:]
    assert told == ["evidence saved", "signed"]


def test_a_correction_is_kept_as_it_is_typed_and_what_changes_nothing_says_so(house: House) -> None:
    request = signed(ask(house))
    one = phone(house, request)
    assert one.sends("/draft", piece=True, turn="1", based_on="0", whole="Late").status_code == 409
    assert one.sends("/correct/draft", piece=True, turn="1", based_on="0", whole="She rang tw").json == {"saved": 1}
    other = phone(house, request)
    assert "She rang tw" not in other.reads("/correct"), "as little as what was typed to be signed first"
    assert "She rang tw" in other.sends("/here").text
    assert "She rang tw" in other.reads("/correct")
    assert "She rang tw" not in one.reads()
    assert other.corrects(knows_standards="yes", name="Gwen Pary").status_code == 302
    assert "You changed nothing of what you wrote, so it stands as you signed it, as “Gwen Parry”." in other.reads()
    assert SAW in other.reads("/correct"), "what was typed and not signed is gone"
    item = as_it_is(request).evidence
    assert item is not None
    assert item.latest == 1


def test_what_is_typed_for_a_correction_is_forgotten_when_none_can_be_made_any_more(house: House) -> None:
    request = signed(ask(house))
    write = operations.write_draft
    with transaction():
        write(request, {"whole": ["She"]}, sitting="one", turn=1, based_on=0, deed=RequestDeed.CORRECT)
    with at(now() + timedelta(days=6)), transaction():
        operations.forget_drafts()
    assert as_it_is(request).draft["values"] == {"whole": ["She"]}
    with at(now() + timedelta(days=8)), transaction():
        operations.forget_drafts()
    assert as_it_is(request).draft == {}


def test_what_was_written_for_a_point_comes_back_to_its_own_box(house: House) -> None:
    request = opened(ask(house))
    first = request.points[0].id
    one = phone(house, request)
    assert one.sends(**TYPED | {f"point-{first}": "She let him finish."}).status_code == 302
    form = one.reads("/correct")
    assert re.search(rf'id="point-{first}"[^>]*>\s*She let him finish\.<', form)
    assert "T-1, point 1" not in form


def test_a_customer_is_asked_two_questions_and_nothing_about_standards(house: House) -> None:
    request = ask(house, replace(GWEN, kind=Kind.CUSTOMER))
    one = phone(house, request)
    page = one.reads()
    assert "What did Ada Marsh do for you?" in page
    assert "at work" not in page
    for words in ("standards", "expert", "listened to", "star"):
        assert words not in page.partition("<form")[2].lower()
    typed = {
        name: TYPED[name] for name in ("witness", "relationship", "contact", "tie", "happened_on", "accepts", "name")
    }
    assert one.sends(**typed, first="She mended it.", second="Quick.").status_code == 302
    page = one.reads()
    assert "How it was for you" in page
    assert "Familiar with the standards" not in stated_in(page)


def test_a_supervisor_has_a_short_form(house: House) -> None:
    one = phone(house, ask(house, replace(GWEN, kind=Kind.SUPERVISOR)))
    page = one.reads()
    for absent in ('name="until"', 'name="expert"', 'name="point-'):
        assert absent not in page
    typed = {name: said for name, said in TYPED.items() if name not in ("expert", "context")}
    assert one.sends(**typed).status_code == 302
    assert stated_in(one.reads())["Familiar with the standards"] == "no"
    assert "Expert in the occupation" not in stated_in(one.reads())


def test_the_page_says_in_its_title_what_it_is_for(house: House) -> None:
    for kind, title in ((Kind.TESTIMONY, "What did you see Ada Marsh do?"), (Kind.CUSTOMER, "How was it with Ada")):
        assert f"<title>{title}" in phone(house, ask(house, replace(GWEN, kind=kind, email=""))).reads()


def test_what_was_signed_tells_about_which_points(house: House) -> None:
    request = opened(ask(house))
    one = phone(house, request)
    one.sends(**TYPED | {f"point-{request.points[0].id}": "She let him finish."})
    assert stated_in(one.reads())["Wrote about"] == "T-1 point 1"
