"""Forms about exports: what a report or a pack is to hold, and what a redacted edition must not show."""

from collections.abc import Iterable
from dataclasses import dataclass

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms import Form as Rows
from wtforms.validators import DataRequired, Optional

from exports.document.sheet import SIZES, Paper
from exports.editions.look import Look, ReportEdition
from exports.editions.withholding import LONGEST, Unclear, Withholding, read
from portfolio.foundation.forms import Form, Most, strip

MOST_ROWS = 40
"""Of one kind, on the page of a redacted edition."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that something may be withheld of."""

    sha256: str
    called: str
    picture: str = ""
    """Address of the picture that is shown of it; empty for what is no picture."""


class PackForm(Form):
    """Whom a pack is about."""

    scope = RadioField(
        "Learners",
        [DataRequired("Choose whether the pack holds everybody or some.")],
        choices=[
            SelectChoice("all", "Every learner of the centre, those who left too"),
            SelectChoice("achieved", "Every learner who has achieved a unit"),
            SelectChoice("some", "Only those ticked below"),
        ],
        default="all",
    )
    learners = SelectMultipleField("Those", coerce=int)


class PaperForm(Form):
    """On which sheet, and in which print."""

    paper = SelectField("Paper", choices=[SelectChoice(size, size) for size in SIZES], default=SIZES[0])
    large = BooleanField("Large print")

    def chosen_paper(self) -> Paper:
        """The paper that was chosen."""
        return Paper(next(size for size in SIZES if size == self.paper.data), bool(self.large.data))


class EditionForm(PaperForm):
    """Which edition of a report."""

    edition = RadioField(
        "Edition",
        [DataRequired("Choose an edition.")],
        choices=[
            SelectChoice("full", "Full report"),
            SelectChoice("originals", "Full report with the uploaded documents inside"),
            SelectChoice("summary", "Summary on two pages"),
            SelectChoice("learner", "Learner’s own copy"),
            SelectChoice("reading", "Reading copy with the pages of uploaded documents"),
        ],
        default="summary",
    )

    def look(self) -> Look:
        """What was chosen, as a look."""
        if self.edition.data == "originals":
            return Look(paper=self.chosen_paper(), originals=True)
        return Look(ReportEdition(self.edition.data), self.chosen_paper())


class LogForm(Form):
    """Which lines of the log are looked for; read from the address, so that it can be kept as a link."""

    words = SearchField("Words", [Optional(), Most(100)], name="q")
    deed = SelectField("What was done", [Optional()])
    since = DateField("From", [Optional()])
    until = DateField("To", [Optional()])

    class Meta:
        """Nothing is changed by looking."""

        csrf = False


class WordsRow(Rows):
    """Words that must not be shown."""

    words = StringField("Name or words", [Most(LONGEST)], filters=[strip])
    reason = StringField("Why", [Most(LONGEST)], filters=[strip])


class FileRow(Rows):
    """A file that must not be shown, or seconds of it."""

    file = SelectField("Picture, file or recording", validate_choice=False)
    start = StringField("From", [Most(12)], filters=[strip])
    end = StringField("To", [Most(12)], filters=[strip])
    reason = StringField("Why", [Most(LONGEST)], filters=[strip])


def _number(value: str | None) -> str:
    """A share as people type it (`12.5`, `12,5 %`) in plain digits."""
    return (value or "").strip().removesuffix("%").strip().replace(",", ".")


class AreaRow(Rows):
    """A part of a photo that must not be shown, in per cent of its width and height."""

    file = SelectField("Picture", validate_choice=False)
    left = StringField("From the left, %", [Most(8)], filters=[_number])
    top = StringField("From the top, %", [Most(8)], filters=[_number])
    width = StringField("Width, %", [Most(8)], filters=[_number])
    height = StringField("Height, %", [Most(8)], filters=[_number])
    reason = StringField("Why", [Most(LONGEST)], filters=[strip])

    @property
    def answers(self) -> dict[str, str]:
        """What was typed, as `withholding.read` takes it; nothing where nothing was."""
        sides = [self.left.data, self.top.data, self.width.data, self.height.data]
        area = f"percent:{','.join(map(str, sides))}" if any((*sides, self.file.data, self.reason.data)) else ""
        return {"file": self.file.data or "", "area": area, "reason": self.reason.data or ""}


class RedactionForm(PaperForm):
    """What a redacted edition must not show. Lines that are left empty mean nothing."""

    words = FieldList(FormField(WordsRow), min_entries=1, max_entries=MOST_ROWS)
    areas = FieldList(FormField(AreaRow), min_entries=1, max_entries=MOST_ROWS)
    files = FieldList(FormField(FileRow), min_entries=1, max_entries=MOST_ROWS)

    def offer(self, files: Iterable[Offered]) -> None:
        """Let files be chosen from, and pictures to mark areas on."""
        offered = list(files)
        pictures = [file for file in offered if file.picture]
        for rows, choices in ((self.files, offered), (self.areas, pictures)):
            for row in rows:
                row.form.file.choices = [SelectChoice("", "None"), *map(_choice, choices)]

    def add_row(self, kind: str) -> None:
        """One more empty line of a kind (`words`, `areas`, `files`), where there is room; it takes the focus."""
        rows = {"words": self.words, "areas": self.areas, "files": self.files}.get(kind)
        if rows is not None and len(rows) < MOST_ROWS:
            first = next(iter(rows.append_entry().form))
            first.render_kw = {"autofocus": True}

    def look(self) -> Look:
        """What was chosen, as a look. Raises `Unclear`."""
        areas = [row.form.answers for row in self.areas]
        rows = [*(row.data for row in self.words), *areas, *(row.data for row in self.files)]
        return Look(
            ReportEdition.REDACTED, self.chosen_paper(), withhold=tuple(_read(row) for row in rows if any(row.values()))
        )


def _choice(file: Offered) -> SelectChoice:
    return SelectChoice(file.sha256, file.called, {"data-picture": file.picture} if file.picture else {})


def _read(row: dict[str, str]) -> Withholding:
    """One line as it was typed. Raises `Unclear` naming it."""
    try:
        return read(row)
    except Unclear as unclear:
        named = row.get("words") or row.get("reason") or "A line without a reason"
        raise Unclear(f"{named}: {unclear.sentence}") from unclear
