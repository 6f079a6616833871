"""A recording and a photo that every learner of the crowd has: real files in the store, made once for each house."""

import io
import math
import random
import struct
import wave
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

from portfolio.evidence.places import locators
from portfolio.evidence.rules import Kind
from portfolio.foundation import files, settings

SECONDS = 40
RATE = 16_000
"""Samples in a second."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as the register knows it, shown as it is, and the places that can be claimed in it."""

    title: str
    kind: Kind
    columns: dict[str, Any]
    places: tuple[dict[str, Any], ...]

    @property
    def says(self) -> dict[str, str]:
        """What its version says: nothing but a title."""
        return {"title": self.title, "sha256": self.columns["sha256"], "text": "", "html": "", "plain": ""}


def originals() -> tuple[Original, ...]:
    """The two originals, kept in the store of the application that runs."""
    return _kept(str(settings.current().files), settings.current().bucket)


@cache
def _kept(_root: str, _bucket: str) -> tuple[Original, ...]:
    spans = [(2.0, 9.0), (11.0, 18.5), (24.0, 31.0)]
    places = tuple(locators.write(locators.Span(*span)) for span in spans)
    peaks = [round(abs(math.sin(place / 7)), 2) for place in range(400)]
    sound = {"duration": float(SECONDS), "width": None, "height": None, "peaks": peaks}
    photo: dict[str, Any] = {"duration": None, "width": 1600, "height": 1200, "peaks": []}
    return (
        Original("The call", Kind.RECORDING, _columns(_call(), "call.wav", ("audio", "audio/wav"), sound), places),
        Original("The log", Kind.WORK_PRODUCT, _columns(_photo(), "log.jpg", ("image", "image/jpeg"), photo), ()),
    )


def _columns(content: bytes, name: str, kind: tuple[str, str], measures: dict[str, Any]) -> dict[str, Any]:
    stored = files.store().put(io.BytesIO(content))
    picture = kind[0] == "image"
    return measures | {
        "name": name, "kind": kind[0], "media_type": kind[1], "size": stored.size, "sha256": stored.sha256,
        "crc32": stored.crc32, "prepared": "ready", "note": "", "pages": None, "shown_sha256": stored.sha256,
        "shown_type": kind[1], "picture_sha256": stored.sha256 if picture else "",
        "picture_width": measures["width"], "picture_height": measures["height"],
    }  # fmt: skip


def _call() -> bytes:
    """A tone that swells and fades, as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        tone = (int(9000 * math.sin(at / 9) * math.sin(at / RATE)) for at in range(SECONDS * RATE))
        sound.writeframes(struct.pack(f"<{SECONDS * RATE}h", *tone))
    return out.getvalue()


def _photo() -> bytes:
    """Coarse noise, smoothly enlarged: about as large as a phone's photo of a page."""
    grain = random.Random(7).randbytes(400 * 300 * 3)  # noqa: S311 (the same photo in every run)
    out = io.BytesIO()
    Image.frombytes("RGB", (400, 300), grain).resize((1600, 1200)).save(out, "JPEG", quality=85)
    return out.getvalue()
