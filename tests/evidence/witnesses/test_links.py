"""A link opens its own page and gives nothing away; one that has ended, or is none, says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations
from portfolio.foundation.clock import now
from portfolio.foundation.db import transaction
from portfolio.people.entering.trying import counter
from tests.evidence.witnesses.asking import GWEN, SAW, ask, opened, signed
from tests.evidence.witnesses.holding import TYPED, as_it_is, phone
from tests.fixtures.cast import House


def test_neither_a_header_nor_a_search_engine_gives_the_address_away(house: House) -> None:
    answer = (one := phone(house, ask(house))).client.get(one.address)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Gwen" not in one.address
    assert len(one.address.rpartition("/")[2]) == 43, "256 bits in base64url"


@pytest.mark.parametrize("kind", [Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER])
def test_every_page_of_a_link_is_valid_html(house: House, kind: Kind, check_html: Callable[[str], None]) -> None:
    request = ask(house, replace(GWEN, kind=kind))
    one = phone(house, request)
    check_html(one.client.get(one.address).text)
    check_html(one.sends(witness="Gwen").text)
    signed(as_it_is(request))
    for below in ("", "/correct"):
        check_html(one.client.get(one.address + below).text)


def test_nothing_is_copied_or_corrected_before_it_is_signed(house: House) -> None:
    one = phone(house, ask(house))
    for below in ("/copy.pdf", "/correct"):
        one.reads(below, 409)


@pytest.mark.parametrize("end", ["expired", "taken back", "declined"])
def test_a_link_that_has_ended_says_so_and_takes_nothing_more(house: House, end: str) -> None:
    request = opened(ask(house))
    with transaction():
        if end == "expired":
            request.expires_at = now() - timedelta(minutes=1)
        elif end == "declined":
            operations.decline(request, "")
        else:
            operations.take_back(request, by=request.by)
    one = phone(house, request)
    assert "Nothing more to do here" in one.reads(status=410)
    for below in ("", "/draft", "/decline", "/correct"):
        answer = one.sends(below, **TYPED)
        assert answer.status_code == 410, below
        assert "<h1>This link has ended</h1>" in answer.text
        assert "Go to your start page" not in answer.text
    assert SAW in one.sends(**TYPED).text, "what was typed is given back"
    assert as_it_is(request).evidence_id is None


def test_links_that_are_none_are_not_tried_without_end_and_do_not_shut_out_one_that_is(house: House) -> None:
    one = phone(house, ask(house))
    answers = [one.client.get(f"/witness/{number:043}") for number in range(120)]
    assert {answer.status_code for answer in answers} == {404, 429}
    assert "Too many links that open nothing were tried from your network. Wait" in answers[-1].text
    for answer in (answers[0], answers[-1]):
        assert "Go to your start page" not in answer.text
    assert "Ada Marsh asks you" in one.reads()


def test_failed_passwords_behind_the_same_address_do_not_shut_out_a_link(house: House) -> None:
    one = phone(house, ask(house))
    for _ in range(101):
        counter().failed("127.0.0.1")
    assert counter().wait("127.0.0.1") > 0, "nobody signs in from there now"
    assert "Ada Marsh asks you" in one.reads()
