"""What was made from an original, as plain values."""

import errno
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

READ_ELSEWHERE = (
    "Items of the kind e-mail show its words, as text: make one of it. What is attached to it is in the original only: "
    "send what matters alone too."
)
PEAKS = 800
"""Values of a waveform on the screen; `waveform.thinned` makes fewer for paper."""
NOT_PREPARED = (
    "This file could not be prepared to be seen or played here; the original is kept. See whether it opens on your own "
    "device: if it does, save it anew (a photo as JPEG, a sound as MP3, a film as MP4) and send that too."
)
TOOK_TOO_LONG = (
    "It takes too long to prepare this file for looking at here; the original is kept. "
    "Send a smaller or shorter one too, if you can."
)
NO_ROOM = 75
"""Exit status of a process that had no room on the disk (`EX_TEMPFAIL` of sysexits.h)."""
LACKS_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Error numbers by which a disk says that it is full; not those by which a file is too long."""
NO_LOGO = "No logo could be made of this file. Choose a picture that is whole: a PNG, a JPEG or a WebP."


class NotPrepared(Exception):
    """Why nothing can be made of an original: a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Prepared:
    """An original's kind and measures, and the copies made of it."""

    kind: str
    """`image`, `audio`, `video`, `document` or `other`."""
    media_type: str
    """IANA media type of the original, as sniffed."""
    duration: float | None = None
    """Seconds."""
    width: int | None = None
    """Pixels as shown: rotation applied."""
    height: int | None = None
    peaks: tuple[float, ...] = field(default=())
    """Loudness 0…1 at even steps over the duration, at most `PEAKS` of them; empty where there is no sound."""
    pages: int | None = None
    shown: Path | None = None
    """The copy that a browser shows or plays, without metadata."""
    shown_type: str = ""
    picture: Path | None = None
    """JPEG for lists and paper: a thumbnail or a poster frame."""
    picture_width: int | None = None
    picture_height: int | None = None
    note: str = ""
    """Why something could not be made; empty when all went well."""
    remarks: tuple[str, ...] = ()
    """What the copies do not show, or not as it was: sentences for whoever looks at them."""

    def to_json(self) -> dict[str, Any]:
        """The values as JSON knows them; paths as text."""
        return {name: str(value) if isinstance(value, Path) else value for name, value in asdict(self).items()}


def from_json(values: dict[str, Any]) -> Prepared:
    """The inverse of `Prepared.to_json`."""
    paths = {name: Path(values[name]) if values[name] else None for name in ("shown", "picture")}
    return Prepared(**values | paths | {"peaks": tuple(values["peaks"]), "remarks": tuple(values["remarks"])})
