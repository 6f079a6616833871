"""What is claimed in the record of a meeting is claimed in a version that both signed, and stays there."""

import pytest

from portfolio.assessment.readiness import lacks
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings.lifecycle import MeetingState
from portfolio.evidence.models import Claim
from portfolio.evidence.operations import claim, remove, remove_claim, restore_claim
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.signatures.queries import signatures_of
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import STEP
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


def test_what_both_signed_is_claimed_at_the_very_steps_and_nothing_before(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    assert evidence.claims_on(item.id) == []
    meetings.answer(meeting)
    claims = evidence.claims_on(item.id)
    plain = evidence.latest(item).plain
    told = {one.point.ref: plain[slice(*position(one.locator))] for one in claims}
    assert told == {
        "1": "10:42 She asked what was wrong with it.",
        "2": "10:50 Question Why a repair?\nAnswer: It costs less.",
    }
    assert [one.learner_id for one in claims] == [house.person("ada").id] * 2


def position(locator: dict[str, list[dict[str, int]]]) -> tuple[int, int]:
    return locator["selector"][1]["start"], locator["selector"][1]["end"]


def test_a_change_after_signing_is_a_new_version_that_both_sign_anew(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    meetings.answer(meeting)
    first = evidence.latest(item)
    meetings.change(meeting)
    assert evidence.latest(item).id == first.id, "until it is signed anew, what was signed stands"
    meetings.sign(meeting)
    second = evidence.latest(item)
    signed = signatures_of([first.id, second.id])
    assert (second.number, len(signed[first.id]), len(signed[second.id])) == (2, 2, 1)
    assert {claim.version_id for claim in evidence.claims_on(item.id)} == {first.id}, "they stay in what both signed"
    meetings.answer(meeting)
    assert {claim.version_id for claim in evidence.claims_on(item.id)} == {second.id}
    places = [plain_of(second.plain, claim.locator) for claim in evidence.claims_on(item.id)]
    assert sorted(places) == sorted([
        "10:42 She asked what was wrong with it.",
        "10:50 Question Why a repair?\nAnswer: It costs less.",
        "11:05 Then she rang the customer.",
    ])  # fmt: skip


def plain_of(plain: str, locator: dict[str, list[dict[str, int]]]) -> str:
    return plain[slice(*position(locator))]


def test_a_record_that_somebody_signed_stays_in_the_portfolio(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    ada = house.person("ada")
    with pytest.raises(Refused, match="it stays in your portfolio"), transaction():
        remove(item, by=ada)
    db.session.expire_all()
    assert item.removed_at is None


def test_when_the_learner_does_not_agree_to_a_change_claims_stay_in_what_both_signed(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    item = meetings.sign(meeting)
    meetings.answer(meeting)
    first = evidence.latest(item)
    meetings.change(meeting)
    meetings.sign(meeting)
    meetings.answer(meeting, agrees=False, comment="She did not ring anybody.")
    assert {claim.version_id for claim in evidence.claims_on(item.id)} == {first.id}


def test_the_log_tells_that_claims_before_are_taken_back_when_a_new_version_is_agreed_to(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), [STEP])
    meetings.sign(meeting)
    meetings.answer(meeting)
    meetings.change(meeting)
    before = audit.head(1)[0]
    meetings.sign(meeting)
    meetings.answer(meeting)
    told = [line["deed"] for line in audit.lines(1) if line["seq"] > before]
    assert told == ["evidence saved", "signed", "signed", "claim removed", "place claimed", "place claimed"]


@pytest.mark.parametrize("state", [MeetingState.SIGNED, MeetingState.DISPUTED])
def test_no_place_is_claimed_by_hand_in_a_record_that_the_learner_has_not_agreed_to(
    house: House, state: MeetingState
) -> None:
    item = meetings.brought(state, house.person("ada"), house.person("ben")).evidence
    assert item is not None
    ada, points = house.person("ada"), house.enrolment().edition.points
    with pytest.raises(Refused, match="once your assessor and you have signed it"), transaction():
        claim(evidence.latest(item), Whole(), points[:1], reason="", by=ada)
    assert evidence.claims_on(item.id) == []


def test_a_claim_that_is_put_back_stays_in_the_version_that_both_signed(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), [STEP])
    item = meetings.sign(meeting)
    meetings.answer(meeting)
    first, (one,) = evidence.latest(item), evidence.claims_on(item.id)
    meetings.change(meeting)
    meetings.sign(meeting)
    ada = house.person("ada")
    with transaction():
        remove_claim(one, by=ada)
        restore_claim(one, by=ada)
    assert [claim.version_id for claim in evidence.claims_on(item.id)] == [first.id]


def test_nothing_is_handed_in_that_the_learner_has_not_agreed_to(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), [STEP])
    item = meetings.sign(meeting)
    enrolment = house.enrolment()
    kept = Claim(
        learner_id=item.learner_id, evidence_id=item.id, version_id=evidence.latest(item).id,
        point_id=enrolment.edition.points[0].id, locator=locators.write(Whole()),
    )  # fmt: skip
    with transaction():
        db.session.add(kept)
    wanting = lacks(enrolment, evidence.claims_of(item.learner_id), {})
    assert [one.evidence for one in wanting if "Sign it, or take the claim back" in one.sentence] == [item.id]
    meetings.answer(meeting)
    wanting = lacks(enrolment, evidence.claims_of(item.learner_id), {})
    assert not [one for one in wanting if one.evidence]
