"""Writes docs/schemas: a JSON Schema (2020-12) for every JSON that leaves the house; `python -m tools.schemas`."""

import ast
import inspect
import json
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from exports.document import notice
from exports.editions.masking import WITHHELD
from exports.facts import frozen
from exports.pack import members
from portfolio.evidence.places import locators

ROOT = Path(__file__).resolve().parents[1] / "docs" / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}  # fmt: skip
SHA = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
KNOWN = {"type": "string", "pattern": f"^([0-9a-f]{{64}}|{WITHHELD})$"}
"""A hash, or that it is withheld: in the record of a redacted edition."""
WORDS = {"type": "array", "items": {"type": "string"}}
NUMBERS = {"type": "array", "items": {"type": "integer"}}
WHOLE, TRUTH, TEXT = PLAIN[int], PLAIN[bool], PLAIN[str]
COUNTED = {"type": ["integer", "null"]}
MEASURED = {"type": ["number", "null"]}
TABLES: dict[str, tuple[str, str]] = {
    "learners": ("The learners of a pack, and which report and facts are theirs.",
        ("id# name number centre centre_number qualification as_at report report_sha256 facts_sha256* log_seq# "
         "log_hash*")),
    "units": ("Who works on which edition of which unit.",
        "code title level edition# edition_sha256* state assessor iqa"),
    "points": ("The marking points of these units, and where each stands.",
        "unit ref text parts[] methods[] verdict reason_without_claim"),
    "evidence": ("Versions of evidence, and the files that hold them.",
        ("ref id# version# title kind happened_on received_at context confirmer sha256* record# record_ref text "
         "plain_text paths[]")),
    "files": ("Originals, byte for byte as they were received.",
        "evidence version# path name kind media_type size# sha256* duration? remarks[] picture_sha256 shown"),
    "pages": ("Pages of documents in which places are claimed, as pictures or words; all words are in the facts.",
        "evidence version# file* path number# of# sha256* size# width# height#"),
    "transcripts": ("What is said in recordings, as captions beside them: who uploaded or confirmed the words.",
        "evidence version# file* path number# language origin model by at"),
    "witnesses": ("What each witness stated about themselves, the signature on file and the last check.",
        ("evidence kind witness job employer relationship contact expert! knows_standards! entered_by signed_at until "
         "tie interest points[] signed_as reached last_check last_check_on last_check_by")),
    "signatures": ("Who signed which version, under which words.",
        "evidence version# id# signer name at sha256* words agrees! comment reached request#"),
    "checks": ("How assessors made sure of witnesses.", "evidence version# id# how on means words by at"),
    "minutes": ("The entries of the minutes of observations and professional discussions.",
        ("evidence version# entry# sort words answer at start? end? file points[] starts ends medium present planned "
         "conclusion agreed[]")),
    "claims": ("Places in the evidence that are offered for a marking point.",
        "id# number# unit point evidence reason place start? end? exact prefix suffix page~ xywh file"),
    "judgements": ("Every verdict, superseded ones too.",
        ("id# unit point round# verdict missing[] vacsr[] reason feedback assessor at current! fails[] vacsr_form "
         "flaws%")),
    "flaws": ("What versions of evidence fail in, superseded and taken back, too.",
        "id# unit evidence version# round# fails[] reason assessor at current!"),
    "grounds": ("Places on which verdicts rest: the learner’s own, and what assessors marked.",
        "judgement# unit point evidence version# lies place start? end? exact prefix suffix page~ xywh file"),
    "rounds": ("Every hand-in with its declaration and the versions that it froze.",
        "unit number# handed_in_at declaration declared_by sources help ai_use versions[]"),
    "decisions": ("The answers to hand-ins.", "unit round# decision decided_at decided_by feedback authenticity"),
    "steps": ("Withdrawals, reinstatements, and awards that were opened again.", "unit step at by reason"),
    "qualifications": ("What these learners work towards, and how far they are.",
        ("title number level body edition# sha256* begun_at units[] units_achieved# units_needed# credit_achieved# "
         "credit_needed# complete!")),
    "events": ("The lines of the log that concern these learners.",
        "seq# at actor role deed subject facts hash* actor_id~ centre prev*"),
    "merged": ("Records of these learners that were merged into theirs.", "id# name number at by reason"),
}  # fmt: skip
SIGNS: dict[str, dict[str, Any]] = {
    "#": WHOLE,
    "*": SHA,
    "[]": WORDS,
    "%": NUMBERS,
    "?": MEASURED,
    "!": TRUTH,
    "~": COUNTED,
}
"""What stands behind a column's name above, where it is not a text."""


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema."""
    made = {
        "facts": _facts(), "annotations": _annotations(), "event": _event(), "head": _head(), "format": _format(),
        "countersignatures": _countersignatures(), "verify-answer": _answer(), "withheld": _withheld(),
    }  # fmt: skip
    made |= {f"records-{name}": _table(*told) for name, told in TABLES.items()}
    return {f"{name}.json": {"$schema": DRAFT, "$id": f"{name}.json", **schema} for name, schema in made.items()}


def _closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False, **more
    }  # fmt: skip


def _facts() -> dict[str, Any]:
    defs: dict[str, Any] = {}
    top = _shape(frozen.Facts, defs)
    title = "All facts of one learner: records.json in a report, data/records/facts/*.json in a pack"
    return {"title": title, **top, "$defs": defs}


def _shape(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type: plain, a tuple, a union, or a frozen record, which goes into `defs`."""
    if kind in PLAIN:
        return PLAIN[kind]
    inner = get_args(kind)
    if get_origin(kind) is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _shape(inner[0], defs)}
    if get_origin(kind) is tuple:
        each = [_shape(one, defs) for one in inner]
        return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [_shape(one, defs) for one in inner]}
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise TypeError(f"{kind} has no JSON of its own")
    name = kind.__name__.removesuffix("Facts")
    if name not in defs:
        defs[name] = {}
        defs[name] = _record(kind, defs)
    return {"$ref": f"#/$defs/{name}"}


def _record(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    hints, said = get_type_hints(kind), _said(kind)
    properties: dict[str, Any] = {}
    if kind.__module__ == locators.__name__:
        properties["kind"] = {"const": kind.__name__.lower()}
    for each in (one for one in fields(kind) if one.compare):  # what does not count is not written
        assert each.default is MISSING or each.name  # every field is written, those with a default too
        shape = KNOWN if each.name in ("sha256", "edition_sha256") else _shape(hints[each.name], defs)
        properties[each.name] = shape | ({"description": said[each.name]} if each.name in said else {})
    return _closed(properties, description=" ".join((inspect.getdoc(kind) or "").split()))


def _said(kind: Any) -> dict[str, str]:
    """What is said of each field, in the text below it."""
    (body,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(body, ast.ClassDef)
    said: dict[str, str] = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            said[ast.unparse(field.target)] = " ".join(str(text.value.value).split())
    return said


def _table(about: str, columns: str) -> dict[str, Any]:
    row: dict[str, Any] = {"learner": {"type": "string", "description": "The learner's folder."}}
    for column in columns.split():
        sign = next((sign for sign in SIGNS if column.endswith(sign)), "")
        row[column.removesuffix(sign)] = SIGNS[sign] if sign else TEXT
    return {"title": about, "type": "array", "items": _closed(row)}


def _annotations() -> dict[str, Any]:
    quote = {"type": {"const": "TextQuoteSelector"}, "exact": TEXT, "prefix": TEXT, "suffix": TEXT}
    place = {"type": {"const": "TextPositionSelector"}, "start": WHOLE, "end": WHOLE}
    part = {"type": {"const": "FragmentSelector"}, "conformsTo": TEXT, "value": TEXT}
    passage = {"type": "array", "prefixItems": [_closed(quote), _closed(place)], "items": False, "minItems": 2}
    where = {"type": {"const": "SpecificResource"}, "source": TEXT, "selector": {"anyOf": [passage, _closed(part)]}}
    offered = {
        "type": {"const": "TextualBody"},
        "purpose": {"enum": ["tagging", "commenting", "describing"]},
        "value": TEXT,
    }
    body = _closed(offered) | {"properties": {**offered, "format": TEXT}}
    claim = {
        "id": TEXT, "type": {"const": "Annotation"}, "motivation": {"const": "classifying"},
        "body": {"type": "array", "items": body, "minItems": 1},
        "target": {"anyOf": [{"type": "array", "items": TEXT}, _closed(where)]},
    }  # fmt: skip
    page = {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "id": TEXT, "type": {"const": "AnnotationPage"},
        "partOf": _closed({"id": TEXT, "type": {"const": "AnnotationCollection"}, "label": TEXT}),
        "startIndex": WHOLE, "items": {"type": "array", "items": _closed(claim)},
    }  # fmt: skip
    return {"title": "One learner's claims as W3C Web Annotations: data/annotations/*.jsonld", **_closed(page)}


def _event() -> dict[str, Any]:
    line = {
        "actor": TEXT, "actor_id": COUNTED, "at": TEXT, "centre": TEXT, "deed": TEXT, "facts": {"type": "object"},
        "hash": SHA, "prev": SHA, "role": TEXT, "seq": {"type": "integer", "minimum": 1}, "subject": TEXT,
    }  # fmt: skip
    about = "SHA-256 of the line's canonical JSON without `hash`; `prev` is the hash of the line before, or 64 zeros."
    bare = _closed({name: line[name] for name in ("hash", "prev", "seq")}, description="A line about others.")
    title = "One line of data/log/events.jsonl, in canonical JSON"
    return {"title": title, "anyOf": [_closed(line, description=about), bare]}


def _head() -> dict[str, Any]:
    return {
        "title": "data/log/head.json: the last line of the log",
        **_closed({"format": {"const": members.LOG_FORMAT}, "centre": TEXT, "seq": WHOLE, "hash": SHA}),
    }


def _format() -> dict[str, Any]:
    return {
        "title": "data/format.json: by which rules the pack was made",
        **_closed({"pack": {"const": members.FORMAT}}),
    }


def _countersignatures() -> dict[str, Any]:
    token = {"type": "string", "contentEncoding": "base64", "description": "TimeStampToken (RFC 3161) in DER."}
    row = _closed({"seq": WHOLE, "hash": SHA, "at": TEXT, "token": token})
    about = "data/log/countersignatures.json: what an authority time-stamped as the log's last line"
    return {"title": about, "type": "array", "items": row}


def _withheld() -> dict[str, Any]:
    defs: dict[str, Any] = {}
    each = _shape(notice.Withheld, defs)
    return {"title": "withheld.json in a redacted edition", "type": "array", "items": each, "$defs": defs}


def _answer() -> dict[str, Any]:
    fault = _closed({"where": TEXT, "what": TEXT})
    answer = {
        "file": TEXT, "kind": {"enum": ["audit pack", "evidence report"]}, "sha256": SHA, "holds": TRUTH,
        "trusted": TRUTH, "newer": TEXT,
        "checked": WORDS, "unchecked": WORDS, "faults": {"type": "array", "items": fault},
    }  # fmt: skip
    return {"title": "What verify.py says with --json", **_closed(answer)}


def written(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    ROOT.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (ROOT / name).write_text(written(schema), "utf-8")
