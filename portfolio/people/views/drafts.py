"""What scripts keep at the centre while people type: kept, given back to whoever typed it, and thrown away."""

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue

from portfolio.foundation.clock import stamp
from portfolio.foundation.db import transaction
from portfolio.foundation.drafts import operations, queries
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.drafts.rules import ILLEGIBLE, MOST_ASKED, turns
from portfolio.foundation.errors import TooOften, Unreadable
from portfolio.people import gate, policy
from portfolio.people.entering.trying import counter
from portfolio.people.views.blueprint import bp

OFTEN = "240/minute"
"""How often one person's pages may keep what is typed; as often they may ask for it, and throw it away."""
TOO_OFTEN = "Your pages kept very much at the centre just now, so this is kept on this device."


@bp.get("/drafts")
@gate.allow(policy.may_keep_drafts)
def drafts() -> ResponseReturnValue:
    """What this person typed into the forms of each `place` and did not save; of each `sitting` the turn that is kept,
    as `sitting@turn`, or that it has ended.

    Raises `TooOften` beyond `OFTEN`.
    """
    _ensure_seldom("asked for")
    found = queries.drafts(g.person.id, request.args.getlist("place")[:MOST_ASKED])
    asked = request.args.getlist("sitting")[:MOST_ASKED]
    held, ended = queries.held(g.person.id, asked), queries.ended(g.person.id, asked)
    told = [_told(one) for one in found]
    return jsonify(drafts=told, held=[str(one) for one in held], ended=ended, person=str(g.person.id))


@bp.post("/drafts")
@gate.allow(policy.may_keep_drafts)
def keep_draft() -> ResponseReturnValue:
    """Keep the words of a sitting; tells when they were, and which other sittings of this form have words.

    Raises `TooOften` beyond `OFTEN`, and `Unreadable` for what names no turn of a sitting.
    """
    _ensure_seldom("kept")
    named = turns([request.form.get("sitting", "")])
    if not named:
        raise Unreadable(ILLEGIBLE)
    place, words = request.form.get("place", ""), request.form.get("words", "")
    with transaction():
        instead = turns(request.form.getlist("instead"))
        kept = operations.keep(place, named[0], words, person_id=g.person.id, instead=instead)
    others = [str(one) for one in queries.turns_at(g.person.id, place) if one.sitting != kept.key]
    return jsonify(at=stamp(kept.at), turn=kept.turn, others=others)


@bp.post("/drafts/ended")
@gate.allow(policy.may_keep_drafts)
def end_drafts() -> ResponseReturnValue:
    """Throw the words of each `sitting` away; tells which of them have ended: one that was typed at since has not.

    Raises `TooOften` beyond `OFTEN`.
    """
    _ensure_seldom("ended")
    named = turns(request.form.getlist("sitting"))
    with transaction():
        operations.end(named, person_id=g.person.id)
    return jsonify(ended=queries.ended(g.person.id, [one.sitting for one in named]))


def _ensure_seldom(done: str) -> None:
    if seconds := counter().spent(OFTEN, f"drafts {done} of person {g.person.id}"):
        raise TooOften(seconds, TOO_OFTEN)


def _told(one: Sitting) -> dict[str, object]:
    whose = {"whose": one.whose} if one.whose else {}
    told = {"place": one.place, "sitting": one.key, "turn": one.turn, "at": stamp(one.at), "words": one.words}
    return told | whose
