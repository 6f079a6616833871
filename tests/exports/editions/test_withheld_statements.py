"""Whatever others state and sign is withheld, cut or left out as the learner's own words are; no field is forgotten."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_type_hints

import pytest

from exports.editions.learners_copy import own
from exports.editions.masking import WITHHELD
from exports.editions.redacting import redact
from exports.editions.summary import brief
from exports.editions.withholding import Original, Seconds, Words
from exports.facts import frozen as f
from exports.facts.canonical import canonical
from tests.exports.samples import pages
from tests.exports.samples.facts import FACTS, TALK

NAME = "Zebedee Quill"
TOLD = (f.TestimonyFacts, f.SourceFacts, f.MinutesFacts, f.EntryFacts, f.SignatureFacts, f.CheckFacts)
CODED = {
    "TestimonyFacts": {"signed_at", "until", "tie", "points"},
    "MinutesFacts": {"agreed"},
    "EntryFacts": {"sort", "at", "file", "points"},
    "SignatureFacts": {"signer", "at", "sha256"},
    "CheckFacts": {"how", "on", "at"},
}
"""Fields that hold codes, days and moments: one of a few words, a hash, a ref, a date."""
HELD = {"TestimonyFacts": "E5", "SourceFacts": "E12", "MinutesFacts": "E8", "EntryFacts": "E8", "SignatureFacts": "E8",
        "CheckFacts": "E9"}  # fmt: skip
"""In which item of the sample learner each stands."""


def of_words() -> Iterator[tuple[type[Any], str]]:
    for kind in TOLD:
        hints = get_type_hints(kind)
        for each in fields(kind):
            if each.name not in CODED.get(kind.__name__, ()) and "str" in str(hints[each.name]):
                yield kind, each.name


FIELDS = list(of_words())


def written(value: Any, kind: type[Any], name: str) -> Any:
    """The same with a name written into one field of every record of a kind."""
    if isinstance(value, tuple):
        return tuple(written(each, kind, name) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {each.name: written(getattr(value, each.name), kind, name) for each in fields(value)}
    return replace(value, **held | ({name: f"{NAME} was there"} if type(value) is kind else {}))


def told(kind: type[Any], name: str) -> f.Facts:
    evidence = tuple(written(one, kind, name) if one.ref == HELD[kind.__name__] else one for one in FACTS.evidence)
    return replace(FACTS, evidence=evidence)


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=lambda given: getattr(given, "__name__", given))
def test_a_withheld_name_is_left_in_no_field_and_the_hash_over_it_goes_too(kind: type[Any], name: str) -> None:
    facts, ref = told(kind, name), HELD[kind.__name__]
    assert NAME in canonical(facts).decode()
    shown = redact(facts, [Words(NAME, "Asked not to be named")]).facts
    assert NAME not in canonical(shown).decode()
    item = next(one for one in shown.evidence if one.ref == ref)
    assert {item.sha256, *(one.sha256 for one in item.signatures)} == {WITHHELD}
    assert next(one for one in FACTS.evidence if one.ref == ref).sha256 not in canonical(shown).decode()


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=lambda given: getattr(given, "__name__", given))
def test_a_summary_has_no_word_of_it(kind: type[Any], name: str) -> None:
    assert NAME not in canonical(brief(told(kind, name))).decode()


def test_codes_stay_as_they_are_when_the_same_words_are_withheld() -> None:
    shown = redact(FACTS, [Words(word, "No reason") for word in ("other", "witness", "question", "known", "CS-303")])
    items = {one.ref: one for one in shown.facts.evidence}
    assert items["E9"].testimony.tie == "other"
    assert items["E9"].checks[0].how == "known"
    assert items["E9"].signatures[0].signer == "witness"
    assert items["E9"].testimony.points == (("CS-303", "5"),)
    assert [one.sort for one in items["E8"].minutes.entries][:2] == ["step", "question"]
    assert items["E8"].minutes.agreed == (("CS-303", "3"), ("CS-303", "7"))


def test_what_holds_no_withheld_word_keeps_its_signatures_and_their_hash() -> None:
    shown = {one.ref: one for one in redact(FACTS, [Words("Zebedee", "No such person")]).facts.evidence}
    assert [shown[one.ref] for one in FACTS.evidence] == list(pages.without(FACTS.evidence))


def test_entries_that_play_withheld_seconds_say_so_and_name_no_recording_that_is_not_given() -> None:
    heard = {one.ref: one for one in redact(FACTS, [Seconds(TALK.name, 60, 90, "A voice")]).facts.evidence}["E7"]
    assert ["[withheld 1]" in one.words for one in heard.minutes.entries] == [False, True, False, False]
    gone = redact(FACTS, [Original(TALK.name, "A voice")]).facts
    assert TALK.sha256 not in canonical(gone).decode()
    assert {one.file for one in next(one for one in gone.evidence if one.ref == "E7").minutes.entries} == {WITHHELD, ""}


def test_the_learners_own_copy_says_how_a_witness_was_checked_and_not_what_the_assessor_wrote_of_it() -> None:
    facts = own(FACTS)
    checks = [each for one in facts.evidence for each in one.checks]
    assert [(one.how, one.by, one.words) for one in checks] == [
        ("contacted", "Ben Adeyemi", ""), ("known", "Ben Adeyemi", ""), ("contacted", "Ben Adeyemi", ""),
    ]  # fmt: skip
    assert "choir; he says" not in canonical(facts).decode()
    assert {event.deed for event in facts.events} >= {"signed"}
    assert "witness checked" not in {event.deed for event in facts.events}
