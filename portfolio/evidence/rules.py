"""Kinds of evidence, which methods each can hold, and the limits of what one item holds."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from criteria.unit import Method
from portfolio.foundation.words.text import with_article


class Kind(StrEnum):
    """What an item of evidence is."""

    ACCOUNT = "account"
    RECORDING = "recording"
    WORK_PRODUCT = "work product"
    TESTIMONY = "witness testimony"
    SUPERVISOR = "supervisor statement"
    CUSTOMER = "customer feedback"
    OBSERVATION = "observation"
    DISCUSSION = "professional discussion"
    ASSIGNMENT = "written assignment"
    EMAIL = "e-mail"
    WEB_PAGE = "web page"
    PROCEDURE = "policy or procedure"


OWN = (
    Kind.ACCOUNT, Kind.RECORDING, Kind.WORK_PRODUCT, Kind.ASSIGNMENT, Kind.EMAIL, Kind.WEB_PAGE, Kind.PROCEDURE,
)  # fmt: skip
"""What a learner writes, records or brings."""
STATED = (Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER)
"""What somebody else states of their work: signed here, typed by an assessor, or brought on paper by the learner."""
LEARNERS_KINDS = (*OWN, *STATED)
"""What a learner may add."""
WRITTEN = (Kind.ACCOUNT, Kind.ASSIGNMENT, Kind.PROCEDURE)
"""What is written here, at length."""

MINUTED = (Kind.OBSERVATION, Kind.DISCUSSION)
"""What is written down of a meeting of assessor and learner: it has minutes."""

KIND_NAMES = {
    Kind.ACCOUNT: "Reflective account",
    Kind.RECORDING: "Recording",
    Kind.WORK_PRODUCT: "Work product",
    Kind.TESTIMONY: "Witness testimony",
    Kind.SUPERVISOR: "Supervisor statement",
    Kind.CUSTOMER: "Customer feedback",
    Kind.OBSERVATION: "Observation",
    Kind.DISCUSSION: "Professional discussion",
    Kind.ASSIGNMENT: "Written assignment",
    Kind.EMAIL: "E-mail",
    Kind.WEB_PAGE: "Web page",
    Kind.PROCEDURE: "Policy or procedure",
}

HOLDS: Mapping[str, tuple[str, ...]] = {
    Kind.ACCOUNT: (Method.ACCOUNT,),
    Kind.RECORDING: (Method.RECORDING, Method.ROLE_PLAY, Method.DISCUSSION, Method.OBSERVATION),
    Kind.WORK_PRODUCT: (Method.WORK_PRODUCT,),
    Kind.TESTIMONY: (Method.TESTIMONY,),
    Kind.SUPERVISOR: (Method.TESTIMONY,),
    Kind.CUSTOMER: (Method.TESTIMONY, Method.WORK_PRODUCT),
    Kind.OBSERVATION: (Method.OBSERVATION, Method.ROLE_PLAY),
    Kind.DISCUSSION: (Method.DISCUSSION,),
    Kind.ASSIGNMENT: (Method.ACCOUNT,),
    Kind.EMAIL: (Method.WORK_PRODUCT,),
    Kind.WEB_PAGE: (Method.WORK_PRODUCT,),
    Kind.PROCEDURE: (Method.ACCOUNT, Method.WORK_PRODUCT),
}
"""The methods that an item of each kind can hold, and the one table of it: a recording may be of a role-play or a
discussion; of a procedure, a learner writes in their own words how they used it."""


def held(kind: str) -> tuple[str, ...]:
    """The methods that an item of `kind` can hold; of a kind that is no `Kind`, the method of its own name."""
    return HOLDS.get(kind, (kind,))


def called(kind: str) -> str:
    """One item of `kind` in a sentence: `an e-mail`, `customer feedback`."""
    return kind if kind == Kind.CUSTOMER else with_article(kind)


def misfit(ref: str, methods: Collection[str], kind: str) -> str:
    """What to tell of evidence of `kind` at the point `ref`, which names `methods`; empty where one of them fits."""
    if not methods or set(held(kind)) & set(methods):
        return ""
    return f"Point {ref} asks for {' or '.join(methods)}; this is {called(kind)}."


MOST_CLAIMS = 2_000
"""Claims on one item: a hundred places, each for twenty points, are more than anybody reads."""
MOST_FILES = 100
"""Files of one item."""
LONGEST_REASON = 500
"""Characters of why a place proves a point."""


MEDIA = ("image", "audio", "video", "document", "other")
"""Kinds of file."""

PDF = "application/pdf"
"""Media type of the documents whose pages are drawn; of others there are words alone."""

PREPARED = ("waiting", "ready", "failed")
"""Whether the copies to show were made from an original."""
