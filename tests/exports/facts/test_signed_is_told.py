"""Nothing that was signed is left out of a report by naming the units that it is said to be about."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from exports import verify
from exports.facts.canonical import canonical as frozen
from exports.facts.snapshot import facts_of
from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.rules import Asking
from portfolio.foundation.db import transaction
from tests.evidence.meetings import meeting as meetings
from tests.evidence.witnesses.asking import answer_to, ask, signed
from tests.exports.samples.facts import FACTS
from tests.exports.samples.log import canonical
from tests.fixtures.cast import House

Facts = dict[str, Any]
_CUSTOMER = Asking(Kind.CUSTOMER, "Ivo Mensah", "A customer", "ivo@post.example", "")
NOT_TOLD = "was signed, and is not told"
OPEN = "whether all that was signed about the units of the report is told"


def told(facts: Facts) -> tuple[list[str], Counter[str]]:
    """What is said of facts: the faults, and what no line binds."""
    unbound = Counter[str]()
    return [f"{one.where}: {one.what}" for one in verify.against_log(facts, unbound)], unbound


def _disputed(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    meetings.sign(meeting)
    meetings.answer(meeting, agrees=False, comment="It was later.")


def _corrected(house: House) -> None:
    request = signed(ask(house))
    again = answer_to(request, whole="It was on Monday, and she rang twice.")
    with transaction():
        operations.correct(request, again, based_on=1)


@pytest.mark.parametrize("only", [[], ["T-1"], ["T-1", "T-9"]], ids=["of all", "of her one unit", "and of another"])
@pytest.mark.parametrize("signing", [_disputed, _corrected], ids=["a dispute", "what was corrected"])
def test_what_was_signed_and_left_out_is_named_whatever_units_are_said_to_be_chosen(
    house: House, signing: Callable[[House], None], only: list[str]
) -> None:
    house.enrolment()
    signing(house)
    facts = json.loads(frozen(facts_of(house.person("ada")))) | {"only": only}
    assert told(facts) == ([], {})
    gone = facts["evidence"].pop()
    faults, _ = told(facts)
    assert faults == [f"{gone['ref'].split()[0]}, version {gone['version']}: {NOT_TOLD}"]


def test_a_report_about_all_units_is_no_choice_and_tells_what_was_signed_about_none(house: House) -> None:
    house.enrolment()
    request = signed(ask(house, _CUSTOMER))
    assert request.evidence is not None
    ada = house.person("ada")
    assert facts_of(ada, codes=["T-1"]) == facts_of(ada)
    assert [one.ref for one in facts_of(ada).evidence] == ["E1"]
    facts = json.loads(frozen(facts_of(ada))) | {"only": ["T-1"], "evidence": []}
    assert told(facts)[0] == [f"E1, version 1: {NOT_TOLD}"]


def _about(code: str) -> Facts:
    """Leila's facts as a report about one of her units tells them."""
    facts: Facts = json.loads(frozen(FACTS)) | {"only": [code]}
    for name, key in (("units", "code"), ("claims", "unit"), ("judgements", "unit")):
        facts[name] = [one for one in facts[name] if one[key] == code]
    return facts


def _without(facts: Facts, ref: str) -> Facts:
    facts["evidence"] = [one for one in facts["evidence"] if one["ref"] != ref]
    facts["claims"] = [one for one in facts["claims"] if one["evidence"] != ref]
    return facts


def test_a_report_about_one_unit_tells_what_was_signed_about_it_and_need_not_tell_the_rest() -> None:
    lost = f"E8, version 1: {NOT_TOLD}"
    assert lost in told(_without(_about("CS-303"), "E8"))[0]
    faults, unbound = told(_without(_about("CS-301"), "E8"))
    assert (lost in faults, OPEN in unbound) == (False, False)


def test_lines_that_name_no_units_leave_open_whether_all_is_told() -> None:
    facts = _without(_about("CS-303"), "E8")
    for line in facts["events"]:
        said = json.loads(line["facts"])
        kept = {name: value for name, value in said.items() if name != "about_units"}
        line["facts"] = canonical(kept).decode()
    faults, unbound = told(facts)
    assert not any(NOT_TOLD in one for one in faults)
    assert unbound[OPEN] == 1


def test_a_unit_that_is_told_though_it_was_not_chosen_is_named() -> None:
    facts = json.loads(frozen(FACTS)) | {"only": ["CS-303"]}
    assert "CS-301: is told of, and was not asked for" in told(facts)[0]


def test_a_line_that_names_other_units_than_were_signed_is_named() -> None:
    facts = json.loads(frozen(FACTS))
    line = next(one for one in facts["events"] if one["deed"] == "signed")
    line["facts"] = canonical(json.loads(line["facts"]) | {"about_units": ["CS-999"]}).decode()
    assert any("which units it is about is not what the log tells" in one for one in told(facts)[0])
