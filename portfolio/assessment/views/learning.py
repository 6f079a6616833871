"""The learner's pages: how far each unit is, handing it in, and the feedback at the places it is about."""

from collections import Counter
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.assessment import desk, operations, policy, progress, queries
from portfolio.assessment.forms import HandInForm
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.progress import Progress
from portfolio.assessment.readiness import lacks
from portfolio.assessment.rules import Verdict, is_told
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.telling import told
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings import queries as meetings
from portfolio.evidence.opening import noting
from portfolio.evidence.policy import may_gather
from portfolio.evidence.rules import misfit
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.people.offline.keeping import always, keep
from portfolio.people.rules import Role
from portfolio.units import queries as units
from portfolio.units.models import Enrolment
from portfolio.units.policy import may_see_enrolment


def _own(person: Person, enrolment: Enrolment) -> bool:
    return enrolment.learner_id == person.id


def _home(person: Person) -> list[str]:
    return [url_for("assessment.portfolio")] if may_gather(person) else []


def _units(person: Person) -> list[str]:
    enrolled = units.enrolments_of(person.id) if may_gather(person) else []
    return [url_for("assessment.unit", id=one.id) for one in enrolled]


@bp.get("/portfolio")
@gate.allow(may_gather)
@keep(always, _home, begins=True)
def portfolio() -> ResponseReturnValue:
    """A learner's units, how far each is, and what to do next."""
    told(queries.unread([g.person.id]), g.person.id, by=g.person)
    found = progress.of_learner(g.person.id)
    return render_template(
        "assessment/portfolio.html",
        units=found,
        towards=progress.towards(g.person.id, found),
        items=evidence.items_of(g.person.id),
        meetings=meetings.open_with(g.person.id),
    )


@bp.get("/portfolio/<int:id>")
@gate.allow(may_see_enrolment, units.enrolment)
@keep(_own, _units)
def unit(enrolment: Enrolment) -> ResponseReturnValue:
    """One unit: points against evidence, what is missing, what was found."""
    told(queries.unread([enrolment.learner_id]), enrolment.learner_id, by=g.person)
    return render_template("assessment/unit.html", **_covered(enrolment))


@bp.get("/portfolio/<int:id>/hand-in")
@gate.allow(policy.may_hand_in, units.enrolment)
def declare(enrolment: Enrolment) -> ResponseReturnValue:
    """The declaration, and a reason for each point without a claim; what stands in the way where something does."""
    return _hand_in_page(HandInForm(), enrolment)


@bp.post("/portfolio/<int:id>/hand-in")
@gate.allow(policy.may_hand_in, units.enrolment)
def hand_in(enrolment: Enrolment) -> ResponseReturnValue:
    """Freeze and give to the assessor."""
    form = HandInForm()
    gaps = _gaps(enrolment)
    if form.validate() and form.attempt(lambda: operations.hand_in(enrolment, form.declaration(), gaps, by=g.person)):
        flash(
            {
                "text": "Handed in. Your assessor can see it now." if enrolment.assessor_now else progress.NOBODYS,
                "url": url_for(".take_back", id=enrolment.id),
                "label": "Take back",
            },  # type: ignore[arg-type]
            "undo",
        )
        return redirect(url_for(".unit", id=enrolment.id))
    return _hand_in_page(form, enrolment, sent=True), form.status


@bp.post("/portfolio/<int:id>/take-back")
@gate.allow(policy.may_hand_in, units.enrolment)
def take_back(enrolment: Enrolment) -> ResponseReturnValue:
    """Take a hand-in back while nobody has judged it. Raises `Missing` where nothing was handed in."""
    assessment = queries.assessment_of(enrolment)
    if assessment is None:
        raise Missing
    with transaction():
        operations.take_back(assessment, by=g.person)
    flash("Taken back. You can go on working on it.", "done")
    return redirect(url_for(".unit", id=enrolment.id))


@bp.get("/portfolio/<int:id>/feedback")
@gate.allow(may_see_enrolment, units.enrolment)
def feedback(enrolment: Enrolment) -> ResponseReturnValue:
    """What was found in the last decided round, at the places it is about. Raises `Missing` where none is decided."""
    assessment = queries.assessment_of(enrolment)
    round = _told_round(assessment) if assessment else None
    if assessment is None or round is None:
        raise Missing("There is no feedback on this unit yet.")
    noting.work_opened(f"assessment {assessment.id}", enrolment.learner, by=g.person)
    told([round], enrolment.learner_id, by=g.person)
    shown = desk.laid_out(assessment, round, to_learner=True)
    asks = next((row.point.id for row in shown.rows if row.verdict != Verdict.MET), None)
    row = shown.row(numbers.asked("point") or asks)
    return render_template("assessment/feedback.html", desk=shown, current=row, enrolment=enrolment)


def _told_round(assessment: Assessment) -> Round | None:
    return next((round for round in reversed(queries.rounds_of(assessment)) if is_told(round.decision)), None)


def _gaps(enrolment: Enrolment) -> dict[int, str]:
    """The reasons typed for points without a claim, by point."""
    typed = {point.id: request.form.get(f"gap-{point.id}", "").strip() for point in enrolment.edition.points}
    return {id: reason for id, reason in typed.items() if reason}


def _hand_in_page(form: HandInForm, enrolment: Enrolment, *, sent: bool = False) -> str:
    """The form with all that a hand-in lacks that was `sent`. Before, only what no answer could mend is told."""
    covered, gaps = _covered(enrolment), _gaps(enrolment)
    wanting = lacks(enrolment, covered["unit"].claims, gaps) if sent else covered["obstacles"]
    return render_template(
        "assessment/hand_in.html", form=form, gaps=gaps, wanting=wanting, blocked=bool(wanting) and not sent, **covered
    )


def _covered(enrolment: Enrolment) -> dict[str, Any]:
    claims = evidence.claims_of(enrolment.learner_id)
    assessment = queries.assessment_of(enrolment)
    step = queries.last_steps(enrolment.learner_id).get(assessment.id) if assessment else None
    found = progress.of_unit(enrolment, assessment, claims, step=step)
    items = evidence.items_of(enrolment.learner_id)
    used = Counter((claim.point.ref, claim.evidence_id) for claim in found.claims)
    return {
        "enrolment": enrolment,
        "unit": found,
        "round": queries.present_round(found.assessment) if found.assessment else None,
        "columns": _columns(items, {evidence_id for _, evidence_id in used}),
        "cells": {
            (ref, f"E{item.evidence.number}"): {"count": count, "url": url_for("evidence.show", id=item.evidence.id)}
            for (ref, id), count in used.items()
            for item in items
            if item.evidence.id == id
        },
        "warnings": _warnings(found, items),
        "noted": _noted(assessment),
        "obstacles": [one for one in lacks(enrolment, found.claims, {}) if one.blocks],
        "own": policy.may_hand_in(g.person, enrolment),
    }


def _noted(assessment: Assessment | None) -> list[str]:
    """What the decision rests on, for whoever assures it."""
    if assessment is None or not g.person.has(Role.IQA, Role.ADMINISTRATOR):
        return []
    return queries.noted([assessment.id]).get(assessment.id, [])


def _columns(items: list[evidence.LatestItem], used: set[int]) -> list[dict[str, str]]:
    return [
        {
            "ref": item.evidence.ref,
            "title": item.evidence.ref,
            "kind": item.evidence.kind,
            "url": url_for("evidence.show", id=item.evidence.id),
        }
        for item in items
        if item.evidence.id in used
    ]


def _warnings(found: Progress, items: list[evidence.LatestItem]) -> list[str]:
    """Points for which no claimed evidence is of a kind that they name, a sentence for each."""
    kinds = {item.evidence.id: item.evidence.kind for item in items}
    told = list[str]()
    for point in found.points:
        claimed = [kinds[claim.evidence_id] for claim in found.claims if claim.point_id == point.id]
        misfits = [misfit(point.ref, point.methods, kind) for kind in claimed]
        told += [f"{misfits[0]} Ask your assessor."] if misfits and all(misfits) else []
    return told
