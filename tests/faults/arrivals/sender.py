"""A device on a bad line: it begins many uploads, is cut off in the middle of each, and sends until all are there."""

import base64
import hashlib
import random
from dataclasses import dataclass

from portfolio.evidence.views import uploads
from tests.faults.visitors import Door, Visitor

SMALLEST, LARGEST = 50_000, 2_000_000
"""Bytes of a file."""
BUSY = (409, 423)
"""The server still writes the piece that was cut off."""


@dataclass(slots=True)
class Sending:
    """One file on its way, and the item that is made of it."""

    seed: float
    size: int
    cuts: int
    """How often its line is still to break."""
    key: str
    place: str = ""
    arrived: int = 0
    """Bytes that the server said it has."""
    file: str = ""
    item: str = ""
    told_again: int = 0
    """How often it was sent again after all of it was there."""

    @property
    def content(self) -> bytes:
        """The same at every call."""
        return random.Random(self.seed).randbytes(self.size)

    @property
    def sha256(self) -> str:
        """Of its content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_over(self) -> bool:
        """Whether it is there, as an item, and was sent twice."""
        return self.told_again == AGAIN


AGAIN = 2
"""Of each file, once the beginning of its upload and once the form of its item."""


class Sender(Visitor):
    """Goes on with any of its files at each turn; the key of each is all that it needs to know."""

    def __init__(self, door: Door, name: str, dice: random.Random, count: int) -> None:
        super().__init__(door, name)
        self.dice, self.deeds = dice, 0
        self.all = [
            Sending(
                dice.random(),
                dice.randrange(SMALLEST, LARGEST),
                dice.choice((1, 1, 2, 3)),
                f"{dice.getrandbits(128):032x}",
            )
            for _ in range(count)
        ]

    def headers(self) -> dict[str, str]:
        return super().headers() | {"Tus-Resumable": uploads.VERSION}

    @property
    def is_done(self) -> bool:
        """Whether everything is over."""
        return all(one.is_over for one in self.all)

    def act(self) -> None:
        left = [one for one in self.all if not one.is_over]
        begun = [one for one in left if one.place]
        if not left:
            self.door.over.wait(0.02)
        elif len(begun) < len(left):
            self._begin(next(one for one in left if not one.place))
        else:
            self._go_on(self.dice.choice(left))
        self.deeds += 1

    def _go_on(self, one: Sending) -> None:
        if not one.file:
            self._send(one)
        elif not one.item:
            one.item = self._make(one)
        elif not one.told_again:
            self._begin(one)
            one.told_again = 1
        else:
            assert self._make(one) == one.item
            one.told_again = 2

    def _begin(self, one: Sending) -> None:
        """Once, and once more when it has arrived: the server says where it is under this key."""
        told = {"filename": "till.dat", "key": one.key}
        words = ",".join(f"{name} {base64.b64encode(word.encode()).decode()}" for name, word in told.items())
        answer, body = self.ask("POST", "/uploads", b"", Upload_Length=str(one.size), Upload_Metadata=words)
        assert answer.status == 201, body
        assert one.place in {"", answer.headers["Location"]}
        assert answer.headers.get("Markwell-File", "") == one.file
        one.place = answer.headers["Location"]

    def _send(self, one: Sending) -> None:
        answer, _ = self.ask("HEAD", one.place)
        assert answer.status == 200
        at = int(answer.headers["Upload-Offset"])
        assert at >= one.arrived, f"{one.arrived} bytes were there, and now {at}"
        if one.arrived < at < one.size:
            one.cuts -= 1
        one.arrived, one.file = at, answer.headers.get("Markwell-File", "")
        if one.file:
            return None
        told = {"Upload_Offset": str(at), "Content_Type": uploads.PIECE}
        if one.cuts > 0 and one.size - at > 1:
            return self.cut("PATCH", one.place, one.content[at:], self.dice.randrange(1, one.size - at), **told)
        answer, body = self.ask("PATCH", one.place, one.content[at:], **told)
        assert answer.status in {204, *BUSY}, body
        one.file = answer.headers.get("Markwell-File", "")
        return None

    def _make(self, one: Sending) -> str:
        """The address of its item."""
        told = {"once": one.key, "file": one.file, "title": f"The till {one.key}", "sort": "photo"}
        answer = self.send("/evidence/record", **told)
        assert answer.status == 302
        return str(answer.headers["Location"])
