"""What was signed by a link is corrected by the same one: nothing is overridden unseen, no question is got rid of."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier

from portfolio.evidence import operations as evidence
from portfolio.evidence.witnesses import operations, questions
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.db import db, transaction
from portfolio.foundation.mail.models import Mail
from portfolio.people.queries import people_by_id
from tests.assessment.test_races import at_once
from tests.evidence.witnesses.asking import GWEN, answer_to, ask, corrected, opened, signed
from tests.evidence.witnesses.holding import TYPED, as_it_is, phone
from tests.fixtures.cast import House


def test_of_two_corrections_the_second_is_shown_the_first_and_keeps_its_words(house: House) -> None:
    one = phone(house, signed(ask(house)))
    both = one.reads("/correct")
    assert 'name="version" value="1"' in both
    assert one.corrects(whole="It was on Monday.").status_code == 302
    late = one.sends("/correct", **TYPED | {"whole": "It was on Sunday.", "version": "1"})
    assert late.status_code == 422
    assert "It was on Sunday." in late.text
    assert 'name="version" value="2"' in late.text, "who has read of it may sign over it"
    knowing = {"whole": "It was on Sunday.", "version": "2", "once": "l" * 20}
    assert one.sends("/correct", **TYPED | knowing).status_code == 302


def test_a_correction_does_not_answer_what_was_asked_of_the_words_before(house: House) -> None:
    request = signed(ask(house))
    assert request.questions == {"1": [["at once"]]}
    for whole in ("It was on Monday.", "It was on Tuesday."):
        with transaction():
            corrected(request, whole=whole)
    assert request.questions["3"] == [["before", "at once"]]
    (asked,) = questions.asked(request.questions["3"], "Ada Marsh")
    assert asked.startswith("Of what was signed first: It was signed within a minute")


def test_a_correction_that_was_begun_elsewhere_is_asked_about(house: House) -> None:
    request = signed(ask(house))
    one, other = phone(house, request), phone(house, request)
    assert one.sends("/correct/draft", piece=True, turn="1", based_on="0", whole="She rang").status_code == 200
    assert "Words were begun on another device" in other.reads("/correct")
    assert "She rang" in other.sends("/here").text
    assert other.corrects(whole="She rang twice.").status_code == 302
    assert ["elsewhere"] in as_it_is(request).questions["2"]


def test_of_what_was_taken_out_only_the_learner_is_told_that_it_was_corrected(house: House) -> None:
    request = signed(ask(house))
    ada = house.person("ada")
    with transaction():
        assert request.evidence is not None
        evidence.remove(request.evidence, by=ada)
    before = db.session.query(Mail).count()
    with transaction():
        corrected(request, whole="It was on Monday.")
    told = {mail.person_id for mail in db.session.query(Mail).order_by(Mail.id).offset(before)}
    assert [one.name for one in people_by_id([id for id in told if id]).values()] == ["Ada Marsh"]


def signing(id: int) -> Callable[[Barrier], int]:
    """Open the link by the form alone, and sign."""

    def deed(gate: Barrier) -> int:
        request = db.session.get_one(WitnessRequest, id)
        answer = answer_to(request)
        gate.wait()
        with transaction():
            operations.open_link(request)
            return operations.sign_answer(request, answer).id

    return deed


def correcting(id: int) -> Callable[[Barrier], int]:
    """Correct what was signed."""

    def deed(gate: Barrier) -> int:
        request = db.session.get_one(WitnessRequest, id)
        answer = answer_to(request, context="At the door")
        gate.wait()
        with transaction():
            return operations.correct(request, answer, based_on=1).id

    return deed


def test_one_link_of_a_learner_is_signed_by_while_what_another_one_signed_is_corrected(house: House) -> None:
    for turn in range(4):
        standing = signed(ask(house, replace(GWEN, email=f"a{turn}@tidewater.example")))
        fresh = ask(house, replace(GWEN, email=f"b{turn}@tidewater.example"))
        found = at_once(house, signing(fresh.id), correcting(standing.id))
        assert [type(one) for one in found] == [int, int]


def test_an_earlier_testimony_that_somebody_is_at_work_on_is_not_waited_for(house: House) -> None:
    request = opened(ask(house))
    with transaction():
        assert operations.sign_answer(request, answer_to(request)).id
        questions.raise_anew({request.evidence_id or 0: 2})
    assert ["same words", "2 other learners"] in as_it_is(request).questions["1"]
