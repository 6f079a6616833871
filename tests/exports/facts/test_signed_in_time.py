"""A link to a witness brings one item, until it ends; a correction comes within some days: what does not is named."""

import json
from copy import deepcopy
from typing import Any

import pytest

from exports import verify
from tests.exports.facts.test_forged_statements import WHOLE, line_of, named, retold, subject_of
from tests.exports.samples.log import canonical


@pytest.mark.parametrize(("end", "late"), [("2026-03-20T17:42:00Z", False), ("2026-03-20T17:36:00Z", True)])
def test_a_first_signature_after_the_end_of_the_link_is_named(end: str, late: bool) -> None:
    """Gwen Parry signed on 20 March at 17:42:10; some moments pass while somebody signs."""
    facts = deepcopy(WHOLE)
    retold(line_of(facts, "witness asked", "request 12"), expires_at=end)
    assert ("E5: was signed after the link had expired" in named(facts)) == late


def test_a_link_that_brought_two_items_is_named() -> None:
    facts = deepcopy(WHOLE)
    retold(line_of(facts, "signed", subject_of(facts, "E9")), request=12)
    assert "E9: was signed by a link that had brought another item" in named(facts)


def signed_again(facts: dict[str, Any], ref: str, at: str) -> None:
    """An earlier version, signed by the link by which the one that is told was signed `at` this moment."""
    line = line_of(facts, "signed", subject_of(facts, ref))
    earlier = deepcopy(line) | {"seq": line["seq"] - 0.5}
    retold(earlier, version=0, signed_at=at)
    facts["events"].append(earlier)


@pytest.mark.parametrize(("first", "too_late"), [("2026-03-13T17:42:10Z", False), ("2026-03-13T17:36:00Z", True)])
def test_a_correction_that_comes_later_than_a_witness_may_is_named(first: str, too_late: bool) -> None:
    facts = deepcopy(WHOLE)
    signed_again(facts, "E5", first)
    assert ("E5: was corrected later than a witness may" in named(facts)) == too_late


def test_lines_of_asking_that_tell_no_end_leave_it_open() -> None:
    facts, unbound = deepcopy(WHOLE), verify.Counter[str]()
    line = line_of(facts, "witness asked", "request 12")
    said = json.loads(line["facts"])
    del said["expires_at"]
    line["facts"] = canonical(said).decode()
    assert not any("expired" in one.what for one in verify.against_log(facts, unbound))
    assert unbound["until when a witness could sign"] == 1
