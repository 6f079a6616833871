"""Sentences for feedback where they are used: what the desk offers, and each shared one with where it stands."""

from flask import flash, g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations, policy, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.views.blueprint import bp
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.units import queries as units
from portfolio.units.phrases import queries as phrases
from portfolio.units.phrases.forms import WordingForm
from portfolio.units.phrases.models import OwnPhrase, Phrase
from portfolio.units.phrases.policy import may_change_phrase, may_see_phrase


@bp.get("/marking/<int:id>/phrases")
@gate.allow(policy.may_judge, queries.assessment)
def offered(assessment: Assessment) -> ResponseReturnValue:
    """What can be inserted into feedback, for a script: one's own by use, then shared ones, then misconceptions."""
    edition = assessment.enrolment.edition
    told = [_told(f"o{one.id}", "own", one) for one in phrases.own(g.person.id, edition.code)]
    shared = phrases.shared(edition.centre_id, edition.code)
    told += [_told(f"s{one.id}", "shared", one) for one in shared if not one.gone_at]
    misconceptions = enumerate(units.unit_of(edition).misconceptions)
    told += [{"id": f"m{at}", "kind": "misconception", "point": "", "words": words} for at, words in misconceptions]
    return jsonify(phrases=told)


@bp.get("/phrases/<int:id>")
@gate.allow(may_see_phrase, phrases.phrase)
def phrase(phrase: Phrase) -> ResponseReturnValue:
    """A shared sentence, and the decided verdicts that say it as it was before."""
    form = WordingForm(formdata=None)
    form.words.data, form.seen.data = phrase.words, phrase.standing.number
    return _phrase_page(phrase, form)


@bp.post("/phrases/<int:id>")
@gate.allow(may_change_phrase, phrases.phrase)
def change_phrase(phrase: Phrase) -> ResponseReturnValue:
    """Word it anew. Whoever is refused is shown how it is worded now, and goes on from there."""
    form = WordingForm()
    words, seen = form.words.data or "", form.seen.data or 0
    if not form.validate():
        return _phrase_page(phrase, form), form.status
    if not form.attempt(lambda: operations.change_phrase(phrase, words, seen=seen, by=g.person)):
        form.seen.data = phrase.standing.number
        return _phrase_page(phrase, form), form.status
    flash("Saved. Assessors see it when they open what is not decided yet.", "done")
    return redirect(url_for(".phrase", id=phrase.id))


def _told(id: str, kind: str, phrase: Phrase | OwnPhrase) -> dict[str, str]:
    return {"id": id, "kind": kind, "point": phrase.point, "words": phrase.words}


def _phrase_page(phrase: Phrase, form: WordingForm) -> str:
    return render_template(
        "assessment/phrases/show.html", phrase=phrase, form=form, edition=phrases.edition_of(phrase, viewer=g.person),
        older=queries.saying_older(phrase, numbers.page(), viewer=g.person),
        may_change=may_change_phrase(g.person, phrase),
    )  # fmt: skip
