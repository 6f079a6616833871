"""A qualification says which units lead to it, and how far somebody is follows from what they achieved."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from criteria.qualification import (
    GroupUnit,
    Qualification,
    UnitGroup,
    as_json,
    content_hash,
    faults,
    from_json,
    reached,
    reached_in,
)

MANDATORY = UnitGroup("Mandatory units", (GroupUnit("K-1", "Keep the kitchen safe", 3), GroupUnit("K-2", "Knives", 2)))
OPTIONAL = UnitGroup(
    "Optional units",
    (GroupUnit("K-3", "Pastry", 4), GroupUnit("K-4", "Fish", 4), GroupUnit("K-5", "Bread", 6)),
    needed=2,
)
COOKERY = Qualification("Certificate in Cookery", "603/1/2", "2", "Guild of Cooks", 12, (MANDATORY, OPTIONAL))
CODES = [unit.code for unit in COOKERY.units()]

_names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)
_numbers = st.none() | st.integers(1, 30)


@st.composite
def qualifications(draw: st.DrawFn) -> Qualification:
    codes = draw(st.lists(_names, unique=True, min_size=1, max_size=8))
    groups, left = [], list(codes)
    while left:
        taken, left = left[: (size := draw(st.integers(1, len(left))))], left[size:]
        units = tuple(GroupUnit(code, draw(_names), draw(_numbers)) for code in taken)
        groups.append(UnitGroup(draw(_names), units, draw(st.none() | st.integers(1, len(units))), draw(_numbers)))
    return Qualification(draw(_names), draw(_names), draw(_names), draw(_names), draw(_numbers), tuple(groups))


def test_units_achieved_of_those_needed() -> None:
    told = reached(COOKERY, {"K-1", "K-3", "K-4", "K-5"})
    assert (told.units, told.needed) == (3, 4), "a third optional unit does not stand for a mandatory one"
    assert not told.complete


def test_it_is_complete_when_every_group_is_and_the_credit_is_there() -> None:
    assert reached(COOKERY, {"K-1", "K-2", "K-3", "K-4"}).complete
    dear = replace(COOKERY, credit=14)
    assert not reached(dear, {"K-1", "K-2", "K-3", "K-4"}).complete, "13 of 14 credits"
    assert reached(dear, {"K-1", "K-2", "K-3", "K-5"}).complete


def test_a_group_may_ask_for_credit_alone() -> None:
    group = replace(OPTIONAL, needed=None, credit=6)
    assert not reached_in(group, {"K-3"}).complete
    assert reached_in(group, {"K-5"}).complete
    assert reached_in(group, {"K-5"}).needed == 0


def test_what_cannot_be_fulfilled_is_not_published() -> None:
    assert not list(faults(COOKERY))
    wrong = replace(COOKERY, groups=(MANDATORY, replace(OPTIONAL, needed=4), MANDATORY), credit=900)
    assert [field for field, _ in faults(wrong)] == ["group-1-needed", "group-2-units", "group-2-units", "credit"]
    assert [field for field, _ in faults(replace(COOKERY, groups=()))] == ["group-0-units"]
    empty = UnitGroup("", ())
    assert [field for field, _ in faults(replace(COOKERY, groups=(empty,), credit=None))] == [
        "group-0-title", "group-0-units",
    ]  # fmt: skip


@given(qualifications())
def test_what_is_kept_is_read_back_and_the_hash_names_it(one: Qualification) -> None:
    assert from_json(as_json(one)) == one
    assert content_hash(from_json(as_json(one))) == content_hash(one)
    assert content_hash(replace(one, title=one.title + "x")) != content_hash(one)


@given(qualifications(), st.data())
def test_achieving_more_never_takes_anything_away(one: Qualification, data: st.DataObject) -> None:
    codes = [unit.code for unit in one.units()]
    some = set(data.draw(st.lists(st.sampled_from(codes))))
    more = some | set(data.draw(st.lists(st.sampled_from(codes))))
    before, after = reached(one, some), reached(one, more)
    assert before.units <= after.units <= after.needed
    assert before.credit <= after.credit
    assert after.complete or not before.complete


@given(qualifications())
def test_whoever_achieved_every_unit_of_what_can_be_published_is_complete(one: Qualification) -> None:
    if not list(faults(one)):
        assert reached(one, {unit.code for unit in one.units()}).complete
