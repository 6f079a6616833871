"""A part of a photo and of a film's picture, from the desk to the proof: always at its true place."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from exports import verify
from exports.making import packs, reports
from exports.pack import bag
from portfolio.assessment.models import Assessment
from portfolio.evidence import operations
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places.locators import Region, Span
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person
from tests.evidence.media.test_media import recorded
from tests.exports.document.finished import read_by, text_of
from tests.exports.samples.files import desk
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.assessor.judging import WIDTHS

pytestmark = pytest.mark.browser

FRAME = (138, 90, 14)
"""The colour of what a report draws over pictures."""
CORNER = "percent:50,50,25,25"


@pytest.fixture
def pictured(street: Street, tmp_path: Path) -> Assessment:
    """Ada's unit of four points, handed in: two parts of a photo, a part of a film's picture, and the whole film."""
    ada, points = street.person("ada"), street.enrolment("CS-305").edition.points
    film = recorded(tmp_path / "film", "mp4", film="mpeg4", sound="aac").read_bytes()
    with street.app.test_request_context():
        sent = [uploads.receive(io.BytesIO(content), name, by=ada)
                for name, content in (("desk.jpg", desk("#8a4b08")), ("till.mp4", film))]  # fmt: skip
    with transaction():
        photo, taken = (
            operations.add(Kind.WORK_PRODUCT, compose(Draft(title, files=(file.id,))), learner=ada, by=ada)
            for title, file in zip(("The desk", "The till"), sent, strict=True)
        )
    street.do_jobs()
    points = street.enrolment("CS-305").edition.points
    deeds.claim(photo, Region("percent:10,20,40,30", sent[0].sha256), points[:1], "The jacket is on.")
    deeds.claim(photo, Region(CORNER, sent[0].sha256), points[1:2])
    deeds.claim(taken, Span(1.0, 2.0, sent[1].sha256, CORNER), points[2:3])
    deeds.claim(taken, Span(0.5, 1.5, sent[1].sha256), points[3:4])
    return deeds.hand_in(street.enrolment("CS-305"))


def steps_through(page: Page) -> None:
    """Go to every place and find it drawn where it is."""
    expect(page.locator(".pane:visible .area.is-current")).to_have_attribute("data-n", "1")
    expect(page.locator(".pane:visible .area.is-other")).to_have_attribute("data-n", "2")
    expect(page.get_by_role("img", name="Claimed in this picture: 1, upper left part (10–50")).to_be_visible()
    picture, drawn = (page.locator(f".pane:visible {one}").first.bounding_box() for one in ("img", ".area-edge"))
    assert picture
    assert drawn
    assert drawn["x"] - picture["x"] == pytest.approx(picture["width"] * 0.1, abs=4)
    assert drawn["y"] - picture["y"] == pytest.approx(picture["height"] * 0.2, abs=4)
    page.keyboard.press("j")
    expect(page.locator(".pane:visible .area.is-current")).to_have_attribute("data-n", "2")
    page.keyboard.press("j")
    film = page.locator(".pane:visible video")
    expect(film).to_have_js_property("currentTime", 1)
    expect(film).to_have_js_property("paused", True)
    area = page.locator(".pane:visible .area.is-now.is-current")
    expect(area).to_be_visible()
    within = film.evaluate(
        """film => {
            const box = film.getBoundingClientRect(), area = document.querySelector(".area.is-now .area-edge");
            const scale = Math.min(box.width / film.videoWidth, box.height / film.videoHeight);
            const [wide, high] = [film.videoWidth * scale, film.videoHeight * scale];
            const drawn = area.getBoundingClientRect();
            const [left, top] = [box.left + (box.width - wide) / 2, box.top + (box.height - high) / 2];
            return [(drawn.left - left) / wide, (drawn.top - top) / high, drawn.width / wide, drawn.height / high];
        }"""
    )
    assert within == pytest.approx([0.5, 0.5, 0.25, 0.25], abs=0.02)


@WIDTHS
def test_the_desk_and_the_feedback_show_each_part_at_its_place(
    street: Street, pictured: Assessment, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = street.opens("ben", f"/marking/{pictured.id}", width=width, scheme=scheme)
    steps_through(page)
    check_accessible(page)
    page.keyboard.press("k")
    page.locator(".pane:visible .area[data-n='2']").click()
    expect(page.locator("[data-go][aria-current]:visible")).to_contain_text("lower right part (50–75")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".pane:visible video")).to_have_js_property("currentTime", 0.5)
    expect(page.locator(".pane:visible .area.is-now")).to_have_count(0)
    deeds.judge_all(pictured, deeds.NOT_MET)
    deeds.refer(pictured)
    page = street.opens("ada", f"/portfolio/{street.enrolment('CS-305').id}/feedback", width=width, scheme=scheme)
    steps_through(page)
    check_accessible(page)


@pytest.mark.usefixtures("pictured")
def test_report_and_pack_draw_each_part_and_hold(street: Street, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as worker:
        report, content = worker.submit(proof_of, street).result()
    (tmp_path / "report.pdf").write_bytes(report)
    said = text_of(tmp_path / "report.pdf").replace("\u00a0", " ")
    assert "upper left part of the picture (10–50 % from the left, 20–50 % from the top)" in said
    assert "00:00:01–00:00:02, lower right part of the picture (50–75 % from the left, 50–75 % from the top)" in said
    assert "One picture stands here for the film" in said
    read_by("pdftoppm", "-r", "60", "-png", str(tmp_path / "report.pdf"), str(tmp_path / "page"))
    assert sum(framed(page) > 150 for page in tmp_path.glob("page*.png")) >= 1
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        (page,) = (name for name in pack.namelist() if name.endswith(".jsonld"))
        assert b'"t=1.0,2.0&xywh=percent:50,50,25,25"' in pack.read(page)
        pack.extractall(tmp_path / "stick")
    opens_from_the_stick(street, next((tmp_path / "stick").iterdir()) / "data")


def proof_of(street: Street) -> tuple[bytes, bytes]:
    """Ada's report and a pack of hers that holds, made and checked as the worker does it."""
    with street.app.app_context():
        ada = db.session.get_one(Person, street.people["ada"])
        report = reports.report_of(ada)
        members, failures = packs.pack_of([ada])
        assert failures == {}
        content, result = b"".join(bag.stream(members)), verify.Result("pack.zip")
        verify.judge(io.BytesIO(content), len(content), result, frozenset())
        assert result.faults == []
        with files.store().open(report.sha256) as kept:
            return kept.read(), content


def framed(page: Path) -> int:
    """How many points of a page have the colour of what is drawn over pictures."""
    with Image.open(page) as opened:
        counted = opened.convert("RGB").getcolors(opened.width * opened.height)
    alike = (many for many, colour in counted if max(abs(a - b) for a, b in zip(colour, FRAME, strict=True)) < 40)
    return sum(alike)


def opens_from_the_stick(street: Street, data: Path) -> None:
    """START-HERE shows the film's part during its seconds alone."""
    page = street.window()
    page.goto((data / "START-HERE.html").as_uri())
    page.get_by_role("link", name="Ada Marsh").first.click()
    page.goto(f"{page.url}/E2/4")
    page.get_by_role("link", name="lower right part of the picture").click()
    expect(page.locator("video")).to_have_js_property("currentTime", 1)
    expect(page.get_by_role("img", name="lower right part of the picture (50–75")).to_be_visible()
    page.locator("video").evaluate("it => { it.currentTime = 0.2 }")
    expect(page.locator(".region")).to_be_hidden()
