"""What happens is written down while it happens: entries, photos and recordings, and the meeting as a whole."""

from dataclasses import dataclass
from datetime import time

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence import queries as evidence
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.drafts import MinutesEntry
from portfolio.evidence.meetings import note_forms, noting, operations, policy, queries
from portfolio.evidence.meetings.forms import AttachForm, CircumstancesForm, EntryForm
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import clocked, digest_of, minutes_of
from portfolio.evidence.meetings.views.blueprint import bp, named, points_of, with_files
from portfolio.evidence.models import File
from portfolio.evidence.rules import KIND_NAMES, Kind
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.people import gate
from portfolio.people.models import Person


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry of a meeting's minutes."""

    meeting: Meeting
    number: int
    """Counted from 0."""
    entry: MinutesEntry


def _entry(id: int, number: int, *, viewer: Person) -> WrittenEntry | None:
    meeting = queries.meeting(id, viewer=viewer)
    entries = minutes_of(meeting.minutes).entries if meeting else ()
    return WrittenEntry(meeting, number, entries[number]) if meeting and number < len(entries) else None


def _may_change(person: Person, written: WrittenEntry) -> bool:
    return policy.may_lead(person, written.meeting)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a meeting."""

    meeting: Meeting
    file: File


def _file(id: int, file_id: int, *, viewer: Person) -> AttachedFile | None:
    meeting, file = queries.meeting(id, viewer=viewer), evidence.file(file_id, viewer=viewer)
    return AttachedFile(meeting, file) if meeting and file and file.id in meeting.files else None


def _may_detach(person: Person, attached: AttachedFile) -> bool:
    return policy.may_lead(person, attached.meeting)


@bp.get("/<int:id>/record")
@gate.allow(policy.may_lead, queries.meeting)
def record(meeting: Meeting) -> ResponseReturnValue:
    """The page that is open during the meeting; its form has a note that the address names."""
    form, note = _fresh(meeting), noting.note(request.args.get("note", ""), viewer=g.person)
    if note:
        index = meeting.kind == Kind.DISCUSSION and bool(queries.recordings_of(meeting))
        note_forms.show(form, note.noted, meeting.held_on, index=index)
    return _record_page(meeting, form, AttachForm(formdata=None), note.key if note else "")


@bp.post("/<int:id>/record")
@gate.allow(policy.may_lead, queries.meeting)
def write(meeting: Meeting) -> ResponseReturnValue:
    """Add an entry; a script is answered with the list of entries. Refused where the form does not hold."""
    form = EntryForm()
    form.offer(meeting.kind, queries.recordings_of(meeting))
    valid = form.validate()
    if request.headers.get("X-Piece"):
        if not valid:
            raise Refused(str(next(iter(form.errors.values()))[0]))
        with transaction():
            operations.write(meeting, form.entry(points_of(meeting.learner_id)))
        return render_template("evidence/meetings/_entries.html", **_entries(meeting))
    if valid and form.attempt(lambda: operations.write(meeting, form.entry(points_of(meeting.learner_id)))):
        flash("Saved.", "done")
        return redirect(url_for(".record", id=meeting.id))
    return _record_page(meeting, form, AttachForm(formdata=None)), form.status


@bp.get("/<int:id>/entries/<int:number>")
@gate.allow(_may_change, _entry)
def edit_entry(written: WrittenEntry) -> ResponseReturnValue:
    """The form with one entry."""
    form, entry, meeting = EntryForm(formdata=None), written.entry, written.meeting
    form.sort.data, form.words.data, form.answer.data = entry.sort, entry.words, entry.answer
    form.at.data = _time(entry.at)
    form.begins.data = "" if entry.start is None else clocked(entry.start)
    form.ends.data = "" if entry.end is None else clocked(entry.end)
    form.recording.data, form.based_on.data, form.entry_seen.data = entry.file, str(meeting.saved), digest_of(entry)
    form.points.data = [point.id for point in named(entry.points, points_of(meeting.learner_id))]
    return _entry_page(written, form)


@bp.post("/<int:id>/entries/<int:number>")
@gate.allow(_may_change, _entry)
def change_entry(written: WrittenEntry) -> ResponseReturnValue:
    """Save a changed entry."""
    form, meeting = EntryForm(), written.meeting
    form.offer(meeting.kind, queries.recordings_of(meeting))
    if form.validate():
        entry = form.entry(points_of(meeting.learner_id))
        seen = form.entry_seen.data or ""
        if form.attempt(
            lambda: operations.change_entry(meeting, written.number, entry, based_on=form.seen(), seen=seen)
        ):
            flash("Saved.", "done")
            return redirect(url_for(".record", id=meeting.id))
        form.based_on.data = str(meeting.saved)
    return _entry_page(written, form), form.status


@bp.post("/<int:id>/entries/<int:number>/remove")
@gate.allow(_may_change, _entry)
def remove_entry(written: WrittenEntry) -> ResponseReturnValue:
    """Take an entry out."""
    form = EntryForm()
    with transaction():
        operations.remove_entry(
            written.meeting, written.number, based_on=form.seen(), seen=form.entry_seen.data or ""
        )  # fmt: skip
    undo = url_for(".restore_entry", id=written.meeting.id)
    flash({"text": "The entry is removed.", "url": undo}, "undo")  # type: ignore[arg-type]
    return redirect(url_for(".record", id=written.meeting.id))


@bp.post("/<int:id>/entries/restore")
@gate.allow(policy.may_lead, queries.meeting)
def restore_entry(meeting: Meeting) -> ResponseReturnValue:
    """Put the entry back that was removed last."""
    with transaction():
        operations.restore_entry(meeting)
    flash("The entry is back.", "done")
    return redirect(url_for(".record", id=meeting.id))


@bp.post("/<int:id>/files")
@gate.allow(policy.may_lead, queries.meeting, most=with_files)
def attach(meeting: Meeting) -> ResponseReturnValue:
    """Attach files that arrived before, and those that come with the form."""
    form = AttachForm()
    try:
        came = [receive(one.stream, one.filename, by=g.person).id for one in form.uploads.data or () if one]
    except Refused as refusal:
        form.refuse(refusal)
        return _record_page(meeting, _fresh(meeting), form), form.status
    if form.attempt(lambda: operations.attach(meeting, (*form.file_ids(), *came), by=g.person)):
        flash("Saved.", "done")
        return redirect(url_for(".record", id=meeting.id))
    return _record_page(meeting, _fresh(meeting), form), form.status


@bp.post("/<int:id>/files/<int:file_id>/remove")
@gate.allow(_may_detach, _file)
def detach(attached: AttachedFile) -> ResponseReturnValue:
    """Take a file off."""
    with transaction():
        operations.detach(attached.meeting, attached.file)
    flash("The file is removed from the record.", "done")
    return redirect(url_for(".record", id=attached.meeting.id))


@bp.get("/<int:id>/circumstances")
@gate.allow(policy.may_lead, queries.meeting)
def circumstances(meeting: Meeting) -> ResponseReturnValue:
    """The form about the meeting as a whole."""
    said = minutes_of(meeting.minutes)
    form = CircumstancesForm(formdata=None)
    form.starts.data, form.ends.data = _time(said.starts), _time(said.ends)
    form.present.data, form.conclusion.data = said.present, said.conclusion
    form.third_parties.data, form.based_on.data = meeting.third_parties, str(meeting.saved)
    return _circumstances_page(meeting, form)


@bp.post("/<int:id>/circumstances")
@gate.allow(policy.may_lead, queries.meeting)
def describe(meeting: Meeting) -> ResponseReturnValue:
    """Save it and go on to read the whole."""
    form = CircumstancesForm()
    if form.validate():
        said = form.circumstances()
        if form.attempt(lambda: operations.describe(meeting, said, based_on=form.seen())):
            return redirect(url_for(".review", id=meeting.id))
        form.based_on.data = str(meeting.saved)
    return _circumstances_page(meeting, form), form.status


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _fresh(meeting: Meeting) -> EntryForm:
    form = EntryForm(formdata=None)
    form.offer(meeting.kind, queries.recordings_of(meeting))
    return form


def _entries(meeting: Meeting) -> dict[str, object]:
    minutes, files = minutes_of(meeting.minutes), queries.files_of(meeting)
    return {"meeting": meeting, "minutes": minutes, "files": files, "lead": True}


def _chooser(meeting: Meeting) -> dict[str, object]:
    points = points_of(meeting.learner_id)
    agreed = named(minutes_of(meeting.minutes).agreed, points)
    return {"agreed": agreed, "others": [point for point in points if point not in agreed]}


def _record_page(meeting: Meeting, form: EntryForm, files: AttachForm, note: str = "") -> str:
    return render_template(
        "evidence/meetings/record.html", form=form, attach=files, note=note,
        recordings=queries.recordings_of(meeting), course=queries.course(meeting),
        kind_name=KIND_NAMES[Kind(meeting.kind)], **_chooser(meeting), **_entries(meeting),
    )  # fmt: skip


def _entry_page(written: WrittenEntry, form: EntryForm) -> str:
    meeting = written.meeting
    form.offer(meeting.kind, queries.recordings_of(meeting))
    return render_template(
        "evidence/meetings/entry.html", form=form, meeting=meeting, number=written.number,
        recordings=queries.recordings_of(meeting), **_chooser(meeting),
    )  # fmt: skip


def _circumstances_page(meeting: Meeting, form: CircumstancesForm) -> str:
    return render_template("evidence/meetings/circumstances.html", form=form, meeting=meeting)
