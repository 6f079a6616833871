"""A change of a shared sentence flows into verdicts that are not decided, and into no other."""

import html
from collections.abc import Callable

import pytest
from sqlalchemy.exc import DatabaseError

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Finding, Verdict
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.units.phrases.models import Phrase
from tests.assessment.doubles import faults
from tests.fixtures import deeds
from tests.fixtures.cast import House

BEFORE, AFTER = "Say how it ended.", "Say how it ended for the customer."
SAID = "Your centre changed a shared sentence, and your feedback on {} says it as it is now."
KEPT = "The feedback on {} keeps a shared sentence as it was before your centre changed it."


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in."""
    return deeds.handed_in(house.enrolment())


@pytest.fixture
def phrase(house: House) -> Phrase:
    """A sentence that dee shares for the whole unit."""
    return deeds.share(house.enrolment().edition, BEFORE, by=house.person("dee"))


@pytest.fixture
def changes(house: House, phrase: Phrase) -> Callable[..., None]:
    """Dee changes it."""
    return lambda words=AFTER: deeds.reword(phrase, words, by=house.person("dee"))


def lacks(words: str) -> Finding:
    """Not met, with these words."""
    return Finding(Verdict.NOT_MET, feedback=words)


def feedback(assessment: Assessment) -> dict[str, str]:
    """What is said of each point that has a verdict, by its ref."""
    db.session.rollback()
    refs = {point.id: point.ref for point in deeds.points(assessment)}
    standing = queries.standing(queries.judgements(assessment))
    return {refs[id]: one.feedback for id, one in standing.items() if one.verdict}


def opens(house: House, assessment: Assessment, nick: str = "ben", path: str = "") -> str:
    """Somebody opens the desk, or a page of it."""
    answer = house.browser(nick).get(f"/marking/{assessment.id}{path}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_the_assessor_finds_it_in_their_feedback_and_is_told_once(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, lacks(f"You listened well. {BEFORE}"))
    changes()
    assert feedback(assessment) == {"1": f"You listened well. {BEFORE}"}
    assert SAID.format("point 1") not in opens(house, assessment, "ivy")
    assert SAID.format("point 1") in opens(house, assessment)
    assert feedback(assessment) == {"1": f"You listened well. {AFTER}"}
    assert "Your centre changed" not in opens(house, assessment)
    last = queries.judgements(assessment)[-1]
    assert (last.number, last.verdict, last.by_name) == (2, "not met", "Ben Okafor")
    assert [line["deed"] for line in audit.lines(1)].count("judged") == 2
    assert faults() == []


def test_it_flows_into_every_point_that_says_it_and_twice_changed_says_the_last(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    one, two, three = deeds.points(assessment)
    deeds.judge(assessment, one, lacks(BEFORE))
    deeds.judge(assessment, two, Finding(Verdict.PARTLY, ("b",), f"{BEFORE} {BEFORE}"))
    deeds.judge(assessment, three, lacks("Please say how it ended."))
    changes()
    changes("Tell the end.")
    assert SAID.format("points 1 and 2") in opens(house, assessment)
    assert feedback(assessment) == {"1": "Tell the end.", "2": "Tell the end. Tell the end.",
                                    "3": "Please say how it ended."}  # fmt: skip
    assert [one.missing for one in queries.judgements(assessment) if one.verdict == "partly met"] == [["b"], ["b"]]


def test_what_is_decided_stays_and_is_listed_where_it_is(
    house: House, assessment: Assessment, phrase: Phrase, changes: Callable[..., None]
) -> None:
    deeds.judge_all(assessment, lacks(BEFORE))
    deeds.refer(assessment)
    changes()
    assert "Your centre changed" not in opens(house, assessment)
    deeds.hand_in(assessment.enrolment)
    first = deeds.points(assessment)[0]
    deeds.judge(assessment, first, lacks(AFTER))
    changes("Tell the end.")
    opens(house, assessment)
    db.session.rollback()
    given = [one.feedback for one in queries.judgements(assessment) if one.point_id == first.id]
    assert given == [BEFORE, AFTER, "Tell the end."]
    for nick, listed in (("dee", True), ("ben", True), ("ivy", True), ("eve", False)):
        page = house.browser(nick).get(f"/phrases/{phrase.id}").text
        assert (f"/marking/{assessment.id}?round=1&amp;point={first.id}" in page) is listed, nick
        assert ("Ada Marsh" in page) is listed, nick
        assert "round=2" not in page
    for nick in ("ada", "dot", "bob"):
        assert house.browser(nick).get(f"/phrases/{phrase.id}").status_code == 404


def test_whoever_decides_without_looking_is_shown_the_words_of_now_before_they_are_decided(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    deeds.judge_all(assessment, lacks(BEFORE))
    changes()
    ben, sent = house.browser("ben"), {"feedback": "Read it.", "step": "refer", "once": "k" * 22}
    answer = ben.post(f"/marking/{assessment.id}/decision", data=sent)
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert [words in page for words in (SAID.format("point 1"), AFTER, "Nothing is decided yet", "Read it.")] == [
        True
    ] * 4
    assert (feedback(assessment)["1"], assessment.state) == (AFTER, "handed in")
    assert ben.post(f"/marking/{assessment.id}/decision", data=sent).status_code == 302
    changes("Tell the end.")
    assert (feedback(assessment)["1"], assessment.state) == (AFTER, "referred")


def test_the_page_of_the_decision_shows_what_is_decided(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    deeds.judge_all(assessment, lacks(BEFORE))
    changes()
    page = opens(house, assessment, path="/decision")
    assert SAID.format("point 1") in page
    assert AFTER in page


def test_an_undo_brings_the_words_of_before_back_and_they_stay_until_the_next_change(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    first = deeds.points(assessment)[0]
    deeds.judge_all(assessment, lacks(BEFORE))
    changes()
    opens(house, assessment)
    deeds.unjudge(assessment, first)
    opens(house, assessment)
    assert feedback(assessment)["1"] == BEFORE
    changes("Tell the end.")
    opens(house, assessment)
    assert feedback(assessment)["1"] == "Tell the end."
    deeds.unjudge(assessment, first)
    deeds.refer(assessment)
    assert feedback(assessment)["1"] == BEFORE


def test_nobodys_words_are_put_in_anothers_mouth(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(BEFORE))
    dee, eve = house.person("dee"), house.person("eve")
    with transaction():
        operations.allocate(assessment.enrolment, assessor=eve, iqa=house.person("ivy"), by=dee)
    deeds.judge(assessment, deeds.points(assessment)[1], lacks(BEFORE))
    changes()
    page = opens(house, assessment, "eve")
    assert SAID.format("point 2") in page
    assert KEPT.format("point 1") in page
    assert feedback(assessment) == {"1": BEFORE, "2": AFTER}


def test_words_stay_where_the_verdict_could_not_be_given_again(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    one, two, _ = deeds.points(assessment)
    deeds.judge(assessment, one, Finding(Verdict.MET, feedback=BEFORE))
    deeds.judge(assessment, two, lacks(f"{'x' * 4_970}. {BEFORE}"))
    deeds.note_flaw(assessment)
    changes()
    assert KEPT.format("points 1 and 2") in opens(house, assessment)
    assert feedback(assessment)["1"] == BEFORE


def test_what_was_inserted_among_other_words_flows_and_a_list_of_before_is_made_good(
    house: House, assessment: Assessment, phrase: Phrase, changes: Callable[..., None]
) -> None:
    one, two, _ = deeds.points(assessment)
    deeds.judge(assessment, one, lacks(f"Please: {BEFORE}"), inserted=f"s{phrase.id}")
    changes()
    deeds.judge(assessment, two, lacks(BEFORE), inserted=f"s{phrase.id}")
    assert SAID.format("points 1 and 2") in opens(house, assessment)
    assert feedback(assessment) == {"1": f"Please: {AFTER}", "2": AFTER}


def test_in_a_later_round_a_list_of_before_is_made_good_too(
    house: House, assessment: Assessment, phrase: Phrase, changes: Callable[..., None]
) -> None:
    deeds.judge_all(assessment, lacks(BEFORE))
    deeds.refer(assessment)
    deeds.hand_in(assessment.enrolment)
    changes()
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(BEFORE), inserted=f"s{phrase.id}")
    assert SAID.format("point 1") in opens(house, assessment)
    assert feedback(assessment)["1"] == AFTER


def test_a_change_while_it_was_decided_is_seen_once_the_decision_is_retracted(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    deeds.judge_all(assessment, lacks(BEFORE))
    deeds.refer(assessment)
    changes()
    deeds.retract(assessment)
    assert SAID.format("point 1") in opens(house, assessment)
    assert feedback(assessment)["1"] == AFTER


def test_a_change_while_the_learner_was_withdrawn_is_seen_once_they_are_back(
    house: House, assessment: Assessment, changes: Callable[..., None]
) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(BEFORE))
    deeds.withdraw(assessment.enrolment, house.person("dee"))
    changes()
    opens(house, assessment)
    assert feedback(assessment) == {"1": BEFORE}
    deeds.reinstate(assessment, house.person("dee"))
    assert SAID.format("point 1") in opens(house, assessment)


@pytest.mark.usefixtures("phrase")
def test_a_wording_and_a_use_stay_as_they_are(assessment: Assessment) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(BEFORE))
    for table in ("phrase_wording", "phrase_use"):
        for deed in (f"UPDATE {table} SET number = 7", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="stays as it is"):
                db.session.execute(db.text(deed))
            db.session.rollback()
