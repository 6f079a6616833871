"""A small HTTP/1.1 client that asks over several connections at once and costs little: it shares the machine."""

import selectors
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

CLIENTS = 8
"""Connections that each have one request on its way."""
_PIECE = 1 << 18


class Wrong(Exception):
    """An answer is not what was to be measured; the message shows its beginning."""


@dataclass(slots=True)
class Line:
    """One connection: opened when it is needed, kept while the server keeps it."""

    port: int
    wire: socket.socket | None = None
    answer: bytearray = field(default_factory=bytearray)
    whole: int = 0
    """Bytes of the answer; 0 until its head has come."""

    def send(self, request: bytes) -> socket.socket:
        """Send a request; the socket on which the answer comes."""
        if self.wire is None:
            self.wire = socket.create_connection(("127.0.0.1", self.port))
            self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer.clear()
        self.whole = 0
        self.wire.sendall(request)
        return self.wire

    def receive(self) -> bool:
        """Take what has come; whether the answer is whole."""
        piece = self.wire.recv(_PIECE) if self.wire else b""
        self.answer += piece
        if not self.whole and (end := self.answer.find(b"\r\n\r\n")) >= 0:
            self.whole = end + 4 + _length(bytes(self.answer[:end]).lower())
        if not piece and len(self.answer) < (self.whole or 1):
            raise Wrong(f"The connection ended after {len(self.answer)} bytes.")
        return bool(self.whole) and len(self.answer) >= self.whole

    def settle(self) -> None:
        """Close the connection if the server does not keep it."""
        head = bytes(self.answer[:2000]).lower().split(b"\r\n\r\n")[0]
        if b"\r\nconnection: close" in head or head.startswith(b"http/1.0"):
            self.close()

    def close(self) -> None:
        """End the connection."""
        if self.wire:
            self.wire.close()
        self.wire = None


def request(path: str, *, cookie: str = "", body: bytes = b"", headers: Sequence[str] = ()) -> bytes:
    """A GET, or with a body the POST of a form."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def ask(port: int, asked: bytes) -> bytes:
    """One answer, over a connection of its own."""
    line = Line(port)
    line.send(asked)
    while not line.receive():
        pass
    line.close()
    return bytes(line.answer)


def rate(port: int, requests: Iterator[bytes], seconds: float, *, right: Callable[[bytearray], bool]) -> float:
    """Answers per second that `CLIENTS` connections get. Raises `Wrong` for one that is not `right`."""
    lines = [Line(port) for _ in range(CLIENTS)]
    began = time.perf_counter()
    try:
        return _asked(lines, requests, began + seconds, right) / (time.perf_counter() - began)
    finally:
        for line in lines:
            line.close()


def _asked(lines: list[Line], requests: Iterator[bytes], until: float, right: Callable[[bytearray], bool]) -> int:
    """Ask until the time is over and the last answers are there; how many came."""
    count, open_lines = 0, len(lines)
    with selectors.DefaultSelector() as waiting:
        for line in lines:
            waiting.register(line.send(next(requests)), selectors.EVENT_READ, line)
        while open_lines:
            for key, _ in waiting.select():
                line = key.data
                if not line.receive():
                    continue
                count += 1
                if not right(line.answer):
                    raise Wrong(bytes(line.answer[:300]).decode(errors="replace"))
                waiting.unregister(key.fileobj)
                line.settle()
                if time.perf_counter() < until:
                    waiting.register(line.send(next(requests)), selectors.EVENT_READ, line)
                else:
                    open_lines -= 1
    return count


def _length(head: bytes) -> int:
    if head[9:12] == b"204":
        return 0
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise Wrong("An answer without a length: " + head[:200].decode(errors="replace"))
