"""An assessor finds their own sentences again, and nobody else does; what they did not type is counted for them."""

import html
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from portfolio.assessment import operations
from portfolio.assessment.models import Assessment, PhraseUse
from portfolio.assessment.rules import Finding, Verdict
from portfolio.foundation.db import db, transaction
from portfolio.units import operations as publishing
from portfolio.units.phrases import queries
from portfolio.units.phrases.models import OwnPhrase
from portfolio.units.phrases.operations import count_saved, forget_own, note_own
from portfolio.units.phrases.rules import MOST_OWN
from tests.assessment.doubles import enrol
from tests.assessment.test_races import at_once
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House

OWN = "Ring the customer before you decide."


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's unit, handed in."""
    return deeds.handed_in(house.enrolment())


def lacks(words: str) -> Finding:
    """Not met, with these words."""
    return Finding(Verdict.NOT_MET, feedback=words)


def offered(house: House, assessment: Assessment, nick: str = "ben") -> list[dict[str, Any]]:
    """What the desk offers to somebody."""
    answer = house.browser(nick).get(f"/marking/{assessment.id}/phrases")
    assert answer.status_code == 200
    return list(answer.json["phrases"]) if answer.json else []


def own(house: House, nick: str = "ben") -> dict[tuple[str, str], int]:
    """How often somebody used which sentence at which point."""
    db.session.rollback()
    return {(one.point, one.words): one.uses for one in queries.own(house.person(nick).id, "T-1")}


def saved(house: House, nick: str = "ben") -> int:
    """How many words somebody did not type again."""
    db.session.rollback()
    return queries.words_saved(house.person(nick).id)


def test_each_sentence_of_a_verdict_is_found_again_the_most_used_first(house: House, assessment: Assessment) -> None:
    one, two, _ = deeds.points(assessment)
    deeds.judge(assessment, one, lacks(f"You listened.\n{OWN}"))
    deeds.judge(assessment, two, Finding(Verdict.PARTLY, ("b",), f"Still needed: time. {OWN}"))
    deeds.judge(assessment, one, lacks("Ring the  customer before you decide."))
    assert own(house) == {("1", "You listened."): 1, ("1", OWN): 1, ("2", OWN): 1}
    deeds.judge(assessment, one, Finding(Verdict.MET, feedback="Good."))
    deeds.judge(assessment, one, lacks(OWN.replace("Ring", "RING")))
    assert own(house)[("1", OWN)] == 2
    first = offered(house, assessment)[0]
    assert (first["kind"], first["point"], first["words"]) == ("own", "1", OWN)


def test_what_the_unit_or_the_centre_says_is_nobodys_own(house: House) -> None:
    dee = house.person("dee")
    with transaction():
        unit = replace(UNIT, code="T-3", misconceptions=("Cheap is best.",))
        edition = publishing.publish(unit, dee.centre, by=dee)
    assessment = deeds.handed_in(enrol(house, "abe", edition))
    shared = deeds.share(edition, "Say how it ended. In a line.", by=dee, point="1")
    words = f"Say how it ended. In a line. {OWN} Cheap is best."
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(words), inserted="m0")
    assert [(each["kind"], each["words"]) for each in offered(house, assessment)] == [
        ("own", OWN), ("shared", shared.words), ("misconception", "Cheap is best."),
    ]  # fmt: skip
    assert (db.session.query(PhraseUse).count(), saved(house)) == (1, 3)


def test_nobody_else_is_offered_or_shown_them(house: House, assessment: Assessment) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(OWN))
    edition = assessment.enrolment.edition_id
    assert OWN in house.browser("ben").get(f"/units/{edition}/phrases").text
    for nick in ("dee", "eve", "ivy"):
        assert OWN not in house.browser(nick).get(f"/units/{edition}/phrases").text
    with transaction():
        ivy, eve = house.person("ivy"), house.person("eve")
        operations.allocate(assessment.enrolment, assessor=eve, iqa=ivy, by=house.person("dee"))
    assert offered(house, assessment, "eve") == []
    for nick in ("ben", "ivy", "dee", "ada", "bob"):
        assert house.browser(nick).get(f"/marking/{assessment.id}/phrases").status_code == 404
    for nick in ("ada", "bob"):
        assert house.browser(nick).get(f"/units/{edition}/phrases").status_code == 404


def test_words_that_were_inserted_are_counted_for_the_person_alone(house: House, assessment: Assessment) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    one, two, three = deeds.points(assessment)
    edition = assessment.enrolment.edition
    shared = deeds.share(edition, "Say how it ended.", by=house.person("dee"))
    deeds.judge(assessment, one, lacks(OWN))
    (mine,) = queries.own(house.person("ben").id, "T-1")
    sent = {"seen": "0", "verdict": "not met", "phrases": f"o{mine.id} s{shared.id} s{shared.id} s999 m0 x1"}
    ben = house.browser("ben")
    address = f"/marking/{assessment.id}/points/{two.id}"
    ben.post(address, data=sent | {"feedback": f"{OWN} Say how it ended. Please."})
    assert saved(house) == 6 + 4
    ben.post(address, data=sent | {"seen": "1", "feedback": f"{OWN} Say how it ended."})
    deeds.judge(assessment, three, lacks(OWN))
    deeds.judge(assessment, one, lacks(f"{OWN} So."), inserted=f"s{shared.id} o{mine.id}")
    assert saved(house) == 6 + 4
    told = "You did not have to type 10 words again."
    assert told in html.unescape(ben.get(f"/units/{edition.id}/phrases").text)
    for nick in ("dee", "eve", "ivy"):
        assert "You did not have to type" not in house.browser(nick).get(f"/units/{edition.id}/phrases").text


def test_forged_names_of_what_is_anothers_count_for_nothing(house: House, assessment: Assessment) -> None:
    there = deeds.handed_in(house.enrolment("amy"))
    theirs = deeds.share(there.enrolment.edition, "Say it in your words.", by=house.person("dot"))
    deeds.judge(there, deeds.points(there)[0], lacks(OWN))
    (bobs,) = queries.own(house.person("bob").id, "T-1")
    words = f"{OWN} Say it in your words."
    named = f"s{theirs.id} o{bobs.id} m-1 m0 s{'9' * 30}"
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(words), inserted=named)
    assert saved(house) == 0
    assert db.session.query(PhraseUse).count() == 0
    assert set(own(house)) == {("1", OWN), ("1", "Say it in your words.")}


def test_an_undo_is_no_use_and_brings_the_use_of_before_back(house: House, assessment: Assessment) -> None:
    first = deeds.points(assessment)[0]
    shared = deeds.share(assessment.enrolment.edition, "Say how it ended.", by=house.person("dee"))
    deeds.judge(assessment, first, lacks(f"Say how it ended. {OWN}"))
    deeds.judge(assessment, first, lacks("Something else."))
    again = deeds.unjudge(assessment, first)
    assert own(house)[("1", OWN)] == 1
    assert db.session.get_one(PhraseUse, (again.id, shared.id)).number == 1


def test_of_what_was_used_longest_ago_the_rest_is_forgotten(house: House) -> None:
    ben = house.person("ben")
    with transaction():
        for number in range(MOST_OWN + 2):
            note_own("T-1", "1", [f"Sentence number {number}."], by=ben)
        note_own("T-1", "1", ["x" * 501], by=ben)
    kept = {words for _, words in own(house)}
    assert len(kept) == MOST_OWN
    assert not kept & {"Sentence number 0.", "Sentence number 1."}


def test_a_verdict_of_very_many_sentences_is_saved(house: House, assessment: Assessment) -> None:
    deeds.judge(assessment, deeds.points(assessment)[0], lacks("\n".join(f"No {at}" for at in range(MOST_OWN + 9))))
    assert len(own(house)) == MOST_OWN


def test_what_names_the_learner_is_not_offered_for_another(house: House, assessment: Assessment) -> None:
    said = f"Well done, ADA. Ada’s photo is dark.\n(Marsh, 2024) is cited. The adamant customer. {OWN}"
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(said))
    assert {words for _, words in own(house)} == {"The adamant customer.", OWN}


def test_what_is_forgotten_meanwhile_stands_in_no_verdicts_way(house: House, assessment: Assessment) -> None:
    first, ben = deeds.points(assessment)[0], house.person("ben")
    deeds.judge(assessment, first, lacks(OWN))
    (mine,) = queries.own(ben.id, "T-1")

    def forget(gate: Barrier) -> None:
        one = db.session.get_one(OwnPhrase, mine.id)
        gate.wait()
        with transaction():
            forget_own(one)

    def use(gate: Barrier) -> None:
        by = house.person("ben")
        gate.wait()
        with transaction():
            note_own("T-1", "1", [OWN], by=by)
            count_saved(2, by=by)

    assert at_once(house, forget, use, use) == [None] * 3
    assert saved(house) == 4


def test_a_sentence_is_forgotten_by_whose_it_is_alone(house: House, assessment: Assessment) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(OWN))
    (mine,) = queries.own(house.person("ben").id, "T-1")
    for nick in ("dee", "eve", "ada", "bob"):
        assert house.browser(nick).post(f"/phrases/own/{mine.id}/forget").status_code == 404
    assert house.browser("ben").post(f"/phrases/own/{mine.id}/forget").status_code == 302
    assert own(house) == {}


def test_marks_in_words_are_shown_as_they_were_typed(house: House, assessment: Assessment) -> None:
    words = "Use <b>bold</b> & “quotes”."
    deeds.judge(assessment, deeds.points(assessment)[0], lacks(words))
    assert offered(house, assessment)[0]["words"] == words
    page = house.browser("ben").get(f"/units/{assessment.enrolment.edition_id}/phrases").text
    assert "Use &lt;b&gt;bold&lt;/b&gt; &amp; “quotes”." in page
