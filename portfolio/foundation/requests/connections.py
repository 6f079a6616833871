"""Ends connections on which the rest of a request does not come: the server waits for a body without a bound.

Granian bounds how long headers and the next request may take, and leaves bodies to the application, whose thread cannot
be called back from a read. What can be done is to end the connection (shutdown(2)): the read comes to its end then.
"""

import os
import socket
import stat
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

LOOK = 1.0
"""Seconds between two looks."""
SLOWEST = 100
"""Bytes a second that a sender must bring on average."""
_INFO = struct.Struct("=44xLxxxxL72xQ")
"""Of Linux's `tcp_info` (linux/tcp.h): milliseconds since data was last sent and last received, and bytes received."""
_reads: dict[int, tuple[float, str]] = {}
"""By thread, since when it waits for bytes, and from which address."""


@contextmanager
def reading(address: str) -> Iterator[None]:
    """Within, this thread waits for bytes of a body that come from an address."""
    me = threading.get_ident()
    _reads[me] = time.monotonic(), address
    try:
        yield
    finally:
        _reads.pop(me, None)


@cache
def watch(port: int, patience: float) -> None:
    """Begin to look after the connections to this process at `port`; once for each process.

    A sender who brings fewer than `SLOWEST` bytes a second for `patience` seconds, while a thread waits for bytes from
    that address, loses the connection: of one address as many at a look as threads wait.
    """
    threading.Thread(target=_look_after, args=(port, patience), name="connections", daemon=True).start()


@dataclass(frozen=True, slots=True)
class _Sender:
    """What is known of a connection: how much it brought, and since when it brings no more than that."""

    brought: int
    since: float

    def after(self, brought: int, moment: float, patience: float) -> Self:
        """The same once it brought `brought` bytes by `moment`."""
        enough = brought - self.brought >= SLOWEST * patience
        return type(self)(brought, moment) if enough else self


def _look_after(port: int, patience: float) -> None:
    senders: dict[str, _Sender] = {}
    clock = threading.Event()
    while not clock.wait(LOOK):
        late = Counter(at for since, at in [*_reads.values()] if time.monotonic() - since >= patience)
        senders = dict(_brought(port, senders, patience, late))


def _brought(
    port: int, before: dict[str, _Sender], patience: float, late: Counter[str]
) -> Iterator[tuple[str, _Sender]]:
    """The senders that are in the middle of a request; of those that are too slow, as many as are `late` are ended."""
    for name, connection in _connections(port):
        with connection, suppress(OSError, struct.error):  # it may end at any moment
            sent, received, brought = _INFO.unpack(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 136))
            if sent < received:  # it was answered since it last said anything
                continue
            now = time.monotonic()
            sender = before.get(name, _Sender(brought, now)).after(brought, now, patience)
            address = connection.getpeername()[0]
            if late[address] > 0 and now - sender.since >= patience:
                late[address] -= 1
                connection.shutdown(socket.SHUT_RDWR)
            yield name, sender


def _connections(port: int) -> Iterator[tuple[str, socket.socket]]:
    """The connections that came to `port`, by the name that the system has for each."""
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            name = str(descriptor.readlink())
            if not name.startswith("socket:"):
                continue
            copied = os.dup(int(descriptor.name))
            if not stat.S_ISSOCK(os.fstat(copied).st_mode):  # it became another one's meanwhile
                os.close(copied)
                continue
            connection = socket.socket(fileno=copied)
            if _came_to(connection, port):
                yield name, connection
            else:
                connection.close()


def _came_to(connection: socket.socket, port: int) -> bool:
    """Whether somebody's connection ends here; never one that this process opened itself."""
    try:
        return connection.family in (socket.AF_INET, socket.AF_INET6) and bool(
            connection.getpeername() and connection.getsockname()[1] == port
        )
    except OSError:  # it only listens
        return False
