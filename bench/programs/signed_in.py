"""Somebody of the bench's centre who has signed in: their cookie, their token, and what they ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.filled_centre.filling import PASSWORD
from bench.programs import http_client

_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_COOKIE = re.compile(rb"^set-cookie: (session=[^;]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser at a server's port."""

    port: int
    cookie: str
    token: str

    def get(self, path: str) -> bytes:
        """The request for a page."""
        return http_client.request(path, cookie=self.cookie)

    def post(self, path: str, fields: Mapping[str, object], *headers: str) -> bytes:
        """The request that sends a form."""
        body = urlencode({**fields, "csrf_token": self.token}, doseq=True).encode()
        return http_client.request(path, cookie=self.cookie, body=body, headers=headers)


def sign_in(port: int, email: str) -> Visitor:
    """Sign somebody in at their server, as a browser does."""
    page = http_client.ask(port, http_client.request("/sign-in"))
    stranger = Visitor(port, _cookie(page), _token(page))
    answer = http_client.ask(port, stranger.post("/sign-in", {"email": email, "password": PASSWORD}))
    if b" 302 " not in answer[:20]:
        raise http_client.Wrong(f"{email} could not sign in: {answer[:200]!r}")
    cookie = _cookie(answer)
    return Visitor(port, cookie, _token(http_client.ask(port, http_client.request("/password", cookie=cookie))))


def _cookie(answer: bytes) -> str:
    found = _COOKIE.search(answer)
    if not found:
        raise http_client.Wrong("No session came with the page.")
    return found[1].decode("ascii")


def _token(page: bytes) -> str:
    found = _TOKEN.search(page)
    if not found:
        raise http_client.Wrong("The page has no form with a token.")
    return found[1].decode("ascii")
