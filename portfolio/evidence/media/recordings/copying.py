"""Copying: runs a recording once through its tracks into a copy that every browser plays, and tells what it lacked."""

from collections.abc import Iterator
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from portfolio.evidence.media.prepared import NotPrepared
from portfolio.evidence.media.recordings import film, gaps, sound, tracks
from portfolio.evidence.media.recordings.reading import Reader

LONGEST = 12 * 60 * 60
"""Seconds of the longest recording that is prepared."""
_STILL = 2.0
"""Seconds from one picture to the next from on which they stand still."""


class Film:
    """The picture on its way into the copy: packets as they are, or encoded anew.

    Of packets that are taken over, those after a damaged one wait for a picture that stands on its own.
    """

    words = gaps.PICTURES

    def __init__(self, output: OutputContainer, stream: VideoStream, size: tuple[int, int], origin: float) -> None:
        self.stream = stream
        self.gaps = gaps.Gaps(_STILL)
        self._output = output
        self._origin = origin
        clean = film.plays_everywhere(stream)
        self._taken = output.add_stream_from_template(stream) if clean else None
        self._encoder = None if clean else film.FilmEncoder(output, size, origin)
        self._is_broken = False
        self._held: Packet[Any] | None = None
        self._end = self._lead = 0

    def take(self, packet: "Packet[Any]", reader: Reader) -> None:
        """Copy what the packet holds, unless it is damaged."""
        if self._encoder:
            frames = reader.frames(packet)
            for frame in frames or ():
                self._output.mux(list(self._encoder.packets(frame)))
            self._is_broken = frames is None
        elif self._taken:
            if is_damaged := film.is_damaged(packet, self.stream):
                reader.lose(packet)
            self._is_broken = is_damaged or (self._is_broken and not packet.is_keyframe)
        times = _times(packet, self._origin)
        if times and not self._is_broken:
            self.gaps.read(*times)
            if self._taken:
                if self._held is None:
                    self._lead = (packet.pts or 0) - (packet.dts or 0)
                self._end = max(self._end, (packet.pts or 0) + (packet.duration or 0))
                self._write_held()
                self._held = packet

    def _write_held(self) -> None:
        """Write the packet that was taken before the present one."""
        if self._taken and self._held:
            _mux(self._output, self._held, self._taken, self._origin)

    def end(self) -> None:
        """Write what is left. The last packet lasts until the last picture ends, which may be an earlier one.

        That pictures are shown later than they are decoded makes no film longer.
        """
        if self._held and self._held.dts is not None:
            self._held.duration = max(self._held.duration or 0, self._end - self._held.dts - self._lead)
        self._write_held()
        if self._encoder:
            self._output.mux(list(self._encoder.packets(None)))


class Sound:
    """The sound on its way into the copy, listened to for its waveform."""

    words = gaps.SOUND

    def __init__(self, output: OutputContainer, stream: AudioStream, origin: float) -> None:
        self.stream = stream
        self.waveform = sound.Waveform()
        self._timeline = sound.Timeline(origin)
        self.gaps = self._timeline.gaps
        self._output = output
        self._origin = origin
        clean = stream.codec_context.name == "aac" and stream.codec_context.extradata
        self._taken = output.add_stream_from_template(stream) if clean else None
        self._encoder = None if clean else sound.SoundEncoder(sound.aac(output, stream))

    def take(self, packet: "Packet[AudioStream]", reader: Reader) -> None:
        """Copy what the packet holds, unless it is damaged."""
        frames = reader.frames(packet)
        for frame in frames or ():
            self._hear(self._timeline.frames(frame))
        if self._taken and frames is not None:
            _mux(self._output, packet, self._taken, self._origin)

    def end(self) -> None:
        """Write what is left."""
        self._hear(self._timeline.frames(None))
        if self._encoder:
            self._output.mux(list(self._encoder.packets(None)))

    def _hear(self, pieces: Iterator[av.AudioFrame]) -> None:
        for piece in pieces:
            self.waveform.hear(piece)
            if self._encoder:
                self._output.mux(list(self._encoder.packets(piece)))


def _times(packet: "Packet[Any]", origin: float) -> tuple[float, float] | None:
    """When a packet begins and ends, in seconds of the recording; None for one that does not say."""
    at = packet.dts if packet.dts is not None else packet.pts
    if at is None or not packet.time_base:
        return None
    return float(at * packet.time_base) - origin, float((at + (packet.duration or 0)) * packet.time_base) - origin


def _mux(output: OutputContainer, packet: "Packet[Any]", stream: Stream, origin: float) -> None:
    """A packet as it is, its times counted from the beginning of the recording."""
    if packet.dts is None or packet.time_base is None:
        return
    shift = round(origin / packet.time_base)
    packet.pts = (packet.pts if packet.pts is not None else packet.dts) - shift
    packet.dts -= shift
    packet.stream = stream
    output.mux(packet)


class Copy:
    """What became of a recording: how long it is, its waveform, and what could not be read.

    Raises `film.TooMuch`, and `NotPrepared` for a recording that is too long.
    """

    def __init__(
        self,
        output: OutputContainer,
        original: InputContainer,
        chosen: tracks.Tracks,
        size: tuple[int, int] | None,
    ) -> None:
        pictures, voice = chosen.of(original)
        self._origin = (original.start_time or 0) / av.time_base
        if pictures and size:
            film.ensure_affordable(original, pictures)
        self._film = Film(output, pictures, size, self._origin) if pictures and size else None
        self._sound = Sound(output, voice, self._origin) if voice else None
        self.tracks = [track for track in (self._film, self._sound) if track]
        self._reader = Reader(original, [track.stream for track in self.tracks])
        self.seconds = self._run()
        """Its length, as its packets tell."""

    def _run(self) -> float:
        by_stream = {track.stream.index: track for track in self.tracks}
        end = 0.0
        for packet in self._reader.packets():
            if packet.pts is not None and packet.time_base:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base) - self._origin)
            if end > LONGEST:
                raise NotPrepared(
                    "This recording is longer than 12 hours, so it cannot be played here; the original is kept. "
                    "Send the part that matters as a recording of its own too."
                )
            by_stream[packet.stream.index].take(packet, self._reader)
        for track in self.tracks:
            track.end()
        return max([end, *(track.gaps.end for track in self.tracks)])

    def peaks(self, seconds: float) -> tuple[float, ...]:
        """The waveform of a recording of so many seconds; empty where there is no sound."""
        return self._sound.waveform.peaks(seconds) if self._sound else ()

    def remarks(self) -> Iterator[str]:
        """What of the recording could not be read."""
        said = [sentence for track in self.tracks for sentence in track.gaps.said(track.words, self.seconds)]
        yield from said
        lost = self._reader.lost
        if not said and lost * self.seconds > (1 - lost) * max(gaps.LONG, self.seconds / 100):
            yield f"It is damaged: about {lost:.0%} of it could not be read."
