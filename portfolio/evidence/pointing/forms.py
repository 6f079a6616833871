"""A place as a form says it: the fields of one, and back."""

from typing import Any

from wtforms import FloatField, IntegerField, StringField, TextAreaField
from wtforms.validators import Optional

from portfolio.evidence.models import Version
from portfolio.evidence.places import areas
from portfolio.evidence.places.locators import Locator, Page, Passage, Region, Span, Whole, passage
from portfolio.foundation.errors import Refused
from portfolio.foundation.forms import Form, Most

SIDES = ("left", "top", "width", "height")
FIELDS = ("start", "end", "begins", "ends", "page", "file", *SIDES)
"""The fields of `PlaceForm` that name a place alone."""
NO_PLACE = (
    "Choose some words first, or mark where in the recording or picture it is. "
    "A part of a photo or of a page needs all four numbers."
)


class PlaceForm(Form):
    """One place in a version."""

    start = IntegerField("First character", [Optional()])
    end = IntegerField("Last character", [Optional()])
    exact = TextAreaField("Words", [Optional()], filters=[lambda value: value])
    begins = FloatField("From", [Optional()])
    ends = FloatField("To", [Optional()])
    file = StringField("File", [Optional(), Most(64)])
    photo = StringField("Photo", [Optional(), Most(64)])
    """SHA-256 of the photo in which a rectangle given in numbers lies, where `file` names none."""
    left = FloatField("From the left", [Optional()])
    top = FloatField("From the top", [Optional()])
    width = FloatField("Width", [Optional()])
    height = FloatField("Height", [Optional()])
    page = IntegerField("Page", [Optional()])
    document = StringField("Document", [Optional(), Most(64)])
    """SHA-256 of the document in which a page given as a number is, where `file` names none."""

    def place(self, version: Version) -> Locator:
        """The place that was chosen in `version`. Raises `ValueError` when the answers name none."""
        if self.page.data is not None:
            return self._page(version)
        return self._outside_documents(version.plain)

    def _page(self, version: Version) -> Page:
        """A page, or words or a rectangle of it."""
        number, sha256 = self.page.data or 0, self.file.data or self.document.data or ""
        start, end, document = self.start.data, self.end.data, version.document(sha256)
        if start is None or end is None:
            return Page(number, sha256, self._area())
        return Page(number, sha256, quote=passage((document and document.words_of(number)) or "", start, end))

    def _area(self) -> str:
        """The rectangle that was drawn; empty where there is none. Raises `ValueError` for half of one."""
        sides = [
            side for side in (self.left.data, self.top.data, self.width.data, self.height.data) if side is not None
        ]
        if len(sides) not in (0, 4):
            raise ValueError("half a rectangle")
        return areas.written(*sides) if sides else ""

    def _outside_documents(self, plain: str) -> Locator:
        start, end, begins, ends = self.start.data, self.end.data, self.begins.data, self.ends.data
        xywh, file = self._area(), self.file.data or ""
        if start is not None and end is not None:
            return passage(plain, start, end)
        if begins is not None and ends is not None:
            return Span(round(begins, 1), round(ends, 1), file, xywh)
        if (start, end, begins, ends) != (None,) * 4:
            raise ValueError("half a place")
        return Region(xywh, file or self.photo.data or "") if xywh else Whole()

    def chosen(self, version: Version) -> Locator:
        """The place that was chosen in `version`. Refused where the answers name none."""
        try:
            return self.place(version)
        except ValueError as error:
            raise Refused(NO_PLACE) from error


def fields_of(place: Locator) -> dict[str, Any]:
    """What a form says that names a place, by its fields; nothing for the whole item."""
    match place:
        case Passage(start=start, end=end):
            return {"start": start, "end": end}
        case Span(start, end, file, region):
            return {"begins": start, "ends": end, "file": file, **_sides(region)}
        case Page(page, file, region, quote):
            words = {"start": quote.start, "end": quote.end} if quote else {}
            return {"page": page, "file": file, **words, **_sides(region)}
        case Region(xywh, file):
            return {"file": file, **_sides(xywh)}
    return {}


def every_field(place: Locator | None) -> dict[str, str]:
    """What a form says in each of its fields that name a place; empty in all for the whole item, and for none."""
    said = fields_of(place) if place else {}
    return {name: str(said.get(name, "")) for name in FIELDS}


def _sides(region: str) -> dict[str, float]:
    return dict(zip(SIDES, areas.read(region) or (), strict=False))
