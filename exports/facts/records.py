"""The records of a pack as rows of plain values, and their JSON and CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from exports.facts import statement_rows
from exports.facts.cells import cells
from exports.facts.frozen import EvidenceFacts, Facts, FileFacts, UnitFacts
from exports.facts.names import Shelf, folder
from exports.facts.placed import placed

Row = statement_rows.Row


@dataclass(frozen=True, slots=True)
class LearnerRecords:
    """One learner in the pack: facts, where the files stand, and the report's hash, empty where there is none."""

    facts: Facts
    shelf: Shelf
    report_sha256: str = ""
    facts_sha256: str = ""

    @property
    def folder(self) -> str:
        """What every row calls the learner, unlike a name always one's own."""
        return folder(self.facts.learner)


def tables(learners: Sequence[LearnerRecords]) -> dict[str, list[Row]]:
    """All records by table, each row with the learner's folder first."""
    makers: dict[str, Callable[[LearnerRecords], Iterator[Row]]] = {
        "learners": _learner, "units": _units, "points": _points, "evidence": _evidence, "files": _files,
        "claims": _claims, "judgements": _judgements, "flaws": _flaws, "grounds": _grounds,
        "rounds": _rounds,
        "decisions": _decisions, "steps": _steps, "events": _events, "merged": _merged,
        "qualifications": _qualifications, "pages": _pages, "transcripts": _transcripts,
    }  # fmt: skip
    makers |= {name: partial(_stated, rows) for name, rows in statement_rows.TABLES.items()}
    return {
        name: [{"learner": learner.folder, **row} for learner in learners for row in rows(learner)]
        for name, rows in makers.items()
    }


def as_json(rows: object) -> bytes:
    """Readable JSON in UTF-8 (RFC 8259), keys as the rows order them."""
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(rows: Sequence[Row]) -> bytes:
    """CSV (RFC 4180) with a byte order mark, as spreadsheets want UTF-8; no cell is ever a formula."""
    head: Iterable[str] = rows[0] if rows else ["learner"]
    return _lines([head, *map(cells, rows)]).encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """One learner's rows of one table, written, so that the parts of many learners only have to be joined."""

    json: str
    """As they stand between the brackets of `as_json`."""
    head: str
    """The line of column names of `as_csv`; empty where there are no rows."""
    csv: str
    """The lines below it."""


def parts(learner: LearnerRecords) -> dict[str, WrittenRows]:
    """One learner's records by table."""
    return {name: _part(rows) for name, rows in tables([learner]).items()}


def joined(parts: Sequence[WrittenRows]) -> tuple[bytes, bytes]:
    """A table as JSON and as CSV: what `as_json` and `as_csv` make of the rows of all parts together."""
    filled = [part for part in parts if part.head]
    rows = ",".join(part.json for part in filled)
    head = filled[0].head if filled else _lines([["learner"]])
    return (
        f"[{rows}\n]\n".encode() if filled else b"[]\n",
        (head + "".join(part.csv for part in filled)).encode("utf-8-sig"),
    )


def _part(rows: Sequence[Row]) -> WrittenRows:
    if not rows:
        return WrittenRows("", "", "")
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    return WrittenRows(text.removeprefix("[").removesuffix("\n]"), _lines([rows[0]]), _lines(map(cells, rows)))


def _lines(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _learner(learner: LearnerRecords) -> Iterator[Row]:
    facts = learner.facts
    yield {
        **_only(facts.learner, ("id", "name", "number")),
        "centre": facts.centre.name, "centre_number": facts.centre.number, "qualification": facts.qualification,
        "as_at": facts.as_at, "report": learner.shelf.report if learner.report_sha256 else "",
        "report_sha256": learner.report_sha256, "facts_sha256": learner.facts_sha256,
        "log_seq": facts.head.seq, "log_hash": facts.head.hash,
    }  # fmt: skip


def _qualifications(learner: LearnerRecords) -> Iterator[Row]:
    for one in learner.facts.programmes:
        told, reached = one.qualification, one.reached
        yield {
            **_only(told, ("title", "number", "level", "body")), **_only(one, ("edition", "sha256", "begun_at")),
            "units": list(one.units), "units_achieved": reached.units, "units_needed": reached.needed,
            "credit_achieved": reached.credit, "credit_needed": reached.credit_needed, "complete": reached.complete,
        }  # fmt: skip


def _units(learner: LearnerRecords) -> Iterator[Row]:
    names = ("code", "title", "level", "edition", "edition_sha256", "state", "assessor", "iqa")
    yield from (_only(unit, names) for unit in learner.facts.units)


def _points(learner: LearnerRecords) -> Iterator[Row]:
    for unit in learner.facts.units:
        reasons = dict(unit.gaps)
        for point in unit.points:
            yield {"unit": unit.code, **asdict(point), "reason_without_claim": reasons.get(point.ref, "")}


def _evidence(learner: LearnerRecords) -> Iterator[Row]:
    names = ("ref", "id", "version", "title", "kind", "happened_on", "received_at", "context", "confirmer", "sha256",
             "record", "record_ref")  # fmt: skip
    for item in learner.facts.evidence:
        markdown, plain = learner.shelf.texts.get(item.ref, ("", ""))
        yield _only(item, names) | {"text": markdown, "plain_text": plain, "paths": list(learner.shelf.of(item))}


def _merged(learner: LearnerRecords) -> Iterator[Row]:
    yield from (asdict(one) for one in learner.facts.merged)


def _files(learner: LearnerRecords) -> Iterator[Row]:
    names = ("name", "kind", "media_type", "size", "sha256", "duration", "remarks")
    for item, file in _each_file(learner):
        shown = learner.shelf.pictures.get((item.ref, file.id), "")
        picture = file.picture.sha256 if file.picture else ""
        of = {"evidence": item.ref, "version": item.version, "path": learner.shelf.files[item.ref, file.sha256]}
        yield of | _only(file, names) | {"picture_sha256": picture, "shown": shown}


def _pages(learner: LearnerRecords) -> Iterator[Row]:
    names = ("number", "of", "sha256", "size", "width", "height")  # the words of each stand in the facts
    for item, file in _each_file(learner):
        for page in file.pages:
            path = learner.shelf.pages[item.ref, file.id, page.number]
            of = {"evidence": item.ref, "version": item.version, "file": file.sha256, "path": path}
            yield of | _only(page, names)


def _transcripts(learner: LearnerRecords) -> Iterator[Row]:
    names = ("number", "language", "origin", "model", "by", "at")  # the words stand in the captions and in the facts
    for item, file in _each_file(learner):
        if file.transcript:
            of, path = {"evidence": item.ref, "version": item.version}, learner.shelf.captions[item.ref, file.id]
            yield {**of, "file": file.sha256, "path": path, **_only(file.transcript, names)}


def _each_file(learner: LearnerRecords) -> Iterator[tuple[EvidenceFacts, FileFacts]]:
    yield from ((item, file) for item in learner.facts.evidence for file in item.files)


def _stated(rows: Callable[[EvidenceFacts], Iterator[Row]], learner: LearnerRecords) -> Iterator[Row]:
    yield from (row for item in learner.facts.evidence for row in rows(item))


def _claims(learner: LearnerRecords) -> Iterator[Row]:
    for claim in learner.facts.claims:
        named = _only(claim, ("id", "number", "unit", "point", "evidence", "reason"))
        yield named | placed(claim)


def _judgements(learner: LearnerRecords) -> Iterator[Row]:
    yield from (asdict(judgement) for judgement in learner.facts.judgements)


def _flaws(learner: LearnerRecords) -> Iterator[Row]:
    yield from (asdict(flaw) for flaw in learner.facts.flaws)


def _grounds(learner: LearnerRecords) -> Iterator[Row]:
    for one in learner.facts.grounds:
        yield _only(one, ("judgement", "unit", "point", "evidence", "version", "lies")) | placed(one)


def _rounds(learner: LearnerRecords) -> Iterator[Row]:
    names = ("number", "handed_in_at", "declaration", "declared_by", "sources", "help", "ai_use")
    for unit, round_ in _each_round(learner.facts.units):
        versions = [f"{ref} version {number} {sha}" for ref, number, sha in round_.versions]
        yield {"unit": unit.code, **_only(round_, names), "versions": versions}


def _decisions(learner: LearnerRecords) -> Iterator[Row]:
    for unit, round_ in _each_round(learner.facts.units):
        if round_.decision:
            named = _only(round_, ("decision", "decided_at", "decided_by", "feedback", "authenticity"))
            yield {"unit": unit.code, "round": round_.number, **named}


def _steps(learner: LearnerRecords) -> Iterator[Row]:
    for unit in learner.facts.units:
        yield from ({"unit": unit.code, **asdict(step)} for step in unit.steps)


def _events(learner: LearnerRecords) -> Iterator[Row]:
    yield from (asdict(event) for event in learner.facts.events)


def _each_round(units: Iterable[UnitFacts]) -> Iterator[tuple[UnitFacts, Any]]:
    yield from ((unit, round_) for unit in units for round_ in unit.rounds)


def _only(thing: object, names: Sequence[str]) -> Row:
    return {name: getattr(thing, name) for name in names}
