"""Pages and files of captions, and what the pages of the application show of what is said in a recording."""

from typing import cast

from flask import Blueprint, Flask, Response, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portfolio.evidence import policy as seeing
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import File
from portfolio.evidence.opening import noting
from portfolio.evidence.transcripts import listening, operations, policy, queries
from portfolio.evidence.transcripts.forms import AT_ONCE, CaptionsForm, ConfirmForm, WordsForm
from portfolio.evidence.transcripts.models import Transcript
from portfolio.evidence.transcripts.rules import LANGUAGES
from portfolio.evidence.transcripts.webvtt_text import LARGEST, MEDIA_TYPE, read, write
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, Refused
from portfolio.foundation.requests.numbers import number
from portfolio.foundation.requests.ranges import SANDBOX
from portfolio.foundation.work import chores
from portfolio.people import gate

bp = Blueprint("captions", __name__, url_prefix="/files")
FORM = 64 * 1024
"""Bytes that a form may have beside its file."""


def _with_file() -> int:
    return LARGEST + FORM


@bp.get("/<int:id>/captions")
@gate.allow(seeing.may_see_file, evidence.file)
def show(file: File) -> ResponseReturnValue:
    """What is said in a recording, who wrote it down, and what can be done about it."""
    operations.ensure_played(file)
    noting.shown(file, by=g.person)
    return _page(file)


@bp.post("/<int:id>/captions")
@gate.allow(policy.may_word, evidence.file, most=_with_file)
def upload(file: File) -> ResponseReturnValue:
    """Take a file of captions."""
    operations.ensure_played(file)
    form = CaptionsForm()
    if not form.validate() or not _taken(form, file):
        return _page(file, form), form.status
    flash("The captions are saved. They show in the player and stand in later reports and packs.", "done")
    return redirect(url_for(".show", id=file.id))


@bp.get("/<int:id>/captions.vtt")
@gate.allow(seeing.may_see_file, evidence.file)
def track(file: File) -> Response:
    """The captions that are shown, or those of a number, as WebVTT. Raises `Missing` where there are none to read."""
    wanted = number(request.args.get("number"))
    found = queries.numbered(file, wanted) if wanted else queries.standing(file) or queries.draft(file)
    if found is None or not policy.may_read(g.person, found):
        raise Missing("There are no captions of this recording.")
    noting.shown(file, by=g.person)
    answer = Response(write(found.said, found.unread_note), content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@bp.get("/<int:id>/captions/correct")
@gate.allow(policy.may_word, evidence.file)
def correct(file: File) -> ResponseReturnValue:
    """The words of some cues, to be corrected."""
    source, form = _source(file), WordsForm(formdata=None)
    form.show(source.said[_first() : _first() + AT_ONCE], source.sha256)
    return _correcting(file, form, source)


@bp.post("/<int:id>/captions/correct")
@gate.allow(policy.may_word, evidence.file)
def save(file: File) -> ResponseReturnValue:
    """Keep the corrected words in the draft, and go on with the next ones."""
    source, form, first = _source(file), WordsForm(), _first()
    words = list(enumerate(form.words.data or (), start=first))
    deed = lambda: operations.correct(file, words, based_on=form.basis.data or "", by=g.person)  # noqa: E731
    if not form.validate() or not form.attempt(deed):
        return _correcting(file, form, source), form.status
    flash("The words are saved in the draft. They stand once you have confirmed that you read all of it.", "done")
    on = first + sum(bool(one and one.strip()) for one in form.words.data or ())  # what was emptied is gone
    if "on" in request.form and on < len(_source(file).cues):
        return redirect(url_for(".correct", id=file.id, first=on))
    return redirect(url_for(".show", id=file.id))


@bp.post("/<int:id>/captions/confirm")
@gate.allow(policy.may_word, evidence.file)
def confirm(file: File) -> ResponseReturnValue:
    """Say that the draft was read."""
    form = ConfirmForm()
    deed = lambda: operations.confirm(file, based_on=form.basis.data or "", by=g.person)  # noqa: E731
    if not (is_whole := form.validate()) or not form.attempt(deed):
        operations.ensure_played(file)
        return _page(file, confirming=form, is_kept=not is_whole), form.status
    flash("Confirmed. The words show as captions, and stand in later reports and packs with your name.", "done")
    return redirect(url_for(".show", id=file.id))


@bp.post("/<int:id>/captions/listen")
@gate.allow(policy.may_word, evidence.file)
def listen(file: File) -> ResponseReturnValue:
    """Have a machine write down once more what is said. Raises `Missing` where no model of speech is set."""
    with transaction():
        listening.ask_again(file, by=g.person)
    flash("A machine will write down what is said. It does so when nothing else waits.", "done")
    return redirect(url_for(".show", id=file.id))


@bp.post("/<int:id>/captions/remove")
@gate.allow(policy.may_word, evidence.file)
def remove(file: File) -> ResponseReturnValue:
    """Take the words of a recording off."""
    with transaction():
        operations.remove(file, based_on=request.form.get("basis", ""), by=g.person)
    flash("The captions are off. What they said stays on record.", "done")
    return redirect(url_for(".show", id=file.id))


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    """For pages that show a recording: what is said in it, and whether whoever looks may write that down."""
    app = cast("Flask", state.app)
    if app.extensions["markwell"].speech:
        chores.every_hour(app, listening.catch_up)
    shared = {"words_of": queries.shown, "may_word": _may_word, "LANGUAGES": LANGUAGES}
    app.jinja_env.globals |= shared


def _may_word(file: File) -> bool:
    return file.kind in queries.PLAYED and policy.may_word(g.person, file)


def _may_read(words: Transcript) -> bool:
    return policy.may_read(g.person, words)


def _taken(form: CaptionsForm, file: File) -> bool:
    """Whether the captions were kept; where not, the form says why."""
    try:
        cues = read(form.captions.data.stream.read(LARGEST + 1), file.duration or 0)
    except Refused as refusal:
        form.captions.errors = [*form.captions.errors, refusal.sentence]
        return False
    return form.attempt(lambda: operations.add(file, cues, language=form.language.data, by=g.person))


def _source(file: File) -> Transcript:
    """The draft, or else the words that stand. Raises `Missing` where there are none."""
    found = queries.draft(file) or queries.standing(file)
    if found is None:
        raise Missing("There are no words of this recording to correct.")
    return found


def _first() -> int:
    return number(request.args.get("first")) or 0


def _correcting(file: File, form: WordsForm, source: Transcript) -> str:
    form.name(source.said[_first() : _first() + AT_ONCE])
    return render_template(
        "evidence/transcripts/correct.html", file=file, form=form, source=source, first=_first(), at_once=AT_ONCE,
        item=evidence.item_with(file),
    )  # fmt: skip


def _page(
    file: File, form: CaptionsForm | None = None, confirming: ConfirmForm | None = None, *, is_kept: bool = False
) -> str:
    """The page of captions; unless what was answered `is_kept`, it is asked about the words as they are."""
    draft = queries.draft(file)
    confirming = confirming or ConfirmForm(formdata=None)
    if not is_kept:
        confirming.basis.data, confirming.read.data = draft.sha256 if draft else "", False
    return render_template(
        "evidence/transcripts/show.html", file=file, form=form or CaptionsForm(formdata=None), confirming=confirming,
        draft=draft, standing=queries.standing(file), transcripts=queries.all_of(file.id),
        item=evidence.item_with(file), may_change=policy.may_word(g.person, file), listens=listening.is_on(),
        may_read=_may_read,
    )  # fmt: skip
