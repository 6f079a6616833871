"""Forms about assessments: handing in, a verdict, a decision, who is responsible."""

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portfolio.assessment.rules import VACSR, Decision, Declaration, Finding, Verdict
from portfolio.foundation.forms import Form
from portfolio.people.models import Person

WORDS = (
    "This is my own work. I have named every source, all help I was given, and any use of AI tools. "
    "I understand that a false declaration may be treated as malpractice."
)
"""What a learner declares."""


class HandInForm(Form):
    """The declaration that goes with a hand-in."""

    sources = TextAreaField(
        "Sources",
        [Optional(), Length(max=2000)],
        description="Books, websites or papers you used. Leave empty if there are none.",
    )
    help = TextAreaField("Help I was given", [Optional(), Length(max=2000)], description="Who helped, and with what.")
    ai_use = TextAreaField(
        "Use of AI tools",
        [Optional(), Length(max=2000)],
        description="Which tool, and for what. Leave empty if you used none.",
    )
    agreed = BooleanField(WORDS, [DataRequired("Tick the declaration to hand in.")])
    name = StringField("Your name", [DataRequired("Type your name as it is registered.")])

    def declaration(self) -> Declaration:
        """What was declared."""
        return Declaration(
            WORDS, self.name.data or "", self.sources.data or "", self.help.data or "", self.ai_use.data or ""
        )


class VerdictForm(Form):
    """A verdict on one point."""

    seen = IntegerField("Seen", [InputRequired("Load the page again and give the verdict once more.")])
    verdict = RadioField(
        "Verdict",
        [DataRequired("Choose a verdict: met, partly met or not met.")],
        choices=[SelectChoice(str(one), str(one)) for one in Verdict],
    )
    missing = SelectMultipleField("Missing", validate_choice=False, default=())
    vacsr = SelectMultipleField("The evidence is", choices=[SelectChoice(word, word) for word in VACSR], default=())
    reason = StringField("Why it fails there", [Optional(), Length(max=500)])
    feedback = TextAreaField("Feedback", [Optional(), Length(max=5000, message="Say it in at most 5,000 characters.")])

    def finding(self) -> Finding:
        """What was found."""
        return Finding(
            verdict=Verdict(self.verdict.data),
            missing=tuple(self.missing.data or ()),
            vacsr=tuple(self.vacsr.data or ()),
            reason=self.reason.data or "",
            feedback=(self.feedback.data or "").replace("\r\n", "\n"),
        )


class DecisionForm(Form):
    """Refer or award."""

    feedback = TextAreaField("Feedback on the unit", [Optional(), Length(max=5000)])
    authenticity = TextAreaField("How you made sure that it is the learner's own work", [Optional(), Length(max=2000)])
    step = HiddenField()

    def decision(self) -> Decision:
        """What was decided."""
        return Decision((self.feedback.data or "").replace("\r\n", "\n"), self.authenticity.data or "")


class AllocationForm(Form):
    """Who judges and who verifies."""

    assessor = SelectField("Assessor", coerce=int)
    iqa = SelectField("Internal quality assurer", coerce=int)

    def offer(self, assessors: Sequence[Person], iqas: Sequence[Person]) -> None:
        """Set the people there are to choose from."""
        self.assessor.choices = [SelectChoice(0, "Nobody yet"), *(SelectChoice(one.id, one.name) for one in assessors)]
        self.iqa.choices = [SelectChoice(0, "Nobody yet"), *(SelectChoice(one.id, one.name) for one in iqas)]


class WithdrawForm(Form):
    """Why a learner leaves a unit."""

    reason = StringField(
        "Reason", [DataRequired("Say why the learner is withdrawn; it goes on record."), Length(max=500)]
    )
