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


LEARNERS_KINDS = (Kind.ACCOUNT, Kind.RECORDING, Kind.WORK_PRODUCT, Kind.TESTIMONY)
"""What a learner may add; a testimony of theirs is an uploaded document, that of others is typed or signed by them."""

STATED = (Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER)
"""What somebody else states: it has a statement of who they are."""
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
    Kind.PROCEDURE: (Method.WORK_PRODUCT,),
}
"""Methods that an item of each kind can hold: a recording may be of a role-play or a discussion."""


def held(kind: str) -> tuple[str, ...]:
    """The methods that an item of `kind` can hold; of a kind that is no `Kind`, the method of its own name."""
    return HOLDS.get(kind, (kind,))


def misfit(ref: str, methods: Collection[str], kind: str) -> str:
    """What to tell of evidence of `kind` at the point `ref`, which names `methods`; empty where one of them fits."""
    first, *_ = held(kind)
    if not methods or set(held(kind)) & set(methods):
        return ""
    return f"Point {ref} asks for {' or '.join(methods)}; this is {with_article(first)}. Ask your assessor."


MOST_CLAIMS = 2_000
"""Claims on one item: a hundred places, each for twenty points, are more than anybody reads."""
MOST_FILES = 100
"""Files of one item."""
LONGEST_REASON = 500
"""Characters of why a place proves a point."""


MEDIA = ("image", "audio", "video", "document", "other")
"""Kinds of file."""

PREPARED = ("waiting", "ready", "failed")
"""Whether the copies to show were made from an original."""
