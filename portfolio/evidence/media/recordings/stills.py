"""Stills: the picture of a film at a tenth of a second; runs in the confined process only."""

import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from portfolio.evidence.media.pages.page import NO_STILL, DrawnPage
from portfolio.evidence.media.pictures.picture import ON_PAPER, save
from portfolio.evidence.media.prepared import LACKS_ROOM
from portfolio.evidence.media.recordings.reading import Reader

_EARLIER = 2.0
"""Seconds before the one that is wanted from which on it is looked for again."""
_NEARLY = 0.001
"""Seconds by which the time of a picture may be off that is meant to be shown from a tenth of a second on."""


def stills(path: Path, into: Path, tenths: Sequence[int]) -> Iterator[DrawnPage]:
    """What the copy to play at `path` shows at each of these tenths of a second, as soon as it is done.

    Pictures lie in `into`. Raises `OSError` where the disk is full.
    """
    for tenth in tenths:
        try:
            yield _still(path, into, tenth)
        except Exception as fault:  # a stranger's film may break a decoder in any way; its other pictures are drawn
            if getattr(fault, "errno", None) in LACKS_ROOM:
                raise
            traceback.print_exc(file=sys.stderr)
            yield DrawnPage(tenth, note=NO_STILL)


def _still(path: Path, into: Path, tenth: int) -> DrawnPage:
    with av.open(str(path)) as copy:
        frame = _shown_at(copy, copy.streams.video[0], tenth / 10)
        if frame is None:
            return DrawnPage(tenth, note=NO_STILL)
        picture = into / f"still-{tenth}.jpg"
        width, height = save(frame.to_image().convert("RGB").rotate(frame.rotation, expand=True), picture, ON_PAPER)  # type: ignore[no-untyped-call]
    return DrawnPage(tenth, picture, width, height)


def _shown_at(copy: InputContainer, stream: VideoStream, second: float) -> VideoFrame | None:
    """The last picture that begins by then; the first there is where none does."""
    begins = (copy.start_time or 0) / av.time_base
    moment, first = begins + second, None
    for earlier in (0.0, _EARLIER, second):  # the first is too late where pictures are kept in another order
        copy.seek(int((begins + max(second - earlier, 0.0)) * av.time_base))
        shown = _frames(copy, stream)
        first = next(shown, None)
        if first is not None and (first.time or 0.0) <= moment + _NEARLY:
            return _last_by(moment, first, shown)
    return first


def _last_by(moment: float, found: VideoFrame, following: Iterator[VideoFrame]) -> VideoFrame:
    for frame in following:
        if (frame.time or 0.0) > moment + _NEARLY:
            break
        found = frame
    return found


def _frames(copy: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    reader = Reader(copy, [stream])
    return (frame for packet in reader.packets() for frame in reader.frames(packet) or ())
