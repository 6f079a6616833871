"""What the holder of a link can do is bounded: by device, in number, in length and in time."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.evidence.rules import Kind
from portfolio.foundation.clock import now
from portfolio.foundation.db import transaction
from portfolio.foundation.log import audit
from tests.evidence.witnesses.asking import GWEN, SAW, ask, asked_again, opened, signed
from tests.evidence.witnesses.holding import TYPED, Phone, as_it_is, phone
from tests.fixtures.cast import House


def test_one_link_is_not_signed_with_without_end(house: House) -> None:
    one = phone(house, opened(ask(house)))
    statuses = [one.sends(**TYPED | {"contact": ""}).status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]
    assert SAW in one.sends(**TYPED).text, "what was typed is given back"
    assert phone(house, opened(asked_again(house))).sends(**TYPED).status_code == 302, "another link is another matter"


def test_a_draft_is_no_larger_than_its_form_and_is_not_saved_without_end(house: House) -> None:
    request = opened(ask(house, replace(GWEN, kind=Kind.SUPERVISOR)))
    one = phone(house, request)
    for field, words in (("whole", "x" * 20_001), ("happened_on", "x" * 41), ("witness", "x" * 201)):
        assert one.sends("/draft", piece=True, **{field: words}).status_code == 422
    assert one.sends("/draft", piece=True, whole="x" * 220_000).status_code == 413
    assert as_it_is(request).draft == {}
    statuses = [one.sends("/draft", piece=True, whole="She rang.", turn=f"{turn}").status_code for turn in range(70)]
    assert set(statuses) == {200, 429}
    assert as_it_is(request).draft["values"] == {"whole": ["She rang."]}


def test_however_often_a_page_says_that_it_saved_what_is_typed_later_is_kept(house: House) -> None:
    request = ask(house)
    one = phone(house, request)
    for turn in ("9" * 400, "9" * 400):
        assert one.sends("/draft", piece=True, whole="She", turn=turn).status_code in (200, 422)
    again = one.sends("/draft", piece=True, whole="She rang.", turn="1", based_on="1", once="l" * 20)
    assert again.status_code == 200
    assert as_it_is(request).draft["values"] == {"whole": ["She rang."]}


def test_what_was_typed_is_given_to_another_device_only_where_somebody_goes_on_there(house: House) -> None:
    request = ask(house)
    one, other = phone(house, request), phone(house, request)
    one.reads()
    assert one.sends("/draft", piece=True, turn="1", based_on="0", whole="She was ki").status_code == 200
    page = other.reads()
    assert "Words were begun on another device" in page
    assert "She was ki" not in page
    assert "She was ki" not in other.sends("/decline", reason="x" * 501).text
    assert "She was ki" in other.sends("/here").text
    assert "She was ki" in other.reads()
    assert "She was ki" not in one.reads()
    assert other.sends(**TYPED).status_code == 302
    assert ["elsewhere"] in as_it_is(request).questions["1"]


def test_who_keeps_no_cookies_goes_on_with_what_they_typed(house: House) -> None:
    request = ask(house)
    without = Phone(house.app.test_client(use_cookies=False), phone(house, request).address)
    for turn in ("1", "2"):
        answer = without.sends("/draft", piece=True, turn=turn, based_on="0", whole=f"She was {turn}")
        assert answer.json == {"saved": int(turn)}
    assert "She was 2" not in without.reads()
    assert "She was 2" in without.sends("/here").text


def test_looking_at_a_link_writes_nothing_and_gives_no_cookie(house: House) -> None:
    request = ask(house)
    one = phone(house, request)
    for ask_for in (one.client.get, one.client.head):
        answer = ask_for(one.address, headers={"Sec-Purpose": "prefetch"})
        assert answer.status_code == 200
        assert one.client.get_cookie("device") is None
    assert as_it_is(request).opened_at is None
    assert one.sends("/opened").status_code == 204
    assert as_it_is(request).opened_at is not None
    assert one.client.get_cookie("device") is None
    one.sends("/draft", piece=True, turn="1", based_on="0", whole="She was")
    assert one.client.get_cookie("device") is not None


@pytest.mark.parametrize("below", ["", "/draft", "/decline"])
def test_without_a_script_the_first_form_opens_the_link(house: House, below: str) -> None:
    request = ask(house)
    assert phone(house, request).sends(below, **TYPED).status_code == 302
    told = [line["deed"] for line in audit.lines(request.centre_id) if line["subject"] == f"request {request.id}"]
    assert "request opened" in told


def test_a_while_after_it_was_signed_a_link_tells_only_that_it_was_and_when(house: House) -> None:
    request = signed(ask(house))
    one = phone(house, request)
    for days, is_shown in ((34, True), (36, False)):
        with transaction():
            as_it_is(request).signed_at = now() - timedelta(days=days)
        assert (SAW in one.reads()) == is_shown
        assert ("029 2018 0199" in one.reads()) == is_shown
        assert one.client.get(f"{one.address}/copy.pdf").status_code == (200 if is_shown else 410)
    assert "This was signed" in one.reads()


def test_words_that_look_like_the_heading_of_another_point_stay_in_their_own_box(house: House) -> None:
    request = opened(ask(house))
    first, second = (point.id for point in request.points)
    words = "She let him finish.\n# T-1, point 2\nShe rang."
    one = phone(house, request)
    assert one.sends(**TYPED | {f"point-{first}": words}).status_code == 302
    form = one.reads("/correct")
    assert re.search(rf'id="point-{first}"[^>]*>\s*She let him finish\.\s*# T-1, point 2\s*She rang\.<', form)
    assert re.search(rf'id="point-{second}"[^>]*>\s*<', form)
