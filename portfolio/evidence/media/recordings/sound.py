"""Sound: decoded frames at their times, a waveform of them, and the sound stream of a copy to play."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.layout import AudioLayout
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from portfolio.evidence.media.prepared import PEAKS
from portfolio.evidence.media.recordings.gaps import Gaps

RATE = 48_000
"""Samples a second of every copy."""
_GRAIN = 2400
"""Samples under one fine value of the waveform: a twentieth of a second."""


_JUMP = 0.05
"""Seconds without sound from which on they are filled with silence; less is the coarseness of written times."""


class Uniform:
    """Decoded frames, of whatever kind, in the channels of the first of them, `RATE` samples a second."""

    def __init__(self) -> None:
        self._layout: AudioLayout | None = None
        self._kind: tuple[object, ...] = ()
        self._like: AudioResampler | None = None

    def frames(self, frame: AudioFrame | None) -> Iterator[AudioFrame]:
        """Frames of floats that are ready after this one; None ends the sound."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate) if frame else self._kind
        if kind != self._kind:
            if self._like:
                yield from self._like.resample(None)
            self._layout = self._layout or (frame.layout if frame else None)
            self._kind, self._like = kind, AudioResampler(format="fltp", layout=self._layout, rate=RATE)
        if self._like:
            yield from self._like.resample(frame)


class Timeline:
    """A sound as long as its recording: silence where nothing of it was read."""

    def __init__(self, origin: float) -> None:
        self.gaps = Gaps(_JUMP)
        self.samples = 0
        self._origin = origin
        self._uniform = Uniform()

    def frames(self, frame: AudioFrame | None) -> Iterator[AudioFrame]:
        """Frames without gaps that are ready after this one; None ends the sound."""
        begins = self.samples / RATE if frame is None or frame.time is None else frame.time - self._origin
        for piece in self._uniform.frames(frame):
            if begins - self.samples / RATE > _JUMP:
                yield from self._silence(begins, piece.layout)
            begins = 0.0
            ends = (self.samples + piece.samples) / RATE
            self.gaps.read(self.samples / RATE, ends)
            self.samples += piece.samples
            piece.pts = None
            yield piece

    def _silence(self, until: float, layout: AudioLayout) -> Iterator[AudioFrame]:
        """A second at a time; counted, and not as read."""
        while (lack := min(round(until * RATE) - self.samples, RATE)) > 0:
            silence = np.zeros((layout.nb_channels, lack), np.float32)
            piece = AudioFrame.from_ndarray(silence, "fltp", layout.name)
            piece.sample_rate = RATE
            self.samples += lack
            yield piece


class Waveform:
    """Gathers the loudness of a sound in bounded memory: one value for each twentieth of a second."""

    def __init__(self) -> None:
        self._rest = np.empty(0, np.float32)
        self._fine: list[float] = []

    def hear(self, piece: AudioFrame) -> None:
        """Take in a frame of a `Timeline`; the loudest of its channels counts."""
        heard = np.nan_to_num(np.abs(piece.to_ndarray())).max(axis=0)
        loud = np.concatenate([self._rest, heard])
        whole = loud.size // _GRAIN * _GRAIN
        self._fine.extend(loud[:whole].reshape(-1, _GRAIN).max(axis=1).tolist())
        self._rest = loud[whole:]

    def peaks(self, seconds: float) -> tuple[float, ...]:
        """At most `PEAKS` values 0…1 at even steps over so many seconds, three decimals; none where nothing was heard.

        What comes after the sound is silent.
        """
        fine = np.array([*self._fine, *self._rest.max(initial=0, keepdims=True)] if self._rest.size else self._fine)
        if not fine.size:
            return ()
        fine = np.pad(fine, (0, max(round(seconds * RATE / _GRAIN) - fine.size, 0)))
        groups = np.array_split(fine, min(PEAKS, fine.size))
        return tuple(round(min(float(group.max()), 1.0), 3) for group in groups)


def aac(output: OutputContainer, like: AudioStream) -> AudioStream:
    """A new AAC stream (ISO/IEC 14496-3, low complexity) in `output`, mono or stereo as the original.

    Searched by the quick coder: a third of the time, and speech sounds the same.
    """
    layout = "mono" if like.codec_context.channels == 1 else "stereo"
    stream = output.add_stream("aac", rate=RATE, layout=layout, options={"aac_coder": "fast"})
    stream.bit_rate = 96_000 if layout == "mono" else 128_000
    return stream


class SoundEncoder:
    """Turns the frames of a `Timeline` into packets of an AAC stream."""

    def __init__(self, stream: AudioStream) -> None:
        self._stream = stream
        context = stream.codec_context
        self._like = AudioResampler(
            format=context.format, layout=context.layout, rate=RATE, frame_size=context.frame_size or 1024
        )
        self._at = 0

    def packets(self, frame: AudioFrame | None) -> "Iterator[Packet[Any]]":
        """Packets that are ready after this frame; None ends the sound and flushes."""
        for piece in self._like.resample(frame):
            piece.pts, piece.time_base = self._at, Fraction(1, RATE)
            self._at += piece.samples
            yield from self._stream.encode(piece)
        if frame is None:
            yield from self._stream.encode(None)
