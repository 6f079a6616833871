"""Makes the sample's recordings, photos and papers by name, the same bytes every time on one machine."""

import heapq
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import av
import numpy as np
from av import AudioStream, Packet, VideoStream
from av.container import OutputContainer

from sample.media import film, logos, paper, pictures
from sample.media.scripts import Script, script
from sample.media.sound import RATE, Samples, spoken


@dataclass(frozen=True, slots=True)
class _Track:
    container: str
    codec: Literal["libmp3lame", "libopus", "aac"]
    bits: int
    """Bits per second."""
    effort: str
    """The encoder's `compression_level`: speed before the last kilobyte."""


MP3 = _Track("mp3", "libmp3lame", 24_000, "9")
OPUS = _Track("webm", "libopus", 20_000, "2")
AAC = _Track("mp4", "aac", 40_000, "0")
FILM_BITS = 110_000
"""Bits per second of picture: a drawn scene needs little."""
EXACT = {"fflags": "+bitexact"}
"""No dates, versions or random numbers in the container."""
BLOCK = 16_384
"""Samples handed to the encoder at a time."""


def names() -> tuple[str, ...]:
    """The file names that can be made."""
    return tuple(_MAKERS)


def made(name: str) -> bytes:
    """The whole file of this name. Raises `KeyError` when nobody knows how to make it."""
    return _MAKERS[name]()


def lasts(content: bytes) -> float:
    """Seconds of a recording, as its packets tell."""
    with av.open(io.BytesIO(content), "r") as recording:
        told = [(packet.pts, packet.duration or 0, packet.time_base) for packet in recording.demux()]
    return round(max(float((at + lasts) * step) for at, lasts, step in told if at is not None and step), 3)


def audio(key: str, *, track: _Track) -> bytes:
    """The script of this name as a sound file."""
    out = io.BytesIO()
    with av.open(out, "w", format=track.container, options=EXACT) as container:
        for packet in _heard(_sound_stream(container, track), spoken(script(key))):
            container.mux(packet)
    return out.getvalue()


def video(key: str) -> bytes:
    """The script of this name as MP4 (H.264 and AAC), its index in front so that it plays at once."""
    told = script(key)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with av.open(path, "w", options={**EXACT, "movflags": "faststart"}) as container:
            _encode_film(container, told, spoken(told))
        return path.read_bytes()


def _encode_film(container: OutputContainer, told: Script, samples: Samples) -> None:
    stream = container.add_stream("libx264", rate=film.FRAMES, options={"preset": "ultrafast", "threads": "1"})
    stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *film.SIZE, "yuv420p", FILM_BITS
    sound = _sound_stream(container, AAC)
    for packet in heapq.merge(_seen(stream, told, samples), _heard(sound, samples), key=_when):
        container.mux(packet)


def _sound_stream(container: OutputContainer, track: _Track) -> AudioStream:
    stream: AudioStream = container.add_stream(
        track.codec, rate=RATE, layout="mono", options={"compression_level": track.effort}
    )
    stream.bit_rate = track.bits
    return stream


def _seen(stream: VideoStream, told: Script, samples: Samples) -> Iterator["Packet[Any]"]:
    for number, picture in enumerate(film.scenes(told, samples, rate=RATE)):
        frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
        frame.pts = number
        yield from stream.encode(frame)
    yield from stream.encode()


def _heard(stream: AudioStream, samples: Samples) -> Iterator["Packet[Any]"]:
    whole = (samples * 32767).astype(np.int16).reshape(1, -1)
    resampler = av.AudioResampler(format=stream.format, layout="mono", rate=stream.rate)
    for start in range(0, whole.shape[1], BLOCK):
        block = np.ascontiguousarray(whole[:, start : start + BLOCK])
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, start
        for ready in resampler.resample(frame):
            yield from stream.encode(ready)
    yield from stream.encode()


def _when(packet: "Packet[Any]") -> Fraction:
    return (packet.dts or 0) * packet.time_base


SCRIPTS = {
    "slow-broadband-call.mp3": "slow-broadband",
    "blue-badge-call-back.webm": "blue-badge-call-back",
    "returns-role-play.mp4": "returns-role-play",
    "when-the-answer-is-no.mp3": "when-the-answer-is-no",
}
"""Recording → the script it speaks."""

_MAKERS: dict[str, Callable[[], bytes]] = {
    "slow-broadband-call.mp3": partial(audio, "slow-broadband", track=MP3),
    "blue-badge-call-back.webm": partial(audio, "blue-badge-call-back", track=OPUS),
    "when-the-answer-is-no.mp3": partial(audio, "when-the-answer-is-no", track=MP3),
    "returns-role-play.mp4": partial(video, "returns-role-play"),
    "complaint-log.jpg": pictures.complaint_log,
    "returns-desk.jpg": pictures.returns_desk,
    "fishbone.jpg": pictures.fishbone,
    "thank-you-card.jpg": pictures.thank_you_card,
    "chat.jpg": pictures.chat,
    "complaints-procedure.pdf": paper.complaints_procedure,
    "harbour-street-logo.png": logos.harbour_street,
}
