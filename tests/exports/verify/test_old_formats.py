"""What left the house before lines bound all that is printed still holds, and says what they did not bind."""

import json
from dataclasses import replace
from typing import Any

import pytest

from exports import verify
from exports.facts.canonical import canonical as frozen
from exports.facts.frozen import Facts
from tests.exports.samples import pages
from tests.exports.samples.log import canonical, true
from tests.exports.samples.pack import LEILA
from tests.exports.samples.signature import signed_report
from tests.exports.samples.verdicts import without_flaws, without_grounds
from tests.exports.verify.verifying import checked

_PLAIN = {
    "record": 0,
    "record_ref": "",
    "hash_format": 1,
    "source": None,
    "minutes": None,
    "signatures": (),
    "checks": (),
}


_TYPED = {"entered_by": "Ben Adeyemi", "signed_at": "", "until": "", "tie": "", "points": ()}
"""Of a witness: while nobody signed, their assessor typed what they said."""
_OWN = tuple(
    replace(one, **_PLAIN, testimony=replace(one.testimony, **_TYPED) if one.testimony else None)  # type: ignore[arg-type]
    for one in pages.without(LEILA.evidence)
)
(BEFORE,) = true(replace(without_flaws(LEILA), evidence=_OWN, merged=(), programmes=()))[1]
"""Leila as she was told of while there were no programmes, and nobody's records could be merged."""


def test_facts_of_the_ninth_format_hold_and_say_nothing_of_it() -> None:
    (known,) = true(without_grounds(LEILA))[1]
    facts, unbound = json.loads(frozen(known)) | {"format": 9}, verify.Counter[str]()
    del facts["grounds"]
    assert verify.against_log(facts, unbound) == []
    assert unbound == {}
    assert list(verify.TOLD_IN_TABLES["grounds"](facts)) == []


def test_facts_of_the_eighth_format_hold_and_tell_of_no_flaws() -> None:
    (told,) = true(without_flaws(LEILA))[1]
    facts, unbound = json.loads(frozen(told)) | {"format": 8}, verify.Counter[str]()
    del facts["flaws"]
    for one in facts["judgements"]:
        del one["flaws"]
    assert verify.against_log(facts, unbound) == []
    assert unbound == {}
    assert list(verify.TOLD_IN_TABLES["flaws"](facts)) == []
    facts["judgements"][0]["flaws"] = [1]
    said = [fault.what for fault in verify.against_log(facts, unbound)]
    assert said == ["what is said against its evidence is not what the log tells"]


def _before_the_pages(told: Facts) -> dict[str, Any]:
    """As the sixth format told them: of no pages of documents, and of no words on one."""
    facts = json.loads(frozen(told)) | {"format": 6}
    for file in (file for item in facts["evidence"] for file in item["files"]):
        del file["pages"], file["transcript"]
    for claim in facts["claims"]:
        claim["locator"].pop("quote", None)
    return facts


def test_facts_of_the_sixth_format_hold_and_tell_of_no_pages() -> None:
    (told,) = true(replace(without_flaws(LEILA), evidence=pages.without(LEILA.evidence)))[1]
    facts, unbound = _before_the_pages(told), verify.Counter[str]()
    assert verify.against_log(facts, unbound) == []
    assert unbound == {}
    assert list(verify.TOLD_IN_TABLES["pages"](facts)) == []
    facts["evidence"][3]["files"][0]["pages"] = json.loads(frozen(LEILA.evidence[3].files[0].pages))
    said = [fault.what for fault in verify.against_log(facts, unbound)]
    assert said == ["tells of pages, which facts of that format do not bind"]


def _before_the_signatures() -> dict[str, Any]:
    """As the fifth format told them: with neither signatures, checks, sources nor minutes."""
    facts = _before_the_pages(BEFORE) | {"format": 5}
    for item in facts["evidence"]:
        for name in ("source", "minutes", "signatures", "checks"):
            del item[name]
        for name in ("until", "tie", "interest", "points") if item["testimony"] else ():
            del item["testimony"][name]
    return facts


def test_facts_of_the_fifth_format_hold_and_their_tables_tell_what_they_tell() -> None:
    facts, unbound = _before_the_signatures(), verify.Counter[str]()
    assert verify.against_log(facts, unbound) == []
    assert unbound == {}
    assert [len(list(verify.TOLD_IN_TABLES[name](facts))) for name in ("witnesses", "signatures", "minutes")] == [
        3,
        0,
        0,
    ]
    facts["evidence"][4]["testimony"]["entered_by"] = "Ines Duarte"
    assert [fault.what for fault in verify.against_log(facts, unbound)] == ["who entered it is not what the log tells"]


def test_facts_of_the_fourth_format_hold() -> None:
    """They told of neither programmes, merged records nor a logo."""
    facts = _before_the_signatures() | {"format": 4}
    del facts["programmes"], facts["merged"], facts["centre"]["logo"]
    for item in facts["evidence"]:
        del item["record"], item["record_ref"]
    unbound = verify.Counter[str]()
    assert verify.against_log(facts, unbound) == []
    assert unbound == {}
    facts["units"][0]["state"] = "referred"
    assert [fault.what for fault in verify.against_log(facts, unbound)] == ["the state is not what the log tells"]


def _as_before_the_binding() -> dict[str, Any]:
    """Leila's facts as the first format told them, under lines as they were written then."""
    facts = json.loads(frozen(BEFORE))
    for name in ("format", "other_lines", "only", "edition", "programmes", "merged"):
        del facts[name]
    facts["events"] = [event for event in facts["events"] if event["deed"] != "copies made"]
    for event in facts["events"]:
        said = json.loads(event["facts"])
        kept = {name: said[name] for name in said.keys() - NEW}
        event["facts"] = canonical(kept).decode()
        for name in ("actor_id", "centre", "prev"):
            del event[name]
    last = facts["events"][-1]
    return facts | {"head": {"seq": last["seq"], "hash": last["hash"]}, "as_at": last["at"]}


NEW = {
    "learner", "before", "number", "edition_sha256", "assessor_id", "iqa_id", "saved_at", "html_sha256", "plain_sha256",
    "originals", "handed_in_at", "gaps_sha256", "decided_at", "missing_sha256", "reason_sha256", "judged_at",
    "judgement", "fails",
}  # fmt: skip
"""What lines of the log tell since they bind all that is printed."""


def test_facts_of_the_first_format_hold_and_it_is_said_what_they_did_not_bind() -> None:
    unbound = verify.Counter[str]()
    facts = _as_before_the_binding()
    assert verify.against_log(facts, unbound) == []
    told = "\n".join(verify.unbound_said(unbound))
    assert "the words as shown (13): no line of the log binds it yet." in told
    assert {"the centre's name", "the learner's number", "the places and reasons handed in"} <= set(unbound)
    facts["units"][0]["rounds"][0]["ai_use"] = "None"
    assert [fault.what for fault in verify.against_log(facts, unbound)] == ["the declaration is not what the log tells"]
    assert verify.against_log(json.loads(frozen(BEFORE)) | {"format": 1}, unbound)[0].where == "format"


def _renamed(*roles: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as they were told after these people had been renamed; nothing of it stood in the lines quoted."""
    for unit in facts["units"]:
        unit |= {role: f"{unit[role]}-Jones" for role in roles if role in unit}
        for one in unit["rounds"] if "decided_by" in roles else ():
            one["decided_by"] = one["decided_by"] and f"{one['decided_by']}-Jones"
    return facts


def test_an_old_report_made_after_staff_were_renamed_holds_and_says_that_their_names_are_not_bound() -> None:
    unbound = verify.Counter[str]()
    assert verify.against_log(_renamed("assessor", "decided_by", facts=_as_before_the_binding()), unbound) == []
    assert {"who is the assessor", "who decided"} <= set(unbound)


def test_an_old_report_of_some_units_holds() -> None:
    facts = _as_before_the_binding()
    code = facts["units"].pop()["code"]
    facts["claims"] = [one for one in facts["claims"] if one["unit"] != code]
    facts["judgements"] = [one for one in facts["judgements"] if one["unit"] != code]
    assert verify.against_log(facts, verify.Counter()) == []


@pytest.mark.parametrize("cut", ["evidence", "units", "claims", "nothing"])
def test_an_old_report_alone_is_not_compared_for_it_does_not_say_which_edition_it_is(cut: str) -> None:
    """Summaries and redacted copies of the first format bear no sign that they are such."""
    facts = _as_before_the_binding()
    for item in facts["evidence"] if cut == "evidence" else ():
        item["text"] = "cut down"
    if cut in ("units", "claims"):
        del facts[cut][0]
    result = checked(signed_report(canonical(facts)))
    assert result.faults == []
    assert any("its record is of the first format" in text for text in result.unchecked)


def test_who_takes_the_format_off_a_new_report_gains_nothing() -> None:
    facts = json.loads(frozen(BEFORE))
    del facts["format"]
    result = checked(signed_report(canonical(facts)))
    assert any("format: is older than the lines" in f"{each.where}: {each.what}" for each in result.faults)


# Lines that name who is responsible, and not yet whose name it is


def _in_charge(now: str, *lines: tuple[int, str, int, str]) -> list[str]:
    """What is found of an assessor `now`, whom the enrolment (line 50) calls Ben; `lines`: seq, deed, whom, name."""
    named = [{"seq": seq, "deed": deed, "subject": f"person {id}", "facts": canonical({"name": name}).decode()}
             for seq, deed, id, name in lines]  # fmt: skip
    facts: dict[str, Any] = {"events": [], "other_lines": named, "evidence": [], "judgements": [], "claims": []}
    told = verify.Told(facts | {"format": 2}, verify.Counter())
    told.in_charge("CS-301", "assessor", now, ({"seq": 50}, {"assessor": "Ben"}))
    return [fault.what for fault in told.faults] or list(told.unbound) or ["bound"]


def test_a_renamed_assessor_of_an_old_line_is_honest_and_somebody_else_is_not() -> None:
    registered, changed = "person registered", "person changed"
    assert _in_charge("Ben", (2, registered, 5, "Ben")) == ["bound"]
    assert _in_charge("Ben Jones", (2, registered, 5, "Ben"), (60, changed, 5, "Ben Jones")) == ["who is the assessor"]
    assert _in_charge("Ben Jones", (60, changed, 5, "Ben Jones")) == ["who is the assessor"]
    other = ["who is the assessor is not what the log tells"]
    assert _in_charge("Eve", (2, registered, 5, "Ben"), (3, registered, 6, "Eve")) == other
    assert _in_charge("Eve", (3, registered, 6, "Eva"), (40, changed, 6, "Eve")) == other
    assert _in_charge("Eve", (40, changed, 6, "Eve")) == other
    assert _in_charge("Eve") == other


def test_a_part_that_an_old_row_names_twice_is_no_forgery() -> None:
    """Forms once took the same part twice; the line tells of it as often as was sent, or once."""
    facts = _as_before_the_binding()
    short = next(one for one in facts["judgements"] if one["missing"])
    short["missing"] *= 2
    assert verify.against_log(facts, verify.Counter()) == []
    short["missing"] = [*short["missing"], "another"]
    assert [one.what for one in verify.against_log(facts, verify.Counter())] == [
        "what is missing is not what the log tells"
    ]
