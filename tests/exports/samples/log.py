"""A true log for given facts: the lines that a house would have written, and the facts as they quote them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from exports import verify
from exports.facts.canonical import canonical as frozen
from exports.facts.frozen import EventFacts, EvidenceFacts, Facts, LogHeadFacts, UnitFacts
from tests.exports.samples import pages, verdicts, words

GENESIS = "0" * 64
STAFF = {"Ruth Ellis": (2, "administrator"), "Ben Adeyemi": (5, "assessor"), "Ines Duarte": (6, "iqa")}
NOBODY = sha256(b"").hexdigest()
Line = dict[str, Any]


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chained(deeds: Iterable[Mapping[str, Any]], centre: str = "51234") -> list[Line]:
    """Lines of a log as a centre writes them, from the first."""
    lines, prev = [], GENESIS
    for seq, deed in enumerate(deeds, start=1):
        line = {"centre": centre, "seq": seq, "actor_id": None, "prev": prev, **deed}
        prev = line["hash"] = sha256(canonical(line)).hexdigest()
        lines.append(line)
    return lines


def hashed(item: EvidenceFacts) -> EvidenceFacts:
    """The item with the hash that the house gives such a version, also where it was signed."""
    (names, stated), plain = verify.HASHED[item.hash_format], json.loads(frozen(item))
    held: dict[str, Any] = {name: plain[name] for name in names}
    held["statement"] = {name: plain["testimony"][name] for name in stated} if item.testimony else None
    held["files"] = [{"name": file.name, "sha256": file.sha256} for file in item.files]
    digest = sha256(canonical(held)).hexdigest()
    signed = tuple(replace(one, sha256=digest) for one in item.signatures)
    return replace(item, sha256=digest, signatures=signed)


def true(*told: Facts, **first: Any) -> tuple[list[Line], list[Facts]]:
    """One log for the facts of several learners of a centre, and the facts as they quote it; `first` opens it."""
    whole = [_bound(facts) for facts in told]
    deeds = [*_of_centre(whole[0], first), *(line for facts in whole for line in _of_learner(facts))]
    deeds.sort(key=lambda line: str(line["at"]))
    last: dict[int, int] = {}
    for seq, line in enumerate(deeds, start=1):
        if line["deed"] == "records merged":
            line["facts"]["last"] = last[line["facts"]["merged"]]
        if learner := line["facts"].get("learner"):
            line["facts"]["before"], last[learner] = last.get(learner, 0), seq
    log = chained(deeds, whole[0].centre.number)
    return log, [_quoting(facts, log) for facts in whole]


def _bound(facts: Facts) -> Facts:
    """With the hashes that such versions have, in the rounds too."""
    items = tuple(map(hashed, facts.evidence))
    known = {(item.ref, item.version): item.sha256 for item in items}

    def unit(one: UnitFacts) -> UnitFacts:
        rounds = [
            replace(each, versions=tuple((ref, n, known.get((ref, n), sha)) for ref, n, sha in each.versions))
            for each in one.rounds
        ]
        return replace(one, rounds=tuple(rounds))

    return replace(facts, evidence=items, units=tuple(map(unit, facts.units)))


def _said(at: str, actor: str, deed: str, subject: str, facts: Line) -> Line:
    outside = {"terminal": (None, ""), "witness": (None, "witness")}
    id, role = (STAFF | outside).get(actor, (7, "learner"))
    return {"at": at, "actor": actor, "actor_id": id, "role": role, "deed": deed, "subject": subject, "facts": facts}


def _of_centre(facts: Facts, first: Line) -> Iterator[Line]:
    centre = asdict(facts.centre) | {"qualification": facts.qualification} | first
    yield _said("2026-01-05T08:00:00Z", "terminal", "centre opened", f"centre {centre.pop('id')}", centre)
    for name, (id, role) in STAFF.items():
        named = {"name": name, "number": "", "roles": [role], "learner": id}
        yield _said("2026-01-05T08:00:01Z", "Ruth Ellis", "person registered", f"person {id}", named)
    for number, unit in enumerate(facts.units):
        points = [[one.ref, one.text, list(one.parts), list(one.methods)] for one in unit.points]
        published = {"code": unit.code, "number": unit.edition, "sha256": unit.edition_sha256, "title": unit.title}
        published |= {"level": unit.level, "points": len(points), "points_sha256": verify.hash_of(points)}
        yield _said("2026-01-06T08:00:00Z", "Ruth Ellis", "unit published", f"edition {number}", published)
    for one in facts.programmes:
        published = {"number": one.qualification.number, "edition": one.edition, "sha256": one.sha256}
        published["title"] = one.qualification.title
        yield _said("2026-01-06T08:00:01Z", "Ruth Ellis", "qualification published", "qualification 1", published)


def _of_learner(facts: Facts) -> Iterator[Line]:
    for line in (*_entered(facts), *_gathered(facts), *(one for unit in facts.units for one in _marked(facts, unit))):
        line["facts"].setdefault("learner", facts.learner.id)
        yield line


def _entered(facts: Facts) -> Iterator[Line]:
    learner = facts.learner
    named = {"name": learner.name, "number": learner.number, "roles": ["learner"]}
    yield _said("2026-02-01T08:00:00Z", "Ruth Ellis", "person registered", f"person {learner.id}", named)
    for one in facts.merged:
        double = {"name": one.name, "number": one.number, "roles": ["learner"], "learner": one.id}
        yield _said("2026-02-01T08:00:00Z", one.by, "person registered", f"person {one.id}", double)
        items = [each for each in facts.evidence if each.record == one.id]
        moved = {
            "evidence": [[each.id, each.record_ref, each.ref, each.version, each.sha256] for each in items],
            "enrolments": [], "claims": len(items), "files": sum(len(each.files) for each in items),
        }  # fmt: skip
        told = {"merged": one.id, "name": one.name, "number": one.number, "merged_at": one.at}
        told |= moved | {"reason_sha256": verify.hash_of(one.reason)}
        yield _said(one.at, one.by, "records merged", f"person {one.id}", told)
    for unit in facts.units:
        duties = {"assessor": unit.assessor, "iqa": unit.iqa, "assessor_id": 5, "iqa_id": 6}
        told = {"unit": unit.code, "edition": unit.edition, "edition_sha256": unit.edition_sha256} | duties
        yield _said("2026-03-02T08:00:00Z", "Ruth Ellis", "learner enrolled", f"enrolment {unit.code}", told)
    for one in facts.programmes:
        begun = {"qualification": one.qualification.number, "edition": one.edition, "units": list(one.units)}
        begun |= {"qualification_sha256": one.sha256, "begun_at": one.begun_at}
        yield _said("2026-03-02T08:00:01Z", "Ruth Ellis", "programme begun", f"programme {one.id}", begun)


def _gathered(facts: Facts) -> Iterator[Line]:
    for item in facts.evidence:
        who = _author(item, facts)
        subject, ref = f"evidence {item.id}", item.record_ref or item.ref.split()[0]
        if item.version > 1:
            added = {"ref": ref, "kind": item.kind, "version": 1, "sha256": NOBODY}
            yield _said("2026-03-02T09:00:00Z", who, "evidence added", subject, added)
        told = {
            "ref": ref, "kind": item.kind, "version": item.version, "sha256": item.sha256,
            "saved_at": item.received_at, "html_sha256": verify.hash_of(item.html),
            "plain_sha256": verify.hash_of(item.plain),
            "originals": [[file.id, file.size, file.crc32, _printed(file)] for file in item.files],
        }  # fmt: skip
        told |= {"learner": item.record} if item.record else {}
        deed = "evidence saved" if item.version > 1 else "evidence added"
        yield _said(item.received_at, who, deed, subject, told)
        yield from (_said(*line) for line in words.lines(item))
        yield from _signed(item, facts, {"ref": ref, "version": item.version, "sha256": item.sha256})
        at = item.received_at[:-3] + "59Z"
        yield from (_said(at, who, "place claimed", subject, claimed) for claimed in pages.claimed(item, facts))
    yield from _not_shown(facts)


def _author(item: EvidenceFacts, facts: Facts) -> str:
    """Who wrote a version: the witness, who typed for them, the assessor of a meeting, or the learner."""
    if item.testimony:
        return item.testimony.entered_by or "witness"
    return facts.units[-1].assessor if item.minutes else facts.learner.name


def _signed(item: EvidenceFacts, facts: Facts, about: Line) -> Iterator[Line]:
    """That a witness was asked, who signed, and how the witness was checked."""
    subject, people = f"evidence {item.id}", {"learner": facts.learner.name, "assessor": facts.units[-1].assessor}
    units = verify._units_of(json.loads(frozen(item)))
    for one in item.signatures:
        if one.request:
            points = [list(one) for one in item.testimony.points] if item.testimony else []
            asked = {"kind": item.kind, "points": points}
            asked["expires_at"] = str(date.fromisoformat(item.happened_on) + timedelta(28)) + "T21:00:00Z"
            at, subject_asked = item.happened_on + "T21:00:00Z", f"request {one.request}"
            yield _said(at, people["learner"], "witness asked", subject_asked, asked)
        said = {name: getattr(one, name) for name in ("signer", "agrees", "reached", "request")}
        said |= {f"{name}_sha256": verify.hash_of(getattr(one, name)) for name in ("name", "words", "comment")}
        told = about | said | {"signature": one.id, "signed_at": one.at, "about_units": units}
        yield _said(one.at, people.get(one.signer, "witness"), "signed", subject, told)
    for each in item.checks:
        checked = about | {"check": each.id, "how": each.how, "on": each.on, "checked_at": each.at}
        checked |= {"means_sha256": verify.hash_of(each.means), "words_sha256": verify.hash_of(each.words)}
        yield _said(each.at, each.by, "witness checked", subject, checked)


def _not_shown(facts: Facts) -> Iterator[Line]:
    """The versions that were handed in and are not among those that the facts show."""
    shown = {(item.ref.split()[0], item.version) for item in facts.evidence}
    handed = {each for unit in facts.units for one in unit.rounds for each in one.versions}
    for ref, version, digest in sorted(each for each in handed if each[:2] not in shown):
        told = {"ref": ref, "version": version, "sha256": digest}
        yield _said("2026-03-02T09:30:00Z", facts.learner.name, "evidence saved", f"evidence {ref} as it was", told)


def _printed(file: Any) -> str:
    picture = file.picture and [file.picture.sha256, file.picture.width, file.picture.height]
    shown = {"kind": file.kind, "media_type": file.media_type, "duration": file.duration, "peaks": list(file.peaks)}
    return verify.hash_of(shown | {"picture": picture, "remarks": list(file.remarks)})


def _stepped(marked: dict[str, Any], subject: str) -> Iterator[Line]:
    for one in marked["steps"]:
        deed, state = {"withdraw": ("withdrawn", "withdrawn"), "reinstate": ("reinstated", "gathering")}[one["step"]]
        told = {"unit": marked["code"], "state": state, "stepped_at": one["at"]}
        yield _said(one["at"], one["by"], deed, subject, told | {"reason_sha256": verify.hash_of(one["reason"])})


def _marked(facts: Facts, unit: UnitFacts) -> Iterator[Line]:
    plain = json.loads(frozen(facts))
    marked = next(one for one in plain["units"] if one["code"] == unit.code)
    subject = f"assessment {unit.code}"
    yield from _stepped(marked, subject)
    about = verify.Told(plain | {"events": [], "other_lines": []}, verify.Counter())
    for one in marked["rounds"]:
        base = {"unit": unit.code, "round": one["number"], "state": "handed in"}
        declared = {"words": one["declaration"], "name": one["declared_by"]}
        declared |= {name: one[name] for name in ("sources", "help", "ai_use")}
        handed = base | {
            "declaration_sha256": verify.hash_of(declared), "handed_in_at": one["handed_in_at"], "attempt": 1,
            "versions": [each[2] for each in one["versions"]], "gaps_sha256": verify.hash_of(sorted(marked["gaps"])),
            "manifest_sha256": verify._manifest(about, marked) if one is marked["rounds"][-1] else NOBODY,
        }  # fmt: skip
        yield _said(one["handed_in_at"], facts.learner.name, "handed in", subject, handed)
        if one["decision"]:
            decided = base | {
                "state": one["decision"], "decision": one["decision"], "decided_at": one["decided_at"],
                "feedback_sha256": verify.hash_of(one["feedback"]),
                "authenticity_sha256": verify.hash_of(one["authenticity"]),
            }  # fmt: skip
            yield _said(one["decided_at"], one["decided_by"], "decided", subject, decided)
    for at, by, deed, said in verdicts.lines(plain, marked):
        yield _said(at, by, deed, subject, said)


def _quoting(facts: Facts, log: list[Line]) -> Facts:
    lines = [(line, EventFacts(**line | {"facts": canonical(line["facts"]).decode()})) for line in log]
    records = {facts.learner.id, *(one.id for one in facts.merged)}
    own = tuple(event for line, event in lines if line["facts"].get("learner") in records)
    others = tuple(
        event for line, event in lines
        if line["deed"] in ("centre opened", "unit published", *(["qualification published"] if facts.programmes else []))
        or int(line["facts"].get("learner") or 99) < 7
    )  # fmt: skip
    last = max((*own, *others), key=lambda event: event.seq)
    head = LogHeadFacts(last.seq, last.hash)
    return replace(facts, events=own, other_lines=others, head=head, as_at=last.at)
