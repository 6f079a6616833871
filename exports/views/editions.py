"""Pages on which an edition of a report is chosen: by the centre for a learner, by learners for themselves."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports import operations, policy, queries
from exports.editions.look import Look, ReportEdition
from exports.editions.withholding import Unclear
from exports.facts.snapshot import facts_of
from exports.forms import EditionForm, Offered, RedactionForm
from exports.models import Export
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import File
from portfolio.foundation import paging
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person

bp = Blueprint("editions", __name__, url_prefix="/exports")


@bp.get("/learners/<int:id>/editions")
@gate.allow(policy.may_export_learner, people.person)
def choose(learner: Person) -> ResponseReturnValue:
    """Which editions there are, and when each is right."""
    return render_template("exports/editions.html", learner=learner, form=EditionForm(formdata=None))


@bp.post("/learners/<int:id>/editions")
@gate.allow(policy.may_export_learner, people.person)
def ask(learner: Person) -> ResponseReturnValue:
    """Ask for an edition of a learner's report; leads to the page of the export."""
    form = EditionForm()
    if form.validate() and (asked := _asked(form, learner, form.look())):
        return redirect(url_for("exports.show", id=asked.id))
    return render_template("exports/editions.html", learner=learner, form=form), form.status


@bp.get("/learners/<int:id>/redacted")
@gate.allow(policy.may_export_learner, people.person)
def choose_redacted(learner: Person) -> ResponseReturnValue:
    """What must not be shown."""
    return _redaction_page(RedactionForm(formdata=None), learner)


@bp.post("/learners/<int:id>/redacted")
@gate.allow(policy.may_export_learner, people.person)
def ask_redacted(learner: Person) -> ResponseReturnValue:
    """Ask for the redacted edition, or for one more line to fill in."""
    form = RedactionForm()
    form.offer(_files(learner))
    if kind := request.form.get("more"):
        form.add_row(kind)
        return _redaction_page(form, learner)
    if form.validate():
        try:
            look = form.look()
        except Unclear as unclear:
            form.refuse(unclear)
        else:
            if asked := _asked(form, learner, look):
                return redirect(url_for("exports.show", id=asked.id))
    return _redaction_page(form, learner), form.status


@bp.get("/own")
@gate.allow(policy.may_have_own)
def own() -> ResponseReturnValue:
    """A learner's copies of their own report."""
    return _own_page()


@bp.post("/own")
@gate.allow(policy.may_have_own)
def ask_own() -> ResponseReturnValue:
    """A learner asks for their own copy."""
    form = EditionForm(formdata=None)
    if asked := _asked(form, g.person, Look(ReportEdition.LEARNER)):
        return redirect(url_for("exports.show", id=asked.id))
    return _own_page(), form.status


@bp.app_context_processor
def offered() -> dict[str, object]:
    """For the page of a learner, which another storey draws: an empty form of editions."""
    return {"edition_form": lambda: EditionForm(formdata=None)}


def _own_page() -> str:
    page = paging.page_of(queries.own_exports(g.person.id), numbers.page())
    return render_template("exports/own.html", page=page)


def _asked(form: EditionForm | RedactionForm, learner: Person, look: Look) -> Export | None:
    asked = list[Export]()
    done = form.attempt(lambda: asked.append(operations.ask_report(learner, look=look, by=g.person)))
    return asked[0] if done else None


def _files(learner: Person) -> list[Offered]:
    """Every file that the report names, each once."""
    shown = {file.sha256: _picture(file) for item in evidence.items_of(learner.id) for file in item.version.files}
    found = {
        file.sha256: Offered(file.sha256, f"{item.ref} {file.name}", shown.get(file.sha256, ""))
        for item in facts_of(learner).evidence
        for file in item.files
    }
    return list(found.values())


def _picture(file: File) -> str:
    ready = file.kind == "image" and file.prepared == "ready"
    return url_for("downloads.shown", id=file.id) if ready else ""


def _redaction_page(form: RedactionForm, learner: Person) -> str:
    form.offer(_files(learner))
    return render_template("exports/redacted.html", learner=learner, form=form)
