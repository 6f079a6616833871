"""What a copy does not show is read on the learner's page, in the form, at the desk, on paper and in the pack."""

import io
from dataclasses import replace

import pytest

from exports.document import report
from exports.editions import editing
from exports.editions.look import Look, ReportEdition
from exports.facts import canonical
from exports.facts.names import shelf
from exports.facts.records import LearnerRecords, tables
from exports.facts.snapshot import facts_of
from exports.pack.start_here import shown
from portfolio.evidence import operations
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation.db import transaction
from tests.fixtures.cast import House
from tests.fixtures.deeds import claim, hand_in

SAID = "Page 1 of 7 is shown; the original has all."
NO_RECORDING = "This file is no recording that can be played here."


def gathered(house: House, kind: Kind = Kind.RECORDING) -> Evidence:
    """An item of ada's whose file is a fax of seven pages, prepared."""
    ada = house.person("ada")
    file = uploads.receive(io.BytesIO(b"II*\x00" + bytes(300)), "fax.tif", by=ada)
    with transaction():
        file.kind, file.prepared, file.remarks = "image", "ready", [SAID]
        content = compose(Draft("The fax", text="It lists the parts.", files=(file.id,)))
        return operations.add(kind, content, learner=ada, by=ada)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_it_is_said_on_every_page_that_shows_the_file(house: House) -> None:
    item, enrolment = gathered(house), house.enrolment()
    ada, ben = house.browser("ada"), house.browser("ben")
    for page in (f"/evidence/{item.id}", f"/evidence/{item.id}/change", f"/evidence/{item.id}/versions/1"):
        answer = ada.get(page)
        assert (answer.status_code, SAID in answer.text) == (200, True), page
    assert NO_RECORDING in ada.get(f"/evidence/{item.id}").text
    claim(item, Whole(), enrolment.edition.points)
    assessment = hand_in(enrolment)
    desk = ben.get(f"/marking/{assessment.id}").text
    assert SAID in desk
    assert NO_RECORDING in desk


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_it_is_said_on_paper_and_in_the_pack(house: House) -> None:
    item, enrolment = gathered(house, Kind.WORK_PRODUCT), house.enrolment()
    claim(item, Whole(), enrolment.edition.points)
    hand_in(enrolment)
    facts = facts_of(house.person("ada"))
    html = report.render(facts)
    assert html.count(SAID) == 2, "in the index and at the item"
    assert NO_RECORDING not in html
    learner = LearnerRecords(facts, shelf(facts))
    assert tables([learner])["files"][0]["remarks"] == (SAID,)
    assert SAID in shown(learner, "none").record
    assert SAID.encode() in canonical.canonical(facts)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_locked_document_is_named_in_the_reading_copy_with_its_hash(house: House) -> None:
    item, enrolment = gathered(house, Kind.WORK_PRODUCT), house.enrolment()
    claim(item, Whole(), enrolment.edition.points)
    hand_in(enrolment)
    facts = facts_of(house.person("ada"))
    note = "This PDF needs a password, so its pages cannot be shown; the original is kept. Take the password off."
    fax = facts.evidence[0].files[0]
    locked = replace(fax, name="a.pdf", kind="other", media_type="application/octet-stream", remarks=(note,))
    told = replace(facts, evidence=(replace(facts.evidence[0], files=(locked,)),))
    edited = editing.edited(told, Look(ReportEdition.READING), lambda _: b"%PDF-1.4 nothing")
    html = editing.recipe(edited, lambda _: b"%PDF-1.4 nothing").render(told)
    uploaded = html.partition('id="uploaded"')[2].partition("</table>")[0]
    assert fax.sha256 in uploaded
    assert "Not in this file." in uploaded
