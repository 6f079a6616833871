"""Every deed of every storey is in the log with its exact facts: none is added without saying which line it writes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from tests.fixtures import deeds
from tests.fixtures.cast import House

ROOT = Path(__file__).resolve().parents[3]
DEEDS = {
    "assessment.allocate": Deed.ALLOCATED,
    "assessment.award": Deed.DECIDED,
    "assessment.hand_in": Deed.HANDED_IN,
    "assessment.hand_over": Deed.ALLOCATED,
    "assessment.judge": Deed.JUDGED,
    "assessment.note_flaw": Deed.FLAW_NOTED,
    "assessment.take_flaw_back": Deed.FLAW_TAKEN_BACK,
    "assessment.refer": Deed.DECIDED,
    "assessment.take_out": Deed.ENROLMENT_TAKEN_OFF,
    "assessment.reinstate": Deed.REINSTATED,
    "assessment.reopen": Deed.REOPENED,
    "assessment.retract": Deed.DECISION_RETRACTED,
    "assessment.take_off": Deed.ENROLMENT_TAKEN_OFF,
    "assessment.take_back": Deed.TAKEN_BACK,
    "assessment.take_up": Deed.ALLOCATED,
    "assessment.unjudge": Deed.VERDICT_TAKEN_BACK,
    "assessment.withdraw": Deed.WITHDRAWN,
    "conversations.comment": Deed.COMMENTED,
    "conversations.answer": Deed.COMMENTED,
    "conversations.take_comment_back": Deed.COMMENT_TAKEN_BACK,
    "conversations.mark_read": Deed.COMMENT_READ,
    "assessment.take_over_words": Deed.JUDGED,
    "phrases.add": Deed.PHRASE_ADDED,
    "phrases.change": Deed.PHRASE_CHANGED,
    "phrases.put_back": Deed.PHRASE_PUT_BACK,
    "phrases.remove": Deed.PHRASE_REMOVED,
    "arrivals.prepare_again": Deed.PREPARATION_ASKED_FOR,
    "arrivals.stop_preparing": Deed.PREPARATION_STOPPED,
    "evidence.add": Deed.EVIDENCE_ADDED,
    "evidence.claim": Deed.PLACE_CLAIMED,
    "evidence.loosen": Deed.CLAIM_CAME_LOOSE,
    "evidence.remove": Deed.EVIDENCE_REMOVED,
    "evidence.remove_claim": Deed.CLAIM_REMOVED,
    "evidence.restore": Deed.EVIDENCE_RESTORED,
    "evidence.restore_claim": Deed.CLAIM_RESTORED,
    "evidence.save": Deed.EVIDENCE_SAVED,
    "evidence.testify": Deed.EVIDENCE_ADDED,
    "exports.ask_pack": "asked for",
    "exports.ask_report": "asked for",
    "exports.finish_pack": Deed.PACK_MADE,
    "exports.finish_report": Deed.REPORT_MADE,
    "exports.keep_key": Deed.KEY_MADE,
    "exports.retry": "asked for",
    "exports.stop": "stopped",
    "exports.take": "taken",
    "exports.take_pack": Deed.PACK_TAKEN,
    "exports.take_report": Deed.REPORT_TAKEN,
    "opening.look": Deed.WORK_OPENED,
    "opening.take": Deed.ORIGINAL_TAKEN,
    "evidence.record_copies": Deed.COPIES_MADE,
    "transcripts.add": Deed.CAPTIONS_ADDED,
    "transcripts.confirm": Deed.TRANSCRIPT_CONFIRMED,
    "transcripts.keep_draft": Deed.TRANSCRIPT_DRAFTED,
    "transcripts.remove": Deed.CAPTIONS_REMOVED,
    "people.record_sent": Deed.LINK_SENT,
    "people.record_unsent": Deed.LINK_NOT_SENT,
    "people.open_centre": Deed.CENTRE_OPENED,
    "people.change_centre": Deed.CENTRE_CHANGED,
    "people.change": Deed.PERSON_CHANGED,
    "people.close": Deed.ACCOUNT_SHUT,
    "people.invite": Deed.PERSON_INVITED,
    "people.join": Deed.PASSWORD_SET,
    "entering.begin": Deed.SIGNED_IN,
    "entering.change_password": Deed.PASSWORD_CHANGED,
    "entering.end": Deed.SIGNED_OUT,
    "entering.fail": Deed.SIGN_IN_FAILED,
    "entering.sign_out_elsewhere": Deed.SIGNED_OUT_ELSEWHERE,
    "people.merge": Deed.RECORDS_MERGED,
    "people.remove": Deed.PERSON_REMOVED,
    "people.register": Deed.PERSON_REGISTERED,
    "people.reopen": Deed.ACCOUNT_OPENED,
    "procedures.end": Deed.PROCEDURE_ENDED,
    "procedures.register": Deed.PROCEDURE_REGISTERED,
    "procedures.resume": Deed.PROCEDURE_RESUMED,
    "procedures.take_back": Deed.PROCEDURE_ENDED,
    "qualifications.begin": Deed.PROGRAMME_BEGUN,
    "qualifications.change": Deed.PROGRAMME_CHANGED,
    "qualifications.end": Deed.PROGRAMME_ENDED,
    "qualifications.publish": Deed.QUALIFICATION_PUBLISHED,
    "qualifications.resume": Deed.PROGRAMME_RESUMED,
    "meetings.call_off": Deed.MEETING_CALLED_OFF,
    "meetings.change_plan": Deed.MEETING_CHANGED,
    "meetings.leave": Deed.MEETING_LEFT,
    "meetings.plan": Deed.MEETING_PLANNED,
    "meetings.resume": Deed.MEETING_RESUMED,
    "signatures.sign": Deed.SIGNED,
    "witnesses.ask": Deed.WITNESS_ASKED,
    "witnesses.check": Deed.WITNESS_CHECKED,
    "witnesses.decline": Deed.REQUEST_DECLINED,
    "witnesses.end_restored": Deed.REQUEST_TAKEN_BACK,
    "witnesses.mail_again": Deed.WITNESS_REMINDED,
    "witnesses.open_link": Deed.REQUEST_OPENED,
    "witnesses.record_link_sent": Deed.LINK_SENT,
    "witnesses.record_link_unsent": Deed.LINK_NOT_SENT,
    "witnesses.remind": Deed.WITNESS_REMINDED,
    "witnesses.show_link": Deed.LINK_SHOWN,
    "witnesses.take_back": Deed.REQUEST_TAKEN_BACK,
    "units.enrol": Deed.LEARNER_ENROLLED,
    "units.publish": Deed.UNIT_PUBLISHED,
}
_PRESENCE = "assessment.be_here assessment.leave assessment.forget_presence assessment.sweep_presence"
_OWN_WORDS = "assessment.keep_words phrases.note_own phrases.forget_own phrases.count_saved"
_UNSIGNED = "witnesses.forget_drafts witnesses.go_on witnesses.write_draft"
_WRITTEN = "meetings.attach meetings.change_entry meetings.describe meetings.detach"
_READ = (
    "opening.noted opening.work_of people.invited people.is_open people.is_open_link people.stated "
    "assessment.claims_for assessment.manifest assessment.may_be_removed assessment.may_be_taken_off "
    "assessment.ensure_reason assessment.ensure_waits assessment.present "
    "arrivals.clean arrivals.ensure_fits witnesses.ensure_answered witnesses.is_elsewhere witnesses.subject_of "
    "witnesses.reached witnesses.went_elsewhere "
    "evidence.ensure_within meetings.ensure_room meetings.ensure_theirs meetings.plan_of "
    "units.printed people.token_hash units.responsible units.ensure_duties_separate transcripts.ensure_played"
)
SILENT = {
    "assessment.begun": "an empty assessment is part of the hand-in or the withdrawal that begins it",
    "assessment.mark_read": "ends the time in which a decision can be retracted; who opened work has a line of its own",
    "assessment.remove_person": "the line is that of people.remove, which it calls",
    "assessment.merge": "the line is that of people.merge, which it calls",
    "assessment.take_step": "writes the line of the deed that it is given",
    "assessment.record": "writes the line itself",
    **dict.fromkeys(_PRESENCE.split(), "who is at a desk is no record"),
    "assessment.change_phrase": "the line is that of phrases.change, which it calls",
    "assessment.note_uses": "part of a verdict, whose line tells the hash of its words",
    **dict.fromkeys(_OWN_WORDS.split(), "what helps a person to write is no record"),
    "evidence.move_claims": "part of saving a version, whose line counts what moved and what came loose",
    "evidence.move_evidence": "part of a merge, whose line names every item that moved",
    "evidence.record": "writes the line itself",
    "captures.add_captured": "the lines are those of adding an item and of claiming places, which it calls",
    "drafts.forget": "part of taking somebody out, whose line it is",
    "drafts.give": "part of a merge; a draft is no deed",
    **dict.fromkeys([f"drafts.{name}" for name in ("end", "hand_on", "keep", "sweep")], "a draft is no deed"),
    **dict.fromkeys(
        ["arrivals.become", "arrivals.keep"], "the line of the version that names the file carries its hash"
    ),
    "arrivals.begin": "a file on its way is nothing yet",
    "arrivals.hand_on": "part of a merge; a file on its way is nothing yet",
    **dict.fromkeys(["arrivals.end", "arrivals.end_expired"], "what came of the upload stays"),
    "arrivals.ensure_room": "reads, and holds whom it counts for",
    "witnesses.correct": "the lines are those of evidence.save and signatures.sign, which it calls",
    **dict.fromkeys(["witnesses.forget_traces", "witnesses.note"], "a trace is kept for a while, on no record"),
    "witnesses.forget_witnesses": "who was asked and never signed is on no record; that somebody was asked stays",
    **dict.fromkeys(["witnesses.link_token", "witnesses.mark_of"], "reads what the house seals, or makes it"),
    "witnesses.mail_declined": "the line of the refusal tells it",
    "witnesses.mail_link": "its mail is on record when the mail server took it, or did not",
    "witnesses.mail_signed": "the line of the signature tells it",
    "witnesses.record_request": "writes the line itself",
    "witnesses.sign_answer": "the lines are those of evidence.add and signatures.sign, which it calls",
    **dict.fromkeys(_UNSIGNED.split(), "what was typed and not signed is nobody's but the witness's"),
    "witnesses.move_requests": "part of a merge; who was asked has its own line",
    "meetings.move_meetings": "part of a merge; a meeting that is not signed is no evidence yet",
    **dict.fromkeys(_WRITTEN.split(), "what is written down is no evidence until it is signed"),
    "meetings.hold_open": "reads, and holds whom it is about",
    "meetings.record": "writes the line that it is given",
    "meetings.restore_entry": "what is written down is no evidence until it is signed",
    "meetings.remove_entry": "what is written down is no evidence until it is signed",
    "meetings.saved": "counts saves",
    "meetings.sign_as_assessor": "the lines are those of evidence.add or evidence.save, and of signatures.sign",
    "meetings.sign_as_learner": "the lines are those of signatures.sign and evidence.claim",
    "meetings.write": "what is written down is no evidence until it is signed",
    "exports.ensure_meant": "reads",
    "exports.keep_share": "a memory of what the next pack would make anew",
    "exports.keep_report": "a report is made because somebody asked; the line of that says its hash",
    "opening.forget": "what the log says stays",
    "people.mail_links": "that a link was made is on record; its mail is when the mail server took it, or did not",
    "people.token_of": "reads what the house seals, and makes it where it is missing",
    "entering.choose": "part of a deed that has its own line",
    "entering.leave": "part of a deed that has its own line",
    "entering.ensure_opened": "part of a sign-in, which has its own line",
    "entering.end_all": "of a restore, which is no deed in the records that are restored",
    "entering.end_others": "part of a deed that has its own line",
    "entering.forget": "what the log says of a sign-in stays",
    "entering.key_hash": "reads",
    "qualifications.hand_on": "part of a merge, whose line tells of it; a programme that ends or changes has its own",
    "qualifications.replace_unit": "part of a merge: the unit that counts is the same",
    "qualifications.release": "part of taking an enrolment off, which has its line",
    "transcripts.correct": "a draft is no deed until it is confirmed",
    **dict.fromkeys(_READ.split(), "reads"),
}


def rooms() -> Iterator[tuple[str, list[Path]]]:
    """Each storey's name with the files in which it writes."""
    for folder in (ROOT / "portfolio", ROOT / "exports"):
        for room in sorted([*folder.rglob("operations.py"), *folder.rglob("operations")]):
            if room.suffix == ".py" or room.is_dir():
                yield room.parent.name, sorted(room.glob("*.py")) if room.is_dir() else [room]


def functions() -> dict[str, tuple[ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    """`storey.operation` → the function, and every function that stands in the same room."""
    found = {}
    for storey, files in rooms():
        trees = [ast.parse(file.read_text("utf-8")) for file in files]
        here = {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}
        found |= {f"{storey}.{name}": (node, here) for name, node in here.items() if not name.startswith("_")}
    return found


def words(node: ast.FunctionDef, here: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> set[str]:
    """Every text that the function, or one of its room that it calls, holds."""
    held = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    held |= {
        Deed[each.attr] for each in ast.walk(node) if isinstance(each, ast.Attribute) and each.attr in Deed.__members__
    }
    called = {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}
    for name in (called & set(here)) - seen - {node.name}:
        held |= words(here[name], here, seen | {node.name})
    return {text.strip() for text in held}


def test_every_operation_says_which_line_it_writes_or_why_it_writes_none() -> None:
    assert set(functions()) == set(DEEDS) | set(SILENT)
    assert not set(DEEDS) & set(SILENT)


def test_every_deed_is_done_by_some_operation() -> None:
    """Reports and packs are told of by the same words; their kind stands before."""
    both = {f"{kind} {word}" for kind in ("report", "pack") for word in ("asked for", "stopped", "taken")}
    assert set(DEEDS.values()) | both >= set(Deed)


@pytest.mark.parametrize("operation", sorted(DEEDS))
def test_an_operation_writes_the_line_that_it_says(operation: str) -> None:
    assert DEEDS[operation] in words(*functions()[operation])


def test_a_round_from_the_first_word_to_the_decision_is_told_line_by_line(house: House) -> None:
    before = audit.head(1)[0]
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    told = [line["deed"] for line in audit.lines(1) if line["seq"] > before]
    points = len(deeds.points(assessment))
    assert told == ["evidence added", *["place claimed"] * points, "handed in", *["judged"] * points, "decided"]
