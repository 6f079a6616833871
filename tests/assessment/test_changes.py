"""In a second round the assessor sees what changed of each item since the first."""

import io
import re
from collections.abc import Sequence
from html import unescape

import pytest

from portfolio.assessment.models import Assessment
from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import Content, compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from tests.assessment.conversations import talking
from tests.fixtures import deeds
from tests.fixtures.cast import House


def again(house: House, text: str, *, title: str = "The kettle") -> Assessment:
    """Handed in, referred, written anew and handed in again."""
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.rewrite(item_of(house), text, title=title)
    return deeds.hand_in(house.enrolment())


def item_of(house: House) -> Evidence:
    """The learner's first item."""
    return gathered.items_of(house.person("ada").id)[0].evidence


def address(assessment: Assessment, house: House) -> str:
    """Where what changed of the first item is shown."""
    return f"/marking/{assessment.id}/evidence/{gathered.latest(item_of(house)).id}/changes"


def the_log(files: Sequence[File], text: str = "") -> Content:
    """A paper of these files."""
    return compose(Draft("The log", text=text, files=tuple(one.id for one in files)))


def test_new_words_and_words_that_went_stand_in_the_text_with_its_claims(house: House) -> None:
    assessment = again(house, deeds.STORY.replace("two days", "<i>three</i> days"), title="The old kettle")
    desk = house.browser("ben").get(f"/marking/{assessment.id}").text
    assert f'href="{address(assessment, house)}?round=2"' in desk
    page = house.browser("ben").get(address(assessment, house)).text
    assert "<del>two</del> <ins>&lt;i&gt;three&lt;/i&gt;</ins>" in page
    assert "Held against version 1, handed in in round 1." in page
    assert "Title: <del>The kettle</del> <ins>The old kettle</ins>" in page
    assert 'class="passage"' in page
    piece = house.browser("ben").get(address(assessment, house), headers={"X-Piece": "1"}).text
    assert piece.strip().startswith("<div")
    assert "<html" not in piece


def test_what_was_handed_in_for_the_first_time_or_stayed_has_no_changes(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    ben = house.browser("ben")
    assert "data-changes" not in ben.get(f"/marking/{assessment.id}").text
    assert ben.get(address(assessment, house)).status_code == 404
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(house.enrolment())
    assert "data-changes" not in ben.get(f"/marking/{assessment.id}").text
    assert ben.get(address(assessment, house)).status_code == 404


def test_a_round_that_was_taken_back_is_not_what_it_is_held_against(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.take_back(assessment)
    deeds.rewrite(item_of(house), f"{deeds.STORY}\nMore.\n")
    deeds.hand_in(house.enrolment())
    assert "data-changes" not in house.browser("ben").get(f"/marking/{assessment.id}").text


@pytest.mark.parametrize("nick", ["ada", "eve", "abe"])
def test_nobody_else_sees_them(house: House, nick: str) -> None:
    assessment = again(house, f"{deeds.STORY}\nMore.\n")
    assert house.browser(nick).get(address(assessment, house)).status_code == 404
    assert house.browser("ivy").get(address(assessment, house)).status_code == 200
    assert "data-changes" not in house.browser("ada").get(f"/portfolio/{house.enrolment().id}/feedback").text


def test_a_file_that_was_replaced_by_another_and_a_text_that_went_are_said(house: House) -> None:
    ada, enrolment = house.person("ada"), house.enrolment()
    deeds.ready(enrolment)
    files = [landing.receive(io.BytesIO(f"Till {n}".encode()), f"till-{n}.txt", by=ada) for n in range(3)]
    with transaction():
        paper = evidence.add(Kind.WORK_PRODUCT, the_log(files[:1], "The log of *one* till."), learner=ada, by=ada)
    deeds.claim(paper, Whole(), enrolment.edition.points[:1])
    assessment = deeds.hand_in(enrolment)
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    with transaction():
        evidence.save(paper, the_log(files[1:]), based_on=paper.latest, by=ada)
    deeds.claim(paper, Whole(), enrolment.edition.points[:1])
    deeds.hand_in(enrolment)
    db.session.rollback()
    page = house.browser("ben").get(f"/marking/{assessment.id}/evidence/{gathered.latest(paper).id}/changes").text
    assert "The file “till-0.txt” was replaced by “till-1.txt”." in page
    assert "The file “till-2.txt” was added." in page
    assert "<del>The log of one till.</del>" in page


def test_a_hidden_name_stays_hidden_on_the_page_of_changes(house: House) -> None:
    assessment = again(house, f"{deeds.STORY}\nMore.\n")
    point = deeds.points(assessment)[0]
    walk = house.browser("ben").get(f"/marking/points/{point.id}?names=hidden").text
    (link,) = re.findall(r'href="([^"]+/changes[^"]+)"', walk)
    page = house.browser("ben").get(unescape(link)).text
    assert "Learner 1" in page
    assert "Ada" not in page
    assert f'href="/marking/points/{point.id}?names=hidden"' in page


def test_what_was_said_at_places_in_the_round_before_stands_with_the_changes(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    talking.say(assessment, "How long did <b>that</b> take?", place=talking.claimed_place(assessment))
    first = talking.say(assessment, "Taken back.")
    talking.take_back(first, by=deeds.assessor_of(assessment))
    deeds.judge_all(assessment, deeds.NOT_MET, deeds.NOT_MET, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.rewrite(item_of(house), deeds.STORY.replace("two days", "three days"))
    assessment = deeds.hand_in(house.enrolment())
    page = house.browser("ben").get(address(assessment, house)).text
    assert "Said in round 1 at I listened until he had said it all.:" in page
    assert "How long did &lt;b&gt;that&lt;/b&gt; take?" in page
    assert "Taken back." not in page
