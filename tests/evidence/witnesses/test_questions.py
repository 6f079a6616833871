"""What the product asks about a signed testimony: questions for assessors, true of what happened, silent otherwise."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from portfolio.evidence import queries as gathered
from portfolio.evidence.witnesses import operations, questions
from portfolio.evidence.witnesses.likeness import BORROWED, SAME, borrowed
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import Asking
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import db, transaction
from portfolio.people import queries as people
from portfolio.people.operations import change, stated
from portfolio.units import operations as enrolling
from portfolio.units import queries as units
from tests.evidence.witnesses.asking import GWEN, SAW, answer_to, ask, opened
from tests.evidence.witnesses.holding import TYPED, Phone, as_it_is, phone
from tests.fixtures import deeds
from tests.fixtures.cast import House

TRADES = {
    trade: (texts["account"], texts["testimony"])
    for trade, texts in tomllib.loads(Path(__file__).with_name("trades.toml").read_text("utf-8")).items()
}
"""By trade: the learner's account, and what a witness who was there wrote."""


def names(request: WitnessRequest) -> list[str]:
    return [name for name, *_ in request.questions["1"]]


def signed_later(request: WitnessRequest, **changed: str) -> WitnessRequest:
    """Signed ten minutes after it was opened."""
    opened(request)
    answer = answer_to(request, **changed)
    with at(now() + timedelta(minutes=10)), transaction():
        operations.sign_answer(request, answer)
    return request


@pytest.mark.parametrize("trade", TRADES)
def test_people_who_were_there_tell_it_in_words_of_their_own(trade: str) -> None:
    account, testimony = TRADES[trade]
    assert borrowed(testimony, [account]) < 0.05 < BORROWED


@pytest.mark.parametrize("trade", TRADES)
def test_an_account_in_which_a_few_words_were_changed_is_largely_the_learners_own(trade: str) -> None:
    account, _ = TRADES[trade]
    handed_out = account.replace(" I ", " she ").replace(" my ", " her ").replace("On Tuesday", "That Tuesday")
    assert borrowed(f"I was there. {handed_out} I can confirm all of it.", [account]) > 0.4 > BORROWED


@pytest.mark.parametrize(("one", "other"), [pair for pair in product(TRADES, TRADES) if pair[0] != pair[1]])
def test_testimonies_of_different_trades_are_not_the_same(one: str, other: str) -> None:
    assert borrowed(TRADES[one][1], [TRADES[other][1]]) < SAME / 10


def test_a_testimony_by_somebody_who_was_there_raises_no_question(house: House) -> None:
    deeds.write(house.person("ada"))
    assert names(signed_later(ask(house))) == []


def test_words_of_the_learners_own_account_are_asked_about(house: House) -> None:
    deeds.write(house.person("ada"))
    request = signed_later(ask(house), whole=f"{deeds.STORY} That is all I know.")
    assert names(request) == ["learner’s words"]
    (sentence,) = questions.asked(request.questions["1"], "Ada Marsh")
    assert sentence.endswith("?")
    assert "Ada Marsh’s own texts" in sentence


def test_the_note_of_who_asked_is_a_text_of_theirs(house: House) -> None:
    request = signed_later(ask(house, replace(GWEN, note=SAW)))
    assert names(request) == ["learner’s words"]


def test_signed_at_once_words_for_a_whole_unit_and_free_mail_are_asked_about(house: House) -> None:
    ada = house.person("ada")
    with transaction():
        change(ada, replace(stated(ada), email="ada@gmail.com"), by=house.person("dee"))
    request = opened(_ask_from(replace(GWEN, email="gwen@gmail.com")))
    by_point = tuple((point.id, f"She did number {point.ref}.") for point in request.points)
    with transaction():
        operations.sign_answer(request, answer_to(request, whole="", by_point=by_point))
    assert names(request) == ["at once", "free mail", "whole unit"]
    assert "T-1" in " ".join(questions.asked(request.questions["1"], "Ada Marsh"))


def _ask_from(asking: Asking) -> WitnessRequest:
    """Ada, who has another address by now, asks about her whole unit."""
    ada = people.person_by_email("ada@gmail.com")
    assert ada is not None
    points = units.points_of(ada.id)
    with transaction():
        return operations.ask(asking, points, learner=ada, by=ada)


def test_a_device_that_the_learner_used_is_asked_about_and_else_a_network(house: House) -> None:
    ada = house.person("ada")
    with transaction():
        operations.note({"device": "her phone", "network": "192.0.2.0"}, person_id=ada.id)
    same, near, far = (ask(house, replace(GWEN, email=f"gwen{one}@home.example")) for one in range(3))
    for request, seen in ((same, "her phone"), (near, "his phone"), (far, "his phone")):
        network = "198.51.100.0" if request is far else "192.0.2.0"
        with transaction():
            operations.note({"device": seen, "network": network}, request_id=request.id, signing=True)
    assert [names(signed_later(request)) for request in (same, near, far)] == [["device"], ["network"], []]


def test_a_link_that_was_only_opened_on_the_learners_device_is_not_called_signed_there(house: House) -> None:
    ada = house.person("ada")
    with transaction():
        operations.note({"device": "her phone", "network": "192.0.2.0"}, person_id=ada.id)
    for seen, question in (({"device": "her phone"}, "device opened"), ({"network": "192.0.2.0"}, "network opened")):
        request = ask(house)
        with transaction():
            operations.note(seen, request_id=request.id)
            operations.note({"device": "his phone", "network": "198.51.100.0"}, request_id=request.id, signing=True)
        assert names(signed_later(request)) == [question]
        (sentence,) = questions.asked(request.questions["1"], "Ada Marsh")
        assert sentence.startswith("The link was opened")


def test_a_name_that_was_signed_and_another_that_was_given_are_asked_about(house: House) -> None:
    assert names(signed_later(ask(house), name="G.  parry")) == ["names"]
    assert names(signed_later(ask(house), name="gwen  PARRY")) == []


def test_words_about_the_whole_are_words_about_no_point_and_no_whole_unit(house: House) -> None:
    request = signed_later(ask(house, points=3))
    assert names(request) == []
    assert request.evidence is not None
    assert (gathered.latest(request.evidence).testimony or {})["points"] == []


def test_a_trace_is_a_keyed_hash_and_is_forgotten_after_ninety_days(house: House) -> None:
    ada = house.person("ada")
    with transaction():
        operations.note({"device": "her phone"}, person_id=ada.id)
    with at(now() + timedelta(days=91)):
        with transaction():
            operations.forget_traces()
        request = ask(house)
        with transaction():
            operations.note({"device": "her phone"}, request_id=request.id)
        assert names(signed_later(request)) == []


def test_the_same_words_about_several_learners_are_asked_about(house: House) -> None:
    about_ada = signed_later(ask(house))
    with transaction():
        enrolling.enrol(
            house.person("abe"), house.enrolment().edition, assessor=house.person("ben"), iqa=None,
            by=house.person("dee"),
        )  # fmt: skip
    about_abe = signed_later(ask(house, by="abe", learner="abe"))
    assert names(about_abe) == ["same words"]
    assert "1 other learner" in questions.asked(about_abe.questions["1"], "Abe Nolan")[0]
    assert "Ada" not in questions.asked(about_abe.questions["1"], "Abe Nolan")[0]
    db.session.refresh(about_ada)
    assert names(about_ada) == ["same words"], "the earlier one is asked about as well"
    assert "1 other learner" in questions.asked(about_ada.questions["1"], "Ada Marsh")[0]


def test_a_correction_on_the_learners_device_is_asked_about_beside_what_was_asked_first(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    request = opened(ask(house, points=3))
    one, theirs = phone(house, request), house.browser("ada")
    note = GWEN.note
    assert one.sends(**TYPED | {"whole": SAW}).status_code == 302
    first = names(as_it_is(request))
    theirs.get(f"/witnesses/learners/{house.person('ada').id}")
    theirs.delete_cookie("session")
    held = Phone(theirs, one.address)
    held.reads("/correct")
    assert held.corrects(whole=f"She rang twice. {note}").status_code == 302
    asked = as_it_is(request).questions
    assert [name for name, *_ in asked["1"]] == first
    assert asked["2"] == [["device"], *(["before", name] for name in first if name != "device")]


def test_an_address_of_somebody_who_is_registered_here_is_asked_about(house: House) -> None:
    request = signed_later(ask(house, replace(GWEN, email=house.person("ben").email)))
    assert request.questions["1"] == [["somebody here", "Ben Okafor"]]
    assert "that of Ben Okafor" in questions.asked(request.questions["1"], "Ada Marsh")[0]
