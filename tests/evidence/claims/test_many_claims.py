"""An item holds as many claims as somebody can read, and no more."""

import pytest

from portfolio.evidence import operations
from portfolio.evidence.models import Claim
from portfolio.evidence.rules import MOST_CLAIMS
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


def test_more_claims_on_one_item_than_anybody_reads_are_refused(
    house: House,
) -> None:
    ada, points = house.person("ada"), house.enrolment().edition.points
    kettle = deeds.write(ada)
    (first,) = deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[0]), points[:1])
    with transaction():
        operations.remove_claim(first, by=ada)
        for _ in range(MOST_CLAIMS - 1):
            db.session.add(
                Claim(
                    learner_id=ada.id,
                    evidence_id=kettle.id,
                    version_id=first.version_id,
                    point_id=points[0].id,
                    locator={},
                )
            )
    with pytest.raises(Refused, match="2,001 claims"):
        deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[1]), points[:2])
    deeds.claim(kettle, deeds.place_of(kettle, deeds.SENTENCES[1]), points[:1])
    with pytest.raises(Refused, match="2,001 claims"), transaction():
        operations.restore_claim(first, by=ada)
