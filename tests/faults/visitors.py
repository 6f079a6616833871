"""People at real browsers' end of the line: they work until their server dies, go on when it is back, and remember
what they were told was saved.
"""

import hashlib
import http.client
import random
import re
import threading
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from portfolio.evidence.models import Version
from portfolio.evidence.rules import MOST_CLAIMS
from portfolio.evidence.views import uploads
from tests.faults.centre import PASSWORD, email

CUT = (OSError, http.client.HTTPException)
"""What the end of a server looks like from here."""
FORM = "application/x-www-form-urlencoded"
CALM = 60
"""Seconds without an answer after which a visitor complains."""


class Door:
    """Where the house is open just now."""

    def __init__(self) -> None:
        self.port, self.open, self.over = 0, threading.Event(), threading.Event()
        self.acted: set[str] = set()
        """Who has done something since it opened."""

    def opens(self, port: int) -> None:
        """Let visitors in."""
        self.port, self.acted = port, set()
        self.open.set()

    def shuts(self) -> None:
        """Nobody answers."""
        self.open.clear()


class Visitor:
    """Somebody who has signed in through the page, as everybody does."""

    def __init__(self, door: Door, name: str) -> None:
        self.door, self.name, self.cookies, self.token = door, name, SimpleCookie(), ""
        self.cut_off = 0

    def ask(self, method: str, place: str, content: bytes | None = None, **headers: str) -> tuple[Any, bytes]:
        """The answer and its body. Raises one of `CUT` where none comes."""
        line = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=CALM)
        try:
            line.request(method, place, content, self.headers() | _named(headers))
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        assert answer.status < 500, f"{self.name}: {method} {place}: {answer.status} {body[-2000:]!r}"
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(cookie)
        return answer, body

    def cut(self, method: str, place: str, content: bytes, most: int, **headers: str) -> None:
        """Send `most` bytes of it, then be gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=CALM)
        try:
            line.putrequest(method, place)
            for name, value in (self.headers() | _named(headers) | {"Content-Length": str(len(content))}).items():
                line.putheader(name, value)
            line.endheaders(content[:most])
        finally:
            line.close()

    def headers(self) -> dict[str, str]:
        """What a browser sends along with everything."""
        cookies = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        return {"Cookie": cookies, "X-CSRFToken": self.token}

    def send(self, place: str, **answers: object) -> http.client.HTTPResponse:
        """Send a form."""
        content = urlencode(answers, doseq=True).encode()
        return self.ask("POST", place, content, Content_Type=FORM)[0]

    def sign_in(self) -> None:
        """Through the sign-in page; once, for the cookie holds whatever happens to the server."""
        self.token = self.token_of("/sign-in")
        answer = self.send("/sign-in", email=email(self.name), password=PASSWORD, csrf_token=self.token)
        assert answer.status == 302, f"{self.name} could not sign in: {answer.status}"
        self.token = self.token_of("/password")

    def token_of(self, place: str) -> str:
        """What the forms of a page carry."""
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', self.ask("GET", place)[1])
        assert found, f"{place} has no form"
        return found[1].decode()

    def visit(self) -> None:
        """Work until it is over, whatever happens to the server."""
        while not self.door.over.is_set():
            if not self.door.open.wait(0.02):
                continue
            try:
                self.act()
                self.door.acted.add(self.name)
            except ConnectionRefusedError:
                self.door.over.wait(0.02)  # the door is about to be shut
            except CUT:
                self.cut_off += 1

    def act(self) -> None:
        """One deed, and what was acknowledged of it is remembered."""
        raise NotImplementedError


class Uploader(Visitor):
    """Sends one file after the other in pieces."""

    PIECE = 150_000

    def __init__(self, door: Door, name: str, dice: random.Random) -> None:
        super().__init__(door, name)
        self.dice, self.content, self.place, self.acknowledged = dice, b"", "", 0
        self.kept: dict[int, str] = {}
        """Acknowledged files: id → SHA-256."""

    def headers(self) -> dict[str, str]:
        return super().headers() | {"Tus-Resumable": uploads.VERSION}

    def act(self) -> None:
        if not self.place:
            return self._begin()
        answer, _ = self.ask("HEAD", self.place)
        assert answer.status == 200
        at = int(answer.headers["Upload-Offset"])
        assert at >= self.acknowledged, f"{self.acknowledged} bytes were acknowledged, {at} are there"
        if not answer.headers["Markwell-File"]:
            answer = self._send(at)
        return self._remember(answer)

    def _begin(self) -> None:
        self.content, self.acknowledged = self.dice.randbytes(self.dice.randrange(1, 4 * self.PIECE)), 0
        answer, _ = self.ask("POST", "/uploads", b"", Upload_Length=str(len(self.content)))
        assert answer.status == 201
        self.place = answer.headers["Location"]

    def _send(self, at: int) -> http.client.HTTPResponse:
        piece = self.content[at : at + self.PIECE]
        answer, body = self.ask("PATCH", self.place, piece, Upload_Offset=str(at), Content_Type=uploads.PIECE)
        assert answer.status == 204, body
        assert int(answer.headers["Upload-Offset"]) == at + len(piece)
        return answer

    def _remember(self, answer: http.client.HTTPResponse) -> None:
        self.acknowledged = int(answer.headers["Upload-Offset"])
        if file := answer.headers["Markwell-File"]:
            self.kept[int(file)] = hashlib.sha256(self.content).hexdigest()
            self.place = ""


class Assessor(Visitor):
    """Gives verdicts, each on top of the last one that stood."""

    def __init__(self, door: Door, name: str, dice: random.Random, points: list[tuple[int, int]]) -> None:
        super().__init__(door, name)
        self.dice, self.points, self.tried = dice, points, 0
        self.seen = dict.fromkeys(points, 0)
        self.kept: dict[tuple[int, int, int], str] = {}
        """Acknowledged verdicts: assessment, point, number → feedback."""

    def act(self) -> None:
        assessment, point = pair = self.dice.choice(self.points)
        self.tried += 1
        place, feedback = f"/marking/{assessment}/points/{point}", f"Verdict {self.tried}"
        answer = self.send(place, seen=self.seen[pair], verdict="not met", feedback=feedback)
        if answer.status == 302:
            self.kept[assessment, point, self.seen[pair] + 1] = feedback
        assert answer.status in {302, 409}
        self.seen[pair] += 1  # a verdict that was cut off before its answer stands: refused, it is seen now


class Writer(Visitor):
    """Saves a diary again and again."""

    def __init__(self, door: Door, name: str, diary: int) -> None:
        super().__init__(door, name)
        self.diary, self.based_on, self.tried = diary, 1, 0
        self.kept: dict[int, str] = {}
        """Acknowledged versions: number → text."""

    def act(self) -> None:
        self.tried += 1
        text = f"Day {self.tried} at the counter."
        answer = self.send(f"/evidence/{self.diary}/change", title="The diary", text=text, based_on=self.based_on)
        if answer.status == 302:
            self.kept[self.based_on + 1] = text
        assert answer.status in {302, 422}
        self.based_on += 1


class Claimer(Visitor):
    """Claims one stretch of words after the other for two points at once."""

    def __init__(self, door: Door, name: str, version: Version, points: list[int]) -> None:
        super().__init__(door, name)
        self.evidence, self.points = version.evidence_id, points
        self.kept: set[tuple[str, int]] = set()
        """Acknowledged claims: words, point."""
        words = [found.span() for found in re.finditer(r"\S+", version.plain)]
        self.plain = version.plain
        self.places = [(first[0], last[1]) for at, first in enumerate(words) for last in words[at + 5 :]]
        """From the beginning of a word to the end of another one, each once."""

    def act(self) -> None:
        if len(self.kept) > MOST_CLAIMS - 50:
            self.door.over.wait(0.02)  # the item has almost as many claims as it may
            return
        (start, end), *rest = self.places
        place = f"/evidence/{self.evidence}/claims"
        answer = self.send(place, points=self.points, start=start, end=end, version=1)
        assert answer.status == 302, f"a claim was refused: {answer.status}"
        self.kept |= {(self.plain[start:end], point) for point in self.points}
        self.places = rest  # a claim that was cut off is sent again, and stands once


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
