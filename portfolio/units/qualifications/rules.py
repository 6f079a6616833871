"""What a qualification must be to be published."""

from criteria.qualification import Qualification, Reached, UnitGroup, faults
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank, listed, plural

LENGTHS = {"title": 200, "number": 40, "level": 20, "body": 200}
"""Characters of what a qualification is called."""
LONGEST_TITLE = 100
"""Characters of the title of a group."""
MOST_GROUPS = 30


def asked_for(group: UnitGroup) -> str:
    """The rule of a group in words: `all 3 units`, `at least 2 of 5 units and 9 credits`."""
    every = group.mandatory and group.least > 0
    units = plural(len(group.units), "unit")
    number = "" if not group.least else f"all {units}" if every and len(group.units) > 1 else units
    if group.least and not every:
        number = f"at least {group.least} of {units}"
    return listed(list(filter(None, [number, f"at least {plural(group.credit, 'credit')}" if group.credit else ""])))


def amount(reached: Reached) -> str:
    """How far somebody is, in words: `1 of 3 units needed, 6 of 14 credits`."""
    units = f"{reached.units} of {plural(reached.needed, 'unit')} needed" if reached.needed else ""
    credit = f"{reached.credit} of {plural(reached.credit_needed, 'credit')}" if reached.credit_needed else ""
    return ", ".join(filter(None, [units, credit]))


def ensure_publishable(qualification: Qualification) -> None:
    """Raise `Incomplete` for what lacks a title or a number that can be seen, for what is too long or cannot be met."""
    if is_blank(qualification.title):
        raise Incomplete("Give the qualification a title.", ("title",))
    if is_blank(qualification.number):
        raise Incomplete("Give the number of the qualification, as its awarding organisation states it.", ("number",))
    ensure_fits(qualification, LENGTHS)
    for field, sentence in faults(qualification):
        raise Incomplete(sentence, (field,))
