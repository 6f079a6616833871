"""A learner points at places; the claims go along when the words move, come loose when they go, and come back."""

import io
from datetime import date

import pytest

from portfolio.evidence import operations, queries
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, Statement
from portfolio.evidence.models import Claim, Evidence, File
from portfolio.evidence.places import locators
from portfolio.evidence.places.anchoring import Anchors
from portfolio.evidence.places.locators import Passage, Span, Whole
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict, Incomplete, Refused
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint
from tests.fixtures import deeds
from tests.fixtures.cast import House


@pytest.fixture
def ada(house: House) -> Person:
    return house.person("ada")


@pytest.fixture
def points(house: House) -> list[EditionPoint]:
    return house.enrolment().edition.points


@pytest.fixture
def kettle(ada: Person) -> Evidence:
    return deeds.write(ada)


def recording(ada: Person, *, seconds: float | None) -> Evidence:
    """A recording as far as claims know it: a file of a length that was found, or not yet."""
    id = receive(io.BytesIO(b"a recording"), "call.bin", by=ada).id
    with transaction():
        db.session.get_one(File, id).duration = seconds
        return operations.add(Kind.RECORDING, compose(Draft("The call", files=(id,))), learner=ada, by=ada)


def words_of(claim: Claim) -> str:
    place = locators.read(claim.locator)
    assert isinstance(place, Passage)
    return place.exact


def deeds_on(ada: Person) -> list[str]:
    return [line["deed"] for line in audit.lines_about(ada.id)]


def test_one_place_is_offered_for_several_points_in_one_deed(
    ada: Person, kettle: Evidence, points: list[EditionPoint]
) -> None:
    claims = deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[0]), points[:2], "I let him finish.")
    assert [claim.point_id for claim in claims] == [point.id for point in points[:2]]
    assert {claim.reason for claim in claims} == {"I let him finish."}
    assert deeds_on(ada).count("place claimed") == 1


def test_the_very_same_claim_is_made_once(kettle: Evidence, points: list[EditionPoint]) -> None:
    place = deeds.place_of(kettle, deeds.SENTENCES[0])
    deeds.claim(kettle, place, points[:1])
    assert deeds.claim(kettle, place, points[:1]) == []
    assert [claim.point_id for claim in deeds.claim(kettle, place, points[:2])] == [points[1].id]
    assert len(queries.claims_on(kettle.id)) == 2


def test_a_place_for_no_point_is_refused(kettle: Evidence) -> None:
    with pytest.raises(Incomplete, match="at least one marking point"):
        deeds.claim(kettle, Whole(), [])


def test_claims_go_along_when_words_are_written_before_them(kettle: Evidence, points: list[EditionPoint]) -> None:
    (claim,) = deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[1]), points[:1])
    deeds.rewrite(kettle, f"It was **raining** — 👩‍🔧 early.\n\n{deeds.STORY}")
    latest = queries.latest(kettle)
    (moved,) = queries.claims_on(kettle.id)
    assert (moved.id, moved.version_id, moved.loose) == (claim.id, latest.id, False)
    place = deeds.place_of(kettle, deeds.SENTENCES[1])
    assert locators.read(moved.locator) == place


def test_what_came_loose_is_kept_and_returns_with_its_words(kettle: Evidence, points: list[EditionPoint]) -> None:
    first = queries.latest(kettle)
    deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[1]), points[:1])
    deeds.rewrite(kettle, "Nothing of it is left here.")
    (loose,) = queries.claims_on(kettle.id)
    assert (loose.loose, loose.version_id, words_of(loose)) == (True, first.id, deeds.SENTENCES[1])
    deeds.rewrite(kettle, deeds.STORY + "\n\nI had forgotten that.")
    (back,) = queries.claims_on(kettle.id)
    assert (back.loose, back.version_id, words_of(back)) == (False, queries.latest(kettle).id, deeds.SENTENCES[1])


def test_a_claim_that_was_taken_back_returns_to_where_its_words_stand_now(
    kettle: Evidence, points: list[EditionPoint]
) -> None:
    first, second = (deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[at]), points[:1])[0] for at in (0, 1))
    with transaction():
        for claim in (first, second):
            operations.remove_claim(claim, by=kettle.learner)
    deeds.rewrite(kettle, f"Before it. {deeds.SENTENCES[0]}")
    with transaction():
        for claim in (first, second):
            operations.restore_claim(claim, by=kettle.learner)
    assert (first.loose, first.version_id) == (False, queries.latest(kettle).id)
    assert locators.read(first.locator) == deeds.place_of(kettle, deeds.SENTENCES[0])
    assert second.loose


def test_a_claim_that_was_made_again_meanwhile_is_not_doubled_by_its_undo(
    kettle: Evidence, points: list[EditionPoint]
) -> None:
    place = deeds.place_of(kettle, deeds.SENTENCES[0])
    (first,) = deeds.claim(kettle, place, points[:1])
    with transaction():
        operations.remove_claim(first, by=kettle.learner)
    deeds.claim(kettle, place, points[:1])
    with transaction():
        operations.restore_claim(first, by=kettle.learner)
    assert len(queries.claims_on(kettle.id)) == 1


def test_places_are_looked_for_before_the_lock_and_those_claimed_meanwhile_under_it(
    ada: Person, kettle: Evidence, points: list[EditionPoint]
) -> None:
    first = deeds.place_of(kettle, deeds.SENTENCES[0])
    deeds.claim(kettle, first, points[:2])
    content = compose(Draft("The kettle", text=f"It rained.\n\n{deeds.STORY}"))
    anchors = Anchors(content.plain, [first])
    deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[1]), points[:1])
    with transaction():
        operations.save(kettle, content, based_on=1, by=ada, anchors=anchors)
    moved = queries.claims_on(kettle.id)
    assert [words_of(claim) for claim in moved] == [deeds.SENTENCES[0], deeds.SENTENCES[0], deeds.SENTENCES[1]]
    assert {(claim.version.number, claim.loose) for claim in moved} == {(2, False)}


def test_what_was_looked_for_in_another_text_is_looked_for_anew(
    ada: Person, kettle: Evidence, points: list[EditionPoint]
) -> None:
    (claim,) = deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[0]), points[:1])
    deeds.rewrite(kettle, f"It rained. {deeds.STORY}")
    with transaction():
        operations.remove_claim(claim, by=ada)
    stale = Anchors("Nothing of it.", [locators.read(claim.locator)])
    with transaction():
        operations.restore_claim(claim, by=ada, anchors=stale)
    assert (claim.loose, words_of(claim)) == (False, deeds.SENTENCES[0])


def test_versions_are_never_overwritten_and_saving_the_same_again_changes_nothing(
    ada: Person, kettle: Evidence
) -> None:
    deeds.rewrite(kettle, "Another story.")
    deeds.rewrite(kettle, "Another story.")
    assert [(one.number, one.plain) for one in kettle.versions][1:] == [(2, "Another story.")]
    assert kettle.versions[0].text == deeds.STORY
    assert deeds_on(ada).count("evidence saved") == 1


def test_a_save_over_a_newer_version_is_refused(kettle: Evidence) -> None:
    deeds.rewrite(kettle, "One story.")
    with pytest.raises(Conflict, match="another window"):
        deeds.rewrite(kettle, "Another story.", based_on=1)


def test_a_place_in_a_version_that_is_not_the_newest_is_refused(kettle: Evidence, points: list[EditionPoint]) -> None:
    old, place = queries.latest(kettle), deeds.place_of(kettle, deeds.SENTENCES[0])
    deeds.rewrite(kettle, "Another story.")
    with pytest.raises(Conflict, match="changed since"), transaction():
        operations.claim(old, place, points[:1], reason="", by=kettle.learner)
    with pytest.raises(Conflict, match="not at that place"):
        deeds.claim(kettle, place, points[:1])


@pytest.mark.parametrize(("start", "end"), [(-1.0, 5.0), (5.0, 5.0), (9.0, 3.0), (50.0, 75.0)])
def test_a_time_span_lies_within_the_recording(
    ada: Person, points: list[EditionPoint], start: float, end: float
) -> None:
    with pytest.raises(Refused, match="does not lie in the recording"):
        deeds.claim(recording(ada, seconds=60.0), Span(start, end), points[:1])


def test_a_time_span_is_taken_where_it_lies_within(ada: Person, points: list[EditionPoint]) -> None:
    (claim,) = deeds.claim(recording(ada, seconds=60.0), Span(12.5, 59.9), points[:1])
    assert claim.locator["selector"]["value"] == "t=12.5,59.9"


def test_what_is_taken_out_counts_no_more_and_comes_back_with_its_claims(
    ada: Person, kettle: Evidence, points: list[EditionPoint]
) -> None:
    deeds.claim(kettle, Whole(), points)
    with transaction():
        operations.remove(kettle, by=ada)
    assert (queries.items_of(ada.id), queries.claims_of(ada.id)) == ([], [])
    assert len(queries.items_of(ada.id, removed=True)) == 1
    with transaction():
        operations.restore(kettle, by=ada)
    assert len(queries.claims_of(ada.id)) == 3


def test_an_item_holds_words_or_a_file_and_files_are_the_learners_own(house: House, ada: Person) -> None:
    for kind, text in ((Kind.ACCOUNT, " \n"), (Kind.RECORDING, "Words."), (Kind.TESTIMONY, "")):
        with pytest.raises(Incomplete), transaction():
            operations.add(kind, compose(Draft("Nothing", text=text)), learner=ada, by=ada)
    theirs = receive(io.BytesIO(b"abe's"), "abe.txt", by=house.person("abe")).id
    with pytest.raises(Refused, match="not there any more"), transaction():
        operations.add(Kind.WORK_PRODUCT, compose(Draft("Not mine", files=(theirs,))), learner=ada, by=ada)


def test_a_testimony_is_offered_for_points_and_never_by_the_learner(
    house: House, ada: Person, points: list[EditionPoint]
) -> None:
    ben = house.person("ben")

    def testify(witness: str, offered: list[EditionPoint]) -> Evidence:
        statement = Statement(witness, "Supervisor", "Shop", "line manager", "0161 496 0000")
        content = compose(Draft("What Ruth saw", date(2026, 3, 2), text="She listened.", statement=statement))
        with transaction():
            return operations.testify(content, offered, learner=ada, by=ben)

    with pytest.raises(Incomplete, match="own witness"):
        testify("ADA  marsh", points)
    with pytest.raises(Incomplete, match="at least one"):
        testify("Ruth Ofori", [])
    claimed = [claim.point_id for claim in queries.claims_on(testify("Ruth Ofori", points[:2]).id)]
    assert claimed == [point.id for point in points[:2]]


def test_a_testimony_of_somebody_with_the_longest_name_is_kept_whole(house: House, points: list[EditionPoint]) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    witness = "W" + "o" * 198 + "n"
    said = {"witness": witness, "job": "j" * 200, "employer": "e" * 200, "relationship": "r" * 200}
    said |= {"contact": "c" * 200, "context": "w" * 500, "happened_on": "2026-10-14", "text": "She listened."}
    address = f"/evidence/testimonies/{house.person('ada').id}/new"
    answer = house.browser("ben").post(address, data=said | {"points": str(points[0].id)})
    assert answer.status_code == 302
    db.session.rollback()
    version = queries.latest(db.session.query(Evidence).one())
    assert (version.testimony or {})["witness"] == witness
    longer = house.browser("ben").post(address, data=said | {"witness": "W" * 201, "points": str(points[0].id)})
    assert longer.status_code == 422
