"""What the learner's journeys share: her evidence, and the moves she makes."""

import io

import pytest
from playwright.sync_api import Page, Route

from portfolio.evidence import operations, queries
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.places import locators
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation.db import db, transaction
from tests.fixtures import deeds
from tests.fixtures.house import Street, tone

ACCOUNT = """## The kettle on Saturday

Mr Doyle brought a kettle back. 🙂 I *listened until he had said it all* & repeated it <b>once</b>. Two leaks, 5 > 3.

- A repair would cost eight pounds.
- A new one would cost twenty-two.

| way | days |
| --- | ---- |
| repair | two |

On Friday I rang him. He said that it worked.
"""

WIDTHS = pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])

PIECE = 64 * 1024**2


def account(street: Street) -> Evidence:
    """Ada's account."""
    return deeds.write(street.person("ada"), ACCOUNT, title="The kettle")


def recording(street: Street, seconds: int = 30, *, kind: Kind = Kind.RECORDING, film: bytes = b"") -> Evidence:
    """A recording of ada's that can be played: a sound, or the film that is given."""
    ada = street.person("ada")
    with street.app.test_request_context():
        content, name = (film, "desk.mp4") if film else (tone(seconds), "call.wav")
        file = uploads.receive(io.BytesIO(content), name, by=ada)
    version = compose(Draft("The call", text="I recorded this at the desk.", files=(file.id,)))
    with transaction():
        item = operations.add(kind, version, learner=ada, by=ada)
    street.do_jobs()
    return item


def photo(street: Street, name: str, content: bytes) -> Evidence:
    """A photo of ada's, offered for the first point of her first unit."""
    ada = street.person("ada")
    with street.app.test_request_context():
        file = uploads.receive(io.BytesIO(content), name, by=ada)
    with transaction():
        item = operations.add(Kind.WORK_PRODUCT, compose(Draft("The desk", files=(file.id,))), learner=ada, by=ada)
    street.do_jobs()
    deeds.claim(item, locators.Whole(), street.enrolment("CS-301").edition.points[:1])
    return item


class Line:
    """A line that is cut after the first piece of a file, for so many requests."""

    def __init__(self, cuts: int = 1000) -> None:
        self.cuts = cuts
        self.begun: list[str] = []
        """Where each piece that somebody tried to send begins."""

    def carry(self, route: Route) -> None:
        """Let a request pass, or cut it off."""
        if route.request.method == "PATCH":
            self.begun.append(route.request.headers["upload-offset"])
        if len(self.begun) > 1 and self.cuts:
            self.cuts -= 1
            return route.abort("connectionreset")
        return route.continue_()


def point(page: Page, key: str):  # type: ignore[no-untyped-def]
    """The line of a point in the chooser, `CS-301/2`."""
    return page.locator(f".choice:has([data-key='{key}']) label")


def deeds_of(item: Evidence) -> set[str]:
    """The words that are claimed in an item, as they are recorded."""
    db.session.rollback()
    return {str(locators.read(one.locator).exact) for one in queries.claims_on(item.id)}  # type: ignore[union-attr]


def drag_over(page: Page, words: str) -> None:
    """Select exactly these words of the account with the mouse."""
    ends = page.evaluate(
        """words => {
            const account = document.querySelector("[data-account]");
            const start = account.textContent.indexOf(words), end = start + words.length;
            const walk = document.createTreeWalker(account, NodeFilter.SHOW_TEXT), range = document.createRange();
            for (let at = 0, node; (node = walk.nextNode()); at += node.length) {
                if (at <= start && start < at + node.length) range.setStart(node, start - at);
                if (at < end && end <= at + node.length) range.setEnd(node, end - at);
            }
            const rects = [...range.getClientRects()], first = rects[0], last = rects.at(-1);
            return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
        }""",
        words,
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=8)
    page.mouse.up()
