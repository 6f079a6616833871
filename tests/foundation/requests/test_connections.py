"""A sender who brings too little loses the connection, and nobody at another address does."""

import socket
import threading
from contextlib import ExitStack, closing

import pytest

from portfolio.foundation.requests import connections

pytestmark = pytest.mark.slow

PATIENCE = 1.0


def test_a_slow_sender_costs_nobody_at_another_address_the_connection() -> None:
    with ExitStack() as stack:
        door = stack.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        port = int(door.getsockname()[1])
        slow, patient = (stack.enter_context(closing(_line(port, at))) for at in ("127.0.0.2", "127.0.0.3"))
        heard, kept = (stack.enter_context(closing(door.accept()[0])) for _ in range(2))
        came: list[bytes] = []

        def read() -> None:
            with connections.reading("127.0.0.2"):
                came.append(heard.recv(65536))

        assert heard.recv(65536) == b"half a form"
        reader = threading.Thread(target=read)
        reader.start()
        connections.watch(port, PATIENCE)
        reader.join(60)
        assert came == [b""]
        assert slow.recv(65536) == b""
        assert kept.recv(65536) == b"half a form"
        patient.sendall(b", the other half")
        assert kept.recv(65536) == b", the other half"
        kept.sendall(b"done")
        assert patient.recv(65536) == b"done"


def _line(port: int, address: str) -> socket.socket:
    """A line from `address` on which half of a request was sent."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(address, 0))
    line.sendall(b"half a form")
    return line
