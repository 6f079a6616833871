"""Forms about evidence: an item, a claim, a testimony that the assessor types."""

import contextlib

from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from portfolio.evidence.drafts import (
    LENGTHS,
    NO_DAY,
    NO_PLACE,
    NO_TITLE,
    NO_WORDS,
    STILL_TO_COME,
    TOO_MANY,
    UNTIL_BEFORE,
    WITNESS_LENGTHS,
    WITNESSED,
    Draft,
    OutsideSource,
    Statement,
)
from portfolio.evidence.models import Version
from portfolio.evidence.places import areas
from portfolio.evidence.places.locators import Locator, Page, Region, Span, Whole, passage
from portfolio.evidence.rules import LONGEST_REASON, MOST_FILES
from portfolio.foundation.errors import Refused
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.requests.numbers import number
from portfolio.foundation.words import display
from portfolio.foundation.words.prose import LONGEST

TIE_CHOICES = [
    SelectChoice("none", "No"), SelectChoice("family", "Yes, family"), SelectChoice("other", "Yes, another interest"),
]  # fmt: skip
"""Whether something ties a witness to the learner."""


def not_to_come(_form: Form, field: DateField) -> None:
    """Raise `ValidationError` for a day that is still to come at the centre of whoever asks."""
    if field.data and field.data > display.today():
        raise ValidationError(STILL_TO_COME)


def not_before(form: Form, field: DateField) -> None:
    """Raise `ValidationError` for a last day before the first."""
    first = form["happened_on"].data
    if field.data and first and field.data < first:
        raise ValidationError(UNTIL_BEFORE)


def _few_files(_form: Form, field: HiddenField) -> None:
    """One item is one thing that was done."""
    if len((field.data or "").split()) > MOST_FILES:
        raise ValidationError(TOO_MANY)


class EvidenceForm(Form):
    """An item of evidence."""

    title = StringField("Title", [DataRequired(NO_TITLE), Most(LENGTHS["title"])])
    happened_on = DateField(
        "When it happened",
        [Optional(), not_to_come],
        description="The day of the event, not the day you send it.",
    )
    context = StringField(
        "Where it happened",
        [Optional(), Most(LENGTHS["context"])],
        description="For example: main site, Saturday shift.",
    )
    confirmer = StringField(
        "Who can confirm it",
        [Optional(), Most(LENGTHS["confirmer"])],
        description="A name and what they do, for example: Ruth Ofori, shift supervisor.",
    )
    third_parties = StringField(
        "Who else is in it",
        [Optional(), Most(LENGTHS["third_parties"])],
        description="Anybody who is named, seen or heard, and whether they agreed.",
    )
    text = TextAreaField("What happened", [Optional(), Most(LONGEST)])
    received = HiddenField(validators=[_few_files])
    """Ids of files received, separated by blanks."""
    uploads = MultipleFileField("Files")
    based_on = HiddenField()

    def draft(self, received: tuple[int, ...] = ()) -> Draft:
        """What was typed, with the files sent before and those that came with the form."""
        return Draft(
            title=self.title.data or "",
            happened_on=self.happened_on.data,
            context=self.context.data or "",
            confirmer=self.confirmer.data or "",
            third_parties=self.third_parties.data or "",
            text=(self.text.data or "").replace("\r\n", "\n"),
            files=tuple(dict.fromkeys((*self.file_ids(), *received))),
            source=self.source(),
        )

    def source(self) -> OutsideSource | None:
        """Where the item comes from that stands outside the portfolio."""
        return None

    def show(self, version: Version) -> None:
        """Fill it with what a version says."""
        for name in ("title", "happened_on", "context", "confirmer", "third_parties", "text"):
            self[name].data = getattr(version, name)
        self.received.data = " ".join(str(file.id) for file in version.files)
        self.based_on.data = str(version.number)

    def file_ids(self) -> tuple[int, ...]:
        """Ids of the files that were sent before; what is none is left out."""
        ids = (number(word) for word in (self.received.data or "").split()[: MOST_FILES + 1])
        return tuple(id for id in ids if id is not None)

    def version_seen(self) -> int:
        """Number of the version on which the text in the form is based."""
        with contextlib.suppress(ValueError):
            return int(self.based_on.data or 0)
        return 0


class PlaceForm(Form):
    """One place in a version, as pages on which places are chosen name it."""

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


class ClaimForm(PlaceForm):
    """One place, offered for several points."""

    version = IntegerField("Version", [DataRequired("Open the item again and choose the place once more.")])
    points = SelectMultipleField("Marking points", coerce=int, validate_choice=False)
    reason = StringField("Why this proves it", [Optional(), Most(LONGEST_REASON)])


class TestimonyForm(Form):
    """What a witness said, typed in by the assessor."""

    witness = StringField("Name of the witness", [DataRequired(WITNESSED["witness"]), Most(WITNESS_LENGTHS["witness"])])
    job = StringField("Their job", [DataRequired(WITNESSED["job"]), Most(WITNESS_LENGTHS["job"])])
    employer = StringField("Their employer", [Optional(), Most(WITNESS_LENGTHS["employer"])])
    relationship = StringField(
        "Relation to the learner",
        [DataRequired(WITNESSED["relationship"]), Most(WITNESS_LENGTHS["relationship"])],
    )
    contact = StringField(
        "How to reach them",
        [DataRequired(WITNESSED["contact"]), Most(WITNESS_LENGTHS["contact"])],
    )
    expert = BooleanField("An expert in the occupation")
    knows_standards = BooleanField("Familiar with the standards")
    happened_on = DateField("When they saw it", [DataRequired(NO_DAY), not_to_come])
    until = DateField("Until", [Optional(), not_to_come, not_before], description="If it was more than one day.")
    context = StringField("Where", [Optional(), Most(LENGTHS["context"])])
    tie = RadioField(
        "Does family or another interest tie them to the learner?",
        choices=[SelectChoice("", "Not asked"), *TIE_CHOICES],
        default="",
    )
    interest = StringField("What ties them", [Optional(), Most(WITNESS_LENGTHS["interest"])])
    text = TextAreaField("What they saw, in their own words", [DataRequired(NO_WORDS), Most(LONGEST)])
    points = SelectMultipleField("Marking points it supports", coerce=int)

    def draft(self) -> Draft:
        """The testimony as an item of evidence."""
        statement = Statement(
            self.witness.data or "", self.job.data or "", self.employer.data or "", self.relationship.data or "",
            self.contact.data or "", bool(self.expert.data), bool(self.knows_standards.data),
            until=self.until.data.isoformat() if self.until.data else "", tie=self.tie.data or "",
            interest=(self.interest.data or "") if self.tie.data in ("family", "other") else "",
        )  # fmt: skip
        return Draft(
            title=f"Testimony of {self.witness.data}"[: LENGTHS["title"]],
            happened_on=self.happened_on.data,
            context=self.context.data or "",
            confirmer=f"{self.witness.data}, {self.job.data}"[: LENGTHS["confirmer"]],
            text=(self.text.data or "").replace("\r\n", "\n"),
            statement=statement,
        )
