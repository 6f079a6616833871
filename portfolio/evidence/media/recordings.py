"""Recordings: one pass over a sound or film gives its duration, waveform and a copy that every browser plays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream
from PIL import Image

from portfolio.evidence.media import film, sound
from portfolio.evidence.media.pictures import ON_PAPER, save
from portfolio.evidence.media.prepared import Prepared, Refusal
from portfolio.evidence.media.sniff import FORMATS

LONGEST = 12 * 60 * 60
"""Seconds of the longest recording that is prepared."""
LARGEST = 8192
"""Pixels of the longest side of a film that is prepared."""


def recording(path: Path, media_type: str, into: Path) -> Prepared:
    """Copy, waveform and poster of the recording at `path`. Raises `Refusal`; decoders raise what they like."""
    face = _face(path, media_type)
    target = into / ("shown.mp4" if face else "shown.m4a")
    with _opened(path, media_type) as original, av.open(str(target), "w", format="mp4", options=_PLAIN) as output:
        tracks = _tracks(output, original, face.size if face else None)
        measured = _copied(original, tracks)
        duration = original.duration / av.time_base if original.duration else measured
    kind = "video" if face else "audio"
    small = into / "picture.jpg"
    return Prepared(
        kind,
        f"{kind}/{media_type.partition('/')[2]}",
        duration=round(duration, 3),
        peaks=next((track.waveform.peaks() for track in tracks if isinstance(track, _Sound)), ()),
        shown=target,
        shown_type=f"{kind}/mp4",
        **({"picture": small, **_measures(face, save(face.convert("RGB"), small, ON_PAPER))} if face else {}),
    )


def _measures(face: Image.Image, small: tuple[int, int]) -> dict[str, Any]:
    return {"width": face.width, "height": face.height, "picture_width": small[0], "picture_height": small[1]}


def _face(path: Path, media_type: str) -> Image.Image | None:
    """The poster frame; None where there is only sound. Raises `Refusal` for what says of itself that it is absurd."""
    with _opened(path, media_type) as original:
        pictures, _ = _streams(original)
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


def _streams(original: InputContainer) -> tuple[VideoStream | None, AudioStream | None]:
    """The film and the sound in it; a record's cover is no film."""
    films = [one for one in original.streams.video if not one.disposition & Disposition.attached_pic]
    sounds = original.streams.audio
    if not films and not sounds:
        raise Refusal("There is neither sound nor picture in this recording; the original is kept.")
    return next(iter(films), None), next(iter(sounds), None)


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


def _tracks(output: OutputContainer, original: InputContainer, size: tuple[int, int] | None) -> list["_Film | _Sound"]:
    """What goes into the copy; every stream of it exists before the first packet is written."""
    pictures, voice = _streams(original)
    origin = (original.start_time or 0) / av.time_base
    tracks: list[_Film | _Sound] = [_Film(output, pictures, size, origin)] if pictures and size else []
    return [*tracks, _Sound(output, voice, origin)] if voice else tracks


def _copied(original: InputContainer, tracks: list[_Film | _Sound]) -> float:
    """Run the whole recording through its tracks; returns its length in seconds as its packets tell."""
    by_stream = {track.stream.index: track for track in tracks}
    origin, end = (original.start_time or 0) / av.time_base, 0.0
    packets: Iterator[Packet[Any]] = original.demux([track.stream for track in tracks])
    for packet in packets:
        if packet.pts is not None and packet.time_base:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base) - origin)
        if end > LONGEST:
            raise Refusal("This recording is longer than 12 hours, so it cannot be played here; the original is kept.")
        by_stream[packet.stream.index].take(packet)
    for track in tracks:
        track.end()
    heard = [track.waveform.seconds for track in tracks if isinstance(track, _Sound)]
    return max([end, *heard])
