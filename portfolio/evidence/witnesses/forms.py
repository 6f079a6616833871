"""Forms about witnesses: what somebody states by a link; whom one asks; how an assessor made sure of a witness."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portfolio.evidence.drafts import NO_DAY, WITNESS_LENGTHS, Statement
from portfolio.evidence.forms import not_to_come
from portfolio.evidence.models import Version
from portfolio.evidence.rules import KIND_NAMES, STATED, Kind
from portfolio.evidence.signatures.rules import LENGTHS as SIGNED_LENGTHS
from portfolio.evidence.signatures.rules import NO_NAME
from portfolio.evidence.witnesses.fields import of_witness, of_words
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import (
    AS_CUSTOMER,
    ASKING_LENGTHS,
    CHECKED_LENGTHS,
    LONGEST_REASON,
    LONGEST_WORDS,
    NOT_TICKED,
    TRUTH,
    Asking,
    Checked,
    How,
    WitnessAnswer,
    is_customer,
)
from portfolio.evidence.witnesses.rules.asking import NO_KIND, NO_NAME_GIVEN, NO_POINT, NO_RELATION
from portfolio.evidence.witnesses.rules.stating import WHICH_INTEREST
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.mail import outbox
from portfolio.foundation.words.lengths import ensure_short
from portfolio.units.models import EditionPoint

LONGEST_CHOICE = 40
"""Characters of what is sent of a field for a day or a choice."""
UNSENT = ("accepts", "turn", "based_on", "version")
"""Fields that are not kept in a draft: a statement is ticked by whoever signs."""
ON_THE_PAGE = (
    "witness", "job", "employer", "relationship", "contact", "expert", "knows_standards", "tie", "interest",
    "happened_on", "until", "context", "first", "second", "whole", "point", "accepts", "name", *UNSENT[1:],
)  # fmt: skip
"""The fields of a witness's form in the order in which they stand there; `point` for those about points."""


def _which(form: Form, field: StringField) -> None:
    """Raise `ValidationError` where somebody has an interest and does not say which."""
    if form["tie"].data in ("family", "other") and not field.data:
        raise ValidationError(WHICH_INTEREST)


class AnswerForm(Form):
    """What a witness states. The address of the page allows it: there is no sign-in whose token it could bear."""

    kind = ""
    point_names: Mapping[str, EditionPoint] = {}
    """By the name of the field, the point that it is about."""

    happened_on = DateField("The day", [DataRequired(NO_DAY), not_to_come])
    interest = StringField("What ties you", [Most(WITNESS_LENGTHS["interest"]), _which])
    accepts = BooleanField("", [DataRequired(NOT_TICKED)])
    name = StringField("Type your full name to sign", [DataRequired(NO_NAME), Most(SIGNED_LENGTHS["name"])])
    turn = IntegerField(validators=[Optional()])
    based_on = IntegerField(validators=[Optional()])
    version = IntegerField(validators=[Optional()])
    """Which version a correction corrects, as the page showed it."""

    class Meta:
        """The address is what allows it."""

        csrf = False

    def __iter__(self) -> Iterator[Field]:
        """The fields in the order of the page, in which their errors are told."""
        return iter(sorted(super().__iter__(), key=lambda field: ON_THE_PAGE.index(field.name.partition("-")[0])))

    def answer(self) -> WitnessAnswer:
        """The answers as the domain takes them."""
        said, tie = self._said, self._said("tie")
        statement = Statement(
            said("witness"), said("job"), said("employer"), said("relationship") or self._relation(), said("contact"),
            said("expert") == "yes", said("knows_standards") == "yes", tie=tie,
            interest=said("interest") if tie != "none" else "",
        )  # fmt: skip
        return WitnessAnswer(
            statement, self.happened_on.data, self["until"].data if "until" in self else None,
            said("context"), said("whole"),
            tuple((point.id, said(name)) for name, point in self.point_names.items()),
            (said("first"), said("second")) if is_customer(self.kind) else (),
            said("name"), bool(self.accepts.data),
        )  # fmt: skip

    def typed(self) -> dict[str, list[str]]:
        """What stands in the fields as it was sent, for a draft. Raises `Incomplete` for more than a field can hold."""
        kept = {name: field for name, field in self._fields.items() if field.raw_data and name not in UNSENT}
        for name, field in kept.items():
            most = next((one.most for one in field.validators if isinstance(one, Most)), LONGEST_CHOICE)
            ensure_short(name, str(field.raw_data[0]), most)
        return {name: [str(field.raw_data[0])] for name, field in kept.items()}

    def _relation(self) -> str:
        return AS_CUSTOMER if is_customer(self.kind) else ""

    def _said(self, name: str) -> str:
        said = str(self[name].data or "") if name in self else ""
        return said.replace("\r\n", "\n")


def form_about(request: WitnessRequest, **given: Any) -> AnswerForm:
    """The form for what a request asks for. `given` is what WTForms takes; without it, what the request knows."""
    names = {f"point-{point.id}": point for point in request.points} if request.kind == Kind.TESTIMONY else {}
    of_points = {name: TextAreaField("What you saw of this", [Optional(), Most(LONGEST_WORDS)]) for name in names}
    learner = request.learner.name
    fields = {**of_witness(request.kind), **of_words(request.kind, learner), **of_points}
    made = type("RequestForm", (AnswerForm,), {**fields, "kind": request.kind, "point_names": names})
    form: AnswerForm = made(**given)
    form.accepts.label.text = TRUTH[request.kind]
    form["tie"].label.text = f"Does family or another interest tie you to {learner}?"
    return form


def begun_form(request: WitnessRequest) -> AnswerForm:
    """The form as the witness left it; at first with their name and how they know each other, as who asked wrote it."""
    if request.draft:
        return form_about(request, formdata=MultiDict(request.draft["values"]))
    return form_about(request, formdata=None, data={"witness": request.name, "relationship": request.relation})


def corrected_form(request: WitnessRequest, version: Version) -> AnswerForm:
    """The form to correct what was signed, as the witness left it; at first with what was signed."""
    if request.draft:
        return form_about(request, formdata=MultiDict(request.draft["values"]))
    return signed_form(request, version)


def signed_form(request: WitnessRequest, version: Version) -> AnswerForm:
    """The form with what was signed, to be corrected and signed anew."""
    stated = dict(version.testimony or {})
    until = stated.pop("until", "")
    said = {name: ("yes" if value else "no") if isinstance(value, bool) else value for name, value in stated.items()}
    days = {"happened_on": version.happened_on, "until": date.fromisoformat(until) if until else None}
    data = {**said, **days, "context": version.context, **request.parts}
    return form_about(request, formdata=None, data=data)


class DeclineForm(Form):
    """Why somebody declines, where they say so."""

    reason = StringField("Why, if you want to say it", [Optional(), Most(LONGEST_REASON)])

    class Meta:
        """As for `AnswerForm`."""

        csrf = False


class AskForm(Form):
    """Who is asked for what."""

    kind = RadioField(
        "What you ask for",
        [InputRequired(NO_KIND)],
        choices=[SelectChoice(kind.value, KIND_NAMES[kind]) for kind in STATED],
    )
    name = StringField("Name of the witness", [DataRequired(NO_NAME_GIVEN), Most(ASKING_LENGTHS["name"])])
    relation = StringField(
        "How they know the work",
        [DataRequired(NO_RELATION), Most(ASKING_LENGTHS["relation"])],
        description="For example: shift supervisor.",
    )
    email = EmailField(
        "Their e-mail address",
        [Optional(), Most(ASKING_LENGTHS["email"])],
        description="The link is sent to it. Without an address you copy the link and hand it over.",
        render_kw={"autocomplete": "off"},
    )
    note = TextAreaField(
        "A note to them",
        [Optional(), Most(ASKING_LENGTHS["note"])],
        description="Which day or event you mean. Leave what they saw to their own words.",
    )
    points = SelectMultipleField("What they may have seen", [InputRequired(NO_POINT)], coerce=int)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if not outbox.has_server():
            self.email.description = "This installation sends no mail: you copy the link and hand it over."

    def offer(self, points: Sequence[EditionPoint]) -> None:
        """Set the points that can be chosen."""
        self.points.choices = [SelectChoice(one.id, f"{one.edition.code} · {one.ref} · {one.text}") for one in points]

    def asking(self) -> Asking:
        """The answers as the domain takes them."""
        return Asking(
            Kind(self.kind.data), self.name.data or "", self.relation.data or "", self.email.data or "",
            (self.note.data or "").replace("\r\n", "\n"),
        )  # fmt: skip


class CheckForm(Form):
    """How an assessor made sure of a witness."""

    how = RadioField(
        "How you made sure",
        [InputRequired("Say whether you know the witness or contacted them.")],
        choices=[SelectChoice(How.KNOWN.value, "I know this witness"),
                 SelectChoice(How.CONTACTED.value, "I contacted this witness")],
    )  # fmt: skip
    on = DateField("When", [DataRequired("Give the day of it."), not_to_come])
    means = StringField(
        "How you contacted them",
        [Optional(), Most(CHECKED_LENGTHS["means"])],
        description="If you did. For example: by telephone.",
    )
    words = TextAreaField("What came of it", [Optional(), Most(CHECKED_LENGTHS["words"])])

    def checked(self) -> Checked:
        """The answers as the domain takes them."""
        day = self.on.data
        assert isinstance(day, date)
        return Checked(How(self.how.data), day, self.means.data or "", (self.words.data or "").replace("\r\n", "\n"))
