"""Forms about meetings: the plan, an entry, the meeting as a whole, files, and both signatures."""

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from criteria.wording.understanding import asks_for_understanding
from portfolio.evidence.drafts import NO_DAY, MinutesEntry
from portfolio.evidence.meetings import rules
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import Circumstances, MeetingPlan, Sort
from portfolio.evidence.models import File
from portfolio.evidence.rules import MOST_FILES, Kind, held
from portfolio.evidence.signatures.rules import LENGTHS as SIGNED_LENGTHS
from portfolio.evidence.signatures.rules import NO_NAME
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.requests.numbers import number
from portfolio.units.models import EditionPoint

SORT_NAMES = {
    Sort.STEP: "A step that I saw",
    Sort.QUESTION: "A question and its answer",
    Sort.PRODUCT: "Something that was produced",
    Sort.TOPIC: "What was talked about",
}


class BasedForm(Form):
    """A form that changes what others may change, too."""

    based_on = HiddenField()

    def seen(self) -> int:
        """The number of the save, or of the version, that the page showed; 0 where it is no number."""
        with contextlib.suppress(ValueError):
            return int(self.based_on.data or 0)
        return 0


class MeetingForm(BasedForm):
    """What is planned."""

    title = StringField("Title", [DataRequired(rules.NO_TITLE), Most(rules.PLAN_LENGTHS["title"])])
    held_on = DateField("Day", [DataRequired(NO_DAY)])
    place = StringField("Place", [Optional(), Most(rules.PLAN_LENGTHS["place"])])
    medium = RadioField(
        "How you meet",
        choices=[SelectChoice(one, one.capitalize()) for one in rules.MEDIA_OF_MEETING],
        default=rules.MEDIA_OF_MEETING[0],
    )  # fmt: skip
    present = StringField(
        "Who else is there", [Optional(), Most(rules.PLAN_LENGTHS["present"])],
        description="Besides you and the learner; for example a colleague, or an interpreter.",
    )  # fmt: skip
    planned = TextAreaField("What is planned and agreed", [Optional(), Most(rules.PLAN_LENGTHS["planned"])])
    prepare = TextAreaField(
        "What the learner prepares", [Optional(), Most(rules.PLAN_LENGTHS["prepare"])],
        description="For example: bring the order you worked on.",
    )  # fmt: skip
    third_parties = StringField(
        "Who else is seen, heard or named", [Optional(), Most(rules.PLAN_LENGTHS["third_parties"])],
        description="For example customers or colleagues, and whether they agreed to be observed or recorded.",
    )  # fmt: skip
    points = SelectMultipleField("Marking points that it is about", coerce=int, validate_choice=False)

    def plan(self, points: Sequence[EditionPoint]) -> MeetingPlan:
        """The answers as the domain takes them; `points` are all of the learner's."""
        return MeetingPlan(
            self.title.data or "", self.held_on.data, self.place.data or "", self.medium.data or "",
            _lines(self.planned.data), _lines(self.prepare.data), self.third_parties.data or "",
            _chosen(self.points.data, points), self.present.data or "",
        )  # fmt: skip


class EntryForm(BasedForm):
    """One entry of the minutes."""

    sort = RadioField("What it is", [InputRequired("Choose what it is.")])
    words = TextAreaField("What happened", [DataRequired(rules.NO_WORDS), Most(rules.ENTRY_LENGTHS["words"])])
    answer = TextAreaField("The answer", [Optional(), Most(rules.ENTRY_LENGTHS["answer"])])
    at = TimeField("Time", [Optional()], description="If you leave it empty, it is the time at which you add it.")
    recording = SelectField("Recording", validate_choice=False)
    begins = StringField("From", [Optional()])
    ends = StringField("To", [Optional()])
    entry_seen = HiddenField()
    """The digest of the entry that the page showed."""
    points = SelectMultipleField("Marking points that it shows", coerce=int, validate_choice=False)

    def offer(self, kind: str, recordings: Sequence[File]) -> None:
        """Let it be an entry of the minutes of this kind; the first sort is chosen where nothing was."""
        self.sort.choices = [SelectChoice(sort, SORT_NAMES[sort]) for sort in rules.SORTS[kind]]
        self.sort.data = self.sort.data or rules.SORTS[kind][0]
        names = called(recordings)
        self.recording.choices = [SelectChoice(file.sha256, names.get(file.sha256, file.name)) for file in recordings]

    def validate_begins(self, field: StringField) -> None:
        """Raise `ValidationError` for what is no time in a recording."""
        if field.data and rules.seconds(field.data) is None:
            raise ValidationError(rules.NO_SPAN)

    def validate_ends(self, field: StringField) -> None:
        """Raise `ValidationError` for what is no time in a recording."""
        self.validate_begins(field)

    def entry(self, points: Sequence[EditionPoint]) -> MinutesEntry:
        """The answers as the domain takes them."""
        begins, ends = rules.seconds(self.begins.data or ""), rules.seconds(self.ends.data or "")
        timed = begins is not None or ends is not None
        return MinutesEntry(
            self.sort.data or "", _lines(self.words.data), answer=_lines(self.answer.data),
            at=self.at.data.strftime("%H:%M") if self.at.data else "", start=begins, end=ends,
            file=(self.recording.data or "") if timed else "", points=_chosen(self.points.data, points),
        )  # fmt: skip


class CircumstancesForm(BasedForm):
    """What is said of the meeting as a whole."""

    starts = TimeField("Began at", [Optional()])
    ends = TimeField("Ended at", [Optional()])
    present = StringField(
        "Who else was there", [Optional(), Most(rules.CIRCUMSTANCES_LENGTHS["present"])],
        description="Also where it was a group: you sign that you observed this learner individually.",
    )  # fmt: skip
    third_parties = StringField(
        "Who else is seen, heard or named", [Optional(), Most(rules.CIRCUMSTANCES_LENGTHS["third_parties"])],
        description="And whether they agreed.",
    )  # fmt: skip
    conclusion = TextAreaField(
        "What it came to", [Optional(), Most(rules.CIRCUMSTANCES_LENGTHS["conclusion"])],
        description="What was shown, and what is still to be shown.",
    )  # fmt: skip

    def circumstances(self) -> Circumstances:
        """The answers as the domain takes them."""
        starts, ends = (one.data.strftime("%H:%M") if one.data else "" for one in (self.starts, self.ends))
        return Circumstances(
            starts, ends, self.present.data or "", self.third_parties.data or "", _lines(self.conclusion.data)
        )


class AttachForm(Form):
    """Photos and recordings of a meeting."""

    received = HiddenField()
    """Ids of files received, separated by blanks."""
    uploads = MultipleFileField("Photos and recordings")

    def file_ids(self) -> tuple[int, ...]:
        """Ids of the files that were sent before; what is none is left out."""
        ids = (number(word) for word in (self.received.data or "").split()[: MOST_FILES + 1])
        return tuple(id for id in ids if id is not None)


class AssessorsSignatureForm(BasedForm):
    """The assessor signs what is written down."""

    accepted = BooleanField("I sign this", [InputRequired("Tick the sentence that you sign.")])
    name = StringField("Your full name", [DataRequired(NO_NAME), Most(SIGNED_LENGTHS["name"])])


class LearnersSignatureForm(BasedForm):
    """The learner signs that they agree, or that they do not."""

    answer = RadioField(
        "Your answer", [InputRequired("Choose whether you agree.")],
        choices=[SelectChoice("agree", rules.LEARNER_AGREES), SelectChoice("object", rules.LEARNER_OBJECTS)],
    )  # fmt: skip
    comment = TextAreaField(
        "Your comment", [Optional(), Most(SIGNED_LENGTHS["comment"])],
        description="Needed if you do not agree: say what you do not agree with.",
    )  # fmt: skip
    name = StringField("Your full name", [DataRequired(NO_NAME), Most(SIGNED_LENGTHS["name"])])


@dataclass(frozen=True, slots=True)
class FittingPoint:
    """A point as it is offered for a meeting, with why it is offered first."""

    point: EditionPoint
    why: str = ""


def fitting(points: Sequence[EditionPoint], kind: str) -> list[FittingPoint]:
    """All points: those that ask for what a meeting of this kind can hold; then for a discussion those whose wording
    asks for understanding; then the others. All of a unit stand together, where its first one stands.
    """
    ranked = [(_rank(point, kind), point) for point in points]
    best = dict[str, int]()
    for rank, point in ranked:
        best[point.edition.code] = min(rank, best.get(point.edition.code, rank))
    codes = {code: number for number, code in enumerate(sorted(best, key=lambda code: best[code]))}
    ranked.sort(key=lambda one: (codes[one[1].edition.code], one[0]))
    return [FittingPoint(point, _why(point, rank)) for rank, point in ranked]


def _rank(point: EditionPoint, kind: str) -> int:
    if set(held(kind)) & set(point.methods):
        return 0
    return 1 if kind == Kind.DISCUSSION and asks_for_understanding(point.text) else 2


def _why(point: EditionPoint, rank: int) -> str:
    told = {0: f"Asks for {' or '.join(point.methods)}.", 1: "Asks what the learner understands."}
    return told.get(rank, "")


def _chosen(ids: Iterable[int] | None, points: Sequence[EditionPoint]) -> rules.Pairs:
    wanted = set(ids or ())
    return rules.pairs((point.edition.code, point.ref) for point in points if point.id in wanted)


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n")
