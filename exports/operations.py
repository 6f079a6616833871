"""Makes reports and packs: asked for in one commit with their job, made in steps that a crash does not repeat."""

import hashlib
import io
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from exports import bag, fonts, keys, pack, pdf, plan, proof, queries, signing
from exports.canonical import canonical
from exports.facts import Facts
from exports.models import Export, Report
from exports.names import folder
from exports.snapshot import facts_of
from portfolio.foundation import audit, files, jobs
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.settings import current
from portfolio.people.models import Person

PDF_TYPE = "application/pdf"


def ask_report(learner: Person, *, codes: Collection[str] = (), by: Person) -> Export:
    """Ask for the evidence report of one learner: all units, or those of `codes`."""
    return _ask("report", [learner.id], sorted(codes), by=by)


def ask_pack(learners: Sequence[Person], *, by: Person) -> Export:
    """Ask for the audit pack of several learners. Refused for none."""
    if not learners:
        raise Refused("Choose at least one learner for the pack.")
    return _ask("pack", sorted(learner.id for learner in learners), [], by=by)


@jobs.job("report")
def make_report(running: jobs.Running, export: int) -> dict[str, Any]:
    """The job of one report."""
    running.progress(0, 1, "Typesetting the report")
    made = running.step("report", _report_of_export, export)
    running.step("finish", _finish_report, export, made)
    return {"export": export}


@jobs.job("pack")
def make_pack(running: jobs.Running, export: int) -> dict[str, Any]:
    """The job of one pack: a report for each learner, then the pack's size and name. The bytes are streamed later."""
    learners: list[int] = running.step("learners", _learners_of, export)
    failures: dict[str, str] = {}
    for done, learner in enumerate(learners):
        running.progress(done, len(learners), f"Typesetting report {done + 1} of {len(learners)}")
        reason = running.step(f"report of {learner}", _report_in_pack, learner)
        if reason:
            failures[str(learner)] = reason
    running.progress(len(learners), len(learners), "Adding up the pack")
    planned = running.step("plan", _plan_pack, export, failures)
    running.step("finish", _finish_pack, export, failures, planned)
    return {"export": export, "failures": failures}


def report_of(learner: Person, *, codes: Collection[str] = (), facts: Facts | None = None) -> Report:
    """The finished report of a learner as they stand now; typeset only when anything of it changed.

    Call it outside a transaction. Raises `pdf.NotTypeset`.
    """
    facts = facts or facts_of(learner, codes=codes)
    made_of = _made_of(facts)
    found = queries.report(learner.centre_id, made_of)
    if found and files.store().has(found.sha256):
        return found
    finished = proof.prove(facts, pictures=_picture, signer=keys.signer(learner.centre, current()))
    return _keep(learner, facts, finished, made_of)


def pack_of(learners: Sequence[Person]) -> list[bag.Member]:
    """The members of a pack of `learners`, making the reports that are missing: for the command line."""
    failures = {learner.id: reason for learner in learners if (reason := _report_in_pack(learner.id))}
    return _members(learners, failures)


def _ask(kind: str, learners: list[int], codes: list[str], *, by: Person) -> Export:
    export = Export(kind=kind, centre_id=by.centre_id, by_id=by.id, learners=learners, codes=codes, by=by, failures={})
    db.session.add(export)
    db.session.flush()
    job = jobs.enqueue(kind, by=by, export=export.id)
    export.job_id, export.job = job.id, job
    audit.record(f"{kind} asked for", f"export {export.id}", by=by, learners=learners, units=codes)
    return export


def _learners_of(export: int) -> list[int]:
    return list(db.session.get_one(Export, export).learners)


def _report_of_export(id: int) -> int:
    export = db.session.get_one(Export, id)
    try:
        return report_of(queries.person(export.learners[0]), codes=export.codes).id
    except pdf.NotTypeset as reason:
        raise Refused(f"The report could not be typeset: {reason}") from reason


def _report_in_pack(learner: int) -> str:
    """Why the learner has no report; empty when they have one. A bad learner never stops a pack."""
    try:
        report_of(queries.person(learner))
    except pdf.NotTypeset as reason:
        return str(reason)[:300]
    return ""


def _finish_report(id: int, report: int) -> None:
    with transaction():
        export, made = db.session.get_one(Export, id), db.session.get_one(Report, report)
        if export.finished_at:
            return
        learner = queries.person(export.learners[0])
        export.name = f"{folder(facts_of(learner).learner)} evidence report.pdf"
        export.sha256, export.size, export.finished_at = made.sha256, made.size, now()
        audit.record("report made", f"export {id}", by=export.by, learners=export.learners, sha256=made.sha256)


def _plan_pack(id: int, failures: dict[str, str]) -> list[Any]:
    """Lay the pack out and keep its plan: name, size, the tag manifest's hash, the plan's hash."""
    export = db.session.get_one(Export, id)
    people = [queries.person(learner) for learner in export.learners]
    found = _members(people, {int(learner): reason for learner, reason in failures.items()})
    seal = next(member.sha256 for member in found if member.path.endswith("/tagmanifest-sha256.txt"))
    return [f"{found[0].path.split('/')[0]}.zip", bag.length(found), seal, plan.kept(found)]


def _finish_pack(id: int, failures: dict[str, str], planned: list[Any]) -> None:
    with transaction():
        export = db.session.get_one(Export, id)
        if export.finished_at:
            return
        export.name, export.size, export.sha256, export.plan_sha256 = planned
        export.failures, export.finished_at = failures, now()
        audit.record(
            "pack made", f"export {id}", by=export.by, learners=export.learners, tagmanifest_sha256=export.sha256,
            size=export.size, failures=failures,
        )  # fmt: skip


def _members(people: Sequence[Person], failures: dict[int, str]) -> list[bag.Member]:
    facts = [facts_of(person) for person in people]
    reports = {}
    for person, each in zip(people, facts, strict=True):
        report = queries.report(person.centre_id, _made_of(each))
        if report:
            reports[person.id] = report
        else:
            failures.setdefault(person.id, "The report was not finished when the pack was made.")
    centre = people[0].centre
    signer = keys.signer(centre, current())
    sources = pack.Sources(files.store().open, lambda: audit.lines(centre.id), reports, failures)
    return pack.members(facts, sources, sign=lambda content: signing.sign_bytes(content, signer))


def _keep(learner: Person, facts: Facts, finished: proof.Proof, made_of: str) -> Report:
    stored = files.store().put(io.BytesIO(finished.content))
    with transaction():
        found = queries.report(learner.centre_id, made_of)
        if found is None:
            found = Report(centre_id=learner.centre_id, learner_id=learner.id, made_of_sha256=made_of)
            db.session.add(found)
        found.facts_sha256 = hashlib.sha256(canonical(facts)).hexdigest()
        found.unsigned_sha256, found.sha256 = finished.unsigned_sha256, stored.sha256
        found.size, found.crc32, found.withheld = stored.size, stored.crc32, list(finished.withheld)
        db.session.flush()
    return found


def _picture(sha256: str) -> bytes:
    with files.store().open(sha256) as file:
        return file.read()


def _made_of(facts: Facts) -> str:
    """Hash of all that a report is made from: its facts, how it is drawn, and with what."""
    return hashlib.sha256(canonical(facts) + _drawn_with().encode()).hexdigest()


@cache
def _drawn_with() -> str:
    """Hash of templates, fonts, code and the typesetter's version."""
    digest = hashlib.sha256(f"{fonts.edition()} {pdf.KNOWN}".encode())
    for path in _sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    here = Path(__file__).parent
    yield from sorted(here.glob("*.py"))
    yield from sorted(path for path in (here.parent / "templates" / "exports").rglob("*") if path.is_file())
