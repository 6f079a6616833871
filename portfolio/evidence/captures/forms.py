"""The form that a device sends for what was recorded on it."""

import json
import math
from dataclasses import dataclass
from typing import Any

from wtforms import DateField, HiddenField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from portfolio.evidence.drafts import LENGTHS, NO_TITLE
from portfolio.evidence.rules import Kind
from portfolio.foundation.forms import Form, Most

MOST = 200
"""Places that are claimed in one go."""
LONGEST = 100_000
"""Characters of the places as JSON."""
UNREADABLE = "The places that were claimed could not be read. Remove them, save, and claim them in the item."
KINDS = {"sound": Kind.RECORDING, "film": Kind.RECORDING, "photo": Kind.WORK_PRODUCT}
"""The kind of the item that becomes of each sort of capture."""


@dataclass(frozen=True, slots=True)
class CapturedPlace:
    """A place of a capture, and the ids of the points that it is offered for."""

    begins: float | None
    ends: float | None
    """Seconds; both None for the whole of it."""
    points: frozenset[int]


class CaptureForm(Form):
    """What was recorded: its title, the file that it became, and the places that were claimed in it."""

    title = StringField("Title", [DataRequired(NO_TITLE), Most(LENGTHS["title"])])
    sort = RadioField("What it is", choices=[SelectChoice(sort, sort) for sort in KINDS], default="sound")
    file = IntegerField("File", [DataRequired("The file did not arrive. Send it again.")])
    happened_on = DateField("When it happened", [Optional()])
    claims = HiddenField("Places", [Optional(), Most(LONGEST)])
    """JSON: a list of objects with `begins`, `ends` and `points`."""

    def validate_claims(self, field: HiddenField) -> None:
        """Raise `ValidationError` for what is no list of places."""
        try:
            _places(field.data or "[]")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise ValidationError(UNREADABLE) from error

    def claimed(self) -> list[CapturedPlace]:
        """The places that were claimed."""
        return _places(self.claims.data or "[]")


def _places(text: str) -> list[CapturedPlace]:
    told = json.loads(text)
    if not isinstance(told, list) or len(told) > MOST:
        raise ValueError("no list of places")
    return [_claimed(one) for one in told]


def _claimed(told: Any) -> CapturedPlace:
    begins, ends = told["begins"], told["ends"]
    points = frozenset(int(one) for one in told["points"])
    if begins is None and ends is None:
        return CapturedPlace(None, None, points)
    span = CapturedPlace(round(float(begins), 1), round(float(ends), 1), points)
    if not (math.isfinite(float(begins)) and math.isfinite(float(ends))):
        raise ValueError("no seconds")
    return span
