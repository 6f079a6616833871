"""Sends finished files: only while they can be taken, each transfer on record, whole or in ranges."""

from flask import Response, request

from exports import operations, queries
from exports.models import Export
from exports.pack import bag, inventory
from portfolio.foundation import files
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Expired, OutOfTurn
from portfolio.foundation.requests import ranges
from portfolio.foundation.words.display import day
from portfolio.people.models import Person


def answered(export: Export, *, by: Person) -> Response:
    """The file of an export for the present request, and its line in the log.

    Raises `OutOfTurn` before it is finished, `Expired` afterwards.
    """
    if export.finished_at is None or export.expires_at is None:
        raise OutOfTurn("This is not finished yet. Its page says how far it is.")
    if export.is_expired:
        raise Expired(
            f"This file could be taken until {day(export.expires_at).striptags()}. Open it under Exports and make it "
            "again: what has not changed since is not made anew."
        )
    answer = _report(export) if export.kind == "report" else _pack(export)
    _put_on_record(export, answer, by=by)
    return answer


def _pack(export: Export) -> Response:
    """Laid out and read while it is sent; nothing of it is written anywhere."""
    members = inventory.members(export.plan_sha256)
    return ranges.answered(
        lambda start, stop: bag.stream(members, start, stop),
        size=export.size, etag=export.plan_sha256, media_type="application/zip", name=export.name,
    )  # fmt: skip


def _report(export: Export) -> Response:
    store, sha256 = files.store(), export.sha256
    store.size(sha256)  # one that is gone is said to be, before the answer begins
    return ranges.answered(
        files.between(store, sha256), size=export.size, etag=sha256, media_type="application/pdf", name=export.name
    )  # fmt: skip


def _put_on_record(export: Export, answer: Response, *, by: Person) -> None:
    """One line for a transfer, however many ranges it takes: where it begins, and at the first that somebody takes."""
    if request.method != "GET" or answer.status_code not in (200, 206):
        return
    begins, _ = ranges.begins_and_ends(answer, export.size)
    if begins == 0 or not queries.has_taken(export, by):
        with transaction():
            operations.take(export, by=by)
