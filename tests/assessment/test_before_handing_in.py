"""Before a unit is handed in, all that it lacks is said at once; feedback opens at what is asked for."""

import html
import io
import re

import pytest

from criteria.unit import Method, Point, Unit
from criteria.wording.diagrams import calls_for_causes
from portfolio.assessment import operations
from portfolio.evidence import operations as evidence
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import transaction
from portfolio.units import operations as units
from portfolio.units.models import Enrolment
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def open_house(house: House) -> House:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house


def nobodys(house: House) -> Enrolment:
    """Ada's unit without an assessor."""
    enrolment = house.enrolment()
    with transaction():
        operations.allocate(enrolment, assessor=None, iqa=None, by=house.person("dee"))
    return enrolment


def read(house: House, path: str) -> str:
    return html.unescape(house.browser("ada").get(path).text)


def test_all_that_is_wanting_is_said_in_one_answer_and_leads_there(open_house: House) -> None:
    enrolment = nobodys(open_house)
    point = enrolment.edition.points[0]
    item = deeds.write(open_house.person("ada"))
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), [point])
    answer = open_house.browser("ada").post(f"/portfolio/{enrolment.id}/hand-in", data={"name": "Somebody"})
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert "No assessor is allocated to this unit yet." in page
    assert "Missing: 2, 3." in page
    assert "Tick the declaration to hand in." in page
    for other in enrolment.edition.points[1:]:
        assert f'href="#gap-{other.id}"' in page
        assert f'id="gap-{other.id}"' in page
    assert f'id="gap-{point.id}"' not in page


def test_it_is_not_offered_where_it_cannot_be(open_house: House) -> None:
    enrolment = nobodys(open_house)
    deeds.ready(enrolment)
    page = read(open_house, f"/portfolio/{enrolment.id}")
    assert "Before you can hand in" in page
    assert f"/portfolio/{enrolment.id}/hand-in" not in page
    page = read(open_house, f"/portfolio/{enrolment.id}/hand-in")
    assert "No assessor is allocated to this unit yet." in page
    assert 'name="agreed"' not in page


def test_what_can_be_mended_on_the_page_is_offered(open_house: House) -> None:
    enrolment = open_house.enrolment()
    deeds.ready(enrolment)
    assert f"/portfolio/{enrolment.id}/hand-in" in read(open_house, f"/portfolio/{enrolment.id}")
    page = read(open_house, f"/portfolio/{enrolment.id}/hand-in")
    assert 'name="agreed"' in page
    assert "Before you can hand in" not in page


def test_a_note_on_the_kind_of_evidence_goes_when_the_point_has_one_of_that_kind(open_house: House) -> None:
    ada, dee = open_house.person("ada"), open_house.person("dee")
    point = Point("1", "Keeps the log of a till", methods=(Method.WORK_PRODUCT,))
    with transaction():
        edition = units.publish(Unit(title="Tills", code="T-9", points=(point,)), dee.centre, by=dee)
        enrolment = units.enrol(ada, edition, assessor=open_house.person("ben"), iqa=None, by=dee)
    deeds.claim(deeds.write(ada), Whole(), edition.points)
    assert "Point 1 asks for work product; this is an account." in read(open_house, f"/portfolio/{enrolment.id}")
    file = landing.receive(io.BytesIO(b"Till 3, 4 May: 212.40"), "log.txt", by=ada)
    with transaction():
        log = evidence.add(Kind.WORK_PRODUCT, compose(Draft("The log", files=(file.id,))), learner=ada, by=ada)
    deeds.claim(log, Whole(), edition.points)
    assert "Point 1 asks for" not in read(open_house, f"/portfolio/{enrolment.id}")


def test_feedback_opens_at_the_first_point_that_asks_for_something(open_house: House) -> None:
    assessment = deeds.handed_in(open_house.enrolment())
    deeds.judge_all(assessment, deeds.MET, deeds.NOT_MET)
    deeds.refer(assessment)
    page = read(open_house, f"/portfolio/{assessment.enrolment_id}/feedback")
    second = deeds.points(assessment)[1].id
    assert re.search(rf'data-point="{second}"[^>]* aria-current="true"', page)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Uses a recognised tool, such as a fishbone diagram.", True),
        ("asks the five whys of a fault", True),
        ("Carries out a root-cause analysis.", True),
        ("Explains why the sauce split.", False),
        ("Names five whole fish and their bones.", False),
    ],
)
def test_a_drawing_of_causes_is_hinted_at_where_the_words_call_for_it(text: str, calls: bool) -> None:
    assert calls_for_causes(text) is calls


def test_the_form_tells_of_drawings_only_to_who_learns_of_them(open_house: House) -> None:
    open_house.enrolment()
    assert "Fishbone" not in read(open_house, "/evidence/new/account")
