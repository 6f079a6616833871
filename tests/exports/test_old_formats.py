"""What left the house before lines bound all that is printed still holds, and says what they did not bind."""

import json
from typing import Any

from exports import verify
from exports.canonical import canonical as frozen
from tests.exports.sample_log import canonical
from tests.exports.sample_pack import LEILA


def _as_before_the_binding() -> dict[str, Any]:
    """Leila's facts as the first format told them, under lines as they were written then."""
    facts = json.loads(frozen(LEILA))
    for name in ("format", "other_lines", "only", "edition"):
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
    "judgement",
}  # fmt: skip
"""What lines of the log tell since they bind all that is printed."""


def test_facts_of_the_first_format_hold_and_it_is_said_what_they_did_not_bind() -> None:
    unbound = verify.Counter[str]()
    facts = _as_before_the_binding()
    assert verify.against_log(facts, unbound) == []
    told = "\n".join(verify.unbound_said(unbound))
    assert "the words as shown (7): no line of the log binds it yet." in told
    assert {"the centre's name", "the learner's number", "the places and reasons handed in"} <= set(unbound)
    facts["units"][0]["rounds"][0]["ai_use"] = "None"
    assert [fault.what for fault in verify.against_log(facts, unbound)] == ["the declaration is not what the log tells"]
    assert verify.against_log(json.loads(frozen(LEILA)) | {"format": 1}, unbound)[0].where == "format"
