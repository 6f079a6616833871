"""The form for what is written down before its meeting is chosen, and how the form of a record takes it."""

from datetime import date, time

from wtforms import DateField, RadioField, SelectChoice, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional

from portfolio.evidence.meetings import rules
from portfolio.evidence.meetings.forms import SORT_NAMES, EntryForm
from portfolio.evidence.meetings.noting import Noted, for_record
from portfolio.evidence.meetings.rules import Sort
from portfolio.foundation.forms import Form, Most

SHORT = 12
"""Characters of a time in a recording, and of a day."""
NOTED_WORDS = rules.ENTRY_LENGTHS["words"] - 3 * SHORT - 10
"""Characters of what is written down before its meeting: its day and times may come to stand before it."""


class NoteForm(Form):
    """What an assessor writes down before they choose the meeting in whose record it is to stand."""

    whom = StringField(
        "Whom you saw or talked to", [DataRequired("Write whom it is about."), Most(rules.PLAN_LENGTHS["title"])],
        description="So that you know them again when you choose the meeting.",
    )  # fmt: skip
    sort = RadioField(
        "What it is", [InputRequired("Choose what it is.")],
        choices=[SelectChoice(sort, name) for sort, name in SORT_NAMES.items()], default=Sort.STEP,
    )  # fmt: skip
    words = TextAreaField("What happened, or what was said", [DataRequired(rules.NO_WORDS), Most(NOTED_WORDS)])
    answer = TextAreaField("The answer", [Optional(), Most(rules.ENTRY_LENGTHS["answer"])])
    day = DateField("Day", [Optional()])
    at = TimeField("Time", [Optional()])
    begins = StringField("From, in a recording", [Optional(), Most(SHORT)])
    ends = StringField("To", [Optional(), Most(SHORT)])

    def noted(self) -> Noted:
        """The answers as they are kept."""
        return Noted(
            self.whom.data or "", self.sort.data or "", _lines(self.words.data), _lines(self.answer.data),
            self.day.data.isoformat() if self.day.data else "", self.at.data.strftime("%H:%M") if self.at.data else "",
            self.begins.data or "", self.ends.data or "",
        )  # fmt: skip


def show(form: EntryForm, noted: Noted, held_on: date | None, *, index: bool) -> None:
    """Fill the form of a record with what was written down before; `index` where it asks for seconds in a recording."""
    told = for_record(noted, held_on, index=index)
    form.sort.data, form.words.data, form.answer.data = told.sort, told.words, told.answer
    if index:
        form.begins.data, form.ends.data = told.begins, told.ends
    elif told.at:
        form.at.data = time.fromisoformat(told.at)


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n")
