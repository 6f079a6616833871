"""Writes about transcripts: captions are added, drafts are kept, corrected and confirmed, and all can be removed."""

from collections.abc import Iterable, Sequence

from portfolio.evidence import queries as evidence
from portfolio.evidence.models import File
from portfolio.evidence.transcripts import queries, rules
from portfolio.evidence.transcripts.models import Transcript
from portfolio.evidence.transcripts.rules import Cue
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, Missing, OutOfTurn
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person
from portfolio.people.rules import Role

CHANGED = (
    "Somebody changed these words after you opened the page, so yours were not saved. Yours are below: copy what you "
    "need, open the page again and correct what stands there now."
)
READ_AGAIN = (
    "Somebody changed these words after you opened the page, so they were not confirmed. Here they are as they stand "
    "now: read them again, then tick and confirm."
)
NOT_THESE = (
    "Other words stand since you opened the page, or these were confirmed, so nothing was removed. Open the page "
    "again, read what stands there now, and remove it if it is to go."
)
TOO_MANY = (
    f"The words of this recording were written {rules.MOST_TRANSCRIPTS} times, and all of that is kept, so no more are "
    "taken. Correct the draft where there is one, or send the recording once more and add captions to that."
)


def add(file: File, cues: Sequence[Cue], *, language: str, by: Person) -> Transcript:
    """Keep captions that `by` uploaded; they stand in the place of those before, which stay on record.

    Raises `OutOfTurn` for what is not, or not yet, a recording that can be played, and for one that has as many
    transcripts as are kept; `Incomplete` for a language that is not offered and as `rules.ensure_bounded` does.
    """
    ensure_played(file)
    if language not in rules.LANGUAGES:
        raise Incomplete("Choose the language of the captions.", ("language",))
    rules.ensure_bounded(cues)
    row = _row(file, cues, language=language, origin=rules.FROM_FILE, state="confirmed")
    row.made_by_id = row.confirmed_by_id = by.id
    row.confirmed_at, row.confirmed_as = row.made_at, by.name
    _record(Deed.CAPTIONS_ADDED, row, by=by, confirmed_at=stamp(row.made_at))
    return row


def keep_draft(file: File, cues: Sequence[Cue], *, language: str, model: str) -> Transcript:
    """Keep what a machine wrote down, on record in the name of whoever sent the recording; nobody has read it."""
    row = _row(file, cues, language=language, origin=rules.BY_MACHINE, state="draft")
    row.model = model[:100]
    _record(Deed.TRANSCRIPT_DRAFTED, row, by=db.session.get_one(Person, file.owner_id))
    return row


def correct(file: File, words: Iterable[tuple[int, str]], *, based_on: str, by: Person) -> Transcript:
    """Put other words into a draft, by the place of each cue from 0; what stands confirmed is copied into one first.

    `based_on` is the hash of the words that were corrected. Raises `Missing` where there are none, `Conflict` where
    they are others by now, `OutOfTurn` where a copy is one more than is kept, and `Incomplete` as `rules.corrected`
    does.
    """
    hold(file)
    draft = queries.draft(file)
    source = draft or queries.standing(file)
    if source is None:
        raise Missing("There are no words of this recording to correct.")
    if source.sha256 != based_on:
        raise Conflict(CHANGED)
    cues = rules.corrected(source.said, words)
    row = draft or _copy(source)
    row.made_by_id = by.id
    row.cues = [cue.row() for cue in cues]
    row.sha256 = audit.hash_of(row.told())
    db.session.flush()
    return row


def confirm(file: File, *, based_on: str, by: Person) -> Transcript:
    """Say that `by` has read the draft and that it is what is heard; from now on it stands.

    Raises `OutOfTurn` where there is no draft, and `Conflict` where it has other words than those of the hash
    `based_on`.
    """
    hold(file)
    draft = queries.draft(file)
    if draft is None:
        raise OutOfTurn("There is no draft to confirm: it was confirmed or removed meanwhile.")
    if draft.sha256 != based_on:
        raise Conflict(READ_AGAIN)
    draft.state, draft.confirmed_at = "confirmed", now()
    draft.confirmed_by_id, draft.confirmed_as = by.id, by.name
    _record(Deed.TRANSCRIPT_CONFIRMED, draft, by=by, confirmed_at=stamp(draft.confirmed_at))
    return draft


def remove(file: File, *, based_on: str, by: Person) -> None:
    """Take the words of a recording off its pages and out of later proof; all of them stay on record.

    `based_on` is the `basis` of those that were shown. Raises `Conflict` where others are by now, or these were changed
    or confirmed.
    """
    hold(file)
    shown = queries.shown(file)
    if shown and shown.basis != based_on:
        raise Conflict(NOT_THESE)
    there = [one for one in queries.all_of(file.id) if one.removed_at is None]
    for one in there:
        one.removed_at, one.removed_by_id = now(), by.id
    if there:
        file.unheard = ""
        _record(Deed.CAPTIONS_REMOVED, there[0], by=by)


def ensure_played(file: File) -> None:
    """Raise `OutOfTurn` for a file that is not, or not yet, a recording that can be played."""
    if file.prepared == "waiting":
        raise OutOfTurn("This recording is still being prepared. Wait until it can be played, then try again.")
    if file.kind not in queries.PLAYED or not file.duration:
        raise OutOfTurn("This file is no recording that can be played here, so it has no captions.")


def _row(file: File, cues: Sequence[Cue], *, language: str, origin: str, state: str) -> Transcript:
    hold(file)
    if file.transcripts >= rules.MOST_TRANSCRIPTS:
        raise OutOfTurn(TOO_MANY)
    file.transcripts += 1
    row = Transcript(
        file_id=file.id, number=file.transcripts, language=language, origin=origin, model="", state=state,
        cues=[cue.row() for cue in cues], made_at=now(),
    )  # fmt: skip
    db.session.add(row)
    return row


def _copy(source: Transcript) -> Transcript:
    row = _row(source.file, (), language=source.language, origin=source.origin, state="draft")
    row.model = source.model
    return row


def _whose(file: File) -> int | None:
    if item := evidence.item_with(file):
        return item.learner_id
    owner = db.session.get_one(Person, file.owner_id)
    return owner.id if owner.has(Role.LEARNER) else None


def _record(deed: Deed, row: Transcript, *, by: Person, **facts: object) -> None:
    """Write the line, filed under the learner whose item holds the recording, whoever does it: their lines are chained.

    Before it stands in an item it is filed under whoever sent it, where that is a learner.
    """
    row.sha256 = audit.hash_of(row.told())
    db.session.flush()
    learner_id = _whose(row.file)
    told = {"number": row.number, "language": row.language, "origin": row.origin, "words_sha256": row.sha256}
    audit.record(deed, f"file {row.file_id}", by=by, learner_id=learner_id, **told, **facts)
