"""Sound: a waveform from decoded frames, and the sound stream of a copy to play."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from portfolio.evidence.media.prepared import PEAKS

RATE = 48_000
"""Samples a second of every copy."""
_GRAIN = 2400
"""Samples under one fine value of the waveform: a twentieth of a second."""


class Waveform:
    """Gathers the loudness of a sound in bounded memory: one value for each twentieth of a second."""

    def __init__(self) -> None:
        self._mono = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        self._rest = np.empty(0, np.float32)
        self._fine: list[float] = []
        self.samples = 0

    def hear(self, frame: AudioFrame | None) -> None:
        """Take in a decoded frame; None ends the sound."""
        for piece in self._mono.resample(frame):
            heard = np.abs(piece.to_ndarray().reshape(-1))
            self.samples += heard.size
            loud = np.concatenate([self._rest, heard])
            whole = loud.size // _GRAIN * _GRAIN
            self._fine.extend(loud[:whole].reshape(-1, _GRAIN).max(axis=1).tolist())
            self._rest = loud[whole:]

    @property
    def seconds(self) -> float:
        """How long the sound was."""
        return self.samples / RATE

    def peaks(self) -> tuple[float, ...]:
        """At most `PEAKS` values 0…1 at even steps, three decimals."""
        fine = np.array([*self._fine, *self._rest.max(initial=0, keepdims=True)] if self._rest.size else self._fine)
        groups = np.array_split(fine, min(PEAKS, fine.size)) if fine.size else []
        return tuple(round(min(float(group.max()), 1.0), 3) for group in groups)


def aac(output: OutputContainer, like: AudioStream) -> AudioStream:
    """A new AAC stream (ISO/IEC 14496-3, low complexity) in `output`, mono or stereo as the original.

    Searched by the quick coder: a third of the time, and speech sounds the same.
    """
    layout = "mono" if like.codec_context.channels == 1 else "stereo"
    stream = output.add_stream("aac", rate=RATE, layout=layout, options={"aac_coder": "fast"})
    stream.bit_rate = 96_000 if layout == "mono" else 128_000
    return stream


class Encoder:
    """Turns decoded frames into packets of an AAC stream without gaps in their times."""

    def __init__(self, stream: AudioStream, origin: float) -> None:
        self._stream = stream
        self._origin = origin
        context = stream.codec_context
        self._like = av.AudioResampler(
            format=context.format, layout=context.layout, rate=RATE, frame_size=context.frame_size or 1024
        )
        self._at: int | None = None

    def packets(self, frame: AudioFrame | None) -> "Iterator[Packet[Any]]":
        """Packets that are ready after this frame; None ends the sound and flushes."""
        if self._at is None and frame is not None:
            self._at = max(round(((frame.time or 0.0) - self._origin) * RATE), 0)
        for piece in self._like.resample(frame):
            assert self._at is not None
            piece.pts, piece.time_base = self._at, Fraction(1, RATE)
            self._at += piece.samples
            yield from self._stream.encode(piece)
        if frame is None:
            yield from self._stream.encode(None)
