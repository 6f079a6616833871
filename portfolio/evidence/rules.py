"""Kinds of evidence and the limits of what one item holds."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from criteria.unit import Method
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.text import alike, is_blank, with_article


class Kind(StrEnum):
    """What an item of evidence is."""

    ACCOUNT = "account"
    RECORDING = "recording"
    WORK_PRODUCT = "work product"
    TESTIMONY = "witness testimony"


LEARNERS_KINDS = (Kind.ACCOUNT, Kind.RECORDING, Kind.WORK_PRODUCT, Kind.TESTIMONY)
"""What a learner may add; a testimony of theirs is an uploaded document, the assessor's is typed."""

KIND_NAMES = {
    Kind.ACCOUNT: "Reflective account",
    Kind.RECORDING: "Recording",
    Kind.WORK_PRODUCT: "Work product",
    Kind.TESTIMONY: "Witness testimony",
}

HOLDS: Mapping[str, tuple[str, ...]] = {
    Kind.ACCOUNT: (Method.ACCOUNT,),
    Kind.RECORDING: (Method.RECORDING, Method.ROLE_PLAY, Method.DISCUSSION, Method.OBSERVATION),
    Kind.WORK_PRODUCT: (Method.WORK_PRODUCT,),
    Kind.TESTIMONY: (Method.TESTIMONY,),
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
STILL_TO_COME = "The date is still to come. Give the day on which it happened."


def ensure_told(title: str, happened_on: date | None, *, today: date) -> None:
    """Raise `Incomplete` for an item without a title that can be seen, or of a day after the centre's `today`."""
    if is_blank(title):
        raise Incomplete("Give it a title, for example: Kettle returned without a receipt.", ("title",))
    if happened_on and happened_on > today:
        raise Incomplete(STILL_TO_COME, ("happened_on",))


def ensure_witnessed(witness: str, learner: str) -> None:
    """Raise `Incomplete` for a witness without a name that can be seen, or with the learner's own."""
    if is_blank(witness):
        raise Incomplete("Give the witness's name. Nothing of it can be seen.", ("witness",))
    if alike(witness) == alike(learner):
        raise Incomplete("A learner cannot be their own witness.", ("witness",))


MEDIA = ("image", "audio", "video", "document", "other")
"""Kinds of file."""

PREPARED = ("waiting", "ready", "failed")
"""Whether the copies to show were made from an original."""
