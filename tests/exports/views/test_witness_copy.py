"""A witness takes a copy of what they signed: on one page, with all that was signed, for any reader."""

from dataclasses import replace
from pathlib import Path

import pytest

from exports.typesetting import joining
from exports.views import witnesses
from portfolio.evidence.rules import Kind
from tests.evidence.witnesses.asking import GWEN, SAW, STATEMENT, ask, signed
from tests.evidence.witnesses.holding import phone
from tests.exports.document.finished import text_of
from tests.exports.typesetting import verapdf
from tests.fixtures.cast import House

LONG = "\n\n".join(f"{at}. {SAW}" for at in range(1, 41))
"""8,000 characters in forty paragraphs."""


@pytest.mark.parametrize("words", [SAW, LONG], ids=["a few words", "eight thousand characters"])
def test_the_copy_is_one_page(house: House, words: str) -> None:
    one = phone(house, signed(ask(house), whole=words))
    answer = one.client.get(f"{one.address}/copy.pdf")
    assert answer.mimetype == "application/pdf"
    assert joining.counted(answer.data) == 1


def test_the_copy_holds_all_that_was_signed_for_any_reader(house: House, tmp_path: Path) -> None:
    one = phone(house, signed(ask(house)))
    path = tmp_path / "copy.pdf"
    path.write_bytes(one.client.get(f"{one.address}/copy.pdf").data)
    copy = text_of(path)
    for words in (
        "Gwen Parry", "Shift supervisor", "Tidewater", "029 2018 0199", "Expert in the occupation",
        "familiar with the standards", "No family or other interest", "Ada let him finish", "by a link",
    ):  # fmt: skip
        assert words in copy, words
    assert [one.faults for one in verapdf.verdicts([path])] == [(), ()]


@pytest.mark.parametrize("kind", [Kind.SUPERVISOR, Kind.CUSTOMER])
def test_the_copy_says_nothing_of_what_was_not_asked(house: House, tmp_path: Path, kind: Kind) -> None:
    said = replace(STATEMENT, expert=False, knows_standards=False)
    one = phone(house, signed(ask(house, replace(GWEN, kind=kind)), statement=said))
    path = tmp_path / "copy.pdf"
    path.write_bytes(one.client.get(f"{one.address}/copy.pdf").data)
    copy = text_of(path).lower()
    assert "gwen parry" in copy
    assert "not an expert" not in copy
    assert ("with the standards" in copy) == (kind is Kind.SUPERVISOR)


def test_copies_of_one_link_are_rationed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "MOST", "1 per hour")
    one = phone(house, signed(ask(house)))
    answers = [one.client.get(f"{one.address}/copy.pdf").status_code for _ in range(2)]
    assert answers == [200, 429]
