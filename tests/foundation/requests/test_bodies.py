"""Who sends slowly, or much, or without being known holds up nobody else: pages are answered, and lines are ended."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from portfolio.evidence.models import Version
from portfolio.foundation.db import db
from tests.faults.programs import until
from tests.fixtures.cast import House
from tests.fixtures.disk import small_disk
from tests.fixtures.house import serving

PLACES = 3
"""Bodies that the server of these tests reads at a time; it has eight threads."""

LARGE = (
    b'--cut\r\nContent-Disposition: form-data; name="title"\r\n\r\nA long call\r\n'
    b'--cut\r\nContent-Disposition: form-data; name="uploads"; filename="call.wav"\r\n\r\n%b\r\n--cut--\r\n'
) % (b"x" * 7_000_000)
"""A form with a file beside it."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Host and port of a server that is soon impatient."""
    told = {"MARKWELL_BODIES": str(PLACES), "MARKWELL_PATIENCE": "20"}
    with serving(tmp_path_factory.mktemp("house"), **told) as (_, url):
        parts = urlsplit(url)
        yield str(parts.hostname), int(parts.port or 0)


def asked(address: tuple[str, int], path: str, length: int, body: bytes) -> socket.socket:
    """A line on which `body` was sent of a form that is said to be longer."""
    line = socket.create_connection(address, timeout=60)
    head = f"POST {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nContent-Length: {length}\r\n"
    line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body)
    return line


def answer(line: socket.socket) -> bytes:
    """All that comes until the server ends the line."""
    told = b""
    try:
        while piece := line.recv(65536):
            told += piece
    except ConnectionResetError:
        pass
    return told


def page(address: tuple[str, int]) -> int:
    with urlopen(f"http://{address[0]}:{address[1]}/sign-in", timeout=60) as found:
        return int(found.status)


def quick(address: tuple[str, int]) -> bytes:
    """What is said of a form that comes whole."""
    with closing(asked(address, "/sign-in", 9, b"email=ada")) as line:
        return line.recv(65536)


@pytest.mark.slow
def test_forms_that_never_end_hold_up_no_page_and_lose_their_line(address: tuple[str, int]) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(closing(asked(address, "/sign-in", 400, b"email=ada"))) for _ in range(12)]
        assert page(address) == 200
        said = [answer(line) for line in slow]
        assert page(address) == 200
    assert sum(b" 503 " in one for one in said) == 12 - PLACES
    assert not any(b" 200 " in one for one in said)
    until(lambda: b" 503 " not in quick(address))  # a place is free a moment after its line was ended
    assert b" 400 " in quick(address)  # heard whole: it lacks the token of the form


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/evidence/new/recording", "/units/new", "/uploads", "/marking/1/decision"])
def test_what_a_stranger_sends_is_answered_before_it_has_come(address: tuple[str, int], path: str) -> None:
    with closing(asked(address, path, 400_000_000, b"title=")) as line:
        said = answer(line)
    assert b" 302 " in said.splitlines()[0] or b" 401 " in said.splitlines()[0]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/nothing/of/the/kind", "/sign-out", "/static/nothing"])
def test_what_is_sent_to_where_nothing_is_taken_is_answered_before_it_has_come(
    address: tuple[str, int], path: str
) -> None:
    with closing(asked(address, path, 400_000_000, b"title=")) as line:
        said = answer(line)
    assert int(said.split()[1]) in (302, 400, 404, 405, 413)


@pytest.mark.parametrize("path", ["/sign-in", "/join/nothing"])
def test_where_nobody_need_be_known_a_body_is_small(house: House, path: str) -> None:
    stranger = house.browser()
    assert stranger.post(path, data={"email": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize(("nick", "path"), [("ben", "/evidence/new/recording"), ("ada", "/units/new")])
def test_whoever_has_nothing_to_send_there_is_told_so_without_sending(house: House, nick: str, path: str) -> None:
    told = house.browser(nick).post(path, data={"title": "x" * 9_000_000})
    assert told.status_code == 404


def test_a_file_beside_a_form_leaves_the_disk_of_the_uploads_room(house: House, tmp_path: Path) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    with small_disk(tmp_path / "uploads", "6m") as disk:
        ada = house.browser("ada")
        answered = ada.post("/evidence/new/recording", data=LARGE, content_type="multipart/form-data; boundary=cut")
        assert answered.status_code == 503
        assert "no room left" in answered.text
        assert list(disk.iterdir()) == []
    db.session.rollback()
    assert db.session.query(Version).count() == 0
