"""Forms about assessments: handing in, a verdict, a decision, who is responsible."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Optional

from portfolio.assessment.grounds import field as grounds
from portfolio.assessment.lifecycle import Step
from portfolio.assessment.parts import still_needed
from portfolio.assessment.rules import (
    BY_EXCEPTION,
    DECIDED_LENGTHS,
    DECLARED_LENGTHS,
    FOUND_LENGTHS,
    LONGEST_REASON,
    WORDS,
    Decision,
    Declaration,
    Finding,
    Verdict,
)
from portfolio.assessment.together.clash import Said
from portfolio.evidence.models import Version
from portfolio.foundation.forms import Form, Most
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from portfolio.units.models import MarkingPoint


class HandInForm(Form):
    """The declaration that goes with a hand-in."""

    sources = TextAreaField(
        "Sources",
        [Optional(), Most(DECLARED_LENGTHS["sources"])],
        description="Books, websites or papers you used. Leave empty if there are none.",
    )
    help = TextAreaField(
        "Help I was given", [Optional(), Most(DECLARED_LENGTHS["help"])], description="Who helped, and with what."
    )
    ai_use = TextAreaField(
        "Use of AI tools",
        [Optional(), Most(DECLARED_LENGTHS["ai_use"])],
        description="Which tool, and for what. Leave empty if you used none.",
    )
    agreed = BooleanField(WORDS, [DataRequired("Tick the declaration to hand in.")])
    name = StringField(
        "Your name", [DataRequired("Type your name as it is registered."), Most(DECLARED_LENGTHS["name"])]
    )

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
        [DataRequired("Choose a verdict.")],
        choices=[SelectChoice(str(one), str(one)) for one in Verdict],
    )
    shown = SelectMultipleField("Parts that are shown", validate_choice=False, default=())
    feedback = TextAreaField("Feedback", [Optional(), Most(FOUND_LENGTHS["feedback"])])
    phrases = HiddenField()
    grounds = HiddenField(validators=[Most(grounds.LONGEST)])

    def said(self) -> Said:
        """What it says, to be held against what others saved."""
        feedback = (self.feedback.data or "").replace("\r\n", "\n")
        return Said(
            self.verdict.data or "", frozenset(self.shown.data or ()), feedback, grounds.alike(self.grounds.data or "")
        )

    def finding(self, point: MarkingPoint, handed: Callable[[int], Version | None]) -> Finding:
        """What was found on `point`; `handed` gives a version that was handed in by its id.

        Only *partly met* names what is missing; without feedback it says just that. Refused for places that cannot be
        read.
        """
        verdict, shown = Verdict(self.verdict.data), self.shown.data or ()
        parts = point.parts if verdict is Verdict.PARTLY else ()
        missing = tuple(part["ref"] for part in parts if part["ref"] not in shown)
        relied, marked = grounds.understood(self.grounds.data or "")
        return Finding(
            relied=relied,
            marked=tuple(grounds.marked(fields, handed) for fields in marked),
            verdict=verdict,
            missing=missing,
            feedback=(self.feedback.data or "").replace("\r\n", "\n") or still_needed(point, missing),
        )


class FlawForm(Form):
    """What is said against one item of evidence, for every point that it is claimed for."""

    seen = IntegerField("Seen", [InputRequired("Load the page again and say it once more.")])
    fails = SelectMultipleField(
        "The evidence is not", choices=[SelectChoice(word, word) for word in BY_EXCEPTION], default=()
    )
    reason = TextAreaField("Why it is not", [Optional(), Most(LONGEST_REASON)])


class DecisionForm(Form):
    """Refer or award."""

    feedback = TextAreaField("Feedback on the unit", [Optional(), Most(DECIDED_LENGTHS["feedback"])])
    authenticity = TextAreaField(
        "How you made sure that it is the learner’s own work", [Optional(), Most(DECIDED_LENGTHS["authenticity"])]
    )
    step = HiddenField(validators=[AnyOf([Step.REFER, Step.AWARD], "Choose: refer the unit back, or award it.")])

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


NOBODY = "Leave it open: it stands in your queue as nobody’s"
"""The choice of whoever hands over to nobody."""


class HandOverForm(Form):
    """Who takes over what a person answers for, and what becomes of the person."""

    assessor = SelectField("Who takes over as assessor", coerce=int)
    iqa = SelectField("Who takes over as internal quality assurer", coerce=int)
    then = RadioField("And then")

    def offer(self, person: Person, duties: Collection[Role], staff: Mapping[Role, Sequence[Person]]) -> None:
        """Ask only for what `person` answers for; `staff` are those there are to choose from."""
        for role, field in ((Role.ASSESSOR, "assessor"), (Role.IQA, "iqa")):
            if role not in duties:
                del self[field]
                continue
            others = [one for one in staff[role] if one.id != person.id]
            self[field].choices = [SelectChoice(0, NOBODY), *(SelectChoice(one.id, one.name) for one in others)]
        ways = [SelectChoice("stay", f"{person.name} keeps account and roles")]
        if person.active:
            ways.append(SelectChoice("shut", f"Close the account of {person.name}"))
        if set(person.role_names) - set(duties):
            ways.append(SelectChoice("roles", "Take these roles away"))
        self.then.choices = ways

    def chosen(self, name: str) -> int:
        """The id of who takes over as `name`; 0 for nobody."""
        return int(self[name].data or 0) if name in self else 0


class TakeUpForm(Form):
    """Units that are nobody's, and who is to answer for them."""

    enrolments = SelectMultipleField("Units", [InputRequired("Choose at least one unit.")], coerce=int)
    assessor = SelectField("Assessor", coerce=int, description="For those without an assessor.")
    iqa = SelectField("Internal quality assurer", coerce=int, description="For those whose IQA cannot do it any more.")

    def offer(self, ids: Sequence[int], staff: Mapping[Role, Sequence[Person]]) -> None:
        """Set the units, and the people there are to choose from."""
        self.enrolments.choices = [SelectChoice(id, str(id)) for id in ids]
        for field, role in ((self.assessor, Role.ASSESSOR), (self.iqa, Role.IQA)):
            field.choices = [
                SelectChoice(0, "Leave as it is"),
                *(SelectChoice(one.id, one.name) for one in staff[role]),
            ]


class ReasonForm(Form):
    """Why a step is taken: a learner withdrawn or reinstated, an award opened again."""

    reason = StringField("Reason", [DataRequired("Say why; it goes on record."), Most(LONGEST_REASON)])


KEPT = {"name": "Name", "email": "E-mail address", "number": "Registration number", "born": "Date of birth",
        "work": "Job and employer"}  # fmt: skip
"""What is stated of a person and may differ between two records of theirs."""
STAYS, DOUBLE = "stays", "double"


class MergeForm(ReasonForm):
    """What of two records is kept where they differ, and why they are merged."""

    name = RadioField(KEPT["name"])
    email = RadioField(
        KEPT["email"], description="They sign in with it, and with the password of the record that stays."
    )
    number = RadioField(KEPT["number"])
    born = RadioField(KEPT["born"])
    work = RadioField(KEPT["work"])

    def offer(self, stays: Person, double: Person, shown: Callable[[Any], str]) -> None:
        """Ask only for what differs; `shown` says how a value looks. What says something is chosen in advance."""
        for name in KEPT:
            values = getattr(stays, name), getattr(double, name)
            if values[0] == values[1]:
                del self[name]
                continue
            self[name].choices = [
                SelectChoice(which, shown(value)) for which, value in zip((STAYS, DOUBLE), values, strict=True)
            ]
            if not self.is_submitted():
                self[name].data = STAYS if values[0] else DOUBLE

    def kept(self, stays: Person, double: Person) -> Registration:
        """What is stated of who stays from now on: a learner beside what they are already."""
        chosen = {name: name in self and self[name].data == DOUBLE for name in KEPT}
        said = {name: getattr(double if is_theirs else stays, name) for name, is_theirs in chosen.items()}
        return Registration(roles=tuple(role for role in Role if role is Role.LEARNER or stays.has(role)), **said)


class DoubleForm(Form):
    """Whom one looks for who may be the same person; read from the address."""

    words = SearchField("Name, e-mail address or number", [Optional(), Most(200)], name="q")

    class Meta:
        """Nothing is changed by looking."""

        csrf = False
