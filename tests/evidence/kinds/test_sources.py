"""Ada refers to what stands outside her portfolio: a web page as she saw it, a clause of a procedure of the centre."""

import html
import io

import pytest
from PIL import Image

from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, OutsideSource
from portfolio.evidence.operations import add
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.procedures import operations as procedures
from portfolio.evidence.procedures.models import Procedure
from portfolio.evidence.procedures.rules import Stated
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete
from tests.evidence.kinds.conftest import Learner
from tests.fixtures import deeds
from tests.fixtures.cast import House

PAGE = {"title": "Returns policy", "address": "https://shop.example/returns?x=1&y=2#top", "happened_on": "2026-03-04"}
USED = {"title": "The late cot", "clause": "4.2", "text": "I rang within the hour, as 4.2 says.", "happened_on": ""}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return out.getvalue()


CAPTURE = ("page.png", _picture())
PRINTED = ("page.pdf", b"%PDF-1.7\n%%EOF")


@pytest.mark.parametrize("capture", [CAPTURE, PRINTED])
def test_a_web_page_is_kept_with_its_address_the_day_and_how_it_looked(
    ada: Learner, capture: tuple[str, bytes]
) -> None:
    answer = ada.sends("/evidence/new/web-page", PAGE | {"text": "It says 30 days."}, capture)
    (version,) = ada.versions()
    assert answer.location == f"/evidence/{version.evidence_id}"
    assert version.source is not None
    assert version.source["address"] == PAGE["address"]
    page = ada.reads(answer.location)
    assert 'href="https://shop.example/returns?x=1&amp;y=2#top" rel="noreferrer noopener"' in page
    assert "4 March 2026" in page
    form = html.unescape(ada.reads(f"{answer.location}/change"))
    assert f'value="{PAGE["address"]}"' in form
    assert "Day you saw it" in form


@pytest.mark.parametrize(
    ("said", "files", "sentence"),
    [
        ({"address": ""}, [CAPTURE], "Give the address of the page"),
        ({"address": "javascript:alert(1)"}, [CAPTURE], "beginning with https:// or http://"),
        ({"address": "shop.example/returns"}, [CAPTURE], "beginning with https:// or http://"),
        ({"address": "https://"}, [CAPTURE], "beginning with https:// or http://"),
        ({"address": "https://[::1"}, [CAPTURE], "beginning with https:// or http://"),
        ({"address": "https://shop .example"}, [CAPTURE], "beginning with https:// or http://"),
        ({"address": "https://ada:secret@shop.example/"}, [CAPTURE], "Leave the name and the password out"),
        ({"address": "https://shop.example/" + "x" * 2000}, [CAPTURE], "2,000"),
        ({"happened_on": ""}, [CAPTURE], "Give the day on which you saw the page"),
        ({"happened_on": "2099-01-01"}, [CAPTURE], "still to come"),
        ({}, [], "Add a picture of the page"),
        ({}, [("page.txt", b"It said 30 days.")], "Add a picture of the page"),
    ],
)
def test_a_web_page_without_what_shows_it_comes_back_with_a_sentence(
    ada: Learner, said: dict[str, str], files: list[tuple[str, bytes]], sentence: str
) -> None:
    answer = ada.sends("/evidence/new/web-page", PAGE | said, *files)
    assert (answer.status_code, sentence in html.unescape(answer.text)) == (422, True)
    assert 'value="Returns policy"' in answer.text
    assert ada.versions() == []


def test_what_is_no_page_of_the_web_is_refused_by_the_deed_itself(house: House) -> None:
    ada = house.person("ada")
    seen = compose(Draft("Returns", text="Words.", source=OutsideSource(address="ftp://shop.example")))
    used = compose(Draft("Returns", text="Words.", source=OutsideSource(title="Returns", version="9", clause="1")))
    for kind, content in ((Kind.WEB_PAGE, seen), (Kind.PROCEDURE, used), (Kind.PROCEDURE, compose(Draft("Returns")))):
        with pytest.raises(Incomplete), transaction():
            add(kind, content, learner=ada, by=ada)


def registered(house: House, title: str = "Complaints procedure", version: str = "3.1", nick: str = "dee") -> Procedure:
    dee = house.person(nick)
    with transaction():
        return procedures.register(Stated(title, version, "the binder"), dee.centre, by=dee)


def test_a_clause_is_referred_to_and_stays_what_it_was_when_the_register_goes_on(house: House, ada: Learner) -> None:
    first = registered(house).id
    page = ada.reads("/evidence/new/policy-or-procedure")
    assert f'<option value="{first}">Complaints procedure, version 3.1</option>' in page
    place = ada.sends("/evidence/new/policy-or-procedure", USED | {"procedure": str(first)}).location
    (version,) = ada.versions()
    assert version.source == {"address": "", "title": "Complaints procedure", "version": "3.1", "clause": "4.2"}
    assert version.files == []
    dee = house.person("dee")
    with transaction():
        stated, follows = Stated("Complaints procedure", "4"), db.session.get_one(Procedure, first)
        procedures.register(stated, dee.centre, by=dee, follows=follows)
    page = ada.reads(f"{place}/change")
    assert "Complaints procedure, version 3.1 (not followed any more)" in page
    said = USED | {"procedure": "0", "based_on": "1", "text": "I rang within half an hour, as 4.2 says."}
    assert ada.sends(f"{place}/change", said).location == place
    assert ada.versions()[-1].source == version.source
    shown = ada.reads(place)
    assert "Clause or section" in shown
    assert "3.1" in shown
    new = ada.reads("/evidence/new/policy-or-procedure")
    assert "version 4</option>" in new
    assert "3.1" not in new


def test_the_assessor_marks_with_the_address_and_the_clause_in_sight(house: House, ada: Learner) -> None:
    used = USED | {"procedure": str(registered(house).id)}
    ada.sends("/evidence/new/policy-or-procedure", used)
    ada.sends("/evidence/new/web-page", PAGE, CAPTURE)
    enrolment = house.enrolment()
    for version in ada.versions():
        deeds.claim(version.evidence, Whole(), enrolment.edition.points)
    assessment = deeds.hand_in(enrolment)
    desk = html.unescape(house.browser("ben").get(f"/marking/{assessment.id}").text)
    for said in (PAGE["address"], "Complaints procedure", "4.2", "Seen on"):
        assert said in desk


def test_one_that_was_ended_or_is_another_centres_cannot_be_chosen(house: House, ada: Learner) -> None:
    ours, theirs = registered(house).id, registered(house, "Secret procedure", nick="dot").id
    assert "Secret" not in ada.reads("/evidence/new/policy-or-procedure")
    with transaction():
        procedures.end(db.session.get_one(Procedure, ours), by=house.person("dee"))
    for id in (ours, theirs, 0, 99):
        answer = ada.sends("/evidence/new/policy-or-procedure", USED | {"procedure": str(id)})
        assert (answer.status_code, "Choose the policy or procedure that you used." in answer.text) == (422, True)
        assert "I rang within the hour" in answer.text
    assert ada.versions() == []


def test_an_empty_register_says_whom_to_ask(ada: Learner) -> None:
    page = html.unescape(ada.reads("/evidence/new/policy-or-procedure"))
    assert "register has no policy or procedure yet. Ask your administrator" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"clause": ""}, "Say which clause or section you used"),
        ({"clause": "\u200b"}, "Say which clause or section you used"),
        ({"text": ""}, "Write how you used it"),
        ({"clause": "x" * 201}, "200"),
    ],
)
def test_a_reference_without_clause_or_use_comes_back_with_a_sentence(
    house: House, ada: Learner, said: dict[str, str], sentence: str
) -> None:
    id = registered(house).id
    answer = ada.sends("/evidence/new/policy-or-procedure", USED | {"procedure": str(id)} | said)
    assert (answer.status_code, sentence in html.unescape(answer.text)) == (422, True)


def test_a_written_assignment_is_words_or_a_file_or_both(ada: Learner) -> None:
    for said, files in (({"text": "My answer."}, []), ({}, [("answer.txt", b"My answer.")])):
        assert ada.sends("/evidence/new/written-assignment", {"title": "Task 3", **said}, *files).status_code == 302
    answer = ada.sends("/evidence/new/written-assignment", {"title": "Task 3"})
    assert (answer.status_code, "neither words nor a file" in answer.text) == (422, True)
    assert [version.evidence.kind for version in ada.versions()] == ["written assignment"] * 2


def test_kinds_are_offered_in_groups_and_what_assessors_write_is_not_a_learners_to_add(ada: Learner) -> None:
    page = ada.reads("/evidence/new")
    assert page.index("What you write, record or bring") < page.index("/evidence/new/e-mail")
    for kind in ("witness-testimony", "supervisor-statement", "customer-feedback"):
        assert page.index("What others say of your work") < page.index(f"/evidence/new/{kind}")
    for kind in ("observation", "professional-discussion"):
        assert f"/evidence/new/{kind}" not in page
        assert ada.browser.get(f"/evidence/new/{kind}").status_code == 404
