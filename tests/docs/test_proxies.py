"""The proxies of docs/operations.md, as they stand there: pages, uploads and forms go through, slow forms do not."""

import http.client
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.people import operations
from portfolio.people.rules import Registration, Role
from tests.faults.programs import free_port, until
from tests.fixtures.house import serving, session_of

OPERATIONS = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text("utf-8")
QUICK = {"client_body_timeout   30s": "client_body_timeout 1s", "read_body 10m": "read_body 1s"}
"""What the tests do not wait for."""
PIECE = bytes(9_000_000)
"""More than any form may hold."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The port of a house behind one proxy, and the session of a learner."""
    with serving(tmp_path_factory.mktemp("house"), MARKWELL_PROXIES="1", MARKWELL_PATIENCE="8") as (app, url):
        with app.app_context():
            with transaction():
                centre = operations.open_centre("Harbour Street", "1001")
                registered = Registration("Ada Marsh", "ada@house.example", (Role.LEARNER,))
                ada = operations.register(registered, centre, by=None)
            session = session_of(ada, app)
            db.session.remove()
        yield int(urlsplit(url).port or 0), session


def written(kind: str) -> str:
    """The example of a kind, without what needs a certificate, and impatient."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", OPERATIONS, re.DOTALL)
    for slow, quick in QUICK.items():
        found = found.replace(slow, quick)
    return found


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    server = re.sub(r".*ssl_certificate.*\n", "", written("nginx")).replace(
        "listen 443 ssl", f"listen 127.0.0.1:{port}"
    )
    head = f"daemon off; pid {folder}/pid; error_log {folder}/said; events {{}}\nhttp {{ access_log off;\n"
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy"))
    (folder / "nginx.conf").write_text(f"{head}{temporary}{server.replace('127.0.0.1:8000', f'127.0.0.1:{behind}')}}}")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "said")]


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    served = written("caddy").replace("{\n", "{\n\tadmin off\n\tauto_https off\n", 1)
    served = served.replace("markwell.example", f"http://127.0.0.1:{port}")
    (folder / "Caddyfile").write_text(served.replace("127.0.0.1:8000", f"127.0.0.1:{behind}"))
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proxy:
        try:
            until(lambda: proxy.poll() is not None or reachable(port))
            assert proxy.poll() is None, "the proxy ended by itself"
            yield
        finally:
            proxy.terminate()


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    cookie: str
    place: str


def asked(
    line: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> Answer:
    line.request(method, path, body=body or None, headers=headers)
    answer = line.getresponse()
    cookie, place = (answer.headers.get(name, "").partition(";")[0] for name in ("Set-Cookie", "Location"))
    return Answer(answer.status, answer.read(), cookie, place)


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_a_proxy_as_documented_lets_work_through_and_slow_forms_not(proxy, house, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    behind, session = house
    port = free_port()
    with running(proxy(tmp_path, port, behind), port):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            page = asked(line, "GET", "/portfolio", {"Cookie": f"session={session}"})
            token = re.search(rb'name="csrf_token" value="([^"]+)"', page.body)
            assert page.status == 200
            assert token
            known = {"Cookie": page.cookie, "X-CSRFToken": token[1].decode(), "Tus-Resumable": "1.0.0"}
            begun = asked(line, "POST", "/uploads", known | {"Upload-Length": str(len(PIECE))})
            assert begun.status == 201
            offset = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
            assert asked(line, "PATCH", urlsplit(begun.place).path, known | offset, PIECE).status == 204
        with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as slow:
            slow.sendall(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 300\r\n\r\nemail=")
            said = slow.recv(65536)
        assert said == b"" or said.split()[1] in (b"400", b"408", b"502")
