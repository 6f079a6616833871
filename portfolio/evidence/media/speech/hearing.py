"""Hearing: a stretch of a recording's sound goes through a model of speech; runs in the confined process only."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from portfolio.evidence.media.speech.heard import LANGUAGE, Heard

STRETCH = 240.0
"""Seconds that one process listens to."""
RATE = 16_000
"""Samples a second, as the model takes them."""
_SURE = 0.5
"""How sure a model is of a language that is taken for the one that is spoken."""
_CUT = 1.0
"""Seconds before the end of a stretch in which what is said may be cut off."""


def heard(path: Path, model: Path, begins: float, language: str) -> Heard:
    """What is said in the copy of a recording at `path` from a second on; `language` as it was heard before, or empty.

    Whatever the engine raises is let through. Nothing is loaded from a network.
    """
    sound, is_end = _sound(path, begins)
    until = begins + len(sound) / RATE
    if not len(sound):
        return Heard(until, is_end=True, language=language)
    engine: Any = importlib.import_module("faster_whisper")
    whisper = engine.WhisperModel(
        str(model), device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 1, local_files_only=True
    )
    segments, about = whisper.transcribe(
        sound, language=language or (None if whisper.model.is_multilingual else LANGUAGE), word_timestamps=True,
        vad_filter=True, condition_on_previous_text=False,
    )  # fmt: skip
    if not about.duration_after_vad:
        return Heard(until, is_end, language)
    if not language and (about.language != LANGUAGE or about.language_probability < _SURE):
        return Heard(until, is_end, about.language if about.language_probability >= _SURE else "")
    spoken = [one for one in segments if one.words]
    if not is_end and len(spoken) > 1 and spoken[-1].end > until - begins - _CUT:
        until = begins + spoken.pop().start  # it goes on in the next stretch, which hears it whole
    words = ((begins + word.start, begins + word.end, word.word) for one in spoken for word in one.words)
    return Heard(round(until, 3), is_end, LANGUAGE, tuple((round(a, 2), round(b, 2), word) for a, b, word in words))


def _sound(path: Path, begins: float) -> tuple[NDArray[np.float32], bool]:
    """The sound of a stretch as the model takes it, and whether the recording ends with it."""
    most, pieces, held = int(STRETCH * RATE), list[NDArray[np.int16]](), 0
    for piece in _pieces(path, begins):
        pieces.append(piece)
        held += len(piece)
        if held > most:
            break
    whole = np.concatenate(pieces) if pieces else np.zeros(0, np.int16)
    return whole[:most].astype(np.float32) / np.float32(32768), held <= most


def _pieces(path: Path, begins: float) -> Iterator[NDArray[np.int16]]:
    """Samples from a second on, one channel; a hole in the sound is silence."""
    with av.open(str(path), format="mov", options={"protocol_whitelist": "file"}) as copy:
        if not copy.streams.audio:
            return
        copy.seek(int(begins * av.time_base))
        resampler, at = av.AudioResampler(format="s16", layout="mono", rate=RATE), begins
        for frame in copy.decode(audio=0):
            begun = frame.time if frame.time is not None else at
            samples = np.concatenate([part.to_ndarray().reshape(-1) for part in resampler.resample(frame)] or [_NONE])
            late = round((begun - at) * RATE)
            if late > RATE // 10:
                yield np.zeros(min(late, int(STRETCH * RATE)), np.int16)
            kept = samples[max(-late, 0) :]
            yield kept
            at = max(at, begun + len(samples) / RATE)


_NONE = np.zeros(0, np.int16)
