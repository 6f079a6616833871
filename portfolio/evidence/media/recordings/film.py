"""Moving pictures: the poster frame, and the picture stream of a copy to play."""

import time
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any, cast

import av
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from portfolio.evidence.media.recordings.reading import Reader

LINES = 720
"""Shorter side in pixels of a picture that had to be encoded anew."""
PLAYABLE_LINES = 1080
"""Shorter side in pixels up to which H.264 is taken over as it is."""
FRAMES = 30
"""Frames a second at most."""
BUDGET = 240_000_000_000
"""Pixels of all frames of a film that is encoded anew: about an hour in Full HD, a quarter of an hour in 4K."""
WIDEST = 4096 * 2304
"""Pixels of one frame of a film that is encoded anew: decoding larger ones takes more than a gigabyte of memory."""
SECONDS = 40 * 60
"""Of processor, that encoding anew may take, whatever was reckoned."""
_CODING = {"preset": "veryfast", "crf": "24", "bf": "0"}
"""Every picture is written when it is shown: of a film without a steady rhythm no player misses the end."""
_NOTHING = bytes(512)
"""No unit of H.264 has as many zeros in a row: three are escaped already (ISO/IEC 14496-10 §7.4.1)."""
_TURNS = {90: ("cclock",), 180: ("clock", "clock"), 270: ("clock",)}


class TooMuch(Exception):
    """Encoding this film anew is beyond the budget of one file."""


def ensure_affordable(original: InputContainer, stream: VideoStream) -> None:
    """Raises `TooMuch` for a film of which so many pixels have to be encoded anew; what it says of itself counts."""
    if plays_everywhere(stream):
        return
    size = stream.codec_context.width * stream.codec_context.height
    seconds = (original.duration or 0) / av.time_base
    frames = max(stream.frames, seconds * float(stream.average_rate or FRAMES))
    if size > WIDEST or size * frames > BUDGET:
        raise TooMuch


def plays_everywhere(stream: VideoStream) -> bool:
    """Whether every browser plays these packets in MP4: H.264 (ISO/IEC 14496-10), 8 bits, 4:2:0, of sensible size."""
    context = stream.codec_context
    return (
        context.name == "h264"
        and context.pix_fmt in ("yuv420p", "yuvj420p")
        and min(context.width, context.height) <= PLAYABLE_LINES
        and (context.extradata or b"")[:1] == b"\x01"
    )


def is_damaged(packet: "Packet[Any]", stream: VideoStream) -> bool:
    """Whether a packet of a film that plays everywhere is no row of whole units (ISO/IEC 14496-15 §5.3.4.2)."""
    content, at = bytes(packet), 0
    width = ((stream.codec_context.extradata or b"").ljust(5, b"\xff")[4] & 3) + 1
    while at < len(content):
        size, at = int.from_bytes(content[at : at + width], "big"), at + width
        kind = content[at] if at < len(content) else 0
        if not size or at + size > len(content) or kind >> 7 or not kind & 31:
            return True
        at += size
    return _NOTHING in content


def poster(original: InputContainer, stream: VideoStream) -> Image.Image | None:
    """The picture at about a tenth of the film, upright; the first that can be read where there is none."""
    with suppress(av.error.FFmpegError):
        original.seek((original.duration or 0) // 10 + (original.start_time or 0))
    frame = _next(original, stream)
    if frame is None:
        original.seek(0)
        frame = _next(original, stream)
    if frame is None:
        return None
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    return image.rotate(frame.rotation, expand=True)


def _next(original: InputContainer, stream: VideoStream) -> VideoFrame | None:
    reader = Reader(original, [stream])
    return next((frame for packet in reader.packets() for frame in reader.frames(packet) or ()), None)


class FilmEncoder:
    """Turns decoded frames into packets of an H.264 stream: upright, at most `LINES` and `FRAMES`.

    Raises `TooMuch` when it has taken all the time there is.
    """

    def __init__(self, output: OutputContainer, size: tuple[int, int], origin: float) -> None:
        self._origin = origin
        self._stream = _begun(output, size)
        self._turner: Graph | None = None
        self._last = -1

    def packets(self, frame: VideoFrame | None) -> "Iterator[Packet[Any]]":
        """Packets that are ready after this frame; None ends the film and flushes.

        Raises `TooMuch` when the process has used more than `SECONDS` of processor time.
        """
        if time.process_time() > SECONDS:
            raise TooMuch
        if frame is None:
            yield from self._stream.encode(None)
            return
        slot = int(((frame.time or 0.0) - self._origin) * FRAMES)
        if slot <= self._last:
            return
        self._last = slot
        drawn = self._turned(frame).reformat(self._stream.width, self._stream.height, "yuv420p")
        drawn.pts, drawn.time_base = slot, Fraction(1, FRAMES)
        drawn.pict_type = PictureType.NONE
        yield from self._stream.encode(drawn)

    def _turned(self, frame: VideoFrame) -> VideoFrame:
        turns = _TURNS.get(frame.rotation % 360, ())
        if not turns:
            return frame
        self._turner = self._turner or _turner(frame, turns)
        self._turner.push(frame)
        return cast("VideoFrame", self._turner.pull())


def _begun(output: OutputContainer, size: tuple[int, int]) -> VideoStream:
    scale = min(1.0, LINES / min(size))
    stream = output.add_stream("libx264", rate=FRAMES, options=_CODING)
    stream.width, stream.height = (max(round(side * scale / 2) * 2, 2) for side in size)
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = Fraction(1, FRAMES)
    return stream


def _turner(frame: VideoFrame, turns: tuple[str, ...]) -> Graph:
    graph = Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base)
    steps = [graph.add("transpose", turn) for turn in turns]
    graph.link_nodes(source, *steps, graph.add("buffersink")).configure()
    return graph
