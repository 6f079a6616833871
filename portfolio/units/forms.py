"""Forms about units: the text, what was read of it, and whom to enrol."""

import dataclasses
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from criteria.reader import Refusal
from criteria.reader.decoding import Decoded, decoded, lines
from criteria.unit import Method, Point, Unit
from portfolio.foundation.forms import Form, Most
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units.models import Edition
from portfolio.units.rules import LENGTHS, LETTERS, Naming, Settled, strangers

METHODS = [SelectChoice(method.value, method.value.capitalize()) for method in Method]


class TextForm(Form):
    """The text of a unit, pasted or as a file."""

    text = TextAreaField(
        "Text of the unit",
        [Optional()],
        description="Paste it as it is: headings, bullets and all. Points need a heading “Marking points” above them.",
        render_kw={"rows": 18, "spellcheck": "false"},
    )
    file = FileField(
        "Or a text file", description="Plain text, at most 1 MB.", render_kw={"accept": ".txt,.md,text/plain"}
    )

    def words(self) -> Decoded:
        """The text that was sent, the file before the box. Raises `Refusal` where it is not text, or there is none."""
        if self.file.data:
            with closing(self.file.data.stream) as stream:
                file = decoded(stream.read())
            return dataclasses.replace(file, text="\n".join(lines(file.text)))
        if not self.text.data:
            raise Refusal(None, "Paste the text of the unit, or choose a file.")
        return Decoded(str(self.text.data))


class PreviewForm(Form):
    """What was read, to be settled before it is published; `preview` adds the fields of the points."""

    text = HiddenField()
    title = StringField(
        "Title",
        [InputRequired("Give the unit a title."), Most(LENGTHS["title"])],
        description="For example: Keep the workplace safe",
    )
    code = StringField(
        "Code", [InputRequired("Give the unit a code."), Most(LENGTHS["code"])], description="For example: CS-304"
    )
    level = StringField("Level", [Optional(), Most(LENGTHS["level"])], description="For example: 3")
    anew = BooleanField("Publish as a new edition")

    def naming(self, unit: Unit) -> Naming:
        """The answers as the domain takes them."""
        points = {
            point.ref: Settled(
                tuple(self[parts_name(place)].data), tuple(Method(name) for name in self[methods_name(place)].data)
            )
            for place, point in enumerate(unit.points)
        }
        return Naming(self.title.data, self.code.data, self.level.data or "", points)


class PartsField(TextAreaField):
    """The parts of a point, one a line."""

    def _value(self) -> str:
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Lines without white space around them, the empty ones left out."""
        if valuelist:
            self.data = [line.strip() for line in valuelist[0].splitlines() if line.strip()]


class _WordsOf:
    """Parts are words of their point."""

    def __init__(self, point: Point) -> None:
        self.point = point

    def __call__(self, _form: Any, field: Field) -> None:
        strange = strangers(self.point, [" ".join(text.split()) for text in field.data or []])
        if strange:
            raise ValidationError(
                f"Point {self.point.ref} does not say “{strange[0]}”. Use words of the point, exactly."
            )
        if len(field.data or []) > len(LETTERS):
            raise ValidationError(f"Point {self.point.ref} has more than {len(LETTERS)} parts.")


def parts_name(place: int) -> str:
    """Name of the field with the parts of the point at `place`."""
    return f"parts-{place}"


def methods_name(place: int) -> str:
    """Name of the field with the methods of the point at `place`."""
    return f"methods-{place}"


def preview(unit: Unit, text: str, *, sent: bool) -> PreviewForm:
    """The form for `unit`, read from `text`: as it was `sent`, or as it was read."""
    fields: dict[str, Any] = {}
    for place, point in enumerate(unit.points):
        fields[parts_name(place)] = PartsField(
            "Parts", [Optional(), _WordsOf(point)], default=[part.text for part in point.parts]
        )
        fields[methods_name(place)] = SelectMultipleField(
            "Permitted methods", [Optional()], choices=METHODS, default=[method.value for method in point.methods]
        )
    kind: type[PreviewForm] = type("PreviewOfUnit", (PreviewForm,), fields)
    if sent:
        return kind()
    return kind(formdata=None, text=text, title=unit.title, code=unit.code, level=unit.level)


class StaffForm(Form):
    """Who answers for the units that are begun."""

    assessor = SelectField("Assessor", coerce=int, description="Judges the work. Can be allocated later.")
    iqa = SelectField(
        "Internal quality assurer", coerce=int, description="Checks the assessor’s decisions. Never the same person."
    )

    def offer_staff(self, assessors: Iterable[Person], iqas: Iterable[Person]) -> None:
        """Set who there is to choose from, and nobody."""
        self.assessor.choices, self.iqa.choices = _choices(assessors), _choices(iqas)

    def staff(self, viewer: Person) -> dict[str, Person | None]:
        """Who is chosen, as operations take them."""
        fields = (("assessor", self.assessor), ("iqa", self.iqa))
        return {role: people.person(field.data, viewer=viewer) if field.data else None for role, field in fields}


class EnrolForm(StaffForm):
    """The units that a learner begins, and who answers for them."""

    editions = SelectMultipleField("Units", [InputRequired("Choose at least one unit.")], coerce=int)

    def offer(self, editions: Iterable[Edition]) -> None:
        """Set the units."""
        self.editions.choices = [SelectChoice(str(one.id), f"{one.code} {one.title}") for one in editions]


def _choices(people: Iterable[Person]) -> list[SelectChoice]:
    return [SelectChoice("0", "Nobody yet"), *(SelectChoice(str(person.id), person.name) for person in people)]
