"""A witness takes a copy of what they signed: on one page, with all that was signed, for any reader."""

import re
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


WORDS = {
    "a few words": SAW,
    "eight thousand characters": LONG,
    "forty headings": "\n\n".join(f"# Point {at}\n\n{SAW[:150]}" for at in range(40)),
    "2,600 paragraphs": "\n\n".join(["x"] * 2_600),
    "1,900 items": "\n".join(["- x"] * 1_900),
    "a thousand words in bold": "**x** " * 1_300,
    "a table of a thousand rows": "|a|b|\n|---|---|\n" + "|x|y|\n" * 1_000,
    "a table of a thousand columns": f"{'|x' * 1_000}|\n{'|-' * 1_000}|\n",
    "cells of long words": f"{'|' + 'Kettle' * 20}" * 8 + "|\n" + "|---" * 8 + "|\n",
    "one word of eight thousand letters": "W" * 8_000,
    "letters as wide as they are high": "語" * 8_000,
    "what no font shows": "\U0001f9ff\U00012031" * 4_000,
    "the widest sign there is": "\ufdfd" * 8_000,
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_the_copy_is_one_page(house: House, words: str) -> None:
    one = phone(house, signed(ask(house), whole=words))
    answer = one.client.get(f"{one.address}/copy.pdf")
    assert answer.mimetype == "application/pdf"
    assert joining.counted(answer.data) == 1


NUMBERED = {
    "paragraphs": "\n\n".join(map(str, range(1_000, 2_200))),
    "lines": "\n".join(map(str, range(1_000, 2_200))),
    "cells": "|a|b|c|\n|---|---|---|\n" + "".join(f"|{at}|*{at + 1}*|{at + 2}|\n" for at in range(1_000, 2_000, 3)),
    "a wide table": "".join(f"|kettle{at}" for at in range(1_000, 1_060)) + "|\n" + "|---" * 60 + "|\n",
}


@pytest.mark.parametrize("form", NUMBERED)
def test_no_word_is_lost_where_many_lines_stand_on_one_page(house: House, form: str, tmp_path: Path) -> None:
    words = NUMBERED[form]
    one = phone(house, signed(ask(house), whole=words))
    (tmp_path / "copy.pdf").write_bytes(one.client.get(f"{one.address}/copy.pdf").data)
    copy = re.sub(r"\s", "", text_of(tmp_path / "copy.pdf"))
    assert [number for number in re.findall(r"\d{4}", words) if number not in copy] == []
    assert verapdf.verdicts([tmp_path / "copy.pdf"])[0].faults == ()


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
