"""Which tables reports are made from, and which of their columns no report prints."""

BEHIND = {
    "centre", "person", "edition", "point", "enrolment", "evidence", "version", "version_file", "file", "claim",
    "assessment", "round", "handed_version", "handed_claim", "gap", "judgement", "flaw", "step_taken", "event",
    "log_head", "qualification", "programme", "programme_unit", "merged_record", "signature", "witness_check",
    "file_page", "transcript",
}  # fmt: skip
"""The tables that reports are made from."""
HERS = "only she, or only the centre, sees it; no report prints it"
AGAIN = "said again of what is bound elsewhere, to find it quickly; no report prints it"
SHOWN = "of a copy for browsers, or of how it was made; a report prints what `copies made` binds"
NOT_PRINTED = {
    "person.work": HERS, "person.sought": AGAIN, "person.account_id": HERS, "person.email": HERS,
    "person.active": HERS, "person.joined_at": HERS, "person.born": HERS, "centre.beginning": HERS,
    "centre.witness_days": HERS, "centre.phrase_keepers": HERS, "assessment.phrases_changed": HERS,
    **dict.fromkeys(["assessment.comments", "assessment.unread_by_learner", "assessment.unread_by_assessor"], HERS),
    "edition.centre_id": AGAIN, "edition.text": "the unit's source, of which the bound points were made",
    "edition.published_at": HERS, "point.lead_in": "part of the bound text", "point.obliges": HERS,
    "enrolment.enrolled_at": HERS, "enrolment.centre_id": AGAIN, "evidence.centre_id": AGAIN,
    "evidence.latest": "which version the learner goes on from", "evidence.added_at": HERS,
    "claim.made_at": HERS, "claim.loose": HERS, "file.centre_id": AGAIN, "file.owner_id": HERS,
    "file.received_at": HERS, "file.width": SHOWN, "file.height": SHOWN,
    "file.prepared": "whether it waits is told by the line; no other value is",
    "transcript.sha256": AGAIN, "transcript.made_at": HERS, "transcript.made_by_id": HERS,
    "transcript.confirmed_by_id": "the line names who confirmed it", "transcript.removed_by_id": HERS,
    "file.transcripts": AGAIN, "file.listening": SHOWN, "file.unheard": SHOWN,
    "file.drawing": SHOWN, "file.shown_sha256": SHOWN, "file.shown_type": SHOWN, "assessment.centre_id": AGAIN,
    "assessment.assessor_id": AGAIN, "assessment.round": AGAIN, "assessment.handed_in_at": AGAIN,
    "assessment.reopened_id": AGAIN, "round.read_at": HERS,
    "qualification.centre_id": AGAIN,
    "qualification.published_at": HERS, "programme.centre_id": AGAIN,
    "file_page.note": "why a page is not drawn; of one that is claimed the line binds that it has no picture",
    "signature.person_id": "the line names who signed", "witness_check.by_id": "the line names who checked",
}  # fmt: skip
