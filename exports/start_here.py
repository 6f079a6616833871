"""The two pages of a pack that open from a memory stick with no network: START-HERE.html and missing.html."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exports.facts import Claim, Evidence
from exports.missing import Absence, absences
from exports.records import Learner, locator

TEMPLATES = Path(__file__).parents[1] / "templates" / "exports"
SCRIPTS = ("sha256.js", "bag-check.js", "place.js", "browse.js")
_pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
Absent = Mapping[str, Sequence[Absence]]
"""Learner's folder → what is absent of their work."""


def page(learners: Sequence[Learner], name: str, *, absent: Absent) -> bytes:
    """START-HERE.html: all there is to browse as JSON inside it, with its own script, style and policy."""
    script = "\n".join(_source(name) for name in SCRIPTS)
    whole = {each.folder: _learner(each, absent) for each in learners}
    shown = {"pack": name, **_centre(learners), "learners": [_listed(one) for one in whole.values()]}
    records = {folder: _embedded(one) for folder, one in whole.items()}
    return _rendered("start-here.html", name, learners, script=script, record=_embedded(shown), records=records)


def missing(learners: Sequence[Learner], name: str, *, absent: Absent) -> bytes:
    """missing.html: what an external quality assurer would ask for and is absent, with the rule that asks for it."""
    named = [(each.facts.learner.name, absent[each.folder]) for each in learners]
    return _rendered("missing.html", name, learners, absent=named)


def absent(learner: Learner, failures: Mapping[int, str]) -> list[Absence]:
    """What is absent of one learner's work, the report among it."""
    if learner.report_sha256:
        return absences(learner.facts)
    why = failures.get(learner.facts.learner.id, "it was not made")
    report = Absence(learner.facts.learner.name, f"no evidence report: {why}", "Every learner in a pack has a report.")
    return [report, *absences(learner.facts)]


def policy(style: str, script: str = "") -> str:
    """The page's Content-Security-Policy: this style, this script, the pack's own pictures and recordings."""
    scripts = f"script-src '{_hash(script)}'; " if script else ""
    return (
        f"default-src 'none'; {scripts}style-src '{_hash(style)}'; img-src 'self' file:; media-src 'self' file:; "
        "base-uri 'none'; form-action 'none'"
    )


def _rendered(template: str, name: str, learners: Sequence[Learner], **slots: Any) -> bytes:
    style, script = _source("start-here.css"), slots.pop("script", "")
    slots |= {"style": Markup(style), "script": Markup(script)}  # noqa: S704 our own files
    slots["policy"] = policy(style, script)
    return _pages.get_template(template).render(pack=name, **_centre(learners), **slots).encode()


def _source(name: str) -> str:
    return (TEMPLATES / "start-here" / name if name.endswith(".js") else TEMPLATES / name).read_text("utf-8")


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _embedded(value: object) -> Markup:
    """JSON that no text inside can break out of: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 escaped above


def _centre(learners: Sequence[Learner]) -> dict[str, Any]:
    first = learners[0].facts
    as_at = max(each.facts.as_at for each in learners)
    return {"centre": asdict(first.centre), "as_at": as_at, "software": first.software}


def _learner(learner: Learner, absent: Absent) -> dict[str, Any]:
    facts = learner.facts
    return {
        "folder": learner.folder,
        "name": facts.learner.name,
        "number": facts.learner.number,
        "qualification": facts.qualification,
        "as_at": facts.as_at,
        "report": _beside(learner.shelf.report) if learner.report_sha256 else "",
        "units": [asdict(unit) for unit in facts.units],
        "evidence": [_evidence(item, learner) for item in facts.evidence],
        "claims": [_claim(claim) for claim in facts.claims],
        "judgements": [asdict(judgement) for judgement in facts.judgements],
        "absent": [asdict(absence) for absence in absent[learner.folder]],
    }


def _listed(learner: Mapping[str, Any]) -> dict[str, Any]:
    """What the list of learners shows of one; the rest is read only when somebody opens it."""
    units = [
        {"code": unit["code"], "title": unit["title"], "state": unit["state"], "points": _verdicts(unit)}
        for unit in learner["units"]
    ]
    names = ("folder", "name", "number", "report")
    return {**{name: learner[name] for name in names}, "units": units, "absent": len(learner["absent"])}


def _verdicts(unit: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"verdict": point["verdict"]} for point in unit["points"]]


def _evidence(item: Evidence, learner: Learner) -> dict[str, Any]:
    names = (
        "ref",
        "title",
        "kind",
        "version",
        "happened_on",
        "received_at",
        "context",
        "confirmer",
        "sha256",
        "html",
        "plain",
    )
    files = [
        {
            "path": _beside(learner.shelf.files[item.ref, file.sha256]),
            **{name: getattr(file, name) for name in ("name", "kind", "media_type", "size", "sha256", "duration")},
        }
        for file in item.files
    ]
    testimony = asdict(item.testimony) if item.testimony else None
    return {**{name: getattr(item, name) for name in names}, "files": files, "testimony": testimony}


def _claim(claim: Claim) -> dict[str, Any]:
    names = ("id", "number", "unit", "point", "evidence", "reason")
    return {name: getattr(claim, name) for name in names} | locator(claim)


def _beside(path: str) -> str:
    """The path as seen from the page, which stands in `data/`."""
    return path.removeprefix("data/")
