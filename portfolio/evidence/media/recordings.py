"""Recordings: one pass over a sound or film gives its duration, waveform and a copy that every browser plays."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from PIL import Image

from portfolio.evidence.media import film, sound, tracks
from portfolio.evidence.media.pictures import ON_PAPER, save
from portfolio.evidence.media.prepared import Prepared, Refusal
from portfolio.evidence.media.sniff import FORMATS
from portfolio.foundation.display import clock

LONGEST = 12 * 60 * 60
"""Seconds of the longest recording that is prepared."""
LARGEST = 8192
"""Pixels of the longest side of a film that is prepared."""
TOO_MUCH = (
    "This film is too large to be prepared for playing here: one of its pictures is shown, and its sound where it has "
    "any. The original is kept whole and can be downloaded."
)


def recording(path: Path, media_type: str, into: Path) -> Prepared:
    """Copy, waveform and poster of the recording at `path`. Raises `Refusal`; decoders raise what they like."""
    opened = partial(_opened, path, media_type)
    chosen = tracks.chosen(opened)
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


def _made(
    opened: Callable[[], AbstractContextManager[InputContainer]],
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
        copied = _tracks(output, original, chosen, size)
        is_whole = bool(size) or not chosen.of(original)[0]
        measured = _copied(original, copied)
        told = original.duration / av.time_base if original.duration else measured
        told = measured if FORMATS[media_type] in _ESTIMATED and _is_cut_off(told, measured) else told
    peaks = next((track.waveform.peaks() for track in copied if isinstance(track, _Sound)), ())
    measured = measured if is_whole else told
    return Prepared(
        kind,
        f"{kind}/{media_type.partition('/')[2]}",
        duration=round(measured if _is_cut_off(told, measured) else told, 3),
        peaks=peaks,
        remarks=(*chosen.remarks, *_remarks(told, measured, peaks)),
        shown=target if copied else None,
        shown_type=f"{kind}/mp4" if copied else "",
    )


def _measures(face: Image.Image, small: tuple[int, int]) -> dict[str, Any]:
    return {"width": face.width, "height": face.height, "picture_width": small[0], "picture_height": small[1]}


_LACK = 2.0
"""Seconds that a recording may be shorter than it says."""


_ESTIMATED = frozenset(("mp3", "aac", "amr", "mpeg", "mpegvideo", "mpegts", "ogg"))
"""Demuxers that guess how long a recording is."""


def _is_cut_off(told: float, measured: float) -> bool:
    return told - measured > max(_LACK, told / 50)


def _remarks(told: float, measured: float, peaks: tuple[float, ...]) -> Iterator[str]:
    """What is missing of the recording as a whole."""
    if _is_cut_off(told, measured):
        yield f"This recording is cut off: it says it lasts {clock(told)}, and {clock(measured)} of it could be read."
    if peaks and max(peaks) <= tracks.SILENT:
        yield "Nothing can be heard in it: its sound is silent from beginning to end."


def _face(opened: Callable[[], AbstractContextManager[InputContainer]], chosen: tracks.Tracks) -> Image.Image | None:
    """The poster frame; None where there is only sound. Raises `Refusal` for what says of itself that it is absurd."""
    with opened() as original:
        pictures, _ = chosen.of(original)
        _refuse_absurd(original, pictures)
        face = film.poster(original, pictures) if pictures else None
    if pictures and not face:
        raise Refusal("No picture of this recording could be read; the original is kept.")
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
    if original.duration and original.duration > LONGEST * av.time_base:
        raise Refusal(
            "This recording says it is longer than 12 hours, so it cannot be played here; the original is kept."
        )
    if pictures and max(pictures.width, pictures.height) > LARGEST:
        raise Refusal("The picture of this recording is too large to be played here; the original is kept.")


class _Film:
    """The picture on its way into the copy: packets as they are, or encoded anew."""

    def __init__(self, output: OutputContainer, stream: VideoStream, size: tuple[int, int], origin: float) -> None:
        self.stream = stream
        self._output = output
        self._origin = origin
        clean = film.plays_everywhere(stream)
        self._taken = output.add_stream_from_template(stream) if clean else None
        self._encoder = None if clean else film.Encoder(output, size, origin)

    def take(self, packet: "Packet[Any]") -> None:
        if self._taken:
            _mux(self._output, packet, self._taken, self._origin)
        if self._encoder:
            for frame in packet.decode():
                self._output.mux(list(self._encoder.packets(frame)))

    def end(self) -> None:
        if self._encoder:
            self._output.mux(list(self._encoder.packets(None)))


class _Sound:
    """The sound on its way into the copy, listened to for its waveform."""

    def __init__(self, output: OutputContainer, stream: AudioStream, origin: float) -> None:
        self.stream = stream
        self.waveform = sound.Waveform()
        self._output = output
        self._origin = origin
        clean = stream.codec_context.name == "aac" and stream.codec_context.extradata
        self._taken = output.add_stream_from_template(stream) if clean else None
        self._encoder = None if clean else sound.Encoder(sound.aac(output, stream), origin)

    def take(self, packet: "Packet[AudioStream]") -> None:
        for frame in packet.decode():
            self.waveform.hear(frame)
            if self._encoder:
                self._output.mux(list(self._encoder.packets(frame)))
        if self._taken:
            _mux(self._output, packet, self._taken, self._origin)

    def end(self) -> None:
        self.waveform.hear(None)
        if self._encoder:
            self._output.mux(list(self._encoder.packets(None)))


def _mux(output: OutputContainer, packet: "Packet[Any]", stream: Stream, origin: float) -> None:
    """A packet as it is, its times counted from the beginning of the recording."""
    if packet.dts is None or packet.time_base is None:
        return
    shift = round(origin / packet.time_base)
    packet.pts = (packet.pts if packet.pts is not None else packet.dts) - shift
    packet.dts -= shift
    packet.stream = stream
    output.mux(packet)


def _tracks(
    output: OutputContainer, original: InputContainer, chosen: tracks.Tracks, size: tuple[int, int] | None
) -> list["_Film | _Sound"]:
    """What goes into the copy; every stream of it exists before the first packet is written."""
    pictures, voice = chosen.of(original)
    origin = (original.start_time or 0) / av.time_base
    if pictures and size:
        film.ensure_affordable(original, pictures)
    films: list[_Film | _Sound] = [_Film(output, pictures, size, origin)] if pictures and size else []
    return [*films, _Sound(output, voice, origin)] if voice else films


def _copied(original: InputContainer, copied: list[_Film | _Sound]) -> float:
    """Run the whole recording through its tracks; returns its length in seconds as its packets tell."""
    by_stream = {track.stream.index: track for track in copied}
    origin, end = (original.start_time or 0) / av.time_base, 0.0
    packets: Iterator[Packet[Any]] = original.demux([track.stream for track in copied]) if copied else iter(())
    for packet in packets:
        if packet.pts is not None and packet.time_base:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base) - origin)
        if end > LONGEST:
            raise Refusal("This recording is longer than 12 hours, so it cannot be played here; the original is kept.")
        by_stream[packet.stream.index].take(packet)
    for track in copied:
        track.end()
    heard = [track.waveform.seconds for track in copied if isinstance(track, _Sound)]
    return max([end, *heard])
