"""Reading on: what can be read of a damaged recording is read, what cannot is passed over and counted."""

from collections.abc import Iterator, Sequence
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

PATIENCE = 1000
"""Failures in a row after which a recording is taken to be at its end."""


class Reader:
    """One pass over some streams of a recording."""

    def __init__(self, original: InputContainer, streams: Sequence[Stream]) -> None:
        self._original = original
        self._streams = streams
        self._size = 0
        self._lost = 0

    def packets(self) -> "Iterator[Packet[Any]]":
        """Packets to the end of the recording; the last of each stream is empty and flushes its decoder."""
        patience = PATIENCE if self._streams else 0
        while patience:
            try:
                for packet in self._original.demux(self._streams):
                    patience = PATIENCE
                    self._size += packet.size
                    yield packet
            except av.error.FFmpegError:
                patience -= 1
            else:
                return

    def frames(self, packet: "Packet[Any]") -> list[Any] | None:
        """What the packet holds; None where it is damaged."""
        try:
            return packet.decode()
        except av.error.FFmpegError:
            self.lose(packet)
            return None

    def lose(self, packet: "Packet[Any]") -> None:
        """Count a packet as one that could not be read."""
        self._lost += packet.size

    @property
    def lost(self) -> float:
        """Part 0…1 of what was read that could not be decoded, by bytes."""
        return self._lost / self._size if self._size else 0.0
