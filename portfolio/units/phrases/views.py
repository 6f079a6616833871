"""The page of a unit's sentences for feedback: what the centre shares, and what its reader used before."""

from typing import cast

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.foundation.db import transaction
from portfolio.people import gate
from portfolio.units import queries as units
from portfolio.units.models import Edition
from portfolio.units.phrases import operations, policy, queries
from portfolio.units.phrases.forms import PhraseForm
from portfolio.units.phrases.models import OwnPhrase, Phrase

bp = Blueprint("phrases", __name__)


@bp.get("/units/<int:id>/phrases")
@gate.allow(policy.may_read_phrases, units.edition)
def index(edition: Edition) -> ResponseReturnValue:
    """By point: shared sentences, and the reader's own."""
    return _page(edition, PhraseForm(formdata=None))


@bp.post("/units/<int:id>/phrases")
@gate.allow(policy.may_keep_phrases, units.edition)
def add(edition: Edition) -> ResponseReturnValue:
    """Share a sentence; the message undoes it."""
    form = PhraseForm()
    form.offer(edition)
    made = list[Phrase]()
    deed = lambda: made.append(  # noqa: E731
        operations.add(edition, form.point.data or "", form.words.data or "", by=g.person)
    )
    if not form.validate() or not form.attempt(deed):
        return _page(edition, form), form.status
    return _said("Shared with everybody who assesses this unit.", ".remove", made[0])


@bp.post("/phrases/<int:id>/remove")
@gate.allow(policy.may_change_phrase, queries.phrase)
def remove(phrase: Phrase) -> ResponseReturnValue:
    """Offer it to nobody any more; the message undoes it."""
    with transaction():
        operations.remove(phrase, by=g.person)
    return _said("Removed. What was said with it stays.", ".put_back", phrase)


@bp.post("/phrases/<int:id>/put-back")
@gate.allow(policy.may_change_phrase, queries.phrase)
def put_back(phrase: Phrase) -> ResponseReturnValue:
    """Share it again."""
    with transaction():
        operations.put_back(phrase, by=g.person)
    flash("Shared again.", "done")
    return _back(phrase)


@bp.post("/phrases/own/<int:id>/forget")
@gate.allow(policy.may_forget, queries.own_phrase)
def forget(phrase: OwnPhrase) -> ResponseReturnValue:
    """Forget a sentence of one's own."""
    back = _back(phrase)
    with transaction():
        operations.forget_own(phrase)
    flash("Forgotten. It is kept again when you use it again.", "done")
    return back


def _said(words: str, undo: str, phrase: Phrase) -> ResponseReturnValue:
    flash(cast("str", {"text": words, "url": url_for(undo, id=phrase.id)}), "undo")
    return _back(phrase)


def _back(phrase: Phrase | OwnPhrase) -> ResponseReturnValue:
    return redirect(url_for(".index", id=queries.edition_of(phrase, viewer=g.person).id))


def _page(edition: Edition, form: PhraseForm) -> str:
    form.offer(edition)
    shared = queries.shared(edition.centre_id, edition.code)
    return render_template(
        "units/phrases/index.html", edition=edition, form=form, misconceptions=units.unit_of(edition).misconceptions,
        shared=[one for one in shared if not one.gone_at], gone=[one for one in shared if one.gone_at],
        own=queries.own(g.person.id, edition.code), saved=queries.words_saved(g.person.id),
        may_keep=policy.may_keep_phrases(g.person, edition),
    )  # fmt: skip
