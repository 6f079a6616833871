"""What was signed is checked by the assessor, claimed by the learner, and listed for the centre."""

import re
from dataclasses import replace

from portfolio.evidence import operations as gathering
from portfolio.evidence import queries as gathered
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Claim
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from tests.evidence.witnesses.asking import GWEN, SAW, ask, corrected, opened, signed
from tests.evidence.witnesses.holding import Browser, as_it_is, reads
from tests.fixtures import deeds
from tests.fixtures.cast import House


def test_what_was_signed_is_claimed_at_its_places_with_one_press(house: House, browser: Browser) -> None:
    request = opened(ask(house, points=3))
    ids = [point.id for point in request.points]
    signed(request, by_point=((ids[0], "She let him finish."),))
    item = as_it_is(request).evidence_id
    one = browser("ada")
    page = reads(one, f"/evidence/{item}")
    assert re.findall(r'name="points" value="(\d+)" id="offer-\d+" checked', page) == [str(ids[0])]
    assert "The witness was asked about these as well; tick what the words prove." in page
    assert re.findall(r'name="points" value="(\d+)" id="offer-\d+">', page) == [str(id) for id in ids[1:]]
    assert "“She let him finish.”" in page or "She let him finish." in page
    assert "/change" not in page, "nobody changes what a witness signed"
    assert one.post(f"/witnesses/items/{item}/claims", data={"points": ids[:2]}).status_code == 302
    db.session.rollback()
    claims = {claim.point_id: claim for claim in db.session.query(Claim).filter_by(evidence_id=item)}
    assert set(claims) == set(ids[:2])
    assert "She let him finish." in str(claims[ids[0]].locator)
    assert claims[ids[1]].locator == {}
    page = reads(one, f"/evidence/{item}")
    assert re.findall(r'id="offer-(\d+)"', page) == [str(ids[2])]
    assert one.post(f"/witnesses/items/{item}/claims", data={}).status_code == 422


def test_the_assessor_checks_a_witness_and_reads_the_questions_that_the_learner_never_sees(
    house: House, browser: Browser
) -> None:
    deeds.write(house.person("ada"))
    request = signed(ask(house), whole=f"{deeds.STORY} I saw it.")
    item = as_it_is(request).evidence
    assert item is not None
    version = gathered.latest(item)
    for nick in ("ben", "ivy"):
        assert "Are these the witness’s own words?" in reads(browser(nick), f"/evidence/{item.id}")
    for nick in ("ada", "dee"):
        assert "own words?" not in reads(browser(nick), f"/evidence/{item.id}")
    ben = browser("ben")
    refused = ben.post(f"/witnesses/versions/{version.id}/check", data={"how": "contacted", "on": "2026-03-05"})
    assert refused.status_code == 422
    assert "Say how you reached the witness" in refused.text
    done = ben.post(
        f"/witnesses/versions/{version.id}/check",
        data={"how": "contacted", "on": "2026-03-05", "means": "by telephone", "words": "She was there."},
    )
    assert done.status_code == 302
    assert "Contacted by Ben Okafor" in reads(browser("ada"), f"/evidence/{item.id}")
    assert "She was there." in reads(ben, f"/witnesses/versions/{version.id}/check")


def test_the_desk_tells_of_the_signature_and_the_check(house: House, browser: Browser) -> None:
    request = signed(ask(house, points=3))
    item = as_it_is(request).evidence
    assert item is not None
    browser("ada").post(f"/witnesses/items/{item.id}/claims", data={"points": [point.id for point in request.points]})
    assessment = deeds.hand_in(house.enrolment())
    page = reads(browser("ben"), f"/marking/{assessment.id}")
    assert "The witness has not been checked yet." in page
    assert f"/witnesses/versions/{gathered.latest(item).id}/check" in page
    assert SAW.split(".")[0] in page

    for words in ("Family or other interest", "Familiar with the standards", "Line manager"):
        assert words in page


def test_a_paper_testimony_is_checked_and_its_signature_is_in_the_file(house: House, browser: Browser) -> None:
    ada, content = house.person("ada"), compose(Draft("Testimony of Gwen Parry", text="See the photo."))
    with transaction():
        item = gathering.add(Kind.TESTIMONY, content, learner=ada, by=ada)
    version = gathered.latest(item)
    assert "On paper" in reads(browser("ben"), f"/evidence/{item.id}")
    assert f"/witnesses/versions/{version.id}/check" in reads(browser("ben"), f"/evidence/{item.id}")
    assert "on paper, see the file" in reads(browser("ivy"), "/witnesses")
    assert "on paper, see the file" in browser("ivy").get("/witnesses/list.csv").text


def test_a_correction_leaves_the_first_version_as_it_was_signed_and_its_check_named(
    house: House, browser: Browser
) -> None:
    request = signed(ask(house))
    item = as_it_is(request).evidence
    assert item is not None
    ben = browser("ben")
    known = {"how": "known", "on": "2026-03-05"}
    assert ben.post(f"/witnesses/versions/{gathered.latest(item).id}/check", data=known).status_code == 302
    request = as_it_is(request)
    with transaction():
        corrected(request, whole="She rang twice.")
    page = reads(ben, f"/evidence/{item.id}/versions/1")
    for words in (SAW, "Gwen Parry", "by a link", "Family or other interest"):
        assert words in page
    assert "known, Ben Okafor (checked before the correction)" in reads(browser("ivy"), "/witnesses")


def test_the_status_list_tells_of_typed_and_signed_testimonies(house: House, browser: Browser) -> None:
    signed(ask(house, replace(GWEN, email="")))
    page = reads(browser("ivy"), "/witnesses")
    for words in ("Gwen Parry", "Shift supervisor", "by a link that Ada Marsh handed over", "not yet", "Ada Marsh"):
        assert words in page
    assert "Gwen Parry" in reads(browser("ben"), f"/witnesses/learners/{house.person('ada').id}")
    answer = browser("dee").get("/witnesses/list.csv")
    assert answer.mimetype == "text/csv"
    head, line = answer.text.splitlines()[:2]
    assert head.startswith("learner,item,kind,name,role")
    assert line.replace("'", "").startswith("Ada Marsh,E1,witness testimony,Gwen Parry,Shift supervisor,yes,yes,")
    assert browser("ada").get("/witnesses").status_code == 404
    hers = browser("ada").get(f"/witnesses/learners/{house.person('ada').id}/list.csv")
    assert hers.text.splitlines() == answer.text.splitlines(), "she is the only learner of whom anybody testified"
