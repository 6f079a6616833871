"""A film that takes long to prepare though it is small: the same few large pictures again and again."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from portfolio.evidence.media.recordings import film

SIZE = (3840, 2160)
PICTURES = 12
"""That are coded; they are repeated."""
ROUNDS = 2000
"""Times that they are: sixteen minutes of film, which take any machine longer than a test waits for anything."""
assert PICTURES * ROUNDS * SIZE[0] * SIZE[1] < film.BUDGET, "else it would be told at once that it is too much"
assert SIZE[0] * SIZE[1] <= film.WIDEST


def crawling(path: Path, rounds: int = ROUNDS) -> Path:
    """Write such a film, of a few megabytes, in a second; with fewer `rounds` it comes to an end."""
    with av.open(str(path), "w", format="mp4") as output:
        stream: Any = output.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        packets = [packet for number in range(PICTURES) for packet in stream.encode(_picture(number))]
        packets += stream.encode(None)
        coded = [bytes(packet) for packet in packets]
        for at in range(PICTURES * rounds):
            packet = av.Packet(coded[at % PICTURES])
            packet.stream, packet.pts, packet.dts, packet.duration = stream, at, at, 1
            packet.time_base, packet.is_keyframe = Fraction(1, 24), at % PICTURES == 0
            output.mux(packet)
    return path


def _picture(number: int) -> av.VideoFrame:
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pixels[:, :900] = 200
    frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
    frame.pts, frame.time_base = number, Fraction(1, 24)
    return frame
