"""Forms of conversations: a comment, and one at a place that is chosen."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from portfolio.assessment.conversations.rules import LONGEST, NO_WORDS
from portfolio.evidence.forms import PlaceForm
from portfolio.evidence.places.locators import Locator, Page, Passage, Region, Span
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.requests.numbers import number

SIDES = ("left", "top", "width", "height")
FIELDS = ("start", "end", "begins", "ends", "page", "file", *SIDES)
"""The fields of `PlaceForm` that name a place alone."""


class SayingForm(Form):
    """What is said."""

    words = TextAreaField("Comment", [DataRequired(NO_WORDS), Most(LONGEST)])
    received = HiddenField()
    """Id of the file in which it is spoken besides; of several that arrived, the last counts."""

    def spoken(self) -> int | None:
        """The file in which it is spoken besides."""
        return number((self.received.data or "").split()[-1]) if (self.received.data or "").strip() else None


class CommentForm(SayingForm, PlaceForm):
    """What is said at a place."""


def fields_of(place: Locator | None) -> dict[str, str]:
    """What `PlaceForm` says of a place, by field; empty for the whole item."""
    said: dict[str, object] = {"file": getattr(place, "file", "")}
    words = place.quote if isinstance(place, Page) else place
    if isinstance(words, Passage):
        said |= {"start": words.start, "end": words.end}
    if isinstance(place, Span):
        said |= {"begins": place.start, "ends": place.end}
    if isinstance(place, Page):
        said |= {"page": place.page}
    if isinstance(place, Span | Page | Region) and place.area:
        said |= dict(zip(SIDES, place.area, strict=True))
    return {name: str(said.get(name, "")) for name in FIELDS}
