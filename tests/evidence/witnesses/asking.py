"""How tests ask a witness, and what the witness answers."""

from dataclasses import replace
from datetime import date
from typing import Any

from portfolio.evidence.drafts import Statement
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.composing import ComposedAnswer, composed
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import Asking, WitnessAnswer
from portfolio.foundation.db import db, transaction
from tests.fixtures.cast import House

GWEN = Asking(Kind.TESTIMONY, "Gwen Parry", "Shift supervisor", "gwen@tidewater.example", "You were at the counter.")
SAW = (
    "A man came in with a kettle that leaked. Ada let him finish, asked when it had begun, and wrote down what he "
    "said. She rang the workshop while he waited and told him what a repair would cost."
)
STATEMENT = Statement(
    "Gwen Parry", "Shift supervisor", "Tidewater", "Line manager", "029 2018 0199", expert=True, knows_standards=True,
    tie="none",
)  # fmt: skip
ANSWER = WitnessAnswer(
    STATEMENT, date(2026, 3, 2), context="At the counter", whole=SAW, name="Gwen Parry", accepts=True
)


def ask(
    house: House, asking: Asking = GWEN, *, by: str = "ada", learner: str = "ada", points: int = 2
) -> WitnessRequest:
    """Ask somebody about the first points of the learner's unit, in a house that sends mail."""
    if not house.app.extensions["markwell"].mail:
        house.sets(mail="smtp://mail.house.example", mail_from="markwell@house.example")
    chosen = list(house.enrolment(learner).edition.points)[:points]
    who, whose = house.person(by), house.person(learner)
    with transaction():
        return operations.ask(asking, chosen, learner=whose, by=who)


def asked_again(house: House) -> WitnessRequest:
    """Gwen Parry is asked at another address."""
    return ask(house, replace(GWEN, email="gwen@home.example"))


def token_of(request: WitnessRequest) -> str:
    """The token of its link."""
    token = operations.link_token(request)
    db.session.rollback()
    return token


def opened(request: WitnessRequest) -> WitnessRequest:
    """The link is opened."""
    with transaction():
        operations.open_link(request)
    return request


def answer_to(request: WitnessRequest, **changed: Any) -> ComposedAnswer:
    """What Gwen Parry answers, ready to be signed."""
    answer = replace(ANSWER, **changed)
    if request.kind == Kind.CUSTOMER:
        answer = replace(answer, answers=("She mended my kettle.", "She was quick and friendly."))
    return composed(request, answer)


def corrected(request: WitnessRequest, **changed: Any) -> Signature:
    """What stands signed is corrected."""
    return operations.correct(
        request, answer_to(request, **changed), based_on=request.evidence.latest if request.evidence else 0
    )


def signed(request: WitnessRequest, **changed: Any) -> WitnessRequest:
    """The link is opened, and what it asks for is signed."""
    opened(request)
    with transaction():
        operations.sign_answer(request, answer_to(request, **changed))
    return request
