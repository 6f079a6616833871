"""Makes reports and packs in steps that a crash does not repeat: the jobs, and the same for the command line."""

import hashlib
import io
import logging
import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import DBAPIError

from exports import bag, keys, operations, pack, pdf, plan, proof, queries, signing, stamping
from exports.canonical import canonical
from exports.editions import Edition, Look, editing, file_name, read_look, redacting
from exports.facts import Facts
from exports.models import Export, Report
from exports.names import folder
from exports.operations import Planned
from exports.origin import made_of
from exports.pace import Pace
from exports.side_by_side import side_by_side
from exports.snapshot import facts_of, person_of
from portfolio.foundation import audit, files, jobs
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused, Unavailable
from portfolio.foundation.settings import current
from portfolio.people.models import Person

Laid = tuple[list[bag.Member], dict[int, str]]
"""The members of a pack, and the learners who have no report in it with the reason."""
AGAIN = 3
"""How often the learners who went on working while a pack was made get a newer report, before it leaves them out."""


def make_report(running: jobs.Running, export: int) -> dict[str, Any]:
    """The job of one report."""
    running.progress(0, 1, "Typesetting the report")
    made = running.step("report", _report_of_export, export)
    running.step("finish", _finish_report, export, made)
    return {"export": export}


def make_pack(running: jobs.Running, export: int) -> dict[str, Any]:
    """The job of one pack: a report for each learner, then the pack's size and name. The bytes are streamed later."""
    learners: list[int] = running.step("learners", _learners_of, export)
    failures, pace = dict[str, str](), Pace(len(learners))
    with side_by_side(_report_in_pack, learners) as outcome:
        for done, learner in enumerate(learners):
            running.progress(done, len(learners), pace.told(done, now()))
            made = running.step(f"report of {learner}", outcome, done)
            pace.add(made["size"], made.get("pages", 0))  # begun by an older version, it has none
            if made["reason"]:
                failures[str(learner)] = made["reason"]
    running.progress(len(learners), len(learners), "Adding up the pack")
    planned = running.step("plan", _plan_pack, export, failures)
    running.step("finish", _finish_pack, export, failures, planned)
    return {"export": export, "failures": failures}


def report_of(learner: Person, *, codes: Collection[str] = (), look: Look | None = None) -> Report:
    """The finished report of a learner as they stand now; typeset only when anything of it changed.

    Call it outside a transaction: everything is read afresh. Raises `pdf.NotTypeset`.
    """
    db.session.rollback()
    return _report(learner, facts_of(learner, codes=codes), look or Look())


def _report(learner: Person, facts: Facts, look: Look) -> Report:
    """One edition of the report of these facts; a redacted one is made from the sealed full one, which stays."""
    sealed = _report(learner, facts, Look()).sha256 if look.edition is Edition.REDACTED else ""
    edition = editing.edited(facts, look, _kept_file, sealed=sealed)
    origin = made_of(edition.made_of)
    found = queries.report(learner.centre_id, origin)
    if found and files.store().has(found.sha256):
        return _stamped_late(learner, edition, found) if found.unstamped else found
    make = editing.making(edition, _kept_file)
    finished = proof.prove(edition.facts, pictures=_kept_file, signs=keys.signs(learner.centre, current()), make=make)
    return _keep(learner, edition, finished, origin)


def pack_of(learners: Sequence[Person]) -> Laid:
    """A pack of `learners`, making the reports that are missing: for the command line."""
    with side_by_side(_report_in_pack, [learner.id for learner in learners]) as outcome:
        reasons = {learner.id: outcome(place)["reason"] for place, learner in enumerate(learners)}
    return _members(learners, {learner: reason for learner, reason in reasons.items() if reason})


def _learners_of(export: int) -> list[int]:
    return list(db.session.get_one(Export, export).learners)


def _report_of_export(id: int) -> int:
    export = db.session.get_one(Export, id)
    try:
        return report_of(queries.person(export.learners[0]), codes=export.codes, look=read_look(export.look)).id
    except pdf.NotTypeset as reason:
        raise Refused(f"The report could not be typeset: {reason}") from reason


def _report_in_pack(learner: int) -> dict[str, Any]:
    """Size and pages of a learner's report, or the reason why there is none. A bad learner never stops a pack.

    What is only away for a while is no fault of theirs, and is raised.
    """
    try:
        made = report_of(queries.person(learner))
        return {"size": made.size, "pages": made.pages or 0, "reason": ""}
    except pdf.NotTypeset as reason:
        return _none(str(reason)[:300])
    except (Unavailable, DBAPIError):
        raise
    except Exception:  # whatever it is, the others shall have their pack
        reference = secrets.token_hex(4)
        logging.getLogger("markwell.jobs").exception("%s the report of learner %s failed", reference, learner)
        return _none(f"Something went wrong while it was made. If it happens again, quote {reference}.")


def _none(reason: str) -> dict[str, Any]:
    return {"size": 0, "pages": 0, "reason": reason}


def _finish_report(id: int, report: int) -> None:
    with transaction():
        export, made = db.session.get_one(Export, id), db.session.get_one(Report, report)
        look = read_look(export.look)
        learner = redacting.named(person_of(queries.person(export.learners[0])), look.withhold)
        operations.finish_report(export, made, file_name(folder(learner), look))


def _plan_pack(id: int, failures: dict[str, str]) -> dict[str, Any]:
    """Lay the pack out and keep its plan. Refused where a kept file is no longer what the register says."""
    export = db.session.get_one(Export, id)
    people = [queries.person(learner) for learner in export.learners]
    found, lacking = _members(people, {int(learner): reason for learner, reason in failures.items()})
    kept = plan.kept(found)
    _ensure_as_registered(plan.members(kept))
    name, failed = f"{found[0].path.split('/')[0]}.zip", {str(learner): lacking[learner] for learner in lacking}
    return asdict(Planned(name, bag.length(found), bag.seal_of(found), kept, _unstamped(found), failed))


def _ensure_as_registered(members: Sequence[bag.Member]) -> None:
    """Nothing is given away as vouched for that was not looked at."""
    try:
        bag.ensure_as_registered(members)
    except bag.NotAsRegistered as changed:
        raise Refused(f"{changed.path} was changed in the file store. The pack was not made.") from changed


def _unstamped(members: Sequence[bag.Member]) -> int:
    """How many signatures in a pack lack a time stamp that the authority should have given."""
    if not current().timestamps:
        return 0
    (seal,) = (member for member in members if member.path.endswith("/tagmanifest-sha256.txt.p7s"))
    reports = [member.sha256 for member in members if "/data/reports/" in member.path]
    return queries.unstamped(reports) + (not signing.is_stamped(b"".join(seal.blocks())))


def _finish_pack(id: int, failures: dict[str, str], planned: dict[str, Any]) -> None:
    with transaction():
        operations.finish_pack(db.session.get_one(Export, id), Planned(**{"failures": failures} | planned))


def _members(people: Sequence[Person], failures: dict[int, str]) -> Laid:
    """The pack laid out. Whoever went on working since their report was made gets the report of now."""
    facts, reports = _standing(people)
    for _ in range(AGAIN):
        late = [person.id for person in people if person.id not in reports | failures]
        if not late:
            break
        failures |= {learner: reason for learner in late if (reason := _report_in_pack(learner)["reason"])}
        facts, reports = _standing(people)
    for learner in {person.id for person in people} - set(reports):
        failures.setdefault(learner, "The report was not finished when the pack was made.")
    centre = people[0].centre
    signs = keys.signs(centre, current())
    stamps = audit.countersignatures(centre.id)
    sources = pack.Sources(files.store().open, lambda: audit.lines(centre.id), reports, failures, stamps)
    return pack.members(facts, sources, sign=lambda content: signing.seal(content, signs)), failures


def _standing(people: Sequence[Person]) -> tuple[list[Facts], dict[int, Report]]:
    """The facts of everybody at one moment, and the finished reports of exactly these facts by learner's id."""
    db.session.rollback()
    facts = [facts_of(person) for person in people]
    found = [
        queries.report(person.centre_id, made_of(canonical(each))) for person, each in zip(people, facts, strict=True)
    ]
    return facts, {report.learner_id: report for report in found if report}


def _keep(learner: Person, edition: editing.Edited, finished: proof.Proof, origin: str) -> Report:
    stored = files.store().put(io.BytesIO(finished.content))
    report = Report(
        centre_id=learner.centre_id,
        learner_id=learner.id,
        made_of_sha256=origin,
        facts_sha256=hashlib.sha256(canonical(edition.facts)).hexdigest(),
        unsigned_sha256=finished.unsigned_sha256,
        sha256=stored.sha256,
        size=stored.size,
        crc32=stored.crc32,
        withheld=list(finished.withheld),
        pages=finished.pages,
        level=finished.level,
        unstamped=finished.unstamped,
        edition=str(edition.look.edition),
    )
    with transaction():
        return operations.keep_report(report)


def _stamped_late(learner: Person, edition: editing.Edited, report: Report) -> Report:
    """The report with the time stamp that it lacks, where the authority answers now; nothing is typeset again."""
    signs = keys.signs(learner.centre, current())
    unsigned = signing.unsigned(_kept_file(report.sha256), report.unsigned_sha256)
    if unsigned is None or signs.authority is None or stamping.rests(signs.authority):
        return report
    finished = proof.signed(edition.facts, unsigned, signs=signs)
    return report if finished.unstamped else _keep(learner, edition, finished, report.made_of_sha256)


def _kept_file(sha256: str) -> bytes:
    with files.store().open(sha256) as file:
        return file.read()
