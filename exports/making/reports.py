"""Makes reports in steps that a crash does not repeat: the job, and the same for the command line."""

import hashlib
import io
from collections.abc import Collection
from typing import Any

from exports import operations, queries
from exports.editions import editing, redacting
from exports.editions.look import Look, ReportEdition, file_name, read_look
from exports.facts.canonical import canonical
from exports.facts.frozen import Facts
from exports.facts.names import folder
from exports.facts.snapshot import facts_of, person_of
from exports.making import checking, proof
from exports.making.cache_key import made_of
from exports.models import Export, Report
from exports.signing import keys, signatures, time_stamps
from exports.typesetting import pdf
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.settings import current
from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.work import jobs
from portfolio.people.models import Person

LARGEST = 250_000_000
"""Bytes of one report that leaves: `verify` reads no larger one."""


def make_report(running: jobs.Running, export: int) -> dict[str, Any]:
    """The job of one report."""
    running.progress(0, 1, "Typesetting the report")
    made = running.step("report", _report_of_export, export)
    running.step("finish", _finish_report, export, made)
    return {"export": export}


def report_of(learner: Person, *, codes: Collection[str] = (), look: Look | None = None) -> Report:
    """The finished report of a learner as they stand now; typeset only when anything of it changed.

    Call it outside a transaction: everything is read afresh. Raises as `keys.signer` and `report_on` do.
    """
    keys.signs(learner.centre, current())  # the first key is made before the facts are read: they name it
    db.session.rollback()
    return report_on(learner, facts_of(learner, codes=codes), look or Look())


def report_on(learner: Person, facts: Facts, look: Look) -> Report:
    """One edition of the report of these facts; a redacted one is made from the sealed full one, which stays.

    Raises `pdf.NotTypeset`, saying why, or for a file that is larger than `verify` reads; `withholding.Unclear` where
    what is to be withheld is not there. Refused where the facts are not what the log tells.
    """
    if look.edition is ReportEdition.REDACTED:
        sealed = report_on(learner, facts, Look()).sha256
    else:
        checking.ensure_told(learner.id, facts)
        sealed = ""
    edition = editing.edited(facts, look, _kept_file, sealed=sealed)
    origin = made_of(edition.made_of)
    found = queries.report(learner.centre_id, origin)
    if found and _holds(found, learner):
        return _stamped_late(learner, edition, found) if found.unstamped else found
    recipe, signs = editing.recipe(edition, _kept_file), keys.signs(learner.centre, current())
    finished = proof.prove(edition.facts, pictures=_kept_file, signs=signs, recipe=recipe)
    if len(finished.content) > LARGEST:
        size, most = filesize(len(finished.content)), filesize(LARGEST)
        raise pdf.NotTypeset(f"It would have {size}; {most} is the most that whoever checks it can read at once.")
    return _keep(learner, edition, finished, origin)


def _holds(report: Report, learner: Person) -> bool:
    """Whether the file of a report is there, and is one that our verifier takes."""
    store, trusted = files.store(), keys.fingerprint(learner.centre, current())
    return store.has(report.sha256) and checking.report_holds(_kept_file(report.sha256), trusted)


def _report_of_export(id: int) -> int:
    export = db.session.get_one(Export, id)
    look = read_look(export.look)
    operations.ensure_meant(export, look)
    try:
        return report_of(queries.person(export.learners[0]), codes=export.codes, look=look).id
    except pdf.NotTypeset as reason:
        raise Refused(f"The report could not be typeset: {reason}") from reason


def _finish_report(id: int, report: int) -> None:
    with transaction():
        export, made = db.session.get_one(Export, id), db.session.get_one(Report, report)
        look = read_look(export.look)
        learner = redacting.named(person_of(queries.person(export.learners[0])), look.withhold)
        operations.finish_report(export, made, file_name(folder(learner), look))


def _keep(learner: Person, edition: editing.Edited, finished: proof.Proof, origin: str) -> Report:
    checking.ensure_report_holds(finished.content, keys.fingerprint(learner.centre, current()))
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
    unsigned = signatures.unsigned(_kept_file(report.sha256), report.unsigned_sha256)
    if unsigned is None or signs.authority is None or time_stamps.rests(signs.authority):
        return report
    finished = proof.signed(edition.facts, unsigned, signs=signs)
    return report if finished.unstamped else _keep(learner, edition, finished, report.made_of_sha256)


def _kept_file(sha256: str) -> bytes:
    with files.store().open(sha256) as file:
        return file.read()
