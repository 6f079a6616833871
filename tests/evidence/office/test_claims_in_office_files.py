"""A learner claims words of slides, sheets and texts; whoever judges sees them at the claimed place."""

import hashlib

import pytest

from portfolio.evidence import preparing
from portfolio.evidence.models import Evidence, File, FilePage
from portfolio.evidence.pages import queries
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Page
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.work.jobs import Job
from tests.evidence.formats import offices
from tests.evidence.pages import papers
from tests.evidence.pages.test_claims_on_pages import sends, words_on
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow
TAG = "Check the tag of the scaffold before you climb."


@pytest.fixture
def induction(house: House) -> Evidence:
    return papers.item(house.person("ada"), offices.induction(), name="induction.pptx")


def test_the_words_of_a_file_are_shown_and_its_original_is_kept_as_it_came(house: House, induction: Evidence) -> None:
    file = papers.file_of(induction)
    assert (file.kind, file.prepared, file.pages, file.drawing) == ("document", "ready", 2, "ready")
    ada = house.browser("ada")
    shown = ada.get(f"/evidence/{induction.id}").text
    assert "Shown copy: the words of the file, as read by machine. The original is kept as it came." in shown
    assert "<strong>Slide 2</strong>" in shown
    assert TAG in shown
    with ada.get(f"/files/{file.id}/original") as original:
        assert hashlib.sha256(original.data).hexdigest() == file.sha256
    assert ada.get(f"/files/{file.id}/pages/1.jpg").status_code == 404


def test_words_of_a_slide_and_a_whole_sheet_are_seen_at_the_desk(house: House, induction: Evidence) -> None:
    points = house.enrolment().edition.points
    register = papers.item(house.person("ada"), offices.complaints(), name="complaints.xlsx")
    deeds.claim(induction, words_on(induction, 2, TAG), points[:1], "The check.")
    deeds.claim(register, Page(1, papers.file_of(register).sha256), points[1:])
    assessment = deeds.hand_in(house.enrolment())
    shown = house.browser("ben").get(f"/marking/{assessment.id}").text
    assert "slide 2, as read by machine" in shown
    assert f'<q class="place-quote">{TAG}</q>' in shown
    assert "sheet ‘Complaints’" in shown
    assert "I served it again at 75 °C." in shown
    assert ".jpg" not in shown


def test_words_are_claimed_by_a_form_without_a_script_and_areas_are_refused(house: House, induction: Evidence) -> None:
    point, place = house.enrolment().edition.points[0].id, words_on(induction, 2, TAG)
    assert place.quote
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada, ends = house.browser("ada"), {"start": place.quote.start, "end": place.quote.end}
    assert sends(ada, induction, points=point, page=2, file=place.file, **ends) == 302
    area = {"left": 10, "top": 8, "width": 60, "height": 12.5}
    assert sends(ada, induction, points=point, page=2, document=place.file, **area) == 422
    with pytest.raises(Refused):
        deeds.claim(induction, Page(3, place.file), house.enrolment().edition.points[:1])
    assert "label" not in str(locators.write(place))


def test_a_file_that_came_before_is_read_when_the_worker_next_looks(house: House) -> None:
    file = papers.file_of(papers.item(house.person("ada"), offices.care_plan(), name="plan.docx"))
    with transaction():
        db.session.query(FilePage).delete()
        file.kind, file.pages, file.drawing = "other", None, ""
        file.remarks = ["A document of Word or Writer is not shown here; the original is kept."]
    preparing.catch_up()
    preparing.catch_up()
    assert db.session.query(Job).filter_by(kind=preparing.KIND, state="waiting").count() == 1
    papers.do_jobs()
    file = db.session.get_one(File, file.id)
    assert (file.kind, file.pages, file.drawing, queries.done(file.id)) == ("document", 1, "ready", 1)
    assert "Joan likes to wash" in (file.words_of(1) or "")
    assert file.remarks[0].startswith("Its words are shown as text, as read by machine.")


def test_a_file_whose_reading_was_stopped_is_read_again_only_when_somebody_asks(house: House) -> None:
    file = papers.file_of(papers.item(house.person("ada"), offices.care_plan(), name="plan.docx"))
    with transaction():
        file.kind, file.pages, file.drawing, file.prepared = "other", None, "", "failed"
    preparing.catch_up()
    assert db.session.query(Job).filter_by(kind=preparing.KIND, state="waiting").count() == 0


def test_a_file_that_cannot_be_read_says_why_and_can_still_be_claimed_whole(house: House) -> None:
    made = papers.item(house.person("ada"), offices.docx("<w:p>"), name="plan.docx")
    file = papers.file_of(made)
    assert (file.prepared, file.pages) == ("failed", None)
    shown = house.browser("ada").get(f"/evidence/{made.id}").text
    assert "The words of this file cannot be read here" in shown
    deeds.claim(made, locators.Whole(), house.enrolment().edition.points[:1])
