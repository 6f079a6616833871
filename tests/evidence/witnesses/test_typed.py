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
