"""Who may open which door: the law of every route, to be decided upon whenever a route is added."""

from portfolio.people.rules import Role

LEARNER, ANOTHER_LEARNER = "learner", "another learner"
ASSESSOR, ANOTHER_ASSESSOR = "allocated assessor", "another assessor"
IQA, ADMINISTRATOR = "IQA", "administrator"

PEOPLE = {
    LEARNER: "ada", ANOTHER_LEARNER: "abe", ASSESSOR: "ben", ANOTHER_ASSESSOR: "eve", IQA: "ivy", ADMINISTRATOR: "dee",
}  # fmt: skip
"""Who is who at Harbour Street; the work behind the doors is ada's, and ben judges it."""
ELSEWHERE = {LEARNER: "amy", ANOTHER_LEARNER: "zak", ASSESSOR: "bob", IQA: "ida", ADMINISTRATOR: "dot"}
"""The same at Fell and Dale."""

ONCE = {
    "ada": (Role.ASSESSOR, ANOTHER_ASSESSOR), "ben": (Role.LEARNER, ANOTHER_LEARNER),
    "ivy": (Role.LEARNER, ANOTHER_LEARNER), "dee": (Role.ASSESSOR, ANOTHER_ASSESSOR),
}  # fmt: skip
"""Who is still named in the rows, what they are now instead of what they were, and whose doors are theirs by that."""

SIGNED_IN, LEARNERS = frozenset(PEOPLE), frozenset({LEARNER, ANOTHER_LEARNER})
STAFF = SIGNED_IN - LEARNERS
OFFICE = frozenset({IQA, ADMINISTRATOR})
READERS = OFFICE | {LEARNER, ASSESSOR}
MARKING = OFFICE | {ASSESSOR}
ONLY_LEARNER, ONLY_ASSESSOR = frozenset({LEARNER}), frozenset({ASSESSOR})
ASSESSORS, ONLY_ADMINISTRATOR = frozenset({ASSESSOR, ANOTHER_ASSESSOR}), frozenset({ADMINISTRATOR})
EVERYBODY = SIGNED_IN | {"nobody"}


def of(room: str, names: str, whom: frozenset[str]) -> dict[str, frozenset[str]]:
    """The routes of a room that open to the same people."""
    return {f"{room}.{name}": whom for name in names.split()}


DOORS: dict[str, frozenset[str]] = {
    "static": EVERYBODY,
    **of("offline", "worker manifest page", EVERYBODY),
    "offline.pages": SIGNED_IN,
    "health": EVERYBODY,
    "design": EVERYBODY,
    **dict.fromkeys(["outbox", "outbox_mail", "outbox_html"], EVERYBODY),
    "security.login": EVERYBODY,
    "security.logout": EVERYBODY,
    "entering.password": SIGNED_IN,
    "entering.change_password": SIGNED_IN,
    "entering.sign_ins": SIGNED_IN,
    "entering.end_others": SIGNED_IN,
    "entering.switch": frozenset(),  # each of these has one person; who has several: tests/gate/test_two_centres.py
    "people.home": EVERYBODY,
    **dict.fromkeys(["people.keys", "people.saved", "people.drafts"], SIGNED_IN),
    "people.keep_draft": SIGNED_IN,
    "people.end_drafts": SIGNED_IN,
    "people.join": EVERYBODY,
    "people.choose_password": EVERYBODY,
    "people.index": ONLY_ADMINISTRATOR,
    "people.new": ONLY_ADMINISTRATOR,
    "people.register": ONLY_ADMINISTRATOR,
    "people.describe_centre": ONLY_ADMINISTRATOR,
    "people.change_centre": ONLY_ADMINISTRATOR,
    "logos.shown": ONLY_ADMINISTRATOR,
    "logos.change": ONLY_ADMINISTRATOR,
    "logos.remove": ONLY_ADMINISTRATOR,
    "logos.put_back": ONLY_ADMINISTRATOR,
    "people.choose_links": ONLY_ADMINISTRATOR,
    "people.make_links": ONLY_ADMINISTRATOR,
    "people.links": ONLY_ADMINISTRATOR,
    "people.show": STAFF | {LEARNER},
    "people.correct": ONLY_ADMINISTRATOR,
    "people.change": ONLY_ADMINISTRATOR,
    "people.invite": ONLY_ADMINISTRATOR,
    "people.invited": ONLY_ADMINISTRATOR,
    "people.mailed": ONLY_ADMINISTRATOR,
    "people.mail_progress": ONLY_ADMINISTRATOR,
    "people.mail_link": ONLY_ADMINISTRATOR,
    "people.mail_again": ONLY_ADMINISTRATOR,
    "people.shut": ONLY_ADMINISTRATOR,
    "people.reopen": ONLY_ADMINISTRATOR,
    "units.index": STAFF,
    **dict.fromkeys(["phrases.index", "assessment.phrase"], STAFF),
    **dict.fromkeys(
        ["phrases.add", "phrases.remove", "phrases.put_back", "assessment.change_phrase"], ONLY_ADMINISTRATOR
    ),
    "phrases.forget": ONLY_ASSESSOR,
    "units.show": SIGNED_IN,
    **{f"units.{name}": ONLY_ADMINISTRATOR for name in ("new", "read", "publish", "shipped", "enrol", "begin")},
    "qualifications.show": SIGNED_IN,
    "qualifications.new": ONLY_ADMINISTRATOR,
    "qualifications.correct": ONLY_ADMINISTRATOR,
    "qualifications.publish": ONLY_ADMINISTRATOR,
    "qualifications.choose_learners": ONLY_ADMINISTRATOR,
    "qualifications.begin_several": ONLY_ADMINISTRATOR,
    "qualifications.choose": ONLY_ADMINISTRATOR,
    "qualifications.begin": ONLY_ADMINISTRATOR,
    "qualifications.programme": ONLY_ADMINISTRATOR,
    "qualifications.change": ONLY_ADMINISTRATOR,
    "qualifications.end": ONLY_ADMINISTRATOR,
    "qualifications.resume": ONLY_ADMINISTRATOR,
    "evidence.index": LEARNERS,
    "captures.page": LEARNERS,
    "captures.add": LEARNERS,
    "evidence.choose": LEARNERS,
    "evidence.new": LEARNERS,
    "evidence.add": LEARNERS,
    "evidence.preview": LEARNERS,
    "evidence.show": READERS,
    "evidence.version": READERS,
    "evidence.edit": ONLY_LEARNER,
    "evidence.change": ONLY_LEARNER,
    "evidence.remove": ONLY_LEARNER,
    "evidence.restore": ONLY_LEARNER,
    **dict.fromkeys(["evidence.claim", "evidence.suggest", "evidence.remove_claim"], ONLY_LEARNER),
    "evidence.restore_claim": ONLY_LEARNER,
    "evidence.testimony": ONLY_ASSESSOR,
    "evidence.testify": ONLY_ASSESSOR,
    "meetings.note": ASSESSORS,
    "meetings.write_note": ASSESSORS,
    "meetings.waiting_notes": ASSESSORS,
    "meetings.throw_note_away": frozenset(),  # whoever wrote it: tests/evidence/meetings/test_notes.py
    "meetings.new": ONLY_ASSESSOR,
    "meetings.plan": ONLY_ASSESSOR,
    "meetings.show": READERS,
    "meetings.edit_plan": ONLY_ASSESSOR,
    "meetings.change_plan": ONLY_ASSESSOR,
    "meetings.call_off": ONLY_ASSESSOR,
    "meetings.resume": ONLY_ASSESSOR,
    "meetings.record": ONLY_ASSESSOR,
    "meetings.write": ONLY_ASSESSOR,
    "meetings.edit_entry": ONLY_ASSESSOR,
    "meetings.change_entry": ONLY_ASSESSOR,
    "meetings.remove_entry": ONLY_ASSESSOR,
    "meetings.restore_entry": ONLY_ASSESSOR,
    "meetings.attach": ONLY_ASSESSOR,
    "meetings.detach": ONLY_ASSESSOR,
    "meetings.circumstances": ONLY_ASSESSOR,
    "meetings.describe": ONLY_ASSESSOR,
    "meetings.review": ONLY_ASSESSOR,
    "meetings.sign": ONLY_ASSESSOR,
    "meetings.leave": ONLY_ASSESSOR,
    "meetings.read": ONLY_LEARNER,
    "meetings.answer": ONLY_LEARNER,
    "procedures.index": SIGNED_IN,
    "procedures.new": ONLY_ADMINISTRATOR,
    "procedures.register": ONLY_ADMINISTRATOR,
    "procedures.follow": ONLY_ADMINISTRATOR,
    "procedures.register_next": ONLY_ADMINISTRATOR,
    "procedures.end": ONLY_ADMINISTRATOR,
    "procedures.resume": ONLY_ADMINISTRATOR,
    "procedures.take_back": ONLY_ADMINISTRATOR,
    "witness.show": EVERYBODY,  # what each link opens: tests/gate/test_links.py
    "witness.opened": EVERYBODY,
    "witness.go_on": EVERYBODY,
    "witness.sign": EVERYBODY,
    "witness.save": EVERYBODY,
    "witness.decline": EVERYBODY,
    "witness.mend": EVERYBODY,
    "witness.correct": EVERYBODY,
    "witness.save_correction": EVERYBODY,
    "witness_copy.take": EVERYBODY,
    "witnesses.index": OFFICE,
    "witness_list.download": OFFICE,
    "witness_list.download_of": READERS,
    "witnesses.listed": READERS,
    "witnesses.ask": frozenset({LEARNER, ASSESSOR}),
    "witnesses.send": frozenset({LEARNER, ASSESSOR}),
    "witnesses.show": ONLY_LEARNER,  # who asked
    "witnesses.show_link": ONLY_LEARNER,
    "witnesses.remind": ONLY_LEARNER,
    "witnesses.take_back": ONLY_LEARNER,
    "witnesses.consider": ONLY_ASSESSOR,
    "witnesses.check": ONLY_ASSESSOR,
    "witnesses.claim_offers": ONLY_LEARNER,
    "uploads.abilities": SIGNED_IN,
    "uploads.begin": SIGNED_IN,
    "uploads.standing": ONLY_LEARNER,
    "uploads.append": ONLY_LEARNER,
    "uploads.end": ONLY_LEARNER,
    "downloads.original": READERS,
    "downloads.shown": READERS,
    "downloads.picture": READERS,
    "downloads.peaks": READERS,
    "pages.picture": READERS,
    "pages.document": READERS,
    **dict.fromkeys(["captions.show", "captions.track"], READERS),
    **dict.fromkeys([f"captions.{deed}" for deed in ("upload", "correct", "save", "confirm", "remove")], ONLY_LEARNER),
    "captions.listen": frozenset(),  # no model of speech is set here
    "downloads.prepare_again": frozenset({LEARNER, ADMINISTRATOR}),
    "assessment.portfolio": LEARNERS,
    "assessment.unit": READERS,
    "assessment.declare": ONLY_LEARNER,
    "assessment.hand_in": ONLY_LEARNER,
    "assessment.take_back": ONLY_LEARNER,
    "assessment.feedback": READERS,
    "assessment.queue": STAFF,
    **dict.fromkeys(["assessment.points", "assessment.walk"], ASSESSORS),
    **dict.fromkeys(["assessment.mark", "assessment.here"], MARKING),
    "assessment.changes": frozenset(),  # nothing was handed in before; who may: tests/assessment/test_changes.py
    **of(
        "assessment",
        "stop offered places judge unjudge note_flaw take_flaw_back decision decide retract",
        ONLY_ASSESSOR,
    ),
    **of("conversations", "comment take_back", ONLY_ASSESSOR),
    **of("conversations", "answer read", frozenset({LEARNER, ASSESSOR})),
    "conversations.page": READERS,
    "assessment.learners": STAFF,
    "assessment.learner": READERS,
    **of(
        "assessment",
        "allocation allocate withdraw ask_why_reinstated reinstate take_off put_on "
        "remove_person choose_double ask_to_merge merge hand_over pass_on nobodys take_up",
        ONLY_ADMINISTRATOR,
    ),
    "assessment.ask_why_reopened": OFFICE,
    "assessment.reopen": OFFICE,
    "exports.certificate": OFFICE,
    "exports.verifier": EVERYBODY,
    "exports.certificate_file": OFFICE,
    "exports.index": OFFICE,
    "exports.ask_pack": OFFICE,
    "exports.ask_report": OFFICE,
    "exports.show": OFFICE,
    "exports.progress": OFFICE,
    "exports.cancel": OFFICE,
    "exports.again": OFFICE,
    "exports.download": OFFICE,
    "office.index": ONLY_ADMINISTRATOR,
    "office.read_log": OFFICE,
    "jobs.index": ONLY_ADMINISTRATOR,
    "jobs.stop": ONLY_ADMINISTRATOR,
    "editions.choose": OFFICE,
    "editions.ask": OFFICE,
    "editions.choose_redacted": OFFICE,
    "editions.ask_redacted": OFFICE,
    "editions.own": LEARNERS,
    "editions.ask_own": LEARNERS,
}
"""Endpoint → who may go through, where the work is ada's. Everybody else is told that there is nothing."""

OF_NO_CENTRE = {"kind", "token", "filename"}
"""Parts of addresses that name nothing of a centre."""
THEIR_OWN = {"people.show", "uploads.standing", "uploads.append", "uploads.end"}
"""Doors to what is a person's own whatever they are: their account, and a file that is only on its way."""
LAST = ("captions.remove", "uploads.end", "logos.put_back", "logos.remove", "security.logout")
"""Doors that shut behind whoever went through."""
