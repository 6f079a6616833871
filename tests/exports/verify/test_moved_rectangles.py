"""A rectangle that was moved in the facts, or that lies beyond its picture, is found by whoever checks the pack."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import verify
from exports.facts.canonical import canonical as facts_of
from portfolio.evidence.places import areas, locators
from portfolio.evidence.places.locators import Region, Span
from tests.exports.samples.log import canonical
from tests.exports.samples.pack import LEILA, packed
from tests.exports.verify.verifying import said, small

SIDES = st.integers(0, 1000).map(lambda tenths: tenths / 10)
AREAS = st.builds(areas.written, SIDES, SIDES, SIDES, SIDES)
FILES = st.sampled_from(["", "ab" * 32])
TENTHS = st.integers(0, 90_000).map(lambda tenths: tenths / 10)


def told(place: Region | Span) -> dict[str, object]:
    """A claim as the facts tell it."""
    return {"locator": {"kind": type(place).__name__.lower()} | asdict(place), "kept": ""}


@given(st.builds(Region, AREAS, FILES) | st.builds(Span, TENTHS, TENTHS, FILES, st.just("") | AREAS))
def test_whoever_checks_writes_a_place_as_the_house_does(place: Region | Span) -> None:
    assert verify.selector(told(place)) == locators.write(place)
    assert b'"region"' in facts_of(place) or isinstance(place, Region)


def test_seconds_that_were_told_before_parts_of_films_are_read_as_before() -> None:
    claim = told(Span(1.0, 2.0, "ab" * 32))
    del claim["locator"]["region"]  # type: ignore[attr-defined]
    assert verify.selector(claim) == locators.write(Span(1.0, 2.0, "ab" * 32))


@pytest.mark.parametrize("kind", [Region, Span])
def test_a_rectangle_that_was_moved_or_added_is_named(kind: type) -> None:
    at = next(number for number, one in enumerate(LEILA.claims) if isinstance(one.locator, kind))
    claim = LEILA.claims[at]
    moved = {"xywh": "percent:1,1,5,5"} if kind is Region else {"region": "percent:1,1,5,5"}
    other = replace(claim, locator=replace(claim.locator, **moved))  # type: ignore[arg-type]
    claims = (*LEILA.claims[:at], other, *LEILA.claims[at + 1 :])
    faults = said(packed(replace(LEILA, claims=claims)))
    assert f"{claim.unit}, round 2: the places and reasons handed in is not what the log tells" in faults


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("t=1,2&xywh=percent:10,10,20,20", ""), ("xywh=percent:10,10,20,20", ""),
        ("t=1,2&xywh=percent:90,10,20,20", "is claimed at percent:90,10,20,20, which is no part of a picture"),
        ("xywh=percent:10,10,0,20", "is claimed at percent:10,10,0,20, which is no part of a picture"),
        ("xywh=nonsense", "is not an annotation"),
    ],
)  # fmt: skip
def test_a_rectangle_beyond_its_picture_is_named(value: str, wrong: str) -> None:
    target = {"source": "../evidence/ada-1/1/a.mp4", "selector": {"value": value}}
    rows = [{"path": "data/evidence/ada-1/1/a.mp4", "sha256": verify.hashlib.sha256(b"").hexdigest(), "duration": 10.0}]
    faults = said(
        small(**{
            "data__evidence__ada-1__1__a.mp4": b"",
            "data__records__files.json": canonical(rows),
            "data__annotations__ada-1.jsonld": canonical({"items": [{"id": "#claim-2", "target": target}]}),
        })
    )  # fmt: skip
    assert wrong in faults
    if not wrong:
        assert "picture" not in faults
        assert "annotation" not in faults
