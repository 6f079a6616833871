"""Makes packs in steps that a crash does not repeat, and reads nobody again of whom nothing changed (`kept_shares`)."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import Any

from sqlalchemy.exc import DBAPIError

from exports import operations, queries
from exports.editions.look import Look
from exports.facts.snapshot import facts_of
from exports.facts.snapshot.queries import fingerprints
from exports.making import checking, kept_shares, reports
from exports.making.cache_key import programs
from exports.making.side_by_side import side_by_side
from exports.making.time_left import Pace
from exports.models import Export, Report
from exports.operations import Planned
from exports.pack import bag, inventory, members, shares
from exports.pack.shares import Share
from exports.queries import Remembered
from exports.signing import keys, signatures
from exports.typesetting import pdf
from portfolio.foundation import files
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Missing, Refused, Unavailable
from portfolio.foundation.log import audit
from portfolio.foundation.settings import current
from portfolio.foundation.work import jobs
from portfolio.people import queries as people
from portfolio.people.models import Centre, Person

LaidPack = tuple[list[bag.Member], dict[int, str]]
"""The members of a pack, and the learners who have no report in it with the reason."""
MEGABYTE = 1_000_000
AGAIN = 3
"""How often the learners who went on working while a pack was made get a newer report, before it leaves them out."""


def make_pack(running: jobs.Running, export: int) -> dict[str, Any]:
    """The job of one pack: a report for each learner, then the pack's size and name. The bytes are streamed later."""
    begun: dict[str, Any] = running.step("learners", _begun, export)
    total, late = begun["total"], begun["late"]
    failures, pace = dict[str, str](), Pace(total, begun["size"], begun["pages"])
    with side_by_side(_report_in_pack, late) as outcome:
        for place, learner in enumerate(late):
            done = total - len(late) + place
            running.progress(done, total, pace.told(done, now()))
            made = running.step(f"report of {learner}", outcome, place)
            pace.add(made["size"], made["pages"])
            if made["reason"]:
                failures[str(learner)] = made["reason"]
    running.progress(total, total, "Adding up the pack")
    planned = running.step("plan", _plan_pack, export, failures)
    running.step("check", partial(_check_pack, running), export, planned["plan"])
    running.step("finish", _finish_pack, export, failures, planned)
    return {"export": export, "failures": failures}


def pack_of(learners: Sequence[Person]) -> LaidPack:
    """A pack of `learners`, making the reports that are missing: for the command line.

    Call it outside a transaction: everything is read afresh. Raises as `keys.signer` does, `ValueError` for learners of
    several centres.
    """
    ids = [learner.id for learner in learners]
    keys.signs(learners[0].centre, current())  # a new certificate is put on record before it is told of
    standing = kept_shares.standing(ids)
    late = _late(ids, standing)
    return _laid(ids, _made(late), None if late else standing)


def _begun(export: int) -> dict[str, Any]:
    """How many learners a pack is of, who of them lacks anything, and how much the others' reports are."""
    learners = people.records_now(db.session.get_one(Export, export).learners)
    keys.signs(queries.person(learners[0]).centre, current())  # as in `pack_of`
    standing = kept_shares.standing(learners)
    late = _late(learners, standing)
    there = [standing[id] for id in learners if id not in late]
    return {
        "total": len(learners),
        "late": late,
        "size": sum(each.size for each in there),
        "pages": sum(each.pages or 0 for each in there),
    }


def _late(learners: Sequence[int], standing: Mapping[int, Remembered]) -> list[int]:
    """Who has no report of now, or one that lacks a time stamp."""
    return [id for id in learners if id not in standing or standing[id].unstamped]


def _made(learners: Sequence[int]) -> dict[int, str]:
    """Make what these learners lack, side by side; returns who has no report, with the reason."""
    with side_by_side(_report_in_pack, learners) as outcome:
        reasons = {learner: outcome(place)["reason"] for place, learner in enumerate(learners)}
    return {learner: reason for learner, reason in reasons.items() if reason}


def _report_in_pack(learner: int) -> dict[str, Any]:
    """Size and pages of a learner's report, or the reason why there is none. A bad learner never stops a pack.

    What is only away for a while is no fault of theirs, and is raised.
    """
    try:
        made = _ensured(learner)
        return {"size": made.size, "pages": made.pages or 0, "reason": ""}
    except pdf.NotTypeset as reason:
        return _none(str(reason)[:300])
    except (Unavailable, DBAPIError):
        raise
    except Refused as refusal:
        return _none(refusal.sentence[:300])
    except Exception:  # whatever it is, the others shall have their pack
        reference = secrets.token_hex(4)
        logging.getLogger("markwell.jobs").exception("%s the report of learner %s failed", reference, learner)
        return _none(f"Something went wrong while it was made. If it happens again, quote {reference}.")


def _none(reason: str) -> dict[str, Any]:
    return {"size": 0, "pages": 0, "reason": reason}


def _ensured(id: int) -> Report | Remembered:
    """Have a learner's report of now, and their share beside it; nothing is done where both are there.

    The fingerprint is taken before the facts are read and once more after: only what stood still between is kept.
    """
    standing = kept_shares.standing([id]).get(id)
    if standing and not standing.unstamped:
        return standing
    keys.signs(queries.person(id).centre, current())  # the first key is made before the facts are read
    db.session.rollback()
    before = fingerprints([id], programs())
    learner = queries.person(id)
    facts = facts_of(learner)
    stood_still = fingerprints([id], programs()) == before
    report = reports.report_on(learner, facts, Look())
    if stood_still:
        kept_shares.keep(shares.share_of(facts, report, _kept), before[id])
    return report


def _laid(learners: Sequence[int], failures: dict[int, str], standing: dict[int, Remembered] | None = None) -> LaidPack:
    """The pack laid out. Whoever went on working since their report was made gets the report of now."""
    centre = queries.person(learners[0]).centre
    signs = keys.signs(centre, current())
    standing = kept_shares.standing(learners) if standing is None else standing
    for _ in range(AGAIN):
        late = [id for id in learners if id not in standing and id not in failures]
        if not late:
            break
        failures |= _made(late)
        standing = kept_shares.standing(learners)
    for id in set(learners) - set(standing):
        failures.setdefault(id, "The report was not finished when the pack was made.")
    found = [_share(id, standing.get(id), failures) for id in learners]
    log = partial(audit.written, centre.id)
    sources = members.Sources(files.store().open, log, audit.countersignatures(centre.id))
    return members.members(found, sources, sign=lambda content: signatures.seal(content, signs)), failures


def _share(id: int, kept: Remembered | None, failures: Mapping[int, str]) -> Share:
    """A learner's share: the one that is kept, or that of somebody who has no report."""
    if kept:
        return shares.unpacked(kept.content)
    return shares.share_of(facts_of(queries.person(id)), None, _kept, failures[id])


def _kept(sha256: str) -> files.Stored | None:
    """A small file of the store, which is read for it; None where it is not there, or spoiled."""
    with suppress(Missing), files.store().open(sha256) as stream:
        found = files.measure(stream)
        return found if found.sha256 == sha256 else None
    return None


def _plan_pack(id: int, failures: dict[str, str]) -> dict[str, Any]:
    """Lay the pack out and keep its inventory. Refused where a kept file is no longer what the register says."""
    export = db.session.get_one(Export, id)
    learners = people.records_now(export.learners)
    found, lacking = _laid(learners, {int(learner): reason for learner, reason in failures.items()})
    kept = inventory.kept(found)
    _ensure_as_registered(inventory.members(kept))
    name, failed = f"{found[0].path.split('/')[0]}.zip", {str(learner): lacking[learner] for learner in lacking}
    return asdict(Planned(name, bag.length(found), bag.seal_of(found), kept, _unstamped(found), failed))


def _ensure_as_registered(members: Sequence[bag.Member]) -> None:
    """Nothing is given away as vouched for that was not looked at."""
    try:
        bag.ensure_as_registered(members)
    except bag.NotAsRegistered as changed:
        raise Refused(f"{changed.path} was changed in the file store. The pack was not made.") from changed


def ensure_holds(members: Sequence[bag.Member], centre: Centre, tell: checking.Tell = checking.silent) -> None:
    """Raise `Refused` for a pack that our own verifier rejects; its reports were checked when they were made."""
    reports = {member.sha256 for member in members if "/data/reports/" in member.path}
    checking.ensure_pack_holds(members, keys.fingerprint(centre, current()), proved=reports, tell=tell)


def _check_pack(running: jobs.Running, id: int, kept: str) -> None:
    """Have the verifier read the very bytes that will be streamed."""

    def tell(done: int, total: int) -> None:
        running.progress(done // MEGABYTE, total // MEGABYTE + 1, "Checking the pack, megabyte by megabyte")

    centre = queries.person(db.session.get_one(Export, id).learners[0]).centre
    db.session.rollback()
    tell(0, 0)
    ensure_holds(inventory.members(kept), centre, tell)


def _unstamped(members: Sequence[bag.Member]) -> int:
    """How many signatures in a pack lack a time stamp that the authority should have given."""
    if not current().timestamps:
        return 0
    (seal,) = (member for member in members if member.path.endswith("/tagmanifest-sha256.txt.p7s"))
    reports = [member.sha256 for member in members if "/data/reports/" in member.path]
    return queries.unstamped(reports) + (not signatures.is_stamped(b"".join(seal.blocks())))


def _finish_pack(id: int, failures: dict[str, str], planned: dict[str, Any]) -> None:
    with transaction():
        operations.finish_pack(db.session.get_one(Export, id), Planned(**{"failures": failures} | planned))
