"""Listening: the job that writes down what is said in a recording, where a model of speech is set."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from portfolio.evidence import media, preparing
from portfolio.evidence.models import File
from portfolio.evidence.transcripts import operations, queries, rules, sentences
from portfolio.foundation import files
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.errors import Missing
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.settings import current
from portfolio.foundation.words.display import clock
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job, Running
from portfolio.people.models import Person

KIND = "listen"
"""A kind of job of its own, one at a time: no copy, page or export waits for it."""
LONGEST = 4 * 60 * 60
"""Seconds of a recording that are listened to."""
CAUGHT_UP = 20
"""Recordings that came before there was a model, and are asked for in one hour."""
STOPPED = "This was stopped before a machine had written down what is said."
NOTHING = "The machine heard no words in this recording."
PARTLY = (
    "A machine wrote down what is said up to {} only, and the recording ends at {}. Listen to what comes after, and "
    "upload captions where something is said there."
)
FOREIGN = (
    "This recording does not seem to be in English, so the machine wrote nothing down: it would make too much up. "
    "Captions can be uploaded."
)


def is_on() -> bool:
    """Whether a model of speech is set."""
    return current().speech is not None


def ask(file: File, *, by: Actor) -> Job | None:
    """Ask for the words of a recording, in the present transaction; None where there is nothing to listen to, or with.

    What has captions already, or as many transcripts as are kept, is not listened to.
    """
    if not is_on() or file.kind not in queries.PLAYED or not file.shown_sha256 or not _is_wanting(file):
        return None
    file.listening, file.unheard = "waiting", ""
    return jobs.enqueue(KIND, by=by, file_id=file.id)


def ask_again(file: File, *, by: Actor) -> None:
    """The same once more, where there are no words by now. Raises `Missing` where no model is set."""
    if not is_on():
        raise Missing
    hold(file)
    if file.listening != "waiting" and queries.draft(file) is None:
        ask(file, by=by)


def catch_up() -> None:
    """Ask for the words of recordings of which nobody asked for them; for the worker."""
    with transaction():
        for file in queries.unheard(CAUGHT_UP):
            hold(file)
            if not file.listening and ask(file, by=db.session.get_one(Person, file.owner_id)) is None:
                file.listening = "ready"  # it has captions, or had many


def _is_wanting(file: File) -> bool:
    return queries.standing(file) is None and file.transcripts < rules.MOST_TRANSCRIPTS


def _left(sentence: str, file_id: int) -> None:
    """Nothing is written down of it; it can be asked for again."""
    file = db.session.get_one(File, file_id)
    if file.listening == "waiting":
        file.listening, file.unheard = "stopped", (sentence or STOPPED)[:300]


@jobs.job(KIND, left=_left, alone=True)
def listen(running: Running, file_id: int) -> dict[str, Any]:
    """Write down what is said in a recording, a stretch at a time; what was heard stays heard after a crash."""
    lasts = running.step("measure", _lasts, file_id)
    words, begins, language, note, is_whole = list[Any](), 0.0, "", "", False
    while begins < lasts:
        running.progress(int(begins), int(lasts), "Writing down what is said")
        heard = running.step(f"hear from {begins}", _hear, file_id, begins, language, running.ensure_wanted)
        words += heard["words"]
        language, note = heard["language"], heard["note"]
        is_whole = heard["is_end"] and not note
        if note or is_whole or heard["until"] <= begins or language not in ("", "en"):
            break
        begins = heard["until"]
    ended = FOREIGN if language not in ("", "en") else note, None if is_whole else begins
    running.step("write down", _write_down, running, file_id, words, ended)
    return {"file_id": file_id, "words": len(words)}


def _lasts(file_id: int) -> float:
    """Seconds that are listened to."""
    duration = db.session.get_one(File, file_id).duration or 0.0
    db.session.rollback()
    return min(duration, LONGEST)


def _hear(file_id: int, begins: float, language: str, ticked: Callable[[], None]) -> dict[str, Any]:
    """What is said from a second on. `ticked` raises when it is no longer wanted."""
    copy, model = files.store().path(db.session.get_one(File, file_id).shown_sha256), current().speech
    db.session.rollback()
    if model is None:
        return media.Heard(begins, is_end=True, note=STOPPED).to_json()
    return media.hear(copy, model, begins, language=language, ticked=ticked).to_json()


def _write_down(running: Running, file_id: int, words: list[Any], ended: tuple[str, float | None]) -> None:
    """Keep a draft of what was heard, unless somebody uploaded captions meanwhile; say what is not in it, and why.

    `ended`: why nothing more was heard, and the second up to which it was where that is not the end.
    """
    note, until = ended
    with transaction():
        file = db.session.get_one(File, file_id)
        hold(file)
        if not running.is_wanted or file.listening != "waiting":
            return
        lasts = file.duration or 0.0
        cues = sentences.cues(words, lasts)
        if len(cues) > rules.MOST_CUES:
            cues, until = cues[: rules.MOST_CUES], cues[rules.MOST_CUES].begins
        partly = PARTLY.format(clock(until), clock(lasts)) if until is not None and until < lasts - 1 else ""
        if cues and _is_wanting(file):
            operations.keep_draft(file, cues, language="en", model=_name(current().speech))
        file.listening, file.unheard = ("ready", partly) if cues else ("stopped" if note else "ready", note or NOTHING)


def _name(model: Path | None) -> str:
    return model.name if model else ""


def _prepared(file: File, owner: Person) -> None:
    if not file.listening:
        ask(file, by=owner)


preparing.AFTERWARDS.append(_prepared)
