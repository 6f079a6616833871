"""The two pages of a pack that open from a memory stick with no network: START-HERE.html and missing.html."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exports.document.language import ENGLISH, zone_of
from exports.facts.absence import Absence
from exports.facts.frozen import CentreFacts, ClaimFacts, EvidenceFacts, FileFacts, GroundFacts, ProgrammeFacts
from exports.facts.missing import absences
from exports.facts.names import BROWSERS_SHOW
from exports.facts.placed import placed
from exports.facts.records import LearnerRecords
from portfolio.evidence.places import calling
from portfolio.evidence.places.locators import Page
from portfolio.foundation.assets import built
from portfolio.units.qualifications.rules import asked_for

TEMPLATES = Path(__file__).parents[2] / "templates"
SCRIPTS = ("sha256.js", "bag-check.js", "parts.js", "place.js", "statements.js", "browse.js")
_pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the two pages show of one learner."""

    folder: str
    name: str
    listed: Mapping[str, Any]
    """Their entry in the list of learners: plain values of JSON."""
    record: str
    """All there is to browse of them: JSON as it is embedded."""
    absent: Sequence[Absence]


@dataclass(frozen=True, slots=True)
class Cover:
    """What the pages say of the pack as a whole."""

    pack: str
    """Its name."""
    centre: CentreFacts
    as_at: str
    software: str


def shown(learner: LearnerRecords, why: str) -> Shown:
    """What the pages show of one learner; where there is no report, it is absent for the reason `why`."""
    missed = absences(learner.facts)
    if not learner.report_sha256:
        name, rule = learner.facts.learner.name, "Every learner in a pack has a report."
        missed.insert(0, Absence(name, f"no evidence report: {why}", rule))
    whole = _learner(learner, missed)
    return Shown(learner.folder, learner.facts.learner.name, _listed(whole), _embedded(whole), missed)


def page(learners: Sequence[Shown], cover: Cover) -> bytes:
    """START-HERE.html: all there is to browse as JSON inside it, with its own script, style and policy."""
    script = "\n".join(_source(name) for name in SCRIPTS)
    whole = {**_told(cover), "learners": [one.listed for one in learners]}
    records = {one.folder: Markup(one.record) for one in learners}  # noqa: S704 escaped when it was written
    return _rendered("exports/start-here.html", cover, script=script, record=_embedded(whole), records=records)


def missing(learners: Sequence[Shown], cover: Cover) -> bytes:
    """missing.html: what an external quality assurer would ask for and is absent, with the rule that asks for it."""
    return _rendered("exports/missing.html", cover, absent=[(one.name, one.absent) for one in learners])


def policy(style: str, script: str = "") -> str:
    """The page's Content-Security-Policy: its own style, fonts and script, and the pack's pictures and recordings."""
    scripts = f"script-src '{_hash(script)}'; " if script else ""
    return (
        f"default-src 'none'; {scripts}style-src '{_hash(style)}'; font-src data:; img-src 'self' file:; "
        "media-src 'self' file:; "
        "base-uri 'none'; form-action 'none'"
    )


def _rendered(template: str, cover: Cover, **slots: Any) -> bytes:
    style, script = built("pack.css"), slots.pop("script", "")
    slots |= {"style": Markup(style), "script": Markup(script)}  # noqa: S704 our own files
    slots["policy"] = policy(style, script)
    return _pages.get_template(template).render(**_told(cover), **slots).encode()


def _source(name: str) -> str:
    return (TEMPLATES / "exports" / "start-here" / name).read_text("utf-8")


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _embedded(value: object) -> Markup:
    """JSON that no text inside can break out of: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 escaped above


def _told(cover: Cover) -> dict[str, Any]:
    told = {"pack": cover.pack, "centre": asdict(cover.centre), "as_at": cover.as_at, "software": cover.software}
    return {**told, "as_at_there": ENGLISH.stamp(cover.as_at, zone_of(cover.centre.timezone))}


def _learner(learner: LearnerRecords, absent: Sequence[Absence]) -> dict[str, Any]:
    facts = learner.facts
    return {
        "folder": learner.folder,
        "name": facts.learner.name,
        "number": facts.learner.number,
        "qualification": "; ".join(facts.aims),
        "programmes": [_programme(one) for one in facts.programmes],
        "as_at": facts.as_at,
        "report": _beside(learner.shelf.report) if learner.report_sha256 else "",
        "units": [asdict(unit) for unit in facts.units],
        "evidence": [_evidence(item, learner) for item in facts.evidence],
        "claims": [_claim(claim) for claim in facts.claims],
        "judgements": [asdict(judgement) for judgement in facts.judgements],
        "flaws": [asdict(flaw) for flaw in facts.flaws],
        "grounds": [_ground(one) for one in facts.grounds],
        "merged": [asdict(one) for one in facts.merged],
        "absent": [asdict(absence) for absence in absent],
    }


def _programme(one: ProgrammeFacts) -> dict[str, Any]:
    """A programme as the page tells it; the rule of each group in words."""
    told = asdict(one)
    for group, given in zip(told["qualification"]["groups"], one.qualification.groups, strict=True):
        group["asked_for"] = asked_for(given)
    return told


def _listed(learner: Mapping[str, Any]) -> dict[str, Any]:
    """What the list of learners shows of one; the rest is read only when somebody opens it."""
    units = [
        {"code": unit["code"], "title": unit["title"], "state": unit["state"], "points": _verdicts(unit)}
        for unit in learner["units"]
    ]
    names = ("folder", "name", "number", "report")
    aims = [
        {"title": one["qualification"]["title"], "number": one["qualification"]["number"], **one["reached"]}
        for one in learner["programmes"]
    ]
    told = {name: learner[name] for name in names}
    return {**told, "aims": aims, "units": units, "absent": len(learner["absent"])}


def _verdicts(unit: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"verdict": point["verdict"]} for point in unit["points"]]


def _evidence(item: EvidenceFacts, learner: LearnerRecords) -> dict[str, Any]:
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
        "record",
        "record_ref",
    )
    told = ("name", "kind", "media_type", "size", "sha256", "duration", "remarks")
    files = [
        {
            "path": _beside(learner.shelf.files[item.ref, file.sha256]),
            "shown": _shown(item, file, learner),
            **{name: getattr(file, name) for name in told},
            "pages": [
                {
                    "number": page.number,
                    "width": page.width,
                    "height": page.height,
                    "text": page.text,
                    "called": calling.told("" if page.width else calling.label(page.text), page.number),
                    "path": _beside(learner.shelf.pages[item.ref, file.id, page.number]),
                }
                for page in file.pages
            ],
            "transcript": _said(item, file, learner),
        }
        for file in item.files
    ]
    return {**{name: getattr(item, name) for name in names}, "files": files, **_stated(item)}


def _shown(item: EvidenceFacts, file: FileFacts, learner: LearnerRecords) -> str:
    """What browsers show of a photo: the original, or the picture that stands for it; empty where they show none."""
    original = learner.shelf.files[item.ref, file.sha256] if file.media_type in BROWSERS_SHOW else ""
    return _beside(learner.shelf.pictures.get((item.ref, file.id), original))


def _said(item: EvidenceFacts, file: FileFacts, learner: LearnerRecords) -> dict[str, Any] | None:
    """What is said in a recording, and where its captions stand."""
    if file.transcript is None:
        return None
    return asdict(file.transcript) | {"path": _beside(learner.shelf.captions[item.ref, file.id])}


def _stated(item: EvidenceFacts) -> dict[str, Any]:
    """What others state in it and sign."""
    return {
        "testimony": asdict(item.testimony) if item.testimony else None,
        "source": asdict(item.source) if item.source else None,
        "minutes": asdict(item.minutes) if item.minutes else None,
        "signatures": list(map(asdict, item.signatures)),
        "checks": list(map(asdict, item.checks)),
    }


def _claim(claim: ClaimFacts) -> dict[str, Any]:
    names = ("id", "number", "unit", "point", "evidence", "reason")
    called = {"called": claim.locator.called} if isinstance(claim.locator, Page) else {}
    return {name: getattr(claim, name) for name in names} | placed(claim) | called


def _ground(one: GroundFacts) -> dict[str, Any]:
    called = {"called": one.locator.called} if isinstance(one.locator, Page) else {}
    return {name: getattr(one, name) for name in ("judgement", "evidence", "version", "lies")} | placed(one) | called


def _beside(path: str) -> str:
    """The path as seen from the page, which stands in `data/`."""
    return path.removeprefix("data/")
