"""Records and annotations say what the facts say, and a spreadsheet runs nothing that a learner wrote."""

import csv
import io
import json
from dataclasses import replace
from urllib.parse import unquote

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.facts.annotations import page
from exports.facts.cells import FORMULA, cells
from exports.facts.frozen import Facts
from exports.facts.missing import absences, named
from exports.facts.names import shelf
from exports.facts.records import LearnerRecords, as_csv, as_json, joined, parts, tables
from portfolio.evidence.places.locators import Passage, Span, read
from portfolio.evidence.rules import misfit
from tests.exports.samples.pack import LEILA, TOM

LEARNER = LearnerRecords(LEILA, shelf(LEILA), "a" * 64, "b" * 64)


def test_every_claim_judgement_and_decision_has_its_row() -> None:
    made = tables([LEARNER, LearnerRecords(TOM, shelf(TOM))])
    assert [row["id"] for row in made["claims"]] == [claim.id for claim in LEILA.claims]
    assert len(made["judgements"]) == len(LEILA.judgements)
    assert [(row["unit"], row["round"], row["decision"]) for row in made["decisions"]] == [
        ("CS-301", 1, "referred"),
        ("CS-301", 2, "achieved"),
    ]
    assert {row["learner"] for row in made["points"]} == {LEARNER.folder, LearnerRecords(TOM, shelf(TOM)).folder}


def test_every_row_of_a_table_has_the_same_columns() -> None:
    for name, rows in tables([LEARNER, LearnerRecords(TOM, shelf(TOM))]).items():
        assert len({tuple(row) for row in rows}) == 1, name


def test_records_read_back_as_they_were_written() -> None:
    rows = tables([LEARNER])["evidence"]
    assert json.loads(as_json(rows)) == rows


@pytest.mark.parametrize("learners", [(LEILA, TOM), (TOM, LEILA), (TOM,), (LEILA,)])
def test_the_parts_of_a_table_join_to_what_is_written_of_all_its_rows(learners: tuple[Facts, ...]) -> None:
    named = [LearnerRecords(facts, shelf(facts), "a" * 64, "b" * 64) for facts in learners]
    each = [parts(one) for one in named]
    for name, rows in tables(named).items():
        assert joined([one[name] for one in each]) == (as_json(rows), as_csv(rows)), name


@given(st.text(max_size=40))
def test_no_cell_is_a_formula(text: str) -> None:
    content = as_csv([{"learner": text, "list": [text, text]}])
    assert content.startswith(b"\xef\xbb\xbf")
    _, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert not any(cell.lstrip(' "\u00a0').startswith(FORMULA) for cell in row)


@given(st.text(max_size=20) | st.from_regex(r"'?[0-9eE./: -]{1,8}", fullmatch=True))
def test_whoever_drops_one_apostrophe_has_the_text(text: str) -> None:
    _, (cell,) = csv.reader(io.StringIO(as_csv([{"learner": text}]).decode("utf-8-sig"), newline=""))
    assert cell.removeprefix("'") == text


@pytest.mark.parametrize(
    "text",
    ["00123", "1E5", "123e45", "1d5", "3-4", "3/4", "12345678901234567890", "1.10", "1,000", "Mar 5", "mar-5",
     "5 March 2026", "TRUE", "false", "10:30", "9 am", "5%", "£5", "(5)", "٠٠١", "００１", " 007", "2026-03-04"],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_is_made_text(text: str) -> None:
    _, (cell,) = csv.reader(io.StringIO(as_csv([{"title": text}]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["0", "1", "420", "CS-301", "L-17", "half past 9", "May", "ada-1", "½", "3 pages"])
def test_what_a_spreadsheet_leaves_alone_stays_as_it_is(text: str) -> None:
    assert as_csv([{"title": text}]).decode("utf-8-sig").splitlines()[1] == text


def test_days_and_moments_in_their_columns_and_numbers_stay_as_they_are() -> None:
    row = {"happened_on": "2026-03-04", "at": "2026-03-04T09:30:00.000000Z", "size": 123, "duration": 1.5}
    assert as_csv([row]).decode("utf-8-sig").splitlines()[1] == "2026-03-04,2026-03-04T09:30:00.000000Z,123,1.5"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", " =", '"='])
def test_what_a_spreadsheet_would_run_is_made_text(sign: str) -> None:
    content = as_csv([{"name": sign + "cmd|' /C calc'!A0"}]).decode("utf-8-sig")
    _, (cell,) = csv.reader(io.StringIO(content, newline=""))
    assert cell == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x","y")', "=DDE('cmd','/C calc','!A0')", "\rx", "\n=1+1", "@SUM(1)"]
)
def test_a_link_a_program_and_a_sum_are_text_in_every_column(cell: str) -> None:
    content = as_csv([{"learner": cell, "words": [cell, "b"]}]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(content, newline=""))
    assert row == [f"'{cell}", f"'{cell}; b"]


def test_lines_end_as_the_standard_says_and_only_what_must_be_is_quoted() -> None:
    content = as_csv([{"learner": "ada-1", "said": 'he said "so", twice\nand left'}])
    assert content == b'\xef\xbb\xbflearner,said\r\nada-1,"he said ""so"", twice\nand left"\r\n'


def test_a_database_reads_every_table_back_cell_by_cell(postgres_url: str) -> None:
    address = postgres_url.replace("postgresql+psycopg:", "postgresql:")
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        for name, rows in tables([LEARNER]).items():
            columns = ", ".join(f'"{column}" text' for column in rows[0])
            cursor.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})')
            with cursor.copy(f"COPY \"{name}\" FROM STDIN (FORMAT csv, HEADER true, NULL '\\N')") as copy:
                copy.write(as_csv(rows).removeprefix(b"\xef\xbb\xbf"))
            read = cursor.execute(f'SELECT * FROM "{name}"').fetchall()
            assert read == [tuple(map(str, cells(row))) for row in rows]


def test_annotations_name_files_of_the_pack_and_places_that_we_can_read_again() -> None:
    made = page(LEILA, LEARNER.shelf)
    known = set(LEARNER.shelf.files.values()) | {path for pair in LEARNER.shelf.texts.values() for path in pair}
    for claim, annotation in zip(LEILA.claims, made["items"], strict=True):
        target = annotation["target"]
        sources = target if isinstance(target, list) else [target["source"]]
        assert {"data/" + unquote(source).removeprefix("../") for source in sources} <= known
        again = read(
            {}
            if isinstance(target, list)
            else {"selector": target["selector"], "file": getattr(claim.locator, "file", "")}
        )
        assert again == claim.locator


def test_what_is_absent_is_said_with_its_rule() -> None:
    said = {(absence.where, absence.what) for absence in absences(LEILA)}
    assert ("CS-303, points 4 to 7", "no verdict") in said
    assert ("CS-303, round 1", "no decision") in said
    assert not any(where == "CS-301, point 1" for where, _ in said)
    assert all(absence.rule.endswith(".") for absence in absences(LEILA))


def test_an_award_without_a_word_on_authenticity_is_missed_and_one_with_it_is_in_the_table() -> None:
    unit = LEILA.units[0]
    rounds = tuple(replace(one, authenticity="") for one in unit.rounds)
    said = {(one.where, one.what) for one in absences(replace(LEILA, units=(replace(unit, rounds=rounds),)))}
    assert ("CS-301, round 2", "no confirmation of authenticity") in said
    assert ("CS-301, round 1", "no confirmation of authenticity") not in said
    told = [row["authenticity"] for row in tables([LEARNER])["decisions"]]
    assert told == ["", unit.rounds[1].authenticity]


def test_what_is_absent_of_several_points_is_said_once() -> None:
    unit = LEILA.units[0]
    bare = replace(unit, code="CS-999", gaps=(), points=tuple(replace(p, verdict="") for p in unit.points))
    said = [(absence.where, absence.what) for absence in absences(replace(LEILA, units=(*LEILA.units, bare)))]
    assert (f"CS-999, points 1 to {len(unit.points)}", "no claim and no reason") in said
    assert [what for where, what in said if where.startswith("CS-999")].count("no verdict") == 1


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("1", "point 1"),
        ("1 2", "points 1 and 2"),
        ("1 2 3 5", "points 1 to 3 and 5"),
        ("5 1 2 3", "points 5 and 1 to 3"),
    ],
)
def test_points_are_named_in_few_words(points: str, said: str) -> None:
    assert named(points.split(), {str(number): number for number in range(1, 7)}) == said


def test_a_place_that_came_loose_and_a_recording_without_length_are_missed() -> None:
    loose = replace(LEILA.claims[0], locator=Passage("never written", 0, 13))
    item = LEILA.evidence[1]
    endless = replace(item, files=(replace(item.files[0], duration=None),))
    facts = replace(
        LEILA, claims=(loose, *LEILA.claims[1:]), evidence=(LEILA.evidence[0], endless, *LEILA.evidence[2:])
    )
    said = " ".join(absence.what for absence in absences(facts))
    assert "“never written” is not in E1" in said
    assert "no duration of call" in said


def test_a_learner_without_number_declaration_or_witness_contact_is_told_apart() -> None:
    unit = replace(LEILA.units[0], iqa="", rounds=(replace(LEILA.units[0].rounds[0], declared_by="", versions=()),))
    witness = LEILA.evidence[4]
    assert witness.testimony is not None
    shy = replace(witness, testimony=replace(witness.testimony, contact="", signed_at=""))
    facts = replace(
        LEILA,
        learner=replace(LEILA.learner, number=""),
        units=(unit,),
        evidence=(*LEILA.evidence[:4], shy, *LEILA.evidence[5:]),
    )
    said = {absence.what for absence in absences(facts)}
    assert said >= {
        "no registration number",
        "no internal quality assurer",
        "no declaration of authenticity",
        "no frozen versions",
        "no contact of the witness",
        "no signature of the witness",
    }


def test_a_point_proved_by_a_method_it_does_not_permit() -> None:
    point = replace(LEILA.units[0].points[0], methods=("role-play", "professional discussion"))
    unit = replace(LEILA.units[0], points=(point,))
    by_account = replace(LEILA, units=(unit,), claims=LEILA.claims[:1])
    by_recording = replace(by_account, claims=(replace(LEILA.claims[1], locator=Span(1, 2)),))
    assert "no evidence by role-play or professional discussion" in {absence.what for absence in absences(by_account)}
    assert not any(absence.what.startswith("no evidence by") for absence in absences(by_recording))


@pytest.mark.parametrize("method", ["recording", "role-play", "professional discussion", "observation"])
def test_a_recording_proves_what_the_hand_in_took_it_for(method: str) -> None:
    point = replace(LEILA.units[0].points[0], methods=(method,))
    recorded = replace(LEILA, units=(replace(LEILA.units[0], points=(point,)),), claims=LEILA.claims[1:2])
    assert misfit(point.ref, point.methods, "recording") == ""
    assert not any(absence.what.startswith("no evidence by") for absence in absences(recorded))
