"""Recordings: what is told and shown of a sound or film: its duration, waveform, poster and the copy to play."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import Image

from portfolio.evidence.media.pictures.picture import ON_PAPER, save
from portfolio.evidence.media.prepared import NOT_PREPARED, NotPrepared, Prepared
from portfolio.evidence.media.recordings import copying, film, tracks
from portfolio.evidence.media.sniff import FORMATS
from portfolio.foundation.words.display import clock

LARGEST = 8192
"""Pixels of the longest side of a film that is prepared."""
TOO_MUCH = (
    "This film is too large to be prepared for playing here: one of its pictures is shown, and its sound where it has "
    "any. The original is kept whole and can be downloaded. Save it shorter, or in Full HD, and send that too."
)


UNFINISHED = (
    "This recording did not come to its end, or did not arrive whole: the part that says how to play it is missing. "
    "The original is kept. See whether it plays on your own device, and send it again from there."
)
_Opened = Callable[[], AbstractContextManager[InputContainer]]


def recording(path: Path, media_type: str, into: Path) -> Prepared:
    """Copy, waveform and poster of the recording at `path`. Raises `NotPrepared`; decoders raise what they like."""
    opened = partial(_opened, path, media_type)
    chosen = _chosen(opened, path, media_type)
    face = _face(opened, chosen)
    try:
        made = _made(opened, media_type, chosen, size=face.size if face else None, into=into)
    except film.TooMuch:
        made = _made(opened, media_type, chosen, size=None, into=into)
        made = replace(made, remarks=(TOO_MUCH, *made.remarks))
    if face is None:
        return made
    small = into / "picture.jpg"
    drawn = {"picture": small, **_measures(face, save(face.convert("RGB"), small, ON_PAPER))}
    return replace(made, kind="video", media_type=f"video/{media_type.partition('/')[2]}", **drawn)


def _chosen(opened: _Opened, path: Path, media_type: str) -> tracks.Tracks:
    try:
        return tracks.chosen(opened)
    except av.error.InvalidDataError as error:
        if FORMATS[media_type] == "mov" and b"moov" not in _boxes(path):
            raise NotPrepared(UNFINISHED) from error
        raise


def _boxes(path: Path) -> Iterator[bytes]:
    """Names of the boxes of a film in MP4 or QuickTime, one after the other (ISO/IEC 14496-12 §4.2)."""
    at, whole = 0, path.stat().st_size
    with path.open("rb") as file:
        while at + 8 <= whole:
            file.seek(at)
            head = file.read(16)
            size = int.from_bytes(head[8:16] if head[:4] == b"\x00\x00\x00\x01" else head[:4], "big")
            yield head[4:8]
            if size < 8:
                return
            at += size


def _made(
    opened: _Opened,
    media_type: str,
    chosen: tracks.Tracks,
    *,
    size: tuple[int, int] | None,
    into: Path,
) -> Prepared:
    """The copy to play: pictures of that `size` and sound, or sound alone. Raises `film.TooMuch`."""
    kind = "video" if size else "audio"
    target = into / ("shown.mp4" if size else "shown.m4a")
    with opened() as original, av.open(str(target), "w", format="mp4", options=_PLAIN) as output:
        copy = copying.Copy(output, original, chosen, size)
        is_whole = bool(size) or not chosen.of(original)[0]
        told = original.duration / av.time_base if original.duration else copy.seconds
    measured = copy.seconds if is_whole else told
    told = measured if FORMATS[media_type] in _ESTIMATED and _is_cut_off(told, measured) else told
    seconds = round(told if told - measured > -_MORE and not _is_cut_off(told, measured) else measured, 3)
    if is_whole and not any(track.gaps.end for track in copy.tracks):
        raise NotPrepared(NOT_PREPARED)
    peaks = copy.peaks(seconds)
    return Prepared(
        kind,
        f"{kind}/{media_type.partition('/')[2]}",
        duration=seconds,
        peaks=peaks,
        remarks=(*chosen.remarks, *_remarks(told, measured, peaks), *copy.remarks()),
        shown=target if copy.tracks else None,
        shown_type=f"{kind}/mp4" if copy.tracks else "",
    )


def _measures(face: Image.Image, small: tuple[int, int]) -> dict[str, Any]:
    return {"width": face.width, "height": face.height, "picture_width": small[0], "picture_height": small[1]}


_LACK = 2.0
"""Seconds that a recording may be shorter than it says."""
_MORE = 0.1
"""Seconds that it may be longer: a film without a steady rhythm may tell of its last pictures in another order."""


_ESTIMATED = frozenset(("mp3", "aac", "amr", "mpeg", "mpegvideo", "mpegts", "ogg"))
"""Demuxers that guess how long a recording is."""


def _is_cut_off(told: float, measured: float) -> bool:
    return told - measured > max(_LACK, told / 50)


def _remarks(told: float, measured: float, peaks: tuple[float, ...]) -> Iterator[str]:
    """What is missing of the recording as a whole."""
    if _is_cut_off(told, measured):
        yield (
            f"This recording is cut off: it says it lasts {clock(told)}, and {clock(measured)} of it could be read. "
            "See whether it plays to its end on your own device, and send it again from there."
        )
    if peaks and max(peaks) <= tracks.SILENT:
        yield "Nothing can be heard in it: its sound is silent from beginning to end."


def _face(opened: _Opened, chosen: tracks.Tracks) -> Image.Image | None:
    """The poster frame; None where there is only sound. Raises `NotPrepared` for measures that are absurd."""
    with opened() as original:
        pictures, _ = chosen.of(original)
        _refuse_absurd(original, pictures)
        face = film.poster(original, pictures) if pictures else None
    if pictures and not face:
        raise NotPrepared(
            "No picture of this recording could be read; the original is kept. See whether it plays on your own "
            "device, and send it again from there."
        )
    return face


_PLAIN = {"movflags": "+faststart", "fflags": "+bitexact"}
"""The index first, so that playing begins at once; no name of a program inside."""


@contextmanager
def _opened(path: Path, media_type: str) -> Iterator[InputContainer]:
    """The original, by the one demuxer that its first bytes allow, which may open no other file and no address."""
    options = {"protocol_whitelist": "file"}
    with av.open(str(path), format=FORMATS[media_type], options=options, metadata_errors="replace") as original:
        yield original


def _refuse_absurd(original: InputContainer, pictures: VideoStream | None) -> None:
    if original.duration and original.duration > copying.LONGEST * av.time_base:
        raise NotPrepared(
            "This recording says it is longer than 12 hours, so it cannot be played here; the original is kept. "
            "Send the part that matters as a recording of its own too."
        )
    if pictures and max(pictures.width, pictures.height) > LARGEST:
        raise NotPrepared(
            "The picture of this recording is too large to be played here; the original is kept. "
            "Save it smaller, in Full HD for example, and send that too."
        )
