"""How the administrator turns a text into a published edition, and what an edition promises."""

import html
import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import text as sql
from werkzeug.datastructures import FileStorage, MultiDict

from criteria import catalogue
from portfolio.foundation.db import db, transaction
from portfolio.units import queries
from portfolio.units.likeness import queries as likeness
from portfolio.units.models import Edition, EditionPoint
from tests.people.house import Visitor, person, signed_in
from tests.units.texts import BY_WORD, LEFT_LUGGAGE, LONGER, NOTED, SOME, UNMARKED

NAME = {"title": "Left luggage", "code": "LL-1", "level": "2"}


def editions(nick: str = "dee") -> list[Edition]:
    return queries.editions(person(nick).centre_id)


def fields_of(page: str) -> MultiDict[str, str]:
    """What a browser would send of the preview as it stands."""
    form = page[page.index('action="/units/publish"') :]
    found: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found.add(name[1], html.unescape(value[1] if value else ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s?([^<]*)</textarea>', form):
        found.add(name, html.unescape(text))
    return found


def publish(dee: Visitor, text: str, status: int = 200, **changed: object) -> str:
    """Paste, look, publish."""
    dee.reads("/units/new")
    answers = fields_of(dee.sends("/units/new", text=text))
    for name, value in (NAME | changed).items():
        name = name.replace("_", "-")
        answers.setlist(name, value if isinstance(value, list) else [value])
    return dee.sends("/units/publish", status, **answers.to_dict(flat=False))


def test_what_was_read_is_shown_before_anything_is_published(dee: Visitor) -> None:
    dee.reads("/units/new")
    page = dee.sends("/units/new", text=LEFT_LUGGAGE)
    assert "3 marking points" in page
    assert "Permits, does not oblige" in page
    assert "contents" in fields_of(page)["parts-0"].splitlines()
    assert "role-play" in fields_of(page).getlist("methods-1")
    assert editions() == []


def test_a_unit_is_published_as_it_was_previewed(dee: Visitor) -> None:
    page = publish(dee, LEFT_LUGGAGE)
    assert "LL-1 is published, edition 1" in page
    assert "Proof of ownership" in page
    (edition,) = editions()
    assert [point.ref for point in edition.points] == ["1", "2", "3"]
    assert edition.points[0].text in LEFT_LUGGAGE
    assert edition.sha256 in page


def test_parts_and_methods_are_settled_by_the_centre(dee: Visitor) -> None:
    publish(dee, LEFT_LUGGAGE, parts_0="weight\nlabel of a bag", methods_0=["observation", "recording"])
    first = editions()[0].points[0]
    assert [part["text"] for part in first.parts] == ["weight", "label of a bag"]
    assert set(first.methods) == {"observation", "recording"}


def test_a_part_must_be_words_of_its_point(dee: Visitor) -> None:
    page = publish(dee, LEFT_LUGGAGE, 422, parts_0="weight\ncolour")
    assert "Point 1 does not say “colour”" in page
    assert "weight\ncolour" in page.replace("\r", "")
    assert editions() == []


def test_a_unit_without_a_code_stays_unpublished(dee: Visitor) -> None:
    assert "Give the unit a code" in publish(dee, LEFT_LUGGAGE, 422, code="")
    assert editions() == []


def test_published_twice_is_one_edition(dee: Visitor) -> None:
    publish(dee, LEFT_LUGGAGE)
    assert "edition 1" in publish(dee, LEFT_LUGGAGE)
    assert len(editions()) == 1


def test_other_content_under_a_code_is_refused_until_a_new_edition_is_wanted(dee: Visitor) -> None:
    publish(dee, LEFT_LUGGAGE)
    page = publish(dee, LONGER, 422)
    assert "published already, with other content (edition 1)" in page
    assert "Publish as a new edition" in page
    assert "edition 2" in publish(dee, LONGER, anew="y")
    assert [edition.number for edition in editions()] == [2, 1]


def test_a_new_edition_leaves_the_points_of_the_old_one_untouched(dee: Visitor) -> None:
    publish(dee, LEFT_LUGGAGE)
    (old,) = editions()
    kept = [(point.id, point.text, point.parts, point.methods) for point in old.points]
    publish(dee, LONGER, anew="y")
    old = editions()[1]
    assert [(point.id, point.text, point.parts, point.methods) for point in old.points] == kept
    assert db.session.query(EditionPoint).count() == len(kept) * 2 + 1
    assert "Edition 2</a> is the newest" in dee.reads(f"/units/{old.id}")


def test_a_text_without_points_comes_back_with_the_line_and_the_reason(dee: Visitor) -> None:
    dee.reads("/units/new")
    page = dee.sends("/units/new", 422, text=UNMARKED)
    assert "no marking points" in page
    assert "Looking after bags." in page
    assert "Line 2" in page


def test_an_empty_bullet_is_named_by_its_line(dee: Visitor) -> None:
    dee.reads("/units/new")
    page = dee.sends("/units/new", 422, text=LEFT_LUGGAGE + "•\n")
    assert f"Line {len(LEFT_LUGGAGE.splitlines()) + 1}" in page


def test_nothing_pasted_is_said_so(dee: Visitor) -> None:
    dee.reads("/units/new")
    assert "Paste the text of the unit, or choose a file" in dee.sends("/units/new", 422, text="")


def test_a_file_is_read_like_a_pasted_text_even_in_utf_16(dee: Visitor) -> None:
    dee.reads("/units/new")
    upload = FileStorage(BytesIO(LEFT_LUGGAGE.encode("utf-16")), "unit.txt")
    assert "3 marking points" in dee.sends("/units/new", file=upload)


def test_a_file_saved_by_word_is_published_and_the_page_says_what_to_check(dee: Visitor) -> None:
    dee.reads("/units/new")
    page = dee.sends("/units/new", file=FileStorage(BytesIO(BY_WORD.encode("cp1252")), "unit.txt"))
    assert "This file was not UTF-8; it was read as Windows-1252." in page
    assert "“ ” – £ ’" in page
    answers = fields_of(page)
    for name, value in NAME.items():
        answers[name] = value
    dee.sends("/units/publish", **answers.to_dict(flat=False))
    assert editions()[0].points[0].text in BY_WORD


def test_a_point_that_asks_for_some_of_its_parts_says_so_before_and_after(dee: Visitor) -> None:
    dee.reads("/units/new")
    assert "Asks for 2 of its 4 parts." in dee.sends("/units/new", text=SOME)
    publish(dee, SOME)
    assert "Asks for 2 of its 4 parts." in dee.reads(f"/units/{editions()[0].id}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\x00\x01\x02 not words", "not plain text"), (b"x" * 1_000_001, "at most 1,000,000")],
)
def test_what_is_not_a_text_of_a_unit_is_refused(dee: Visitor, content: bytes, sentence: str) -> None:
    dee.reads("/units/new")
    assert sentence in dee.sends("/units/new", 422, file=FileStorage(BytesIO(content), "unit.txt"))


def test_a_text_of_nearly_a_megabyte_can_be_previewed_and_published(dee: Visitor) -> None:
    long = LEFT_LUGGAGE.replace("at the desk", "at the desk " + "at the very long desk " * 40_000)
    assert len(long) > 800_000
    assert "edition 1" in publish(dee, long)


def test_the_text_can_be_changed_after_the_preview(dee: Visitor) -> None:
    dee.reads("/units/new")
    dee.sends("/units/new", text=LEFT_LUGGAGE)
    page = dee.sends("/units/new", text=LEFT_LUGGAGE, again="1")
    assert "Check the text" in page
    assert "polite refusal" in page


def test_lines_that_were_not_understood_are_shown(dee: Visitor) -> None:
    dee.reads("/units/new")
    page = dee.sends("/units/new", text=LEFT_LUGGAGE + "\nWeather Of The Day\nRain later.\n")
    assert "not understood" in page
    assert "Rain later." in page


def test_the_shipped_units_are_published_one_by_one_or_all_at_once(dee: Visitor) -> None:
    assert "No units yet" in dee.reads("/units")
    page = dee.sends("/units/shipped", code="CS-303")
    assert "Published: CS-303." in page
    page = dee.sends("/units/shipped")
    assert "Ready to publish" not in page
    assert [(one.code, len(one.points)) for one in editions()] == [
        (unit.code, len(unit.points)) for unit in catalogue.units()
    ]


def test_siblings_are_linked_to_their_points(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    found = likeness.siblings(editions())
    assert found, "the shipped units ask some things more than once"
    (code, _ref), others = next((key, value) for key, value in found.items() if value)
    by_code = {edition.code: edition for edition in editions()}
    page = dee.reads(f"/units/{by_code[code].id}")
    assert f'/units/{by_code[others[0][0]].id}#point-{others[0][1]}"' in page


def test_staff_read_units_learners_read_an_edition_and_strangers_nothing(app: Flask, dee: Visitor, cy: Visitor) -> None:
    publish(dee, LEFT_LUGGAGE)
    (edition,) = editions()
    ben, ada = signed_in(app, "ben"), signed_in(app, "ada")
    assert "Left luggage" in ben.reads("/units")
    ada.reads("/units", 404)
    assert "Left luggage" in ada.reads(f"/units/{edition.id}")
    cy.reads(f"/units/{edition.id}", 404)
    assert "Left luggage" not in cy.reads("/units")
    for visitor in (ben, ada):
        visitor.reads("/units/new", 404)
        visitor.sends("/units/new", 404, text=LEFT_LUGGAGE)
        visitor.sends("/units/publish", 404, text=LEFT_LUGGAGE)
        visitor.sends("/units/shipped", 404)


@pytest.mark.parametrize("text", [NOTED, LEFT_LUGGAGE, SOME])
def test_the_same_text_by_command_and_by_page_is_the_same_edition(app: Flask, dee: Visitor, text: str) -> None:
    named = ["--title", NAME["title"], "--code", NAME["code"], "--level", NAME["level"]]
    done = app.test_cli_runner().invoke(args=["units", "publish", "-", *named], input=text)
    assert done.exit_code == 0, done.output
    assert "LL-1 is published, edition 1" in publish(dee, text)
    (edition,) = editions()
    assert [point.ref for point in edition.points] == [str(place + 1) for place in range(len(edition.points))]


def test_an_edition_of_before_whose_methods_stand_in_another_order_is_the_same(dee: Visitor) -> None:
    publish(dee, NOTED)
    with transaction():
        db.session.execute(sql("UPDATE edition SET sha256 = :sha"), {"sha": "0" * 64})
    assert "LL-1 is published, edition 1" in publish(dee, NOTED)
