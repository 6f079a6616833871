"""Everything that the audit log tells of: one word or two for each deed, as lines, pages and paper say it."""

from enum import StrEnum


class Deed(StrEnum):
    """What somebody did. The words are in every log that was ever written: one is added, none is changed."""

    CENTRE_OPENED = "centre opened"
    CENTRE_CHANGED = "centre changed"
    PERSON_REGISTERED = "person registered"
    PERSON_CHANGED = "person changed"
    PERSON_REMOVED = "person removed"
    RECORDS_MERGED = "records merged"
    PERSON_INVITED = "person invited"
    LINK_SENT = "link sent"
    LINK_NOT_SENT = "link not sent"
    ACCOUNT_SHUT = "account shut"
    ACCOUNT_OPENED = "account opened"

    PASSWORD_SET = "password set"  # noqa: S105 (what was done)
    PASSWORD_CHANGED = "password changed"  # noqa: S105 (what was done)
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGNED_OUT_ELSEWHERE = "signed out elsewhere"
    SIGN_IN_FAILED = "sign-in failed"

    UNIT_PUBLISHED = "unit published"
    QUALIFICATION_PUBLISHED = "qualification published"
    PROGRAMME_BEGUN = "programme begun"
    PROGRAMME_CHANGED = "programme changed"
    PROGRAMME_ENDED = "programme ended"
    PROGRAMME_RESUMED = "programme resumed"
    LEARNER_ENROLLED = "learner enrolled"
    ENROLMENT_TAKEN_OFF = "enrolment taken off"
    ALLOCATED = "allocated"

    EVIDENCE_ADDED = "evidence added"
    EVIDENCE_SAVED = "evidence saved"
    EVIDENCE_REMOVED = "evidence removed"
    EVIDENCE_RESTORED = "evidence restored"
    WITNESS_ASKED = "witness asked"
    WITNESS_REMINDED = "witness reminded"
    REQUEST_OPENED = "request opened"
    REQUEST_DECLINED = "request declined"
    REQUEST_TAKEN_BACK = "request taken back"
    SIGNED = "signed"
    WITNESS_CHECKED = "witness checked"
    COPIES_MADE = "copies made"
    PREPARATION_ASKED_FOR = "preparation asked for"
    PREPARATION_STOPPED = "preparation stopped"

    PROCEDURE_REGISTERED = "procedure registered"
    PROCEDURE_ENDED = "procedure ended"
    PROCEDURE_RESUMED = "procedure resumed"

    PLACE_CLAIMED = "place claimed"
    CLAIM_REMOVED = "claim removed"
    CLAIM_RESTORED = "claim restored"
    CLAIM_CAME_LOOSE = "claim came loose"

    HANDED_IN = "handed in"
    TAKEN_BACK = "taken back"
    JUDGED = "judged"
    VERDICT_TAKEN_BACK = "verdict taken back"
    DECIDED = "decided"
    DECISION_RETRACTED = "decision retracted"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    REOPENED = "reopened"

    WORK_OPENED = "work opened"
    ORIGINAL_TAKEN = "original taken"

    REPORT_ASKED_FOR = "report asked for"
    REPORT_MADE = "report made"
    REPORT_STOPPED = "report stopped"
    REPORT_TAKEN = "report taken"
    PACK_ASKED_FOR = "pack asked for"
    PACK_MADE = "pack made"
    PACK_STOPPED = "pack stopped"
    PACK_TAKEN = "pack taken"
    KEY_MADE = "key made"
