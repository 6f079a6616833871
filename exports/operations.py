"""Writes about exports: asked for in one commit with their job, and what came of them put on record."""

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exports import queries
from exports.editions.look import Look, ReportEdition
from exports.models import Export, KeptShare, Report, Taking
from portfolio.assessment.operations import mark_read
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.audit import Actor
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.work import jobs
from portfolio.people import queries as people
from portfolio.people.models import Person


@dataclass(frozen=True, slots=True)
class Planned:
    """A pack that is ready to be streamed."""

    name: str
    size: int
    seal: str
    """SHA-256 of its tag manifest, which vouches for all of it."""
    plan: str
    """SHA-256 of its inventory in the store."""
    unstamped: int = 0
    """Signatures in it for which the time-stamp authority was asked and gave nothing."""
    failures: Mapping[str, str] = field(default_factory=dict)
    """Learner's id → why they have no report in it."""


def ask_report(learner: Person, *, codes: Collection[str] = (), look: Look | None = None, by: Person) -> Export:
    """Ask for the evidence report of one learner: all units, or those of `codes`; the full one, or as `look` says.

    Refused for a redacted edition that withholds nothing.
    """
    look = look or Look()
    if look.edition is ReportEdition.REDACTED and not look.withhold:
        raise Refused("Choose what this edition must not show. Nothing is withheld yet.")
    return _ask("report", [learner.id], sorted(codes), look=look, by=by, **look.told())


def ask_pack(learners: Sequence[Person], *, by: Person) -> Export:
    """Ask for the audit pack of several learners. Refused for none."""
    if not learners:
        raise Refused("Choose at least one learner for the pack.")
    return _ask("pack", sorted(learner.id for learner in learners), [], by=by)


def retry(export: Export, learner: Person, *, by: Person) -> Export:
    """Ask for a pack once more because of the learner whose report it lacks; whoever did not change is not made anew.

    Refused for a learner whose report is in the pack.
    """
    if str(learner.id) not in export.failures:
        raise Refused(f"{learner.name}'s report is in this pack already.")
    return _ask("pack", export.learners, [], by=by, instead_of=export.id, for_learner=learner.id)


def stop(export: Export, *, by: Person) -> None:
    """Call off an export that is not finished yet."""
    if export.job is None or not export.job.is_open:
        return
    jobs.cancel(export.job)
    audit.record(Deed(f"{export.kind} stopped"), f"export {export.id}", by=by, learners=export.learners)


def take(export: Export, *, by: Person) -> None:
    """Put on record that somebody takes an export's file away."""
    db.session.add(Taking(export_id=export.id, by_id=by.id))
    db.session.flush()
    audit.record(Deed(f"{export.kind} taken"), f"export {export.id}", by=by, sha256=export.sha256, size=export.size)


def take_report(report: Report, *, codes: Collection[str] = (), by: Person) -> None:
    """Put on record that somebody writes a report to a file at a terminal."""
    audit.record(
        Deed.REPORT_TAKEN, f"report {report.id}", by=by, learners=[report.learner_id], units=sorted(codes),
        edition=report.edition, sha256=report.sha256, size=report.size,
    )  # fmt: skip


def take_pack(learners: Sequence[int], seal: str, *, failures: Mapping[int, str], by: Person) -> None:
    """Put on record that somebody writes a pack to a file at a terminal; `seal` is its tag manifest's SHA-256."""
    audit.record(
        Deed.PACK_TAKEN, f"pack of {by.centre.number}", by=by, learners=sorted(learners),
        tagmanifest_sha256=seal, failures={str(learner): reason for learner, reason in failures.items()},
    )  # fmt: skip


def keep_report(report: Report) -> Report:
    """Enter a finished report into the register; the one that came first stays."""
    mark_read([report.learner_id])
    found = queries.report(report.centre_id, report.made_of_sha256)
    if found is None:
        db.session.add(report)
        db.session.flush()
        return report
    found.sha256, found.unsigned_sha256 = report.sha256, report.unsigned_sha256
    found.size, found.crc32, found.pages = report.size, report.crc32, report.pages
    found.level, found.unstamped = report.level, report.unstamped
    return found


def keep_share(share: KeptShare) -> None:
    """Remember a learner's share of a pack instead of the one that was kept before."""
    db.session.merge(share)
    db.session.flush()


def keep_key(centre_id: int, certificate: bytes, *, because: str, signature: bytes = b"", by: Actor) -> None:
    """Put on record which certificate (DER) signs for a centre from now on.

    `signature`: CMS, detached, by the key before, over the certificate.
    """
    audit.record(
        Deed.KEY_MADE, f"centre {centre_id}", by=by, certificate=base64.b64encode(certificate).decode(),
        certificate_sha256=hashlib.sha256(certificate).hexdigest(), because=because,
        signed_by_the_old=base64.b64encode(signature).decode(),
    )  # fmt: skip


def finish_report(export: Export, report: Report, name: str) -> None:
    """Tie an export to its finished report, once."""
    if export.finished_at:
        return
    export.name, export.sha256, export.size, export.finished_at = name, report.sha256, report.size, now()
    export.unstamped = int(report.unstamped)
    audit.record(
        Deed.REPORT_MADE, f"export {export.id}", by=export.by, learners=export.learners, edition=report.edition,
        sha256=report.sha256,
    )  # fmt: skip


def finish_pack(export: Export, planned: Planned) -> None:
    """Tie an export to its finished pack, once."""
    if export.finished_at:
        return
    export.name, export.size = planned.name, planned.size
    export.sha256, export.plan_sha256 = planned.seal, planned.plan
    export.unstamped = planned.unstamped
    export.failures, export.finished_at = dict(planned.failures), now()
    audit.record(
        Deed.PACK_MADE, f"export {export.id}", by=export.by, learners=export.learners, tagmanifest_sha256=planned.seal,
        size=planned.size, failures=dict(planned.failures),
    )  # fmt: skip


def ensure_meant(export: Export, look: Look) -> None:
    """Refused where words are withheld that were chosen for a record which was merged into another since."""
    if look.withhold and people.records_now(export.learners) != export.learners:
        raise Refused("This record was merged into another since. Choose again what that one must not show.")


def _ask(
    kind: str, learners: list[int], codes: list[str], *, look: Look | None = None, by: Person, **why: Any
) -> Export:
    look, learners = look or Look(), sorted(people.records_now(learners))
    export = Export(
        kind=kind, centre_id=by.centre_id, by_id=by.id, learners=learners, codes=codes, edition=str(look.edition),
        is_own=look.edition is ReportEdition.LEARNER and learners == people.records_now([by.id]), by=by, failures={},
        look={} if look.is_plain else look.written(),
    )  # fmt: skip
    db.session.add(export)
    db.session.flush()
    job = jobs.enqueue(kind, by=by, export=export.id)
    export.job_id, export.job = job.id, job
    audit.record(Deed(f"{kind} asked for"), f"export {export.id}", by=by, learners=learners, units=codes, **why)
    return export
