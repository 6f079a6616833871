"""What an assessor writes down without a line: a page that a device keeps, and where what came from it waits."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence.meetings import noting, policy, queries
from portfolio.evidence.meetings.note_forms import NoteForm
from portfolio.evidence.meetings.noting import WaitingNote
from portfolio.evidence.meetings.views.blueprint import bp
from portfolio.foundation.db import transaction
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.people.offline.keeping import always, keep


def _page(person: Person) -> list[str]:
    return [url_for("meetings.note")] if policy.may_note(person) else []


def _note(key: str, *, viewer: Person) -> WaitingNote | None:
    return noting.note(key, viewer=viewer)


def _own(person: Person, _note: WaitingNote) -> bool:
    return policy.may_note(person)


@bp.get("/notes")
@gate.allow(policy.may_note)
@keep(always, _page, begins=True)
def note() -> ResponseReturnValue:
    """An empty form. It names nobody, so that a device may keep it."""
    return render_template("evidence/meetings/note.html", form=NoteForm())


@bp.post("/notes")
@gate.allow(policy.may_note)
def write_note() -> ResponseReturnValue:
    """Keep what was written down until it stands in a record."""
    form = NoteForm()
    if form.validate() and form.attempt(lambda: noting.keep(form.noted(), by=g.person)):
        flash("Saved. Choose the meeting in whose record it is to stand.", "done")
        return redirect(url_for(".waiting_notes"))
    return render_template("evidence/meetings/note.html", form=form), form.status


@bp.get("/notes/waiting")
@gate.allow(policy.may_note)
def waiting_notes() -> ResponseReturnValue:
    """What waits for its meeting, with the meetings in whose record each can stand."""
    courses = queries.open_by(g.person.id)
    found = [(one, noting.fitting(one.noted, courses)) for one in noting.waiting(g.person)]
    return render_template("evidence/meetings/notes.html", notes=found)


@bp.post("/notes/<key>/away")
@gate.allow(_own, _note)
def throw_note_away(note: WaitingNote) -> ResponseReturnValue:
    """Throw one away."""
    with transaction():
        noting.throw_away(note, by=g.person)
    flash("Thrown away.", "done")
    return redirect(url_for(".waiting_notes"))
