"""What a witness signed by a link, and corrected, is told by the log line by line: nothing of it differs."""

import json
from collections import Counter

from exports.facts.canonical import canonical
from exports.facts.missing import absences
from exports.facts.snapshot import facts_of
from exports.facts.snapshot.log_check import differing
from portfolio.evidence import operations as evidence
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.queries import latest
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.rules import Checked, How
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from tests.evidence.meetings import meeting as meetings
from tests.evidence.witnesses.asking import answer_to, ask, signed
from tests.fixtures.cast import House


def test_a_signed_and_a_corrected_testimony_are_what_the_log_tells(house: House) -> None:
    request = signed(ask(house))
    again = answer_to(request, whole="It was on Monday, and she rang twice.")
    ben = house.person("ben")
    with transaction():
        operations.correct(request, again, based_on=1)
    item = request.evidence
    assert item is not None
    with transaction():
        evidence.claim(latest(item), Whole(), request.points[:1], reason="", by=request.learner)
        operations.check(latest(item), Checked(How.CONTACTED, now().date(), "by telephone"), by=ben)
    db.session.expire_all()
    ada = house.person("ada")
    assert list(differing(ada, Counter())) == []
    told, first = json.loads(canonical(facts_of(ada)))["evidence"]
    assert [len(first["signatures"]), first["ref"]] == [1, f"{told['ref']} v1"], "both versions are told"
    (signature,) = told["signatures"]
    assert (signature["request"], signature["reached"]) == (request.id, "by a link")
    assert (told["version"], told["testimony"]["entered_by"], len(told["checks"])) == (2, "", 1)


def test_what_was_signed_is_told_though_nothing_in_it_is_claimed(house: House) -> None:
    """An observation with which the learner does not agree leaves the house with the words of who does not agree."""
    house.enrolment()
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    meetings.sign(meeting)
    meetings.answer(meeting, agrees=False, comment="It was later.")
    facts = facts_of(house.person("ada"))
    assert [one.comment for item in facts.evidence for one in item.signatures] == ["", "It was later."]
    assert facts.claims == ()
    assert [one.rule for one in absences(facts) if "It was later." in one.what]
    assert list(differing(house.person("ada"), Counter())) == []


def test_a_report_about_one_unit_tells_what_was_signed_about_its_points_alone(house: House) -> None:
    house.enrolment()
    meetings.sign(meetings.under_way(house.person("ada"), house.person("ben")))
    ada = house.person("ada")
    assert [len(facts_of(ada, codes=[code]).evidence) for code in ("T-1", "T-9")] == [1, 0]
