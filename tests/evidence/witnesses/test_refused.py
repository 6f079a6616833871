"""Who cannot be a witness, what a request and an answer need, and what comes of a link that has ended."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portfolio.evidence import queries as gathered
from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.composing import arranged
from portfolio.evidence.witnesses.forms import form_about
from portfolio.evidence.witnesses.rules import LONGEST_WORDS, MOST_ASKED, Asking
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict, Expired, Incomplete, OutOfTurn, Refused, TooOften
from portfolio.foundation.log import audit
from portfolio.foundation.words import prose
from portfolio.foundation.words.marks import plain
from portfolio.people.operations import change_centre
from portfolio.units.models import Edition, EditionPoint
from tests.evidence.witnesses.asking import ANSWER, GWEN, STATEMENT, answer_to, ask, corrected, opened, signed
from tests.fixtures.cast import House


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "ADA  MARSH"}, "name"),
        ({"email": "Ada@House.example"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "Win at https://prize.example"}, "name"),
        ({"name": "WWW.prize.example"}, "name"),
        ({"name": "gwen@tidewater.example"}, "name"),
        ({"name": "prize.example/win"}, "name"),
        ({"name": "Your account is locked, see prize.example"}, "name"),
        ({"name": "PRIZE.EXAMPLE"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"relation": ""}, "relation"),
        ({"email": "gwen at home"}, "email"),
        ({"note": "x" * 2_001}, "note"),
        ({"kind": Kind.ACCOUNT}, "kind"),
    ],
)
def test_nobody_is_asked_who_cannot_be_a_witness(house: House, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Incomplete) as refused:
        ask(house, replace(GWEN, **changed))
    assert refused.value.lacks == (field,)


@pytest.mark.parametrize("name", ["Prof. J.R. Llŷr-Jones", "J.Smith", "Ann Roe, M.Sc., B.Ed", "Iorwerth ap Rhys Jr."])
def test_names_with_dots_are_names(house: House, name: str) -> None:
    assert ask(house, replace(GWEN, name=name)).name == name


@pytest.mark.parametrize(("who", "sentence"), [("ada", "learner"), ("ben", "yourself")])
def test_nobody_is_their_own_witness_under_another_address_of_theirs(house: House, who: str, sentence: str) -> None:
    """Somebody has one password and two persons, with an address each."""
    one, other = house.person(who), house.person("ivy")
    with transaction():
        other.account_id = one.account_id = one.account_id or other.account_id
    for changed in ({"email": other.email}, {"name": other.name}):
        with pytest.raises(Incomplete, match=sentence):
            ask(house, replace(GWEN, **changed), by=who)


def test_a_request_is_about_a_point_and_an_assessor_asks_somebody_else(house: House) -> None:
    with pytest.raises(Incomplete, match="at least one"):
        ask(house, points=0)
    with pytest.raises(Incomplete, match="yourself"):
        ask(house, replace(GWEN, name="Ben Okafor"), by="ben")
    assert ask(house, by="ben").by.name == "Ben Okafor"


def test_nobody_asks_without_end(house: House) -> None:
    for number in range(MOST_ASKED):
        ask(house, replace(GWEN, name=f"Witness {number}", email=f"{number}@house.example"))
    with pytest.raises(TooOften):
        ask(house)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"statement": replace(STATEMENT, witness="Ada Marsh")}, "witness"),
        ({"name": "ada marsh"}, "name"),
        ({"statement": replace(STATEMENT, contact="")}, "contact"),
        ({"statement": replace(STATEMENT, tie="")}, "tie"),
        ({"statement": replace(STATEMENT, tie="family")}, "interest"),
        ({"happened_on": None}, "happened_on"),
        ({"happened_on": date(2999, 1, 1)}, "happened_on"),
        ({"until": date(2026, 3, 1)}, "until"),
        ({"whole": " "}, "whole"),
        ({"accepts": False}, "accepts"),
        ({"name": ""}, "name"),
    ],
)
def test_an_answer_that_lacks_something_is_not_signed(house: House, changed: dict[str, Any], field: str) -> None:
    request = opened(ask(house))
    with pytest.raises(Incomplete) as refused:
        signed(request, **changed)
    assert refused.value.lacks == (field,)
    db.session.refresh(request)
    assert request.evidence_id is None
    assert gathered.items_of(house.person("ada").id) == []


def test_a_customer_answers_two_questions_and_says_nothing_of_standards(house: House) -> None:
    asking = Asking(Kind.CUSTOMER, "Tom Reece", "customer")
    request = signed(ask(house, asking), statement=replace(STATEMENT, job="", expert=False, knows_standards=False))
    assert request.evidence is not None
    version = gathered.latest(request.evidence)
    assert version.title == "Feedback of Gwen Parry"
    assert "What was done for you" in version.plain
    assert "She was quick and friendly." in version.plain


def test_all_that_a_witness_writes_together_has_a_bound(house: House) -> None:
    request = opened(ask(house))
    halves = {"whole": "x" * (LONGEST_WORDS - 5), "by_point": ((request.points[0].id, "She rang."),)}
    with pytest.raises(Incomplete, match=r"8,000 characters together\. This has 8,004"):
        signed(request, **halves)
    assert signed(request, **halves | {"whole": "She waited."}).signed_at is not None


def test_a_customer_need_not_say_how_they_know_each_other(house: House) -> None:
    request = opened(ask(house, Asking(Kind.CUSTOMER, "Tom Reece", "customer")))
    form = form_about(request, formdata=MultiDict({"witness": "Tom Reece", "contact": "029 2018 0199", "tie": "none"}))
    assert form.answer().statement.relationship == "customer"


def test_an_ended_link_is_told_so_in_a_sentence_of_its_own(house: House) -> None:
    expired, declined, back = (
        opened(ask(house, replace(GWEN, email=f"{name}@tidewater.example"))) for name in ("ann", "bob", "cy")
    )
    with transaction():
        operations.decline(declined, "")
    with transaction():
        operations.take_back(back, by=back.by)
    sentences = set()
    with at(now() + timedelta(days=28, hours=1)):
        for request in (expired, declined, back):
            with pytest.raises(Expired) as refused:
                signed(request)
            sentences.add(refused.value.sentence)
    assert len(sentences) == 3


def test_how_long_a_link_lasts_is_the_centres_to_say(house: House) -> None:
    dee = house.person("dee")
    with transaction():
        change_centre(dee.centre, by=dee, witness_days=7)
    request = ask(house)
    assert request.expires_at - request.asked_at == timedelta(days=7)
    assert [line["facts"]["witness_days"] for line in audit.lines(1) if line["deed"] == "centre changed"] == [7]
    for days in (6, 91):
        with pytest.raises(Incomplete), transaction():
            change_centre(dee.centre, by=dee, witness_days=days)


def test_what_is_signed_once_is_not_signed_again_and_is_corrected_within_a_week(house: House) -> None:
    request = signed(ask(house))
    with pytest.raises(OutOfTurn):
        signed(request)
    with transaction():
        again = corrected(request)
    assert again.version.number == 1, "the same words change nothing"
    with transaction():
        second = corrected(request, whole="It was on Monday.")
    assert (second.version.number, second.version.plain) == (2, "It was on Monday.")
    with at(now() + timedelta(days=7, minutes=1)), pytest.raises(OutOfTurn, match="seven days"), transaction():
        corrected(request, whole="It was on Sunday.")


def test_reminding_needs_an_address(house: House) -> None:
    request = ask(house, replace(GWEN, email=""))
    with at(now() + timedelta(days=2)), pytest.raises(Refused, match="No e-mail address"), transaction():
        operations.remind(request, by=request.by)


def test_what_was_typed_on_another_page_is_not_written_over(house: House) -> None:
    request = opened(ask(house))
    keep = operations.write_draft
    with transaction():
        assert keep(request, {"whole": ["She was"]}, sitting="one", turn=1, based_on=0) == 1
    with transaction():
        assert keep(request, {"whole": ["She was kind."]}, sitting="one", turn=3, based_on=0) == 2
    with transaction():
        assert keep(request, {"whole": ["She was ki"]}, sitting="one", turn=2, based_on=0) == 2
    assert request.draft["values"] == {"whole": ["She was kind."]}
    with pytest.raises(Conflict), transaction():
        keep(request, {"whole": ["Other words"]}, sitting="two", turn=1, based_on=1)
    with transaction():
        assert keep(request, {"whole": ["She was kind and"]}, sitting="two", turn=1, based_on=2) == 3


def test_no_line_of_the_log_names_a_witness_or_quotes_them(house: House) -> None:
    request = signed(ask(house))
    with transaction():
        operations.decline(opened(other := ask(house)), "I was away.")
    assert other.reason == "I was away."
    told = "".join(str(line) for line in audit.lines(request.centre_id))
    for words in ("Gwen", "gwen", "Tidewater", "supervisor", "kettle", "I was away", "counter"):
        assert words not in told


def test_where_each_point_is_told_is_offered_and_the_whole_for_the_others(house: House) -> None:
    request = opened(ask(house, points=3))
    ids = [point.id for point in request.points]
    by_point = ((ids[0], "- She listened\n- and wrote"), (ids[1], "# T-1, point 1\nShe weighed both."))
    with transaction():
        operations.sign_answer(request, answer_to(request, by_point=by_point))
    assert request.evidence is not None
    plain = gathered.latest(request.evidence).plain
    told = {id: plain[start:end].strip() for id, start, end in request.offers}
    assert told[ids[0]] == "She listened\nand wrote"
    assert told[ids[1]].endswith("She weighed both.")
    assert request.offers[2] == [ids[2], 0, 0]


def test_without_words_about_all_only_the_points_told_are_offered(house: House) -> None:
    request = opened(ask(house, points=3))
    point = request.points[1]
    with transaction():
        operations.sign_answer(request, answer_to(request, whole="", by_point=((point.id, "She weighed both."),)))
    assert [id for id, *_ in request.offers] == [point.id]
    assert request.evidence is not None
    assert gathered.latest(request.evidence).testimony["points"] == [["T-1", "2"]]  # type: ignore[index]


@given(st.lists(st.text(alphabet="ab \n#-|*", max_size=40), min_size=3, max_size=3))
@settings(max_examples=150, deadline=None)
def test_a_point_is_offered_where_its_own_words_stand(texts: list[str]) -> None:
    points = [EditionPoint(id=id, ref=str(id), edition=Edition(code="T-1")) for id in (1, 2)]
    answer = replace(ANSWER, whole=texts[0], by_point=((1, texts[1]), (2, texts[2])))
    _, content, offers = arranged(Kind.TESTIMONY, answer, points)
    for id, start, end in offers:
        words = texts[id]
        if end and words.strip():
            own = plain(prose.to_html(words)).strip("\n")
            assert content.plain[start:end].strip("\n") == own
            assert content.plain[:start].endswith(f"T-1, point {id}\n")
