"""The phone of somebody who holds a link: no account, no cookies at first."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.db import db
from tests.evidence.witnesses.asking import SAW, token_of
from tests.fixtures.cast import House

Browser = Callable[[str], FlaskClient]
"""A browser of somebody of the cast."""
TYPED = {
    "witness": "Gwen Parry", "job": "Shift supervisor", "employer": "Tidewater", "relationship": "Line manager",
    "contact": "029 2018 0199", "expert": "yes", "knows_standards": "no", "tie": "none", "happened_on": "2026-03-02",
    "context": "At the counter", "whole": SAW, "accepts": "y", "name": "Gwen Parry",
}  # fmt: skip


@dataclass
class Phone:
    """A browser that knows one link."""

    client: FlaskClient
    address: str

    def reads(self, below: str = "", status: int = 200) -> str:
        """The words of a page below the link's address."""
        answer = self.client.get(self.address + below)
        assert answer.status_code == status
        return html.unescape(answer.text)

    def sends(self, below: str = "", *, piece: bool = False, **typed: str) -> TestResponse:
        """Send a form, or what a script sends."""
        headers = {"X-Piece": "1", "Accept": "application/json"} if piece else {}
        return self.client.post(self.address + below, data={"once": "k" * 20} | typed, headers=headers)

    def corrects(self, **typed: str) -> TestResponse:
        """Send the form of the correction, as its page is now."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.reads("/correct")))
        return self.sends("/correct", **TYPED | hidden | typed)


def phone(house: House, request: WitnessRequest) -> Phone:
    """Gwen Parry's phone, on which the link was not opened yet."""
    return Phone(house.browser(), f"/witness/{token_of(request)}")


def as_it_is(request: WitnessRequest) -> WitnessRequest:
    """The request as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(WitnessRequest, request.id)


def stated_in(page: str) -> dict[str, Any]:
    """Term → what it says, of the facts on a page."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {term: re.sub(r"<[^>]*>", "", said).strip() for term, said in found}


def reads(client: FlaskClient, address: str) -> str:
    """The words of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", answer.text))
