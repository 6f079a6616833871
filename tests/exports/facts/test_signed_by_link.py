"""What a witness signed by a link, and corrected, is told by the log line by line: nothing of it differs."""

import json
from collections import Counter

from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of
from exports.facts.snapshot.log_check import differing
from portfolio.evidence import operations as evidence
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.queries import latest
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.rules import Checked, How
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from tests.evidence.witnesses.asking import answer_to, ask, signed
from tests.fixtures.cast import House


def test_a_signed_and_a_corrected_testimony_are_what_the_log_tells(house: House) -> None:
    request = signed(ask(house))
    again = answer_to(request, whole="It was on Monday, and she rang twice.")
    ben = house.person("ben")
    with transaction():
        operations.correct(request, again)
    item = request.evidence
    assert item is not None
    with transaction():
        evidence.claim(latest(item), Whole(), request.points[:1], reason="", by=request.learner)
        operations.check(latest(item), Checked(How.CONTACTED, now().date(), "by telephone"), by=ben)
    db.session.expire_all()
    ada = house.person("ada")
    assert list(differing(ada, Counter())) == []
    (told,) = json.loads(canonical(facts_of(ada)))["evidence"]
    (signature,) = told["signatures"]
    assert (signature["request"], signature["reached"]) == (request.id, "by e-mail")
    assert (told["version"], told["testimony"]["entered_by"], len(told["checks"])) == (2, "", 1)
