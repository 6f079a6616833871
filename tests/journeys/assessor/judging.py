"""What the assessor's journeys share: work that is handed in, and the moves he makes."""

import io

import pytest
from playwright.sync_api import Page, expect

from portfolio.assessment.models import Assessment
from portfolio.evidence import operations
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places.locators import Span
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation.db import db, transaction
from tests.fixtures import deeds
from tests.fixtures.house import Street, tone
from tests.journeys.pages import tab_to

ACCOUNT = """A man brought a kettle back and I listened until he had said it all.

A repair cost less than a new kettle. I told him both and said which one I would choose.

On Friday I rang him. He said that it worked.
"""

SENTENCES = (
    "I listened until he had said it all.",
    "A repair cost less than a new kettle.",
    "I told him both and said which one I would choose.",
)

WIDTHS = pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])


@pytest.fixture
def assessment(street: Street) -> Assessment:
    """Ada's unit of four points, handed in: three sentences of an account, half a second of a recording."""
    enrolment = street.enrolment("CS-305")
    ada, points = street.person("ada"), enrolment.edition.points
    item = deeds.write(ada, ACCOUNT)
    for one, words in zip(points[:3], SENTENCES, strict=True):
        deeds.claim(item, deeds.place_of(item, words), [one], "It shows how I worked.")
    deeds.claim(item, deeds.place_of(item, "I told him both"), points[1:2])
    with street.app.test_request_context():
        file = uploads.receive(io.BytesIO(tone(20)), "call.wav", by=ada)
    content = compose(Draft("The call", files=(file.id,)))
    with transaction():
        call = operations.add(Kind.RECORDING, content, learner=ada, by=ada)
    street.do_jobs()
    deeds.claim(call, Span(5.0, 5.5), street.enrolment("CS-305").edition.points[3:])
    return deeds.hand_in(street.enrolment("CS-305"))


def panel(page: Page):  # type: ignore[no-untyped-def]
    """The verdict panel of the point in hand."""
    return page.locator(".verdict-panel:visible")


def in_hand(page: Page) -> str:
    """The ref of the point in hand."""
    return page.locator(".point-link[aria-current] .point-ref").inner_text()


def state_of(assessment: Assessment) -> str:
    """The state as it is recorded now."""
    db.session.expire_all()
    return str(db.session.get_one(Assessment, assessment.id).state)


def decide(page: Page, feedback: str, authenticity: str = "") -> None:
    """Fill in the decision and send it, by keys."""
    expect(page.locator("#deciding")).to_be_visible()
    tab_to(page, "textarea[name=feedback]")
    page.keyboard.type(feedback)
    if authenticity:
        tab_to(page, "textarea[name=authenticity]")
        page.keyboard.type(authenticity)
    tab_to(page, "button[name=step]")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("They can read it now.")


def point_id(assessment: Assessment, ref: int) -> int:
    """The id of a point by its ref."""
    return deeds.points(assessment)[ref - 1].id
