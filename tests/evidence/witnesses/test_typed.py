"""What an assessor types in for a witness says what ties them and until when they saw it, and is not signed."""

from portfolio.evidence import queries as gathered
from portfolio.foundation.db import db
from tests.fixtures.cast import House

TYPED = {
    "witness": "Tom Reece", "job": "Driver", "relationship": "Colleague", "contact": "01471 2", "tie": "family",
    "interest": "They are cousins.", "happened_on": "2026-03-02", "until": "2026-03-04", "text": "She rang twice.",
}  # fmt: skip


def test_a_typed_testimony_tells_of_interest_and_days_and_is_listed_without_a_signature(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada, point = house.person("ada"), house.enrolment().edition.points[0].id
    ben = house.browser("ben")
    address = f"/evidence/testimonies/{ada.id}/new"
    refused = ben.post(address, data=TYPED | {"points": point, "until": "2026-03-01"})
    assert refused.status_code == 422
    assert "before the first" in refused.text
    assert ben.post(address, data=TYPED | {"points": point}).status_code == 302
    db.session.rollback()
    (item,) = gathered.items_of(ada.id)
    said = item.version.testimony or {}
    assert (said["tie"], said["interest"], said["until"]) == ("family", "They are cousins.", "2026-03-04")
    page = ben.get(f"/evidence/{item.evidence.id}").text
    for words in ("Not signed by the witness", "They are cousins.", "4 March 2026"):
        assert words in page
    assert "Tom Reece" in house.browser("ivy").get("/witnesses").text


def test_a_typed_testimony_for_all_points_of_a_unit_is_asked_about(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada, points = house.person("ada"), [str(point.id) for point in house.enrolment().edition.points]
    ben = house.browser("ben")
    question = "It covers all points of T-1 by itself."
    for chosen, asked in ((points[:1], False), (points, True)):
        assert ben.post(f"/evidence/testimonies/{ada.id}/new", data=TYPED | {"points": chosen}).status_code == 302
        db.session.rollback()
        version = gathered.items_of(ada.id)[-1 if asked else 0].version
        assert (question in ben.get(f"/witnesses/versions/{version.id}/check").text) == asked
