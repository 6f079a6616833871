"""What the open page of a desk says and asks every so often: who is here, and what became of the round."""

from typing import cast

from flask import Flask, g, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portfolio.assessment import operations, policy, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.views.blueprint import bp
from portfolio.assessment.views.showing import told_of
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import TooOften
from portfolio.foundation.requests import numbers
from portfolio.foundation.work import chores
from portfolio.people import gate
from portfolio.people.entering.trying import counter
from portfolio.units import queries as units

OFTEN = "60/minute"
"""How often the pages of one person may say that they are here: each does four times a minute."""


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    chores.every_hour(cast("Flask", state.app), _sweep)


def _sweep() -> None:
    with transaction():
        operations.sweep_presence()


@bp.post("/marking/<int:id>/here")
@gate.allow(policy.may_see_marking, queries.assessment)
def here(assessment: Assessment) -> ResponseReturnValue:
    """Note that somebody is at this desk, or left it; tell who else is there, and what became of the round they see.

    Raises `TooOften` beyond `OFTEN`.
    """
    if seconds := counter().spent(OFTEN, f"presence of person {g.person.id}"):
        raise TooOften(seconds)
    point = numbers.number(request.form.get("point"))
    known = {one.id for one in units.marking_points(assessment.enrolment.edition)}
    with transaction():
        if "left" in request.form:
            operations.leave(assessment, by=g.person)
            return "", 204
        operations.be_here(assessment, point if point in known else None, by=g.person)
    colleagues = queries.others_here(assessment, viewer=g.person)
    news = told_of(assessment)
    return render_template("assessment/together/here.html", colleagues=colleagues, news=news)
