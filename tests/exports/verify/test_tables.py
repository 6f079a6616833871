"""The tables of a pack tell what its facts tell, row by row, and what does not is named."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import verify
from exports.facts import records
from exports.facts.canonical import canonical as frozen
from tests.exports.samples.pack import LEILA, REPORT, kept, opened, pack, packed
from tests.exports.samples.signature import signed_report
from tests.exports.verify.test_verify import _told_by_facts
from tests.exports.verify.verifying import checked, said, zipped

HELD = {one.path.partition("/")[2]: b"".join(one.blocks()) for one in pack() if "/data/" in one.path}
CHANGES = {
    "decisions": ("decision", "achieved?"), "judgements": ("verdict", "not met"), "claims": ("reason", "Because."),
    "units": ("state", "achieved?"), "points": ("verdict", "partly met"), "rounds": ("ai_use", "A great deal"),
    "learners": ("name", "Eve"), "evidence": ("title", "Another"), "files": ("name", "other.wav"),
    "witnesses": ("employer", "Somebody Else"), "events": ("actor", "Eve"), "signatures": ("name", "Eve"),
    "checks": ("how", "known?"), "minutes": ("words", "She was not there."),
}  # fmt: skip


def _tables(name: str, change: Callable[[list[dict[str, Any]]], object], *, beside: bool = True) -> str:
    """A pack of which a table was changed, in JSON and, `beside`, in CSV, too."""
    rows = json.loads(HELD[f"data/records/{name}.json"])
    change(rows)
    changed = {f"data/records/{name}.json": records.as_json(rows)}
    changed |= {f"data/records/{name}.csv": records.as_csv(rows)} if beside else {}
    return said(zipped(HELD | changed))


def test_a_pack_holds_before_its_tables_are_changed() -> None:
    assert said(zipped(HELD)) == ""


@pytest.mark.parametrize("name", CHANGES)
def test_a_table_that_tells_something_else_than_the_facts_is_named(name: str) -> None:
    column, value = CHANGES[name]
    assert f"data/records/{name}.json, leila-haddad-7, row 1: is not what the facts of this learner tell" in _tables(
        name, lambda rows: rows[0].update({column: value})
    )
    for change in (lambda rows: rows.pop(0), lambda rows: rows.append(rows[0]), lambda rows: rows.clear()):
        assert f"data/records/{name}.json, " in _tables(name, change)
    assert f"data/records/{name}.csv: does not tell what {name}.json tells" in _tables(
        name, lambda rows: rows[0].update({column: value}), beside=False
    )


def test_rows_about_somebody_whose_facts_are_not_there_are_named() -> None:
    told = _tables("judgements", lambda rows: rows[-1].update(learner="eve-9"))
    assert "data/records/judgements.json, eve-9: is somebody whose facts are not in the pack" in told


def test_claims_that_are_not_those_of_the_facts_are_named() -> None:
    (path,) = (path for path in HELD if path.startswith("data/annotations/leila"))
    page = json.loads(HELD[path])
    bodies = [one["body"][0] for one in page["items"]]
    bodies[0]["value"] = "CS-999 1"
    assert f"{path}: does not tell what the facts of this learner tell" in said(zipped(HELD | {path: frozen(page)}))
    page["items"].pop()
    assert f"{path}: does not tell" in said(zipped(HELD | {path: frozen(page)}))


def test_a_file_of_evidence_that_no_record_names_is_named() -> None:
    stray = "data/evidence/leila-haddad-7/1/another.txt"
    assert f"{stray}: is a file that no record names" in said(zipped(HELD | {stray: b"Forged."}))


def test_what_is_only_made_to_be_read_is_said_not_to_be_checked() -> None:
    told = "\n".join(checked(zipped(HELD)).unchecked)
    for path in ("START-HERE.html", "missing.html", "framework/case.json"):
        assert f"data/{path}: made of the records to be read" in told


def test_a_text_that_is_not_the_one_of_the_facts_is_named() -> None:
    path = next(path for path in HELD if path.endswith("account-v2.md"))
    assert f"{path}: is not the text that the facts" in said(zipped(HELD | {path: b"I was not there."}))


def test_a_report_that_was_proved_before_is_still_the_one_of_this_learner_and_these_facts() -> None:
    """Only its signature is not checked a second time."""
    other = signed_report(frozen(replace(LEILA, qualification="Another")))
    for report, fault in ((REPORT, ""), (other, "does not hold the record that the pack has for this learner")):
        own = kept(report)
        content = packed(LEILA, reports={7: own}, open=lambda digest, it=(own.sha256, report): (
            io.BytesIO(it[1]) if digest == it[0] else opened(digest)))  # fmt: skip
        result = verify.Result("pack.zip", proved=frozenset({own.sha256}))
        verify.judge(io.BytesIO(content), len(content), result, frozenset())
        assert [fault.what for fault in result.faults] == ([fault] if fault else [])


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=9)
ROW = st.fixed_dictionaries({
    "text": TEXT | st.sampled_from(("\r", "a\rb", "\n", "=1", "'")),
    "number": st.none() | st.integers() | st.floats(allow_nan=False) | st.booleans(),
    "many": st.lists(st.sampled_from(("a", "=b", "1;", "\r\n", '"'))),
})  # fmt: skip


@given(st.lists(ROW, max_size=4))
def test_whatever_was_written_as_json_and_csv_is_one_table(rows: list[dict[str, Any]]) -> None:
    content = records.as_csv(rows)
    plain = json.loads(records.as_json(rows)) or []
    if rows:
        assert verify._is_same_table([content[:7], content[7:]], plain)
        assert not verify._is_same_table([content], [*plain, plain[0]])
        assert not verify._is_same_table([content], [plain[0] | {"text": "another text"}, *plain[1:]])
    else:
        assert verify._is_same_table([content], plain)


def test_facts_that_say_they_were_cut_down_do_not_pass_for_a_learners_in_a_pack() -> None:
    assert "does not hold all facts, as packs do" in _told_by_facts(edition="redacted", qualification="Another")


def test_facts_of_some_units_do_not_pass_for_all_of_a_learner_in_a_pack() -> None:
    codes = [unit.code for unit in LEILA.units]
    assert "does not hold all facts, as packs do" in _told_by_facts(only=codes)
