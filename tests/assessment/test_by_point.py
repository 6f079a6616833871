"""One point across learners: whoever waits for a verdict on it, the longest first, one after the other."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.queries import by_point
from portfolio.assessment.rules import is_settled
from portfolio.foundation.db import db, transaction
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from portfolio.units.models import Enrolment
from tests.fixtures import deeds
from tests.fixtures.cast import House

NAMES = ("Una Ash", "Tom <b>Birch</b>", "Sam Cole")


@pytest.fixture
def waiting(house: House) -> list[Assessment]:
    """Three of Ben's learners handed in the same unit, one after the other."""
    first = house.enrolment()
    return [deeds.handed_in(enrolment) for enrolment in _enrolled(house, first)]


def _enrolled(house: House, first: Enrolment) -> Iterator[Enrolment]:
    dee = house.person("dee")
    for number, name in enumerate(NAMES):
        with transaction():
            stated = Registration(name, f"l{number}@harbour.example", (Role.LEARNER,))
            learner = people.register(stated, dee.centre, by=dee)
            enrolment = units.enrol(learner, first.edition, assessor=first.assessor, iqa=first.iqa, by=dee)
        yield enrolment


@pytest.fixture
def ben(house: House) -> FlaskClient:
    """Ben at his desk."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser("ben")


def listed(ben: FlaskClient, point: int, asked: str = "") -> list[int]:
    """The learners of a walk, by their assessments, in its order."""
    page = ben.get(f"/marking/points/{point}?{asked}").text
    return [int(id) for id in re.findall(r'data-point="(\d+)"', page)]


def in_hand(page: str) -> int:
    """Whose evidence a page of the walk shows."""
    (found,) = re.findall(r'data-marking="(\d+)"', page)
    return int(found)


def test_a_walk_goes_through_whoever_waits_the_longest_wait_first(waiting: list[Assessment], ben: FlaskClient) -> None:
    ids, (first, second, _) = [one.id for one in waiting], deeds.points(waiting[0])
    assert listed(ben, first.id) == ids
    assert in_hand(ben.get(f"/marking/points/{first.id}").text) == ids[0]
    assert in_hand(ben.get(f"/marking/points/{first.id}?learner={ids[2]}").text) == ids[2]
    deeds.judge(waiting[0], first, deeds.MET)
    assert (listed(ben, first.id), listed(ben, second.id)) == (ids[1:], ids)
    assert listed(ben, first.id, "given=y") == ids
    assert in_hand(ben.get(f"/marking/points/{first.id}?given=y").text) == ids[1]


def test_the_evidence_is_that_of_the_point_and_opens_at_its_place(waiting: list[Assessment], ben: FlaskClient) -> None:
    point = deeds.points(waiting[0])[1]
    page = ben.get(f"/marking/points/{point.id}").text
    assert page.count("data-point-where=") == 1
    assert "A repair cost less than a new kettle" in page
    assert f'action="/marking/{waiting[0].id}/points/{point.id}?by=point&amp;place=1"' in page
    piece = ben.get(f"/marking/{waiting[1].id}/points/{point.id}?by=point&place=2").text
    assert f'id="evidence-of-{waiting[1].id}"' in piece
    assert f'id="verdict-{waiting[1].id}"' in piece
    assert 'data-settled=""' in piece
    deeds.judge(waiting[1], point, deeds.MET)
    assert 'data-settled="y"' in ben.get(f"/marking/{waiting[1].id}/points/{point.id}?by=point&place=2").text


def test_a_verdict_in_a_walk_is_the_verdict_at_the_desk(waiting: list[Assessment], ben: FlaskClient) -> None:
    point, first = deeds.points(waiting[0])[1], waiting[0]
    given = {"seen": "0", "verdict": "partly met", "shown": "a", "feedback": ""}
    address = f"/marking/{first.id}/points/{point.id}?by=point&place=1"
    answer = ben.post(address, data=given, headers={"X-Piece": "1"})
    assert answer.status_code == 200
    for piece in (f'id="row-{first.id}"', f'id="verdict-{first.id}"', f'id="where-{first.id}"', 'id="lately"'):
        assert piece in answer.text
    assert 'id="tally"' not in answer.text
    again = ben.post(address, data=given | {"verdict": "met"}, headers={"X-Piece": "1"})
    assert again.status_code == 409
    db.session.rollback()
    (judged,) = queries.judgements(first)
    assert (judged.verdict, judged.feedback) == ("partly met", "Still needed: time.")
    plain = ben.post(f"/marking/{waiting[1].id}/points/{point.id}?by=point", data=given | {"verdict": "met"})
    assert plain.headers["Location"] == f"/marking/points/{point.id}"


def test_what_was_found_lately_is_his_own_and_of_those_who_are_still_his(
    house: House, waiting: list[Assessment], ben: FlaskClient
) -> None:
    point = deeds.points(waiting[0])[0]
    for one in waiting[:2]:
        deeds.judge(one, point, deeds.NOT_MET)
    deeds.judge(waiting[1], point, deeds.MET)
    deeds.judge(waiting[0], point, deeds.MET)
    deeds.unjudge(waiting[0], point)
    found = queries.lately(point.id, house.person("ben"))
    assert [(one.assessment_id, one.verdict) for one in found] == [
        (waiting[0].id, "not met"), (waiting[1].id, "met"),
    ]  # fmt: skip
    page = ben.get(f"/marking/points/{point.id}").text
    assert "Tell how it ended." in page
    assert queries.lately(point.id, house.person("eve")) == []
    with transaction():
        operations.allocate(waiting[0].enrolment, assessor=house.person("eve"), iqa=None, by=house.person("dee"))
    assert [one.assessment_id for one in queries.lately(point.id, house.person("ben"))] == [waiting[1].id]
    assert listed(house.browser("eve"), point.id, "given=y") == [waiting[0].id]


def test_names_can_be_hidden(waiting: list[Assessment], ben: FlaskClient) -> None:
    point = deeds.points(waiting[0])[0]
    deeds.judge(waiting[2], point, deeds.NOT_MET)
    for address in (
        f"/marking/points/{point.id}?names=hidden&given=y",
        f"/marking/{waiting[1].id}/points/{point.id}?by=point&place=2&names=hidden",
    ):
        page = ben.get(address).text
        assert [name for name in ("Una", "Tom", "Sam") if name in page] == []
    page = ben.get(f"/marking/points/{point.id}?names=hidden").text
    assert 'data-called="Learner 2"' in page
    shown = ben.get(f"/marking/points/{point.id}").text
    assert "Tom &lt;b&gt;Birch" in shown


def test_only_points_that_somebody_waits_for_are_listed_with_how_many(
    house: House, waiting: list[Assessment], ben: FlaskClient
) -> None:
    first, *_ = deeds.points(waiting[0])
    deeds.judge(waiting[0], first, deeds.MET)
    found = {one.ref: one.open for one in queries.open_points(deeds.assessor_of(waiting[0]))}
    assert found == {"1": 2, "2": 3, "3": 3}
    for one in waiting[1:]:
        deeds.judge(one, first, deeds.MET)
    page = ben.get("/marking/points").text
    assert f"/marking/points/{first.id}" not in page
    deeds.judge_all(waiting[0])
    deeds.judge_all(waiting[1])
    deeds.withdraw(waiting[2].enrolment, house.person("dee"))
    assert "No point waits for you" in ben.get("/marking/points").text
    assert "Nobody waits for this point" in ben.get(f"/marking/points/{first.id}").text


def test_who_waits_is_whose_point_is_not_settled_in_any_round(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    ben = house.person("ben")

    def agree() -> list[str]:
        """The points that wait by the rule and by the queries, which are the same."""
        present, last = queries.present_round(assessment), {}
        assert present is not None
        for one in queries.judgements(assessment):
            last[one.point_id] = one
        waits = []
        for point in deeds.points(assessment):
            one = last.get(point.id)
            settled = one is not None and is_settled(
                one.verdict, given_in=one.round_id, present=present.id, reopened=assessment.reopened_id
            )
            if not settled and assessment.state == "handed in":
                waits.append(point.ref)
        assert [one.ref for one in queries.open_points(ben)] == waits
        assert [point.ref for point in deeds.points(assessment) if queries.waiting_for(point.id, ben)] == waits
        return waits

    first, second, third = deeds.points(assessment)
    assert agree() == ["1", "2", "3"]
    deeds.judge(assessment, first, deeds.MET)
    deeds.judge(assessment, second, deeds.PARTLY)
    deeds.judge(assessment, third, deeds.NOT_MET)
    deeds.unjudge(assessment, third)
    assert agree() == ["3"]
    deeds.judge(assessment, third, deeds.NOT_MET)
    deeds.refer(assessment)
    assert agree() == []
    deeds.hand_in(house.enrolment())
    assert agree() == ["2", "3"]
    deeds.judge_all(assessment)
    deeds.award(assessment)
    assert agree() == []
    deeds.reopen(assessment, house.person("dee"))
    deeds.hand_in(house.enrolment())
    assert agree() == ["1", "2", "3"]


def test_a_hidden_name_stays_hidden_in_what_became_of_the_round(waiting: list[Assessment], ben: FlaskClient) -> None:
    first, point = waiting[0], deeds.points(waiting[0])[0]
    page = ben.get(f"/marking/points/{point.id}?names=hidden").text
    (round,) = set(re.findall(r'name="round" value="(\d+)"', page))
    deeds.take_back(first)
    asked, sent = "by=point&place=1&names=hidden", {"round": round, "point": str(point.id)}
    told = [
        ben.post(f"/marking/{first.id}/here?{asked}", data=sent).text,
        ben.post(f"/marking/{first.id}/points/{point.id}?{asked}", data=sent | {"seen": "0", "verdict": "met"}).text,
        ben.post(f"/marking/{first.id}/points/{point.id}/undo?{asked}", data=sent | {"seen": "0"}).text,
    ]
    assert [("Learner 1 took this unit back" in one, "Una" in one) for one in told] == [(True, False)] * 3


def test_without_scripts_a_refusal_is_the_walk_with_what_was_typed(waiting: list[Assessment], ben: FlaskClient) -> None:
    point = deeds.points(waiting[1])[0]
    given = {"seen": "0", "verdict": "not met", "feedback": ""}
    address = f"/marking/{waiting[1].id}/points/{point.id}?by=point&place=2&names=hidden"
    answer = ben.post(address, data=given)
    assert answer.status_code == 422
    assert in_hand(answer.text) == waiting[1].id
    assert "Una" not in answer.text
    assert 'value="not met" checked' in answer.text
    deeds.judge(waiting[1], point, deeds.MET)
    assert in_hand(ben.post(address, data=given | {"feedback": "More."}).text) == waiting[1].id


def test_more_than_a_walk_holds_are_counted_without_those_who_have_a_verdict(
    waiting: list[Assessment], ben: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_WAITING", 2)
    monkeypatch.setattr(by_point, "MOST_WAITING", 2)
    by_point._waiting.cache_clear()
    point = deeds.points(waiting[0])[0]
    deeds.judge(waiting[0], point, deeds.MET)
    page = ben.get(f"/marking/points/{point.id}?given=y").text
    by_point._waiting.cache_clear()
    assert "1 more waits behind these." in page
