"""Says who can sign in to the sample, and what each of them has to show."""

from collections.abc import Iterator

from portfolio.people.rules import DEMO_PASSWORD, NAMES
from sample.seed import ROLES
from sample.story.facts import SampleCentre, SampleLearner, Staff
from sample.story.reading import centres

LEARNERS = {
    "empty": "an empty portfolio, where everybody begins",
    "half mapped": "half mapped: claim more places, then hand in",
    "handed in": "handed in, waits for the assessor",
    "referred": "referred: what is still needed, to be answered",
    "second round": "second round: a referral answered, handed in again",
    "achieved": "achieved: every verdict beside its place",
    "withdrawn": "withdrawn, and all of it stays on record",
}
STAFF = {
    "assessor": "the queue: judge work at the claimed places",
    "iqa": "reads all work of the centre, makes reports and packs",
    "administrator": "people, units, enrolments, reports and packs",
}
Row = tuple[str, str, str, str]


def who_can_sign_in() -> str:
    """A table of everybody: name, role, e-mail, what to look at; and the password that they share."""
    rows = [row for centre in centres() for row in _rows(centre)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(["", f"Everybody signs in with the password {DEMO_PASSWORD}", "", *lines, ""])


def _rows(centre: SampleCentre) -> Iterator[Row]:
    yield (centre.name, "", "", "")
    for member in centre.staff:
        yield _member(member)
    for learner in centre.learners:
        yield _learner(learner)


def _member(member: Staff) -> Row:
    roles = ", ".join(NAMES[ROLES[role]] for role in member.roles)
    return (f"  {member.name}", roles, member.email, STAFF[member.roles[0]])


def _learner(learner: SampleLearner) -> Row:
    return (f"  {learner.name}", "Learner", learner.email, LEARNERS[learner.stage])
