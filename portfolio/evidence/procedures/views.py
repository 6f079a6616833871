"""Pages of the register: everybody at the centre reads it, administrators keep it."""

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.evidence.procedures import forms, operations, policy, queries
from portfolio.evidence.procedures.models import Procedure
from portfolio.foundation.db import transaction
from portfolio.people import gate

bp = Blueprint("procedures", __name__, url_prefix="/procedures")


@bp.get("")
@gate.allow(policy.may_read_register)
def index() -> ResponseReturnValue:
    """What is followed at the centre, and what was ended."""
    return render_template(
        "evidence/procedures/index.html",
        procedures=queries.register(g.person.centre_id),
        ended=queries.register(g.person.centre_id, ended=True),
        may_change=policy.may_register(g.person),
    )


@bp.get("/new")
@gate.allow(policy.may_register)
def new() -> ResponseReturnValue:
    """An empty form."""
    return _page(forms.ProcedureForm())


@bp.post("/new")
@gate.allow(policy.may_register)
def register() -> ResponseReturnValue:
    """Put a policy or procedure into the register; the message undoes it."""
    return _registered(forms.ProcedureForm())


@bp.get("/<int:id>/next")
@gate.allow(policy.may_change_procedure, queries.procedure)
def follow(procedure: Procedure) -> ResponseReturnValue:
    """The form for the version that takes the place of one."""
    return _page(forms.like(procedure), procedure)


@bp.post("/<int:id>/next")
@gate.allow(policy.may_change_procedure, queries.procedure)
def register_next(procedure: Procedure) -> ResponseReturnValue:
    """Register the next version, by which the one before it is ended; the message undoes it."""
    return _registered(forms.ProcedureForm(), procedure)


@bp.post("/<int:id>/end")
@gate.allow(policy.may_change_procedure, queries.procedure)
def end(procedure: Procedure) -> ResponseReturnValue:
    """End one; the message undoes it."""
    with transaction():
        operations.end(procedure, by=g.person)
    return _said(f"{procedure.name}, is ended. Evidence that refers to it stays as it is.", ".resume", procedure)


@bp.post("/<int:id>/resume")
@gate.allow(policy.may_change_procedure, queries.procedure)
def resume(procedure: Procedure) -> ResponseReturnValue:
    """Put an ended one back."""
    return _back(lambda: operations.resume(procedure, by=g.person), f"{procedure.name}, is in the register again.")


@bp.post("/<int:id>/take-back")
@gate.allow(policy.may_change_procedure, queries.procedure)
def take_back(procedure: Procedure) -> ResponseReturnValue:
    """Undo a registration, with the version before it back in its place."""
    return _back(lambda: operations.take_back(procedure, by=g.person), f"{procedure.name}, is out of the register.")


def _registered(form: forms.ProcedureForm, follows: Procedure | None = None) -> ResponseReturnValue:
    made = list[Procedure]()
    centre, stated = g.person.centre, form.stated()
    deed = lambda: made.append(operations.register(stated, centre, by=g.person, follows=follows))  # noqa: E731
    if not form.validate() or not form.attempt(deed):
        return _page(form, follows), form.status
    return _said(f"{made[0].name}, is in the register. Learners can refer to it.", ".take_back", made[0])


def _said(words: str, undo: str, procedure: Procedure) -> ResponseReturnValue:
    flash(cast("str", {"text": words, "url": url_for(undo, id=procedure.id)}), "undo")
    return redirect(url_for(".index"))


def _back(deed: Callable[[], Any], words: str) -> ResponseReturnValue:
    with transaction():
        deed()
    flash(words, "done")
    return redirect(url_for(".index"))


def _page(form: forms.ProcedureForm, follows: Procedure | None = None) -> str:
    return render_template("evidence/procedures/form.html", form=form, follows=follows)
