"""The meaning of a text as a model of sentences gives it, and how it is kept."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What the words of a text mean where they stand."""

    words: tuple[str, ...]
    """Words and pieces of words as the model cuts them, without those that say nothing."""
    spans: tuple[tuple[int, int], ...]
    """Where in the text the word of each stands."""
    vectors: Numbers
    """A row for each."""


def packed(meanings: Sequence[Meaning]) -> bytes:
    """The meanings of the points of a unit as bytes, each number rounded to a 127th of the largest of its row."""
    rows = np.concatenate([one.vectors for one in meanings])
    scales = np.abs(rows).max(axis=1) / 127
    held = io.BytesIO()
    np.savez_compressed(
        held,
        counts=[len(one.words) for one in meanings],
        words=np.array([word for one in meanings for word in one.words], dtype=np.str_),
        rows=np.rint(rows / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
    )
    return held.getvalue()


def unpacked(data: bytes) -> list[Meaning]:
    """What `packed` was given; where the words stand is not kept."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        rows = held["rows"].astype(np.float32) * held["scales"][:, None]
        ends = np.cumsum(held["counts"])
        words = held["words"].tolist()
    starts = [0, *ends[:-1].tolist()]
    return [
        Meaning(tuple(words[start:end]), (), rows[start:end]) for start, end in zip(starts, ends.tolist(), strict=True)
    ]
