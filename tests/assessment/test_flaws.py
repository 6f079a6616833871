"""What evidence fails in is said once for an item, holds for all its points, and is kept by every verdict."""

import pytest

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment
from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Evidence
from portfolio.foundation.db import db
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.units.models import Enrolment
from tests.assessment.doubles import enrol, second
from tests.fixtures import deeds
from tests.fixtures.cast import House

PHOTO = "The letter that I sent her afterwards, with the offer and the date by which she would have it.\n"


@pytest.fixture
def enrolment(house: House) -> Enrolment:
    """Ada on her first unit."""
    return house.enrolment()


def item_of(enrolment: Enrolment) -> Evidence:
    """The learner's only item."""
    (item,) = gathered.items_of(enrolment.learner_id)
    return item.evidence


def with_two_items(enrolment: Enrolment) -> Assessment:
    """Handed in: the first item for all three points, the second for the third alone."""
    letter = deeds.write(enrolment.learner, PHOTO, title="The letter")
    story = deeds.write(enrolment.learner)
    for point, words in zip(enrolment.edition.points, deeds.SENTENCES, strict=True):
        deeds.claim(story, deeds.place_of(story, words), [point])
    deeds.claim(letter, deeds.place_of(letter, "the offer"), [enrolment.edition.points[2]])
    return deeds.hand_in(enrolment)


def test_it_holds_for_every_point_that_is_claimed_in_the_item_alone(enrolment: Enrolment) -> None:
    assessment = with_two_items(enrolment)
    first, _, third = deeds.points(assessment)
    deeds.note_flaw(assessment, ["current", "valid"], item=2)
    with pytest.raises(Incomplete, match="lies in evidence that fails in something"):
        deeds.judge(assessment, first, deeds.MET)
    deeds.judge(assessment, first, deeds.NOT_MET)
    deeds.judge(assessment, third, deeds.MET)


def test_a_verdict_keeps_what_held_when_it_was_given(enrolment: Enrolment) -> None:
    assessment = with_two_items(enrolment)
    third = deeds.points(assessment)[2]
    before = deeds.judge(assessment, third, deeds.MET)
    flaw = deeds.note_flaw(assessment, ["valid", "current"], "An old form.", item=1)
    during = deeds.judge(assessment, third, deeds.MET)
    deeds.note_flaw(assessment, [], item=1)
    after = deeds.judge(assessment, third, deeds.MET)
    assert [one.flaws for one in (before, during, after)] == [[], [flaw.id], []]
    assert (flaw.fails, flaw.reason, flaw.by_name) == (["valid", "current"], "An old form.", "Ben Okafor")


def test_a_point_that_fell_after_it_was_met_stands_in_the_way_of_an_award(enrolment: Enrolment) -> None:
    assessment = with_two_items(enrolment)
    deeds.judge_all(assessment)
    deeds.note_flaw(assessment, item=2)
    with pytest.raises(Incomplete, match="Point 1 and 2: "):
        deeds.award(assessment)
    deeds.note_flaw(assessment, [], item=2)
    deeds.award(assessment)
    assert assessment.state == "achieved"


def test_it_holds_in_the_next_round_and_not_of_a_new_version(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    first = deeds.points(assessment)[0]
    deeds.note_flaw(assessment)
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(enrolment)
    with pytest.raises(Incomplete):
        deeds.judge(assessment, first, deeds.MET)
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.rewrite(item_of(enrolment), deeds.STORY + "\nI looked again this year.\n")
    deeds.hand_in(enrolment)
    deeds.judge(assessment, first, deeds.MET)


@pytest.mark.parametrize(
    ("fails", "reason", "lacks"),
    [(["current"], " ", "reason"), (["sufficient"], "Too little.", "fails"), (["new"], "So.", "fails")],
)
def test_what_is_said_against_evidence_is_a_word_with_a_reason(
    enrolment: Enrolment, fails: list[str], reason: str, lacks: str
) -> None:
    assessment = deeds.handed_in(enrolment)
    with pytest.raises(Incomplete) as refusal:
        deeds.note_flaw(assessment, fails, reason)
    assert refusal.value.lacks == (lacks,)
    assert queries.flaws(assessment) == []


def test_it_is_said_while_the_unit_is_handed_in_and_of_what_was(house: House, enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    with pytest.raises(OutOfTurn, match="Nothing is said"):
        deeds.note_flaw(assessment, [])
    other = deeds.handed_in(house.enrolment("amy"))
    version = queries.handed(queries.present_round(other))[0].version_id  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not handed in"):
        deeds.operations.note_flaw(assessment, version, ["valid"], "So.", seen=0, by=house.person("ben"))
    db.session.rollback()
    deeds.note_flaw(assessment)
    with pytest.raises(OutOfTurn):
        deeds.take_back(assessment)
    deeds.note_flaw(assessment, [])
    deeds.judge_all(assessment)
    deeds.award(assessment)
    with pytest.raises(OutOfTurn, match="while a unit is handed in"):
        deeds.note_flaw(assessment)


def test_who_did_not_see_what_a_colleague_said_is_told_and_loses_no_word(house: House, enrolment: Enrolment) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    assessment = deeds.handed_in(enrolment)
    version = queries.handed(queries.present_round(assessment))[0].version_id  # type: ignore[arg-type]
    deeds.note_flaw(assessment, ["valid"], "Not hers.")
    told = {"seen": "0", "fails": "current", "reason": "Very old.", "point": ""}
    page = house.browser("ben").post(f"/marking/{assessment.id}/evidence/{version}/flaw", data=told)
    assert page.status_code == 409, page.text
    assert "Ben Okafor changed what is said of this evidence" in page.text
    assert ">Very old.</textarea>" in page.text
    with pytest.raises(Conflict):
        deeds.operations.take_flaw_back(assessment, version, seen=0, by=house.person("ben"))


def test_without_scripts_it_is_said_taken_back_and_refused_with_its_words(house: House, enrolment: Enrolment) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    assessment = deeds.handed_in(enrolment)
    version = queries.handed(queries.present_round(assessment))[0].version_id  # type: ignore[arg-type]
    address, ben = f"/marking/{assessment.id}/evidence/{version}/flaw", house.browser("ben")
    refused = ben.post(address, data={"seen": "0", "fails": "valid", "reason": ""})
    assert refused.status_code == 422
    assert "Say in a sentence why the evidence is not valid." in refused.text
    assert ben.post(address, data={"seen": "0", "fails": "valid", "reason": "Not hers."}).status_code == 302
    page = ben.get(f"/marking/{assessment.id}").text
    assert "E1 is not valid" in page
    assert "so it cannot be met" in page
    assert ben.post(f"{address}/undo", data={"seen": "1"}).status_code == 302
    assert "E1 is not valid" not in ben.get(f"/marking/{assessment.id}").text
    assert ben.post(f"/marking/{assessment.id}/evidence/{version + 77}/flaw", data={}).status_code == 404


def test_what_was_found_in_another_unit_is_told_and_binds_nobody_there(house: House, enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.note_flaw(assessment, ["reliable"], "Nobody can say who wrote it.")
    more, item = enrol(house, "ada", second(house)), item_of(enrolment)
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), more.edition.points)
    other = deeds.hand_in(more)
    page = house.browser("ben").get(f"/marking/{other.id}").text
    assert f"In {enrolment.edition.code}: not reliable." in page
    assert "This holds here, too" in page
    deeds.judge(other, deeds.points(other)[0], deeds.MET)


def test_the_learner_reads_it_with_the_decision_and_not_before(house: House, enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.note_flaw(assessment, ["current"], "It is of 2019.")
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    page = house.browser("ada").get(f"/portfolio/{enrolment.id}/feedback").text
    assert "It is of 2019." in page
    assert "Something is wrong with this evidence" not in page
    deeds.hand_in(enrolment)
    deeds.note_flaw(assessment, [])
    assert "It is of 2019." in house.browser("ada").get(f"/portfolio/{enrolment.id}/feedback").text
    assert "<strong>Not current.</strong>" not in house.browser("ben").get(f"/marking/{assessment.id}").text


def test_undo_brings_no_verdict_back_that_evidence_does_not_carry_any_more(enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, deeds.MET)
    deeds.note_flaw(assessment)
    deeds.judge(assessment, first, deeds.NOT_MET)
    assert deeds.unjudge(assessment, first).verdict is None
    deeds.note_flaw(assessment, [])
    deeds.judge(assessment, first, deeds.NOT_MET)
    deeds.judge(assessment, first, deeds.MET)
    assert deeds.unjudge(assessment, first).verdict == "not met"


def test_the_decision_names_points_that_fell_and_offers_no_award(house: House, enrolment: Enrolment) -> None:
    assessment = with_two_items(enrolment)
    deeds.judge_all(assessment)
    deeds.note_flaw(assessment, item=2)
    page = house.browser("ben").get(f"/marking/{assessment.id}/decision").text
    assert page.count("was met by evidence that fails in something since") == 2
    assert "Award the unit" not in page
    house.app.config["WTF_CSRF_ENABLED"] = False
    sent = {"step": "award", "authenticity": "We talked.", "feedback": "Well done."}
    refused = house.browser("ben").post(f"/marking/{assessment.id}/decision", data=sent)
    assert refused.status_code == 422
    assert "We talked.</textarea>" in refused.text, "who was a moment too late loses no word"
    deeds.note_flaw(assessment, [], item=2)
    assert "Award the unit" in house.browser("ben").get(f"/marking/{assessment.id}/decision").text


def test_an_earlier_round_is_shown_with_what_was_said_by_then(house: House, enrolment: Enrolment) -> None:
    assessment = deeds.handed_in(enrolment)
    deeds.note_flaw(assessment, ["current"], "It is of 2019.")
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(enrolment)
    deeds.note_flaw(assessment, [])
    deeds.note_flaw(assessment, ["reliable"], "Nobody signed it.")
    before = house.browser("ivy").get(f"/marking/{assessment.id}?round=1").text
    assert "Nobody signed it." not in before
    assert "<strong>Not current.</strong> It is of 2019." in before
    now = house.browser("ben").get(f"/marking/{assessment.id}").text
    assert "E1, version 1, was not current: It is of 2019." in now, "what the earlier verdict rested on"
    assert "<strong>Not reliable.</strong> Nobody signed it." in now
