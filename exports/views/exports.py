"""Pages on which a centre makes evidence reports and audit packs and takes them away."""

from flask import Blueprint, Response, flash, g, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from exports import operations, policy, queries, verify
from exports.editions.look import described, read_look
from exports.forms import PackForm
from exports.models import Export
from exports.views import files
from exports.views.how_far import held_up, how_far, still
from portfolio.assessment import queries as assessments
from portfolio.foundation import paging
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, OutOfTurn
from portfolio.foundation.requests import numbers
from portfolio.foundation.work import alive
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units import queries as units

LEFT = "account closed"
"""Said of learners who left, wherever they stand among others."""
bp = Blueprint("exports", __name__, url_prefix="/exports")
bp.add_app_template_global(how_far)
bp.add_app_template_global(held_up)
bp.add_app_template_global(still)
bp.add_app_template_global(alive.held_up, "unmade")


@bp.get("")
@gate.allow(policy.may_export)
def index() -> ResponseReturnValue:
    """What was made, and the way to make more."""
    return _page(_pack_form())


@bp.post("")
@gate.allow(policy.may_export)
def ask_pack() -> ResponseReturnValue:
    """Ask for an audit pack."""
    form = _pack_form()
    if form.validate():
        learners, asked = _chosen(form), list[Export]()
        if form.attempt(lambda: asked.append(operations.ask_pack(learners, by=g.person))):
            return redirect(url_for(".show", id=asked[0].id))
    return _page(form), form.status


@bp.post("/learners/<int:id>")
@gate.allow(policy.may_export_learner, people.person)
def ask_report(learner: Person) -> ResponseReturnValue:
    """Ask for a learner's evidence report: of all units, or of the one whose page asks."""
    enrolled = {one.edition.code for one in units.enrolments_of(learner.id)}
    codes = enrolled & set(request.form.getlist("codes"))
    with transaction():
        asked = operations.ask_report(learner, codes=codes, by=g.person)
    return redirect(url_for(".show", id=asked.id))


@bp.get("/<int:id>")
@gate.allow(policy.may_see, queries.export)
def show(export: Export) -> ResponseReturnValue:
    """How far it is, and the file once it is finished."""
    names = {id: queries.person(id).name for id in export.learners}
    edition = described(read_look(export.look)) if export.kind == "report" else ""
    takings = queries.takings(export)
    return render_template("exports/show.html", export=export, names=names, takings=takings, edition=edition)


@bp.get("/<int:id>/progress")
@gate.allow(policy.may_see, queries.export)
def progress(export: Export) -> ResponseReturnValue:
    """How far its job is, as JSON for a script. Raises `Missing` for an export that has no job."""
    job = export.job
    if job is None:
        raise Missing
    told = {"state": job.state, "done": job.done, "total": job.total, "step": job.step, "error": job.error}
    return jsonify(**told, still=held_up(job))


@bp.post("/<int:id>/cancel")
@gate.allow(policy.may_see, queries.export)
def cancel(export: Export) -> ResponseReturnValue:
    """Call it off."""
    if export.job and export.job.is_open:
        with transaction():
            operations.stop(export, by=g.person)
        flash("Stopped.", "done")
    return redirect(url_for(".show", id=export.id))


@bp.post("/<int:id>/again")
@gate.allow(policy.may_see, queries.export)
def again(export: Export) -> ResponseReturnValue:
    """Ask for the same once more, as things stand now; `learner` names one whose report the pack lacks."""
    learners, lacking = [queries.person(id) for id in export.learners], numbers.number(request.form.get("learner"))
    with transaction():
        if export.kind == "pack" and lacking in export.learners:
            fresh = operations.retry(export, queries.person(lacking), by=g.person)
        elif export.kind == "pack":
            fresh = operations.ask_pack(learners, by=g.person)
        else:
            look = read_look(export.look)
            operations.ensure_meant(export, look)
            fresh = operations.ask_report(learners[0], codes=export.codes, look=look, by=g.person)
    return redirect(url_for(".show", id=fresh.id))


@bp.get("/<int:id>/file")
@gate.allow(policy.may_see, queries.export)
def download(export: Export) -> ResponseReturnValue:
    """The finished file, or a range of it; who may take it is asked each time."""
    return files.answered(export, by=g.person)


def _page(form: PackForm) -> str:
    page = paging.page_of(queries.exports_of(g.person.centre_id), numbers.page())
    return render_template("exports/index.html", page=page, form=form, may_stop_jobs=policy.may_stop_jobs(g.person))


@bp.get("/certificate")
@gate.allow(policy.may_export)
def certificate() -> ResponseReturnValue:
    """Which certificates sign for the centre, to be given out."""
    return render_template("exports/certificate.html", certificates=queries.certificates(g.person.centre_id)[::-1])


@bp.get("/certificate.pem")
@gate.allow(policy.may_export)
def certificate_file() -> ResponseReturnValue:
    """The present certificate as a PEM file. Raises `OutOfTurn` where nothing was signed yet."""
    known = queries.certificates(g.person.centre_id)
    if not known:
        raise OutOfTurn("Nothing was signed yet. The key and its certificate are made with the first report or pack.")
    told = {"Content-Disposition": 'attachment; filename="centre-certificate.pem"'}
    return Response(known[-1].pem, mimetype="application/x-pem-file", headers=told)


@bp.get("/verify.py")
@gate.open_to_all
def verifier() -> ResponseReturnValue:
    """The program that checks reports and packs, for whoever was given one."""
    return send_file(verify.__file__, mimetype="text/x-python", as_attachment=True, download_name="verify.py")


def _pack_form() -> PackForm:
    form = PackForm()
    form.learners.choices = [
        SelectChoice(str(one.id), ", ".join(filter(None, [one.name, one.number, "" if one.active else LEFT])))
        for one in queries.learners(g.person.centre_id)
    ]
    return form


def _chosen(form: PackForm) -> list[Person]:
    learners = queries.learners(g.person.centre_id)
    if form.scope.data == "some":
        wanted = set(form.learners.data or ())
        return [one for one in learners if one.id in wanted]
    if form.scope.data == "achieved":
        achieved = assessments.achieved_learners(g.person.centre_id)
        return [one for one in learners if one.id in achieved]
    return learners
