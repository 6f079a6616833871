"""Two verdicts without sight of each other are held against each other by field: nothing of mine goes, nothing else is
mine.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Finding, Verdict
from portfolio.assessment.together.clash import FIELDS, Said, merge
from portfolio.foundation.db import db
from tests.fixtures import deeds
from tests.fixtures.cast import House

SAID = st.builds(
    Said,
    st.sampled_from(["", *map(str, Verdict)]),
    st.frozensets(st.sampled_from("abc")),
    st.sampled_from(["", "Well heard.", "How long?", "<b>"]),
)
BEN = {"seen": "0", "verdict": "met", "feedback": "Well heard."}


@given(SAID, SAID, SAID)
def test_whatever_i_changed_is_in_the_form_and_all_else_is_theirs(base: Said, theirs: Said, mine: Said) -> None:
    merged = merge(base, theirs, mine).merged
    for name in FIELDS:
        changed = getattr(mine, name) != getattr(base, name)
        assert getattr(merged, name) == getattr(mine if changed else theirs, name)


@given(SAID, SAID, SAID)
def test_a_field_is_named_where_three_say_three_things(base: Said, theirs: Said, mine: Said) -> None:
    clash = merge(base, theirs, mine)
    assert set(clash.differing) == {
        name for name in FIELDS if len({getattr(one, name) for one in (base, theirs, mine)}) == 3
    }


@given(SAID, SAID)
def test_who_changed_nothing_is_shown_theirs_and_who_alone_changed_something_keeps_it(base: Said, other: Said) -> None:
    assert merge(base, other, base).all_theirs
    assert merge(base, base, other).merged == other
    assert merge(base, other, other).all_theirs
    assert (
        merge(base, base, other).differing == merge(base, other, base).differing == merge(base, other, other).differing
    )


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in; forms are sent without a token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return deeds.handed_in(house.enrolment())


def saves(house: House, assessment: Assessment, at: int = 0, **said: object) -> tuple[int, str]:
    """Ben saves a verdict from a page: the status and the panel that comes back."""
    point = deeds.points(assessment)[at].id
    told = house.browser("ben").post(
        f"/marking/{assessment.id}/points/{point}", data=BEN | said, headers={"X-Piece": "1"}
    )
    db.session.rollback()
    return told.status_code, told.text


def test_both_changed_both_are_shown_and_mine_stands_in_the_form(house: House, assessment: Assessment) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, Finding(Verdict.NOT_MET, feedback="Nothing is <told>."))
    status, panel = saves(house, assessment)
    assert status == 409
    assert "Ben Okafor saved another verdict on this point." in panel
    assert panel.count("You gave") == 2
    assert "Nothing is &lt;told&gt;." in panel
    assert ">Well heard.</textarea>" in panel
    assert 'name="seen" value="1"' in panel
    assert len(queries.judgements(assessment)) == 1
    assert saves(house, assessment, seen="1")[0] == 200
    assert [one.verdict for one in queries.judgements(assessment)] == ["not met", "met"]


def test_what_only_they_changed_is_theirs_and_is_not_named(house: House, assessment: Assessment) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, Finding(Verdict.MET))
    deeds.judge(assessment, first, Finding(Verdict.MET, feedback="She listened."))
    status, panel = saves(house, assessment, seen="1", verdict="not met", feedback="")
    assert status == 409
    assert "You gave" not in panel
    assert ">She listened.</textarea>" in panel
    (ticked,) = re.findall(r'value="([^"]+)"[^>]* checked', panel)
    assert ticked == "not met"


def test_the_same_again_shows_what_stands_and_asks_nothing(house: House, assessment: Assessment) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, deeds.MET)
    deeds.judge(assessment, first, deeds.NOT_MET)
    status, panel = saves(house, assessment, seen="1", feedback="")
    assert status == 409
    assert "of yours nothing differed" in panel
    assert ">Tell how it ended.</textarea>" in panel
    assert "data-clash" not in panel
    assert 'role="alert"' not in panel


def test_parts_that_two_ticked_otherwise_are_named_in_words(house: House, assessment: Assessment) -> None:
    second = deeds.points(assessment)[1]
    deeds.judge(assessment, second, replace(deeds.PARTLY, missing=("b",)))
    _, panel = saves(house, assessment, 1, verdict="partly met", shown="b", feedback="How much?")
    assert "Parts that are shown: Ben Okafor saved" in panel
    assert "Verdict: Ben Okafor saved" not in panel
    assert 'data-take=\'{"shown=a": "true", "shown=b": "false"}\'' in panel


def test_a_verdict_that_was_taken_back_meanwhile_is_told(house: House, assessment: Assessment) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, deeds.MET)
    deeds.unjudge(assessment, first)
    status, panel = saves(house, assessment, seen="1", verdict="not met", feedback="How?")
    assert status == 409
    assert "Ben Okafor took the verdict on this point back." in panel
    assert "No verdict" in panel


def test_a_form_that_lacks_something_does_not_hide_what_a_colleague_saved(house: House, assessment: Assessment) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], deeds.NOT_MET)
    status, panel = saves(house, assessment, verdict="")
    assert status == 409
    assert "saved another verdict" in panel
    assert ">Well heard.</textarea>" in panel


def test_without_scripts_both_are_read_on_the_page_and_saved_from_there(house: House, assessment: Assessment) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, deeds.NOT_MET)
    address = f"/marking/{assessment.id}/points/{first.id}"
    page = house.browser("ben").post(address, data=BEN)
    assert page.status_code == 409
    assert "Tell how it ended." in page.text
    assert ">Well heard.</textarea>" in page.text
    assert house.browser("ben").post(address, data=BEN | {"seen": "1"}).status_code == 302


@pytest.mark.parametrize("verdict", ["", "met", "not met"])
def test_a_page_that_knows_of_a_verdict_that_was_never_given_is_refused(
    house: House, assessment: Assessment, verdict: str
) -> None:
    status, panel = saves(house, assessment, seen="5", verdict=verdict)
    assert status in (409, 422)
    assert "verdict" in panel
    assert queries.judgements(assessment) == []
