"""Forms about people: who they are, and whom one looks for."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, NumberRange, Optional

from portfolio.foundation.forms import Form, Most
from portfolio.foundation.mail import outbox
from portfolio.foundation.words.sizes import filesize
from portfolio.people.models import Person
from portfolio.people.rules import (
    CENTRE_LENGTHS,
    FEWEST_WITNESS_DAYS,
    LANGUAGES,
    LENGTHS,
    LOGO_BYTES,
    MOST_WITNESS_DAYS,
    NAMES,
    NO_ADDRESS,
    PHRASE_KEEPERS,
    WRONG_DAYS,
    Registration,
    Role,
)

CENTRE = ("name", "number", "address", "qualification", "timezone", "language", "beginning", "witness_days",
          "phrase_keepers")  # fmt: skip
"""What is stated about a centre."""
ROLES = [SelectChoice(role.value, name) for role, name in NAMES.items()]


class PersonForm(Form):
    """What an administrator states about a person."""

    name = StringField(
        "Full name",
        [InputRequired("Write the person’s name, as it should stand on reports."), Most(LENGTHS["name"])],
        description="As it should stand on reports and declarations.",
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        "E-mail address",
        [
            InputRequired("Write an e-mail address: it is what the person signs in with."),
            Email(NO_ADDRESS),
            Most(LENGTHS["email"]),
        ],
        description="The person signs in with it. Nothing is sent to it.",
        render_kw={"autocomplete": "off"},
    )
    roles = SelectMultipleField(
        "Roles", [InputRequired("Choose at least one role.")], choices=ROLES, description="One person may hold several."
    )
    number = StringField(
        "Registration number",
        [Optional(), Most(LENGTHS["number"])],
        description="A learner’s, as the awarding organisation gave it.",
    )
    born = DateField("Date of birth", [Optional()], description="It tells people of one name apart. On no report.")
    work = StringField(
        "Job and employer",
        [Optional(), Most(LENGTHS["work"])],
        description="For example: Trainee, Harbour Group",
    )

    another = BooleanField("This is somebody else of that name")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if outbox.has_server():
            self.email.description = "The person signs in with it. A link is sent to it when you ask for that."

    def registration(self) -> Registration:
        """The answers as the domain takes them."""
        return Registration(
            name=self.name.data,
            email=self.email.data,
            roles=tuple(Role(role) for role in self.roles.data),
            number=self.number.data or "",
            work=self.work.data or "",
            born=self.born.data,
        )

    @classmethod
    def about(cls, person: Person) -> "PersonForm":
        """The form with what is stated about `person`."""
        form: PersonForm = cls(obj=person)
        form.roles.data = list(person.role_names)
        return form


class CentreForm(Form):
    """What an administrator states about the centre."""

    name = StringField("Name", [InputRequired("Write the centre’s name."), Most(CENTRE_LENGTHS["name"])])
    number = StringField(
        "Centre number",
        [InputRequired("Write the centre’s number."), Most(CENTRE_LENGTHS["number"])],
        description="As the awarding organisation gave it.",
    )
    address = TextAreaField("Address", [Optional(), Most(CENTRE_LENGTHS["address"])], description="On reports.")
    qualification = StringField(
        "Qualification",
        [Optional(), Most(CENTRE_LENGTHS["qualification"])],
        description="Named in reports of learners who work on no published qualification.",
    )
    timezone = SelectField("Time zone", choices=[SelectChoice(name, name) for name in sorted(available_timezones())])
    language = SelectField("Language of reports", choices=[SelectChoice(*each) for each in LANGUAGES.items()])
    beginning = StringField(
        "With what learners begin",
        [Optional(), Most(CENTRE_LENGTHS["beginning"])],
        description="A sentence for learners who have no evidence yet, in the words of your trade.",
    )
    witness_days = IntegerField(
        "Days that a witness’s link lasts",
        [InputRequired(WRONG_DAYS), NumberRange(FEWEST_WITNESS_DAYS, MOST_WITNESS_DAYS, WRONG_DAYS)],
        description="A witness can answer for so long after they were asked.",
    )
    phrase_keepers = SelectField(
        "Who may edit shared sentences",
        choices=[SelectChoice(name, one.shown) for name, one in PHRASE_KEEPERS.items()],
        description="Sentences for feedback that everybody who assesses a unit can insert.",
    )

    def stated(self) -> dict[str, str | int]:
        """The answers as the domain takes them."""
        return {name: _said(value) for name, value in self.data.items() if name in CENTRE}


def _said(value: str | int | None) -> str | int:
    return value if isinstance(value, int) else (value or "").replace("\r\n", "\n")


class LogoForm(Form):
    """The picture that becomes the centre's logo."""

    picture = FileField(
        "Picture",
        [FileRequired("Choose a picture.")],
        description=f"PNG, JPEG or WebP, at most {filesize(LOGO_BYTES)}. A small copy on white is kept.",
        render_kw={"accept": "image/png,image/jpeg,image/webp"},
    )


class LinksForm(Form):
    """Who is to be given a link."""

    people = SelectMultipleField("People without a password", [InputRequired("Tick at least one person.")], coerce=int)

    def offer(self, people: Sequence[Person]) -> None:
        """Set those there are; before anything is sent, all are ticked."""
        self.people.choices = [SelectChoice(one.id, ", ".join(filter(None, [one.name, one.number]))) for one in people]
        if not self.is_submitted():
            self.people.data = [one.id for one in people]


class SearchForm(Form):
    """Words and a role to look for; read from the address, so that it can be kept as a link."""

    words = SearchField("Name, e-mail address or number", [Optional(), Most(200)], name="q")
    role = SelectField("Role", [Optional()], choices=[SelectChoice("", "Everybody"), *ROLES])

    class Meta:
        """Nothing is changed by looking."""

        csrf = False
