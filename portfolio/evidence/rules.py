"""Kinds of evidence and the limits of what one item holds."""

from enum import StrEnum

from criteria.unit import Method


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

HOLDS = {
    Kind.ACCOUNT: (Method.ACCOUNT,),
    Kind.RECORDING: (Method.RECORDING, Method.ROLE_PLAY, Method.DISCUSSION, Method.OBSERVATION),
    Kind.WORK_PRODUCT: (Method.WORK_PRODUCT,),
    Kind.TESTIMONY: (Method.TESTIMONY,),
}
"""Methods that an item of each kind can hold: a recording may be of a role-play or a discussion."""

MOST_CLAIMS = 2_000
"""Claims on one item: a hundred places, each for twenty points, are more than anybody reads."""

MEDIA = ("image", "audio", "video", "document", "other")
"""Kinds of file."""

PREPARED = ("waiting", "ready", "failed")
"""Whether the copies to show were made from an original."""
