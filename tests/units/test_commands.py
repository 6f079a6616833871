"""Units from the command line: what is read of a text, and publishing it."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portfolio.foundation.log import audit
from portfolio.units import queries
from tests.people.house import apart, person
from tests.units.texts import BY_WORD, LEFT_LUGGAGE, LONGER, SOME, UNMARKED

NAMES = "title code level credit synopsis outcomes concepts tips misconceptions points unread"
"""What the JSON of a unit holds."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "unit.txt"
    path.write_text(LEFT_LUGGAGE)
    return path


def run(app: Flask, *words: object, given: str | None = None) -> Result:
    return apart(app.test_cli_runner().invoke, args=[str(word) for word in ("units", *words)], input=given)


def test_json_says_everything_that_was_read(app: Flask, file: Path) -> None:
    result = run(app, "read", file, "--json")
    assert result.exit_code == 0
    read = json.loads(result.stdout)
    assert set(read) == set(NAMES.split())
    assert [point["ref"] for point in read["points"]] == ["1", "2", "3"]
    first, second = read["points"][:2]
    assert {"ref", "text", "lead_in", "obliges", "parts", "methods"} <= set(first)
    assert (first["lead_in"], first["obliges"]) == ("Award credit for", True)
    assert (second["obliges"], second["methods"]) == (False, ["role-play"])
    assert queries.editions(person("dee").centre_id) == []


def test_standard_input_is_read_too_and_people_get_words(app: Flask) -> None:
    result = run(app, "read", "-", given=LEFT_LUGGAGE)
    assert "1. Award credit for explaining" in result.stdout
    assert "methods: role-play" in result.stdout


def test_a_file_saved_by_word_is_read_and_what_was_assumed_is_said_apart(app: Flask, file: Path) -> None:
    file.write_bytes(BY_WORD.encode("cp1252"))
    result = run(app, "read", file, "--json")
    assert json.loads(result.stdout)["points"][0]["text"] in BY_WORD
    assert "it was read as Windows-1252" in result.stderr
    assert "“ ” – £ ’" in result.stderr


def test_how_many_parts_are_asked_for_is_said(app: Flask) -> None:
    assert "2 of these 4 are asked for" in run(app, "read", "-", given=SOME).stdout
    assert json.loads(run(app, "read", "-", "--json", given=SOME).stdout)["points"][0]["needed"] == 2


def test_a_text_that_cannot_be_read_ends_with_one_and_the_line(app: Flask) -> None:
    result = run(app, "read", "-", given=UNMARKED)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Line " in result.stderr
    assert "no marking points" in result.stderr


def test_a_unit_is_published_at_the_centre_opened_first_unless_another_is_named(app: Flask, file: Path) -> None:
    named = ("--title", "Left luggage", "--code", "LL-1")
    result = run(app, "publish", file, *named)
    assert (result.exit_code, "edition 1" in result.stdout, "Harbour Street" in result.stdout) == (0, True, True)
    assert run(app, "publish", file, *named, "--centre", "2002").exit_code == 0
    line = list(audit.lines(person("dee").centre_id))[-1]
    assert (line["deed"], line["actor"]) == ("unit published", "Dee Abara")
    assert [len(queries.editions(person(nick).centre_id)) for nick in ("dee", "cy")] == [1, 1]


def test_other_content_needs_a_new_edition(app: Flask, file: Path) -> None:
    named = ("--title", "Left luggage", "--code", "LL-1")
    run(app, "publish", file, *named)
    file.write_text(LONGER)
    refused = run(app, "publish", file, *named)
    assert (refused.exit_code, "published already, with other content" in refused.stderr) == (1, True)
    assert "edition 2" in run(app, "publish", file, *named, "--new-edition").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--title", "Left luggage"), "needs a title and a code"),
        (("--title", "L", "--code", "1", "--centre", "9"), "no such centre"),
        (("--title", "L", "--code", "1", "--as", "ben@harbour.example"), "is not an administrator"),
        (("--title", "L", "--code", "1", "--as", "cy@fell.example", "--centre", "1001"), "of that centre"),
    ],
)
def test_what_is_missing_or_not_theirs_is_refused(
    app: Flask, file: Path, words: tuple[str, ...], sentence: str
) -> None:
    result = run(app, "publish", file, *words)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_the_five_shipped_units_are_published_once(app: Flask) -> None:
    assert len(run(app, "ship").stdout.splitlines()) == 5
    assert run(app, "ship").stdout == ""
