"""Which points are alike: tried from the command line, read once by the worker, and kept with the edition."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from criteria import catalogue
from criteria.likeness import model
from portfolio.foundation.db import db
from portfolio.units import queries
from portfolio.units.likeness import queries as likeness
from portfolio.units.likeness.reading import catch_up
from portfolio.units.models import Edition, EditionMeanings
from tests.people.house import Visitor, apart, person

TEXTS = Path(catalogue.__file__).parent / "texts"
UNNAMED = """Look after bikes
Marking points
- Award credit for checking the brakes of a bike.
- Award credit for singing in a choir.
"""


def run(app: Flask, *words: object) -> Result:
    result = apart(app.test_cli_runner().invoke, args=["units", *map(str, words)])
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize("how", [[], ["--by-letters"]])
def test_pairs_of_siblings_are_printed_once_each(app: Flask, how: list[str]) -> None:
    files = sorted(TEXTS.glob("*.txt"))
    pairs = json.loads(run(app, "siblings", *files, "--json", *how).stdout)
    assert ["CS-302/1", "CS-304/2"] in pairs
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    assert "CS-302/1  CS-304/2" in run(app, "siblings", *files, *how).stdout.splitlines()


@pytest.mark.parametrize("how", [[], ["--by-letters"]])
def test_all_points_are_printed_the_likeliest_first(app: Flask, tmp_path: Path, how: list[str]) -> None:
    (tmp_path / "bikes.txt").write_text(UNNAMED)
    files = [TEXTS / "CS-305.txt", tmp_path / "bikes.txt"]
    words = ["--sentence", "I checked both brakes of the bike.", *how]
    refs = json.loads(run(app, "suggest", *files, *words, "--json").stdout)
    assert refs[0] == "bikes/1", "a unit without a code is called as its file"
    assert sorted(refs) == ["CS-305/1", "CS-305/2", "CS-305/3", "CS-305/4", "bikes/1", "bikes/2"]
    assert run(app, "suggest", *files, *words).stdout.splitlines()[0] == "bikes/1  checked, brakes, bike"


def editions() -> list[Edition]:
    return queries.editions(person("dee").centre_id)


def test_the_worker_reads_what_is_published_once_and_siblings_follow(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    by_letters = likeness.siblings(editions())
    assert by_letters["CS-302", "7"] == ()
    assert len(likeness.unread(9)) == 5
    catch_up()
    assert likeness.unread(9) == []
    kept = {edition.id: db.session.get_one(EditionMeanings, edition.id).data for edition in editions()}
    by_meaning = likeness.siblings(editions())
    assert by_meaning["CS-302", "7"] == (("CS-304", "5"),)
    catch_up()
    assert {id: db.session.get_one(EditionMeanings, id).data for id in kept} == kept


def test_what_another_model_read_counts_for_nothing_and_is_read_anew(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    db.session.rollback()
    catch_up()
    first = db.session.get_one(EditionMeanings, editions()[0].id)
    first.model = "of another year"
    db.session.commit()
    assert likeness.siblings(editions())["CS-302", "7"] == ()
    assert [edition.id for edition in likeness.unread(9)] == [editions()[0].id]
    catch_up()
    db.session.rollback()
    assert db.session.get_one(EditionMeanings, editions()[0].id).model == model.NAME
