"""Adding evidence, changing it, taking it out and putting it back."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from criteria.wording.diagrams import calls_for_causes
from portfolio.evidence import emails, operations, policy, queries
from portfolio.evidence.content import Content, compose
from portfolio.evidence.forms import EvidenceForm
from portfolio.evidence.kinds.forms import FORMS, EmailForm, ProcedureUsedForm
from portfolio.evidence.models import Claim, Evidence, Version
from portfolio.evidence.opening import noting
from portfolio.evidence.places.anchoring import Anchors
from portfolio.evidence.places.grouping import drawn, grouped
from portfolio.evidence.places.within import found
from portfolio.evidence.procedures import queries as procedures
from portfolio.evidence.rules import KIND_NAMES, LEARNERS_KINDS, OWN, STATED, WRITTEN, Kind
from portfolio.evidence.searching.finding import searched
from portfolio.evidence.views.blueprint import bp, with_files
from portfolio.evidence.views.uploads import receive
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.words import display, prose
from portfolio.people import gate
from portfolio.people.models import Person
from portfolio.people.offline.keeping import always, keep
from portfolio.units import queries as units


def _kind(kind: str, *, viewer: Person) -> Kind | None:  # noqa: ARG001 - a loader is told who looks
    """The kind that an address names: `work-product`."""
    return next((one for one in LEARNERS_KINDS if one.replace(" ", "-") == kind), None)


def _first(person: Person) -> list[str]:
    """Where somebody begins who gathers evidence, and the form for what they did."""
    if not policy.may_gather(person):
        return []
    return [url_for("evidence.index"), url_for("evidence.choose"), url_for("evidence.new", kind=Kind.ACCOUNT)]


def _is_whole(_person: Person) -> bool:
    """Whether the list is that of everything: what was looked for is not kept on a device."""
    return "q" not in request.args


@bp.get("")
@gate.allow(policy.may_gather)
@keep(_is_whole, _first)
def index() -> ResponseReturnValue:
    """All that a learner has gathered, or of it what holds the words that are looked for."""
    found = searched(g.person.id, request.args.get("q", ""), by=g.person)
    claims: dict[int, list[Claim]] = {}
    for claim in queries.claims_of(g.person.id):
        claims.setdefault(claim.evidence_id, []).append(claim)
    items = queries.items_of(g.person.id)
    removed = queries.items_of(g.person.id, removed=True)
    return render_template(
        "evidence/index.html", items=items, claims=claims, removed=removed, kinds=KIND_NAMES, **found
    )  # fmt: skip


@bp.get("/new")
@gate.allow(policy.may_gather)
@keep(always)
def choose() -> ResponseReturnValue:
    """What kind of evidence it is."""
    groups = (("What you write, record or bring", OWN), ("What others say of your work", STATED))
    named = [(heading, [(kind, KIND_NAMES[kind]) for kind in kinds]) for heading, kinds in groups]
    return render_template("evidence/choose.html", groups=named)


@bp.get("/new/<kind>")
@gate.allow(policy.may_add, _kind)
@keep(always)
def new(kind: Kind) -> ResponseReturnValue:
    """An empty form for one kind."""
    return _form_page(_form(kind), kind)


@bp.post("/new/<kind>")
@gate.allow(policy.may_add, _kind, most=with_files)
def add(kind: Kind) -> ResponseReturnValue:
    """Add an item to one's own portfolio."""
    form, content = _filled_in(_form(kind))
    added: list[Evidence] = []
    if content and form.attempt(lambda: added.append(operations.add(kind, content, learner=g.person, by=g.person))):
        flash(f"Saved.{_proposed(form, content)} Now choose the places in it that prove your marking points.", "done")
        return redirect(url_for(".show", id=added[0].id))
    return _form_page(form, kind), form.status


@bp.get("/<int:id>/versions/<int:number>")
@gate.allow(policy.may_see_version, queries.version)
def version(version: Version) -> ResponseReturnValue:
    """An item as it was."""
    noting.opened(version.evidence, by=g.person)
    here = (claim for claim in queries.claims_on(version.evidence_id) if claim.version_id == version.id)
    places = grouped(here, version)
    html = drawn(version.html, places)
    return render_template("evidence/version.html", version=version, html=html, places=places)


@bp.get("/<int:id>/change")
@gate.allow(policy.may_edit, queries.evidence)
@keep(always)
def edit(evidence: Evidence) -> ResponseReturnValue:
    """The form with what the newest version says."""
    form = _form(Kind(evidence.kind), evidence, sent=False)
    return _form_page(form, Kind(evidence.kind), evidence)


@bp.post("/<int:id>/change")
@gate.allow(policy.may_edit, queries.evidence, most=with_files)
def change(evidence: Evidence) -> ResponseReturnValue:
    """Save the next version."""
    form, content = _filled_in(_form(Kind(evidence.kind), evidence))
    if content and form.attempt(_saving(evidence, content, form)):
        loose = sum(claim.loose for claim in queries.claims_on(evidence.id))
        flash(_saved(loose) + _proposed(form, content), "warning" if loose else "done")
        return redirect(url_for(".show", id=evidence.id))
    if content:
        form.based_on.data = str(evidence.latest)
    return _form_page(form, Kind(evidence.kind), evidence), form.status


@bp.post("/<int:id>/remove")
@gate.allow(policy.may_change, queries.evidence)
def remove(evidence: Evidence) -> ResponseReturnValue:
    """Take an item out of the portfolio; the message offers to undo it."""
    with transaction():
        operations.remove(evidence, by=g.person)
    flash({"text": f"{evidence.ref} is out of your portfolio.", "url": url_for(".restore", id=evidence.id)}, "undo")  # type: ignore[arg-type]
    return redirect(url_for(".index"))


@bp.post("/<int:id>/restore")
@gate.allow(policy.may_change, queries.evidence)
def restore(evidence: Evidence) -> ResponseReturnValue:
    """Put an item back."""
    with transaction():
        operations.restore(evidence, by=g.person)
    flash(f"{evidence.ref} is back in your portfolio.", "done")
    return redirect(url_for(".show", id=evidence.id))


@bp.post("/preview")
@gate.allow(policy.may_gather)
def preview() -> ResponseReturnValue:
    """An account's text as it will look: a piece of a page."""
    return prose.to_html(request.form.get("text", ""))


def _form(kind: Kind, evidence: Evidence | None = None, *, sent: bool = True) -> EvidenceForm:
    """The form of a kind as it was `sent`, or filled with what the newest version of an item says."""
    form, before = FORMS.get(kind, EvidenceForm)(**{} if sent else {"formdata": None}), None
    if evidence:
        version = queries.latest(evidence)
        before = (version.source["title"], version.source["version"]) if version.source else None
        if not sent:
            form.show(version)
    if isinstance(form, ProcedureUsedForm):
        followed = procedures.register(g.person.centre_id)
        form.offer({one.id: (one.title, one.version) for one in followed}, before)
    return form


def _filled_in(form: EvidenceForm) -> tuple[EvidenceForm, Content | None]:
    """The form as sent, with its text converted; None where an answer is wrong. Files that came along are received."""
    if not form.validate():
        return form, None
    try:
        received = tuple(
            receive(upload.stream, upload.filename, by=g.person).id for upload in form.uploads.data or () if upload
        )
        form.received.data = " ".join(map(str, (*form.file_ids(), *received)))
        return form, _composed(form)
    except Refused as refusal:
        form.refuse(refusal)
        return form, None


def _composed(form: EvidenceForm) -> Content:
    """What was typed; of e-mails, what they say, and the day on which they were sent where none was given."""
    draft = form.draft()
    if not isinstance(form, EmailForm):
        return compose(draft)
    files = queries.files(draft.files, owner=g.person)
    messages = emails.read(files)
    return compose(replace(draft, happened_on=draft.happened_on or emails.day(messages, display.zone().key)), messages)


def _proposed(form: EvidenceForm, content: Content) -> str:
    """What is said of a day that nobody typed."""
    day = content.draft.happened_on
    if day is None or form.happened_on.data:
        return ""
    return f" It happened on {day.day} {day:%B %Y}, by the date of the e-mail; change it if that is not so."


def _saving(evidence: Evidence, content: Content, form: EvidenceForm) -> Callable[[], Version]:
    """The deed of saving; where claimed passages stand in the new text is found first, while nobody waits."""
    anchors = Anchors(content.plain, (found(one.locator, one.version) for one in queries.claims_on(evidence.id)))
    based_on = form.version_seen()
    return lambda: operations.save(evidence, content, based_on=based_on, by=g.person, anchors=anchors)


def _form_page(form: EvidenceForm, kind: Kind, evidence: Evidence | None = None) -> str:
    files = queries.files(form.file_ids(), owner=g.person)
    editions = [enrolment.edition for enrolment in units.enrolments_of(g.person.id)]
    return render_template(
        "evidence/form.html", form=form, kind=kind, name=KIND_NAMES[kind], evidence=evidence, files=files,
        wants_text=kind in WRITTEN,
        tips={edition.code: units.unit_of(edition).tips for edition in editions},
        draws=any(calls_for_causes(edition.text) for edition in editions),
    )  # fmt: skip


def _saved(loose: int) -> str:
    if not loose:
        return "Saved as a new version. Your claims moved along with the text."
    many = "claims" if loose > 1 else "claim"
    return f"Saved. {loose} {many} lost the place, because the words are not there any more. Choose it again below."
