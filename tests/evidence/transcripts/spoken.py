"""Recordings of the cast, as they are once the worker has prepared them, and words to go with them."""

import io

from portfolio.evidence import operations as evidence
from portfolio.evidence import queries
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.rules import Kind
from portfolio.evidence.transcripts import operations
from portfolio.evidence.transcripts.models import Transcript
from portfolio.evidence.transcripts.rules import Cue, TimedWord
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person

VTT = (
    b"WEBVTT\n\n00:01.000 --> 00:04.000\nGood morning, Tidewater.\n\n00:05.000 --> 00:08.000\nI want my kettle back.\n"
)
HEARD = (
    Cue(1.0, 4.0, "Good mourning, Tidewater.", (TimedWord(1.0, 1.4, "Good"), TimedWord(1.5, 2.0, "mourning,"))),
    Cue(5.0, 8.0, "I want my cattle back."),
)
"""As a machine wrote it down."""


def received(by: Person) -> File:
    """A recording that somebody sent, of twelve seconds, prepared."""
    id = landing.receive(io.BytesIO(b"RIFF....WAVEfmt "), "call.wav", by=by).id
    with transaction():
        file = db.session.get_one(File, id)
        file.prepared, file.kind, file.duration = "ready", "audio", 12.0
        file.shown_sha256, file.shown_type = file.sha256, "audio/mp4"
        evidence.record_copies(file)
    return file


def recording(ada: Person) -> Evidence:
    """A prepared recording in a learner's portfolio."""
    content = compose(Draft("The call", files=(received(ada).id,)))
    with transaction():
        return evidence.add(Kind.RECORDING, content, learner=ada, by=ada)


def item_of(file: File) -> Evidence:
    """The item that holds it."""
    found = queries.item_with(file)
    assert found
    return found


def file_of(item: Evidence) -> File:
    """The recording of an item."""
    return queries.latest(item).files[0]


def drafted(item: Evidence) -> Transcript:
    """What a machine wrote down of it."""
    with transaction():
        return operations.keep_draft(file_of(item), HEARD, language="en", model="base")


def confirmed(item: Evidence) -> Transcript:
    """The same, read and confirmed by the learner."""
    draft = drafted(item)
    with transaction():
        return operations.confirm(file_of(item), based_on=draft.sha256, by=item.learner)
