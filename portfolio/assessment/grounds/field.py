"""On which places a verdict rests, as its form says it: one hidden field that scripts work, in JSON."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from criteria.canonical import canonical
from portfolio.assessment.models import Judgement
from portfolio.assessment.rules import MOST_MARKED, Marked
from portfolio.evidence.models import Version
from portfolio.evidence.places.locators import read
from portfolio.evidence.pointing.forms import PlaceForm, fields_of
from portfolio.foundation.errors import Refused
from portfolio.foundation.requests.numbers import number

LONGEST = 20_000
"""Characters of the field."""
UNREAD = "Which places this verdict rests on cannot be read. Load the page again and choose them once more."


def said(judged: Judgement | None, claimed: Collection[int]) -> str:
    """What the form says of a judgement on a point that has these claims: the ids of those that it rests on, unless it
    is all of them, and the places that were marked, by the fields of a form. Empty where it is all of them alone.
    """
    if judged is None or judged.places is None:
        return ""
    relied = sorted(set(judged.relied) & set(claimed))
    marked = [_plain({"version": one["version"], **fields_of(read(one["locator"]))}) for one in judged.places]
    return _written(None if len(relied) == len(claimed) else relied, marked)


def alike(field: str) -> str:
    """The field, so that the same places are the same text; as it is where it cannot be read."""
    try:
        return _written(*understood(field))
    except Refused:
        return field


def _written(relied: Collection[int] | None, marked: Sequence[Mapping[str, Any]]) -> str:
    told: dict[str, Any] = {} if relied is None else {"relied": sorted(relied)}
    told |= {"marked": list(marked)} if marked else {}
    return canonical(told) if told else ""


def understood(field: str) -> tuple[frozenset[int] | None, list[dict[str, Any]]]:
    """The ids of claims, None for all, and the fields of each place that was marked. Refused for what is neither."""
    try:
        told = json.loads(field[: LONGEST + 1]) if field else {}
        relied = told.get("relied")
        marked = [_plain(one) for one in told.get("marked", ())]
        known = None if relied is None else frozenset(int(id) for id in relied)
        canonical([marked, sorted(known or ())]).encode()  # a lone surrogate is no text that a page can say
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Refused(UNREAD) from error
    if len(marked) > MOST_MARKED:
        raise Refused(f"Mark at most {MOST_MARKED} places for one verdict.")
    return known, marked


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something; numbers that are whole as such, as other writers of JSON have them."""
    told = {name: value for name, value in fields.items() if value not in (None, "")}
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in told.items()
    }


def marked(fields: Mapping[str, Any], handed: Callable[[int], Version | None]) -> Marked:
    """The place that these fields name, in a version that was `handed` in. Refused where they name none."""
    id = number(str(fields.get("version")))
    version = handed(id) if id else None
    given = MultiDict((name, str(value)) for name, value in fields.items() if name != "version")
    form = PlaceForm(formdata=given, meta={"csrf": False})
    if version is None or not form.validate():
        raise Refused("One of the places that you marked is not there. Mark it once more.")
    return Marked(version.id, form.chosen(version))
