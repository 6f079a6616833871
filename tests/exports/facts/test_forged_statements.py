"""One changed word, name, moment, sentence or check of what others state and sign is found and named."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import verify
from exports.facts.canonical import canonical as frozen
from tests.exports.samples.facts import FACTS
from tests.exports.samples.log import canonical

WHOLE: dict[str, Any] = json.loads(frozen(FACTS))
STATED = ("testimony", "source", "minutes", "signatures", "checks")
Path = tuple[str | int, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where each plain value stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield path
        return
    for key, each in inner:
        yield from leaves(each, (*path, key))


LEAVES = [path for name in STATED for at, item in enumerate(WHOLE["evidence"])
          for path in leaves(item[name], ("evidence", at, name)) if item[name]]  # fmt: skip


def at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def changed(path: Path, to: Any) -> dict[str, Any]:
    facts = deepcopy(WHOLE)
    at(facts, path[:-1])[path[-1]] = to
    return facts


def rehashed(facts: dict[str, Any]) -> dict[str, Any]:
    """With the hashes that a forger can make anew: of each version, in the rounds and under the signatures, too."""
    anew = {}
    for item in facts["evidence"]:
        (names, stated), said = verify.HASHED[item["hash_format"]], item["testimony"]
        held = {name: item[name] for name in names}
        held["statement"] = {name: said[name] for name in stated} if said else None
        held["files"] = [{"name": one["name"], "sha256": one["sha256"]} for one in item["files"]]
        anew[item["sha256"]] = item["sha256"] = sha256(canonical(held)).hexdigest()
        for one in item["signatures"]:
            one["sha256"] = anew.get(one["sha256"], item["sha256"])
    return facts


def named(facts: dict[str, Any]) -> list[str]:
    result = verify.Result("")
    verify.versions_hashed(facts, result, "")
    faults = [*result.faults, *verify.against_log(facts, verify.Counter())]
    return [f"{one.where}: {one.what}" for one in faults]


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, (int, float)) else 1.5 if value is None else f"{value}x"


def test_nothing_is_found_where_nothing_was_changed() -> None:
    assert named(WHOLE) == named(rehashed(deepcopy(WHOLE))) == []
    assert len(LEAVES) > 200


@pytest.mark.parametrize("again", [False, True], ids=["as it is", "with hashes made anew"])
def test_every_single_value_that_is_changed_is_named_with_its_item(again: bool) -> None:
    unfound = []
    for path in LEAVES:
        facts = changed(path, other(at(WHOLE, path)))
        ref = WHOLE["evidence"][path[1]]["ref"]
        faults = named(rehashed(facts) if again else facts)
        if not any(ref in fault for fault in faults):
            unfound.append(path)
    assert [path for path in unfound if not (again and path[-1] == "sha256")] == []


@given(st.sampled_from([path for path in LEAVES if isinstance(at(WHOLE, path), str)]), st.text(max_size=30))
def test_whatever_text_is_put_in_place_of_another_is_named(path: Path, text: str) -> None:
    facts = changed(path, text)
    assert bool(named(facts)) == (text != at(WHOLE, path))


def item(facts: dict[str, Any], ref: str) -> dict[str, Any]:
    return next(one for one in facts["evidence"] if one["ref"] == ref)


def without_lines(facts: dict[str, Any], deed: str) -> None:
    facts["events"] = [one for one in facts["events"] if one["deed"] != deed]


WORDS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a signature left out": (lambda facts: item(facts, "E8")["signatures"].pop(), "E8: which signatures there are"),
    "a signature put in": (
        lambda facts: item(facts, "E10")["signatures"].append(item(facts, "E8")["signatures"][0]),
        "E10: which signatures there are",
    ),
    "signatures the other way round": (
        lambda facts: item(facts, "E7")["signatures"].reverse(), "E7: which signatures there are",
    ),
    "a signature of somebody else's item": (
        lambda facts: item(facts, "E9").update(signatures=item(facts, "E5")["signatures"]),
        "E9: which signatures there are",
    ),
    "a check left out": (lambda facts: item(facts, "E9")["checks"].pop(), "E9: which checks there are"),
    "all checks left out": (lambda facts: item(facts, "E5").update(checks=[]), "E5: which checks there are"),
    "a name": (lambda facts: item(facts, "E5")["signatures"][0].update(name="Gwen Barry"),
               "E5: the signature of the witness: the name"),
    "a sentence": (lambda facts: item(facts, "E8")["signatures"][0].update(words="I was not there."),
                   "E8: the signature of the assessor: the words"),
    "that the learner agrees": (lambda facts: item(facts, "E8")["signatures"][1].update(agrees=True),
                                "E8: the signature of the learner: agrees"),
    "a comment": (lambda facts: item(facts, "E8")["signatures"][1].update(comment=""),
                  "E8: the signature of the learner: the comment"),
    "a moment": (lambda facts: item(facts, "E7")["signatures"][0].update(at="2026-04-16T10:00:00Z"),
                 "E7: the signature of the assessor: when"),
    "how they were reached": (lambda facts: item(facts, "E9")["signatures"][0].update(reached="by e-mail"),
                              "E9: the signature of the witness: reached"),
    "a request": (lambda facts: item(facts, "E5")["signatures"][0].update(request=14),
                  "E5: the signature of the witness: request"),
    "when a witness signed": (lambda facts: item(facts, "E5")["testimony"].update(signed_at=""),
                              "E5: when the witness signed"),
    "who typed it": (lambda facts: item(facts, "E9")["testimony"].update(entered_by="Ben Adeyemi"),
                     "E9: who entered it"),
    "how a witness was checked": (lambda facts: item(facts, "E9")["checks"][0].update(how="contacted"),
                                  "E9: the check of the witness: how"),
    "by whom": (lambda facts: item(facts, "E5")["checks"][0].update(by="Ines Duarte"),
                "E5: the check of the witness: by whom"),
    "the lines of signing": (lambda facts: without_lines(facts, "signed"), "E5: which signatures there are"),
    "the lines of asking": (lambda facts: without_lines(facts, "witness asked"),
                            "E5: no line of the log tells that the witness was asked"),
    "the format": (lambda facts: facts.update(format=5), "format: is older than the lines that are quoted"),
}  # fmt: skip


@pytest.mark.parametrize("what", WORDS)
def test_what_was_forged_is_named_in_words(what: str) -> None:
    forge, said = WORDS[what]
    facts = deepcopy(WHOLE)
    forge(facts)
    assert [fault for fault in named(facts) if said in fault]


def test_one_word_of_the_minutes_under_hashes_made_anew_is_named_as_what_was_not_signed() -> None:
    facts = deepcopy(WHOLE)
    item(facts, "E8")["minutes"]["entries"][2]["words"] = "Melts hard wax of three colours."
    assert "E8: the hash of the version is not what the log tells" in named(rehashed(facts))
    assert any(fault.startswith("E8: what the learner signed") for fault in named(rehashed(facts)))


def line_of(facts: dict[str, Any], deed: str, subject: str) -> dict[str, Any]:
    return next(one for one in facts["events"] if (one["deed"], one["subject"]) == (deed, subject))


def retold(line: dict[str, Any], **said: Any) -> None:
    """A line with other facts of its own, as who owns the whole log can write it."""
    line["facts"] = canonical(json.loads(line["facts"]) | said).decode()


def subject_of(facts: dict[str, Any], ref: str) -> str:
    return f"evidence {item(facts, ref)['id']}"


def signed_by(facts: dict[str, Any], ref: str, **who: Any) -> None:
    line_of(facts, "signed", subject_of(facts, ref)).update(who)


def learner_of(facts: dict[str, Any]) -> int:
    return int(facts["learner"]["id"])


LINES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "the learner signs as the witness": (
        lambda facts: signed_by(facts, "E5", actor_id=learner_of(facts), role="learner"),
        "E5: who signed as the witness",
    ),
    "the learner signs as the assessor": (
        lambda facts: signed_by(facts, "E8", actor_id=learner_of(facts), role="learner, assessor"),
        "E8: who signed as the assessor",
    ),
    "a witness whom nobody asked": (
        lambda facts: retold(line_of(facts, "signed", subject_of(facts, "E5")), request=0),
        "E5: who signed as the witness",
    ),
    "a witness who was asked for something else": (
        lambda facts: retold(line_of(facts, "witness asked", "request 12"), kind="customer feedback"),
        "E5: the kind that the witness was asked for",
    ),
    "a witness who was asked about no point": (
        lambda facts: retold(line_of(facts, "witness asked", "request 12"), points=[]),
        "E5: the witness tells of points for which they were not asked",
    ),
}


@pytest.mark.parametrize("what", LINES)
def test_whoever_writes_the_log_anew_cannot_let_somebody_else_sign(what: str) -> None:
    forge, said = LINES[what]
    facts = deepcopy(WHOLE)
    forge(facts)
    assert [fault for fault in named(facts) if said in fault]


def test_what_a_witness_wrote_and_did_not_sign_is_named() -> None:
    facts = deepcopy(WHOLE)
    subject = subject_of(facts, "E5")
    facts["events"] = [one for one in facts["events"] if (one["deed"], one["subject"]) != ("signed", subject)]
    item(facts, "E5").update(signatures=[])
    item(facts, "E5")["testimony"].update(signed_at="")
    assert "E5: was written by a witness, and no witness signed it" in named(facts)


@pytest.mark.parametrize("name", ["minutes", "source"])
def test_an_older_hash_covers_less_and_tells_no_more_than_that(name: str) -> None:
    facts = deepcopy(WHOLE)
    ref = {"minutes": "E8", "source": "E11"}[name]
    item(facts, ref).update(hash_format=1)
    assert any(
        f"{ref}: tells of {name}, which a hash of format 1 does not cover" in one for one in named(rehashed(facts))
    )


def test_facts_of_an_older_format_tell_of_no_signature() -> None:
    facts = deepcopy(WHOLE)
    for deed in ("signed", "witness checked"):
        without_lines(facts, deed)
    facts.update(format=5)
    faults = named(facts)
    for ref in ("E5", "E8", "E9"):
        assert f"{ref}: tells of signatures, which facts of that format do not bind" in faults
