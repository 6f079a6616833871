"""Forms about qualifications: what an edition says, and which units a learner works on for it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from criteria.qualification import GroupUnit, Qualification, UnitGroup
from portfolio.foundation.errors import Incomplete, Refused
from portfolio.foundation.forms import Form, Most
from portfolio.people.models import Person
from portfolio.units.forms import StaffForm
from portfolio.units.qualifications.rules import LENGTHS, LONGEST_TITLE, MOST_GROUPS, asked_for

MOST = 9999
"""Credits, or units, in one answer."""


class CountField(IntegerField):
    """A number of units or credits; may be left out."""

    def __init__(self, label: str, **given: Any) -> None:
        wrong = f"Write a number between 1 and {MOST:,}, or leave it empty."
        super().__init__(label, [Optional(), NumberRange(1, MOST, wrong)], **given)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises `ValidationError` for what is no number."""
        try:
            super().process_formdata([value.strip() for value in valuelist if value.strip()])
        except ValueError:
            raise ValidationError(self.wrong) from None


class QualificationForm(Form):
    """What an edition of a qualification says; `qualification_form` adds the fields of the groups."""

    title = StringField(
        "Title",
        [InputRequired("Give the qualification a title."), Most(LENGTHS["title"])],
        description="In full, as it stands on certificates.",
    )
    number = StringField(
        "Number",
        [InputRequired("Give its number, as the awarding organisation states it."), Most(LENGTHS["number"])],
        description="For example: 603/1234/5",
    )
    level = StringField("Level", [Optional(), Most(LENGTHS["level"])], description="For example: 3")
    body = StringField("Awarding organisation", [Optional(), Most(LENGTHS["body"])])
    credit = CountField("Credits needed in all", description="Leave it empty where credits do not count.")
    anew = BooleanField("Publish as a new edition")
    places: int
    """How many groups the form has room for."""

    def filled(self) -> list[int]:
        """Places of the groups about which something is said."""
        names = ("title", "units", "needed", "credit")
        return [place for place in range(self.places) if any(self[named(place, name)].data for name in names)]

    def qualification(self, known: Mapping[str, GroupUnit]) -> Qualification:
        """The answers as the domain takes them; `known` are the centre's units by their codes."""
        groups = [
            UnitGroup(
                self[named(place, "title")].data or "",
                tuple(known[code] for code in self[named(place, "units")].data),
                self[named(place, "needed")].data,
                self[named(place, "credit")].data,
            )
            for place in self.filled()
        ]
        said = {name: self[name].data or "" for name in LENGTHS}
        return Qualification(**said, credit=self.credit.data, groups=tuple(groups))

    def refuse(self, refusal: Refused) -> None:
        """Show the sentence at the field; groups that are empty were not counted."""
        if isinstance(refusal, Incomplete) and refusal.lacks and refusal.lacks[0].startswith("group-"):
            _, place, name = refusal.lacks[0].split("-")
            there = dict(enumerate(self.filled())).get(int(place), 0)
            refusal = Incomplete(refusal.sentence, (named(there, name),))
        super().refuse(refusal)


def named(place: int, name: str) -> str:
    """Name of a field of the group at `place`."""
    return f"group-{place}-{name}"


def qualification_form(
    known: Mapping[str, GroupUnit], places: int, *, like: Qualification | None = None
) -> QualificationForm:
    """The form with room for so many groups, as it was sent or, before that, filled with what another edition says."""
    choices = [SelectChoice(unit.code, _unit(unit)) for unit in known.values()]
    fields: dict[str, Any] = {"places": places}
    for place in range(places):
        group = like.groups[place] if like and place < len(like.groups) else None
        fields |= {
            named(place, "title"): StringField(
                "Title of the group", [Optional(), Most(LONGEST_TITLE)], default=group.title if group else ""
            ),
            named(place, "units"): SelectMultipleField(
                "Its units",
                [Optional()],
                choices=choices,
                default=[unit.code for unit in group.units] if group else [],
            ),
            named(place, "needed"): CountField("Units needed", default=group.needed if group else None),
            named(place, "credit"): CountField("Credits needed", default=group.credit if group else None),
        }
    kind: type[QualificationForm] = type("QualificationWithGroups", (QualificationForm,), fields)
    return kind(obj=like) if like else kind()


def places_sent(sent: Collection[str], *, more: bool) -> int:
    """For how many groups a form that was sent has room, with one `more` where it is asked for."""
    count = sum(name.startswith("group-") and name.endswith("-title") for name in sent)
    return min(max(count, 1) + more, MOST_GROUPS)


class ProgrammeForm(StaffForm):
    """Which units a learner works on for a qualification; `programme_form` adds a field for each group."""

    groups: int

    def codes(self) -> list[str]:
        """Codes of the units that are ticked."""
        return [code for place in range(self.groups) for code in self[f"group-{place}"].data]


def programme_form(
    qualification: Qualification,
    chosen: Collection[str],
    *,
    assessors: Iterable[Person],
    iqas: Iterable[Person],
    enrolled: Collection[str] = (),
    learners: Mapping[Person, bool] | None = None,
) -> ProgrammeForm:
    """The form with a field for each group; before anything is sent, the units of codes `chosen` are ticked.

    For several at once it asks which `learners`; those are ticked of whom it says so.
    """
    fields: dict[str, Any] = {"groups": len(qualification.groups)}
    if learners is not None:
        fields["learners"] = SelectMultipleField(
            "Learners",
            [InputRequired("Tick at least one learner.")],
            coerce=int,
            choices=[SelectChoice(one.id, ", ".join(filter(None, [one.name, one.number]))) for one in learners],
            default=[one.id for one, ticked in learners.items() if ticked],
        )
    for place, group in enumerate(qualification.groups):
        choices = [
            SelectChoice(unit.code, _unit(unit) + (", enrolled already" if unit.code in enrolled else ""))
            for unit in group.units
        ]
        fields[f"group-{place}"] = SelectMultipleField(
            group.title,
            [Optional()],
            choices=choices,
            default=[unit.code for unit in group.units if unit.code in chosen],
            description=f"Needed: {asked_for(group)}.",
        )
    kind: type[ProgrammeForm] = type("ProgrammeWithGroups", (ProgrammeForm,), fields)
    form = kind()
    form.offer_staff(assessors, iqas)
    return form


def _unit(unit: GroupUnit) -> str:
    credit = f", {unit.credit} credit{'s' * (unit.credit != 1)}" if unit.credit is not None else ""
    return f"{unit.code} {unit.title}{credit}"


def mandatory(qualification: Qualification) -> list[str]:
    """Codes of the units that everybody needs."""
    return [unit.code for group in qualification.groups if group.mandatory for unit in group.units]
