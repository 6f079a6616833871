"""A verdict says on which places it rests: on all that is claimed, on some of it, or on what the assessor marked."""

import json
from typing import Any

import pytest

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment, HandedClaim, Judgement
from portfolio.evidence.places.locators import Page, read
from portfolio.foundation.db import db
from portfolio.foundation.errors import Incomplete
from tests.evidence.pages import papers
from tests.fixtures import deeds
from tests.fixtures.cast import House

FIRST = "listened until"
"""Words within what is claimed for the first point."""


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in: one sentence claimed for each point, and two for the first."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    enrolment = house.enrolment()
    item = deeds.ready(enrolment)
    deeds.claim(item, deeds.place_of(item, "took two days"), [enrolment.edition.points[0]])
    return deeds.hand_in(enrolment)


def claims(assessment: Assessment) -> list[HandedClaim]:
    """Those of the first point."""
    point = deeds.points(assessment)[0]
    return [one for one in queries.claims_in(deeds.the_round(assessment)) if one.point_id == point.id]


def words(assessment: Assessment, said: str) -> dict[str, Any]:
    """How a form names words of the item."""
    (handed,) = queries.handed(deeds.the_round(assessment))
    start = handed.version.plain.index(said)
    return {"version": handed.version_id, "start": start, "end": start + len(said)}


def save(house: House, assessment: Assessment, grounds: object, *, verdict: str = "met", seen: int = 0) -> Any:
    """Ben's answer on the first point, and what the server says to it."""
    said = grounds if isinstance(grounds, str) else json.dumps(grounds)
    data = {"seen": seen, "verdict": verdict, "shown": ["a", "b"], "feedback": "What I saw.", "grounds": said}
    point = deeds.points(assessment)[0]
    answer = house.browser("ben").post(
        f"/marking/{assessment.id}/points/{point.id}", data=data, headers={"X-Piece": "1"}
    )
    db.session.rollback()
    return answer


def last(assessment: Assessment) -> Judgement:
    """The newest judgement on record."""
    return max(queries.judgements(assessment), key=lambda one: one.id)


def lying(assessment: Assessment) -> list[str]:
    """How the marked places of the newest judgement lie."""
    return [one["lies"] for one in last(assessment).places or ()]


def test_without_a_word_it_rests_on_all_that_is_claimed(house: House, assessment: Assessment) -> None:
    assert save(house, assessment, "").status_code == 200
    assert last(assessment).relied == [one.id for one in claims(assessment)]
    assert last(assessment).places == []


def test_some_of_the_claims_can_be_chosen(house: House, assessment: Assessment) -> None:
    _, second = claims(assessment)
    page = save(house, assessment, {"relied": [second.id]}).text
    assert last(assessment).relied == [second.id]
    assert page.count('data-rests="') == 2
    assert page.count(f'data-rests="{second.id}" checked') == 1


@pytest.mark.parametrize(
    ("said", "how"),
    [
        (FIRST, "narrower"),
        ("I listened until he had said it all. A repair", "wider"),
        ("I rang him on Friday", "added"),
        ("it all. A repair", "added"),
    ],
)
def test_what_is_marked_is_told_by_how_it_lies_to_what_is_claimed(
    house: House, assessment: Assessment, said: str, how: str
) -> None:
    answer = save(house, assessment, {"relied": [], "marked": [words(assessment, said)]})
    assert answer.status_code == 200
    assert (last(assessment).relied, lying(assessment)) == ([], [how])
    assert f"“{said}”" not in answer.text
    assert said in answer.text


def test_a_place_that_is_marked_just_as_it_is_claimed_is_that_claim(house: House, assessment: Assessment) -> None:
    save(house, assessment, {"relied": [], "marked": [words(assessment, deeds.SENTENCES[0])]})
    assert last(assessment).relied == [claims(assessment)[0].id]
    assert lying(assessment) == []


def test_the_same_place_is_kept_once(house: House, assessment: Assessment) -> None:
    save(house, assessment, {"marked": [words(assessment, FIRST)] * 3})
    assert lying(assessment) == ["narrower"]


def test_pages_seconds_and_rectangles_can_be_marked(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    enrolment = house.enrolment()
    deeds.ready(enrolment)
    paper = papers.item(enrolment.learner, papers.report("The till was wrong.", "It is right now."))
    papers.do_jobs()
    deeds.claim(paper, Page(1), [enrolment.edition.points[0]])
    assessment = deeds.hand_in(enrolment)
    version = papers.version_of(paper).id
    area = {"left": 10, "top": 10.5, "width": 30, "height": 20}
    answer = save(
        house, assessment, {"marked": [{"version": version, "page": 1} | area, {"version": version, "page": 2}]}
    )
    assert answer.status_code == 200, answer.text
    assert [read(one["locator"]) for one in last(assessment).places or ()] == [
        Page(1, region="percent:10,10.5,30,20"), Page(2),
    ]  # fmt: skip
    assert lying(assessment) == ["narrower", "added"]
    assert save(house, assessment, {"marked": [{"version": version, "page": 3}]}, seen=1).status_code == 422


def test_met_rests_on_something_and_what_was_typed_comes_back(house: House, assessment: Assessment) -> None:
    answer = save(house, assessment, {"relied": []})
    assert answer.status_code == 422
    assert "Met rests on a place" in answer.text
    assert "What I saw." in answer.text
    assert queries.judgements(assessment) == []
    assert save(house, assessment, {"relied": []}, verdict="not met").status_code == 200


STRANGE: dict[str, object] = {
    "no JSON": "{",
    "a list": [1],
    "another claim": {"relied": [999_999]},
    "no number": {"relied": ["x"]},
    "no end": {"relied": [1e999]},
    "an item that was not handed in": {"marked": [{"version": 10**30, "start": 0, "end": 4}]},
    "no item": {"marked": [{"start": 0, "end": 4}]},
    "beyond the text": {"marked": [{"version": 1, "start": 0, "end": 10**9}]},
    "half a place": {"marked": [{"version": 1, "start": 0}]},
    "half a rectangle": {"marked": [{"version": 1, "left": 1, "top": 2}]},
    "seconds of no recording": {"marked": [{"version": 1, "begins": 1, "ends": 2}]},
    "no seconds": {"marked": [{"version": 1, "begins": "nan", "ends": "inf"}]},
    "too many": {"marked": [{"version": 1, "start": at, "end": at + 4} for at in range(30)]},
    "words": {"marked": ["here"]},
    "very long": "[" * 60_000,
    "half a sign": '{"marked": [{"version": "\\ud800"}]}',
}


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_is_none_is_refused_in_a_sentence_and_nothing_is_saved(
    house: House, assessment: Assessment, name: str
) -> None:
    answer = save(house, assessment, STRANGE[name])
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "What I saw." in answer.text
    assert queries.judgements(assessment) == []


def test_a_version_of_somebody_else_cannot_be_marked(house: House, assessment: Assessment) -> None:
    other = deeds.write(house.person("abe"), "Abe wrote this, and nobody else may know of it.")
    answer = save(house, assessment, {"marked": [{"version": papers.version_of(other).id, "start": 0, "end": 9}]})
    assert answer.status_code == 422
    assert "Abe wrote" not in answer.text


def test_an_undone_verdict_gives_back_what_the_one_before_rested_on(house: House, assessment: Assessment) -> None:
    save(house, assessment, {"relied": [], "marked": [words(assessment, FIRST)]})
    save(house, assessment, "", verdict="not met", seen=1)
    deeds.unjudge(assessment, deeds.points(assessment)[0])
    assert (last(assessment).relied, lying(assessment)) == ([], ["narrower"])


def test_a_point_falls_with_what_it_rests_on_alone(assessment: Assessment) -> None:
    deeds.note_flaw(assessment, ["current"], "It is of last spring.")
    point = deeds.points(assessment)[0]
    with pytest.raises(Incomplete, match="lies in evidence that fails"):
        deeds.judge(assessment, point, deeds.MET)


def test_the_learner_reads_it_at_the_place(house: House, assessment: Assessment) -> None:
    first, second = claims(assessment)
    save(house, assessment, {"relied": [second.id], "marked": [words(assessment, "I rang him")]}, verdict="not met")
    assert "I rang him</q>" not in house.browser("ada").get(f"/portfolio/{assessment.enrolment_id}").text
    for point in deeds.points(assessment)[1:]:
        deeds.judge(assessment, point, deeds.NOT_MET)
    deeds.refer(assessment)
    page = house.browser("ada").get(f"/portfolio/{assessment.enrolment_id}/feedback").text
    assert page.count("the verdict does not rest on it") == 1
    assert "I rang him</q>" in page
    assert "data-rests" not in page
    assert first.id != second.id
