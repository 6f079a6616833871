"""Speaks a scripted conversation as sound: two invented voices, their pauses, and hold music."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sample.media.scripts import HOLD, Script, Timed

Samples = NDArray[np.float64]
RATE = 16_000
"""Samples per second, mono."""
SYLLABLE = 0.19
"""Seconds that one syllable takes on average."""
VOWELS = (
    (730, 1090, 2440),
    (530, 1840, 2480),
    (270, 2290, 3010),
    (570, 840, 2410),
    (300, 870, 2240),
    (490, 1350, 1690),
)
"""First three formants in hertz, after the classic averages for English vowels."""
PITCH = (196.0, 112.0)
"""Hertz: the customer's side of the call and ours."""
SCALE = (261.6, 329.6, 392.0, 493.9, 440.0, 392.0, 329.6, 293.7)
"""The hold tune's notes in hertz."""


def spoken(script: Script) -> Samples:
    """The whole script as samples −1…1 at `RATE`; the same script gives the same samples."""
    rng = np.random.default_rng(script.seed)
    track = rng.normal(0.0, 0.0035, int(script.seconds * RATE))
    for turn in script.turns:
        voice = _tune(turn) if turn.who == HOLD else _speech(turn, script.side(turn.who), rng)
        start = int(turn.start * RATE)
        track[start : start + voice.size] += voice[: track.size - start]
    return np.clip(track / max(1.0, float(np.abs(track).max())) * 0.95, -1.0, 1.0)


def _speech(turn: Timed, side: int, rng: np.random.Generator) -> Samples:
    out = np.zeros(int((turn.end - turn.start) * RATE))
    mood = rng.uniform(0.75, 1.0)
    for start, length, position in _syllables(out.size / RATE, rng):
        piece = _syllable(length, PITCH[side] * (1.12 - 0.24 * position), rng) * mood * rng.uniform(0.45, 1.0)
        at = int(start * RATE)
        room = out.size - at
        out[at : at + piece.size] += piece[:room] * (0.8 + 0.2 * side)
    return out


def _syllables(seconds: float, rng: np.random.Generator) -> Iterator[tuple[float, float, float]]:
    """Start, length and position in the phrase (0…1) of each syllable; a breath every dozen or so."""
    at, in_phrase, phrase = 0.05, 0, int(rng.integers(8, 15))
    while at < seconds - SYLLABLE:
        length = SYLLABLE * rng.uniform(0.65, 1.35)
        yield at, min(length, seconds - at), in_phrase / phrase
        at += length * rng.uniform(0.95, 1.15)
        in_phrase += 1
        if in_phrase >= phrase:
            at, in_phrase, phrase = at + rng.uniform(0.22, 0.5), 0, int(rng.integers(7, 15))


def _syllable(length: float, pitch: float, rng: np.random.Generator) -> Samples:
    time = np.arange(int(length * RATE)) / RATE
    glide = pitch * (1.0 + 0.05 * np.sin(2 * np.pi * 2.5 * time + rng.uniform(0, 6)))
    turn = np.exp(2j * np.pi * np.cumsum(glide) / RATE).astype(np.complex64)
    partial, voiced = np.ones_like(turn), np.zeros(time.size)
    for loudness in _harmonics(pitch, VOWELS[int(rng.integers(len(VOWELS)))]):
        partial = partial * turn
        voiced += loudness * partial.imag
    hiss = np.diff(rng.normal(0, 0.18, time.size + 1)) * np.exp(-time / 0.018) * rng.uniform(0, 1)
    return (voiced * np.sin(np.pi * np.minimum(1, time / length)) ** 0.6 + hiss) * 0.55


def _harmonics(pitch: float, formants: tuple[int, ...]) -> Iterator[float]:
    """Loudness of each harmonic in turn, as far as a telephone lets through."""
    widths = (90.0, 130.0, 190.0)
    for harmonic in range(1, int(3300 / pitch) + 1):
        hertz = harmonic * pitch
        pairs = enumerate(zip(formants, widths, strict=True), start=1)
        ring = sum(1 / (1 + ((hertz - centre) / width) ** 2) / rank for rank, (centre, width) in pairs)
        yield (ring + 0.02) / harmonic**0.25 * 0.5


def _tune(turn: Timed) -> Samples:
    time = np.arange(int((turn.end - turn.start) * RATE)) / RATE
    step = (time / 0.45).astype(int)
    hertz = np.asarray(SCALE)[step % len(SCALE)]
    ring = np.exp(-3.2 * (time - step * 0.45))
    tone = (
        np.sin(2 * np.pi * hertz * time) + 0.4 * np.sin(4 * np.pi * hertz * time) + 0.5 * np.sin(np.pi * hertz * time)
    )
    fade = np.minimum(1, np.minimum(time, time[::-1]) / 0.4)
    quiet: Samples = tone * ring * fade * 0.16
    return quiet
