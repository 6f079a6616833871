"""Who may open which door: the law of every route, to be decided upon whenever a route is added."""

from portfolio.people.rules import Role

LEARNER, ANOTHER_LEARNER = "learner", "another learner"
ASSESSOR, ANOTHER_ASSESSOR = "allocated assessor", "another assessor"
IQA, ADMINISTRATOR = "IQA", "administrator"

PEOPLE = {
    LEARNER: "ada",
    ANOTHER_LEARNER: "abe",
    ASSESSOR: "ben",
    ANOTHER_ASSESSOR: "eve",
    IQA: "ivy",
    ADMINISTRATOR: "dee",
}
"""Who is who at Harbour Street; the work behind the doors is ada's, and ben judges it."""
ELSEWHERE = {LEARNER: "amy", ANOTHER_LEARNER: "zak", ASSESSOR: "bob", IQA: "ida", ADMINISTRATOR: "dot"}
"""The same at Fell and Dale."""

ONCE = {
    "ada": (Role.ASSESSOR, ANOTHER_ASSESSOR),
    "ben": (Role.LEARNER, ANOTHER_LEARNER),
    "ivy": (Role.LEARNER, ANOTHER_LEARNER),
    "dee": (Role.ASSESSOR, ANOTHER_ASSESSOR),
}
"""Who is still named in the rows, what they are now instead of what they were, and whose doors are theirs by that."""

SIGNED_IN = frozenset(PEOPLE)
LEARNERS = frozenset({LEARNER, ANOTHER_LEARNER})
STAFF = SIGNED_IN - LEARNERS
OFFICE = frozenset({IQA, ADMINISTRATOR})
READERS = OFFICE | {LEARNER, ASSESSOR}
MARKING = OFFICE | {ASSESSOR}
ONLY_LEARNER, ONLY_ASSESSOR = frozenset({LEARNER}), frozenset({ASSESSOR})
ONLY_ADMINISTRATOR = frozenset({ADMINISTRATOR})
EVERYBODY = SIGNED_IN | {"nobody"}

DOORS: dict[str, frozenset[str]] = {
    "static": EVERYBODY,
    "health": EVERYBODY,
    "design": EVERYBODY,
    "security.login": EVERYBODY,
    "security.logout": EVERYBODY,
    "entering.password": SIGNED_IN,
    "entering.change_password": SIGNED_IN,
    "entering.sign_ins": SIGNED_IN,
    "entering.end_others": SIGNED_IN,
    "entering.switch": frozenset(),  # each of these has one person; who has several: tests/gate/test_two_centres.py
    "people.home": EVERYBODY,
    "people.saved": SIGNED_IN,
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
    "people.shut": ONLY_ADMINISTRATOR,
    "people.reopen": ONLY_ADMINISTRATOR,
    "units.index": STAFF,
    "units.show": SIGNED_IN,
    "units.new": ONLY_ADMINISTRATOR,
    "units.read": ONLY_ADMINISTRATOR,
    "units.publish": ONLY_ADMINISTRATOR,
    "units.shipped": ONLY_ADMINISTRATOR,
    "units.enrol": ONLY_ADMINISTRATOR,
    "units.begin": ONLY_ADMINISTRATOR,
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
    "evidence.claim": ONLY_LEARNER,
    "evidence.remove_claim": ONLY_LEARNER,
    "evidence.restore_claim": ONLY_LEARNER,
    "evidence.testimony": ONLY_ASSESSOR,
    "evidence.testify": ONLY_ASSESSOR,
    "witness.show": EVERYBODY,  # what each link opens: tests/gate/test_links.py
    "witness.sign": EVERYBODY,
    "witness.save": EVERYBODY,
    "witness.decline": EVERYBODY,
    "witness.mend": EVERYBODY,
    "witness.correct": EVERYBODY,
    "witness_copy.take": EVERYBODY,
    "witnesses.index": OFFICE,
    "witness_list.download": OFFICE,
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
    "downloads.prepare_again": frozenset({LEARNER, ADMINISTRATOR}),
    "assessment.portfolio": LEARNERS,
    "assessment.unit": READERS,
    "assessment.declare": ONLY_LEARNER,
    "assessment.hand_in": ONLY_LEARNER,
    "assessment.take_back": ONLY_LEARNER,
    "assessment.feedback": READERS,
    "assessment.queue": STAFF,
    "assessment.mark": MARKING,
    "assessment.judge": ONLY_ASSESSOR,
    "assessment.unjudge": ONLY_ASSESSOR,
    "assessment.decision": ONLY_ASSESSOR,
    "assessment.decide": ONLY_ASSESSOR,
    "assessment.learners": STAFF,
    "assessment.learner": READERS,
    "assessment.allocation": ONLY_ADMINISTRATOR,
    "assessment.allocate": ONLY_ADMINISTRATOR,
    "assessment.withdraw": ONLY_ADMINISTRATOR,
    "assessment.ask_why_reinstated": ONLY_ADMINISTRATOR,
    "assessment.reinstate": ONLY_ADMINISTRATOR,
    "assessment.ask_why_reopened": OFFICE,
    "assessment.reopen": OFFICE,
    "assessment.take_off": ONLY_ADMINISTRATOR,
    "assessment.put_on": ONLY_ADMINISTRATOR,
    "assessment.remove_person": ONLY_ADMINISTRATOR,
    "assessment.choose_double": ONLY_ADMINISTRATOR,
    "assessment.ask_to_merge": ONLY_ADMINISTRATOR,
    "assessment.merge": ONLY_ADMINISTRATOR,
    "assessment.retract": ONLY_ASSESSOR,
    "assessment.hand_over": ONLY_ADMINISTRATOR,
    "assessment.pass_on": ONLY_ADMINISTRATOR,
    "assessment.nobodys": ONLY_ADMINISTRATOR,
    "assessment.take_up": ONLY_ADMINISTRATOR,
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
LAST = ("uploads.end", "logos.put_back", "logos.remove", "security.logout")
"""Doors that shut behind whoever went through."""
