"""Pages on which a centre makes evidence reports and audit packs and takes them away."""

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from exports import bag, operations, plan, policy, queries
from exports.forms import PackForm
from exports.models import Export
from portfolio.assessment import queries as assessments
from portfolio.foundation import files, jobs
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing, OutOfTurn
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units import queries as units

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("")
@gate.allow(policy.may_export)
def index() -> ResponseReturnValue:
    """What was made, and the way to make more."""
    return render_template("exports/index.html", exports=queries.exports_of(g.person.centre_id), form=_pack_form())


@bp.post("")
@gate.allow(policy.may_export)
def ask_pack() -> ResponseReturnValue:
    """Ask for an audit pack."""
    form = _pack_form()
    if form.validate():
        learners, asked = _chosen(form), list[Export]()
        if form.attempt(lambda: asked.append(operations.ask_pack(learners, by=g.person))):
            return redirect(url_for(".show", id=asked[0].id))
    return render_template("exports/index.html", exports=queries.exports_of(g.person.centre_id), form=form), 422


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
    return render_template("exports/show.html", export=export, names=names)


@bp.get("/<int:id>/progress")
@gate.allow(policy.may_see, queries.export)
def progress(export: Export) -> ResponseReturnValue:
    """How far it is, for a script."""
    job = export.job
    if job is None:
        raise Missing
    return jsonify(state=job.state, done=job.done, total=job.total, step=job.step, error=job.error)


@bp.post("/<int:id>/cancel")
@gate.allow(policy.may_see, queries.export)
def cancel(export: Export) -> ResponseReturnValue:
    """Call it off."""
    if export.job and export.job.is_open:
        with transaction():
            jobs.cancel(export.job)
        flash("Stopped.", "done")
    return redirect(url_for(".show", id=export.id))


@bp.post("/<int:id>/again")
@gate.allow(policy.may_see, queries.export)
def again(export: Export) -> ResponseReturnValue:
    """Ask for the same once more, as things stand now."""
    learners = [queries.person(id) for id in export.learners]
    with transaction():
        if export.kind == "pack":
            fresh = operations.ask_pack(learners, by=g.person)
        else:
            fresh = operations.ask_report(learners[0], codes=export.codes, by=g.person)
    return redirect(url_for(".show", id=fresh.id))


@bp.get("/<int:id>/file")
@gate.allow(policy.may_see, queries.export)
def download(export: Export) -> ResponseReturnValue:
    """The finished file: a report from the store, a pack streamed as it is read."""
    if export.finished_at is None:
        raise OutOfTurn("This is not finished yet. Its page says how far it is.")
    if export.kind == "report":
        path = files.store().path(export.sha256)
        return send_file(
            path, "application/pdf", as_attachment=True, download_name=export.name, conditional=True, etag=export.sha256
        )
    found = plan.members(export.plan_sha256)
    answer = Response(stream_with_context(bag.stream(found)), mimetype="application/zip")
    answer.headers["Content-Length"] = str(export.size)
    answer.headers["Content-Disposition"] = f'attachment; filename="{export.name}"'
    answer.set_etag(export.plan_sha256)
    return answer


def _pack_form() -> PackForm:
    form = PackForm()
    form.learners.choices = [
        SelectChoice(str(one.id), f"{one.name} ({one.number})") for one in queries.learners(g.person.centre_id)
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
