"""The administrator's first page, what waits at the centre, and the log as people read it."""

from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from exports import policy, queries
from exports.document import log_lines
from exports.facts.snapshot import quoted
from exports.forms import LogForm
from portfolio.assessment import queries as assessments
from portfolio.foundation import paging
from portfolio.foundation.log import queries as log
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.log.tables import Event
from portfolio.foundation.requests import numbers
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.policy import may_administer
from portfolio.units import queries as units

bp = Blueprint("office", __name__)
MOST = 8
"""Lines of each thing that waits; the page that it leads to shows all."""


@bp.get("/office")
@gate.allow(may_administer)
def index() -> ResponseReturnValue:
    """What waits: work that is nobody's, people without a password or a unit, mail and exports that failed."""
    centre = g.person.centre_id
    unsent, first_unsent = people.unsent(centre, MOST)
    return render_template(
        "exports/office.html",
        nobodys=assessments.nobodys_count(centre), invited=paging.page_of(people.to_join(centre), 1, size=MOST),
        links=people.open_links(centre), unsent=unsent, first_unsent=first_unsent,
        unenrolled=paging.page_of(units.without_units(centre), 1, size=MOST),
        failed=queries.failed(centre, MOST), ready=queries.ready(centre, MOST), units=units.codes(centre),
        learners=queries.has_learners(centre),
    )  # fmt: skip


@bp.get("/log")
@gate.allow(policy.may_export)
def read_log() -> ResponseReturnValue:
    """The lines of the centre's log, the newest first, or those that are looked for."""
    form = LogForm(request.args)
    form.deed.choices = [("", "Everything"), *((str(deed), deed.capitalize()) for deed in sorted(Deed))]
    sound, words = form.validate(), (form.words.data or "")[:100]
    asked = numbers.asked("learner")
    about = people.stays(asked, viewer=g.person) if asked else None
    wanted = log.SoughtLines(
        words=words, people=people.ids_named(words, viewer=g.person), deed=form.deed.data or "",
        learners=people.records_of(about.id) if about else (asked,) if asked else (),
        since=form.since.data, until=form.until.data,
    ) if sound else log.SoughtLines()  # fmt: skip
    query = log.lines(g.person.centre_id, wanted, ZoneInfo(g.person.centre.timezone))
    page = paging.page_of(query, numbers.page())
    return render_template("exports/log.html", page=page, form=form, about=about, told=_told), 200 if sound else 422


def _told(event: Event) -> str:
    """What a line says, in a few words."""
    return log_lines.told(quoted(event.line()))
