"""What the tests of kinds share: the browsers of Harbour Street, and what stands in Ada's portfolio."""

import io
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from portfolio.evidence import queries
from portfolio.evidence.models import Version
from portfolio.foundation.db import db
from tests.fixtures.cast import House


class Learner:
    """Ada at her browser."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.browser: FlaskClient = house.browser("ada")

    def sends(self, place: str, said: Mapping[str, str], *files: tuple[str, bytes]) -> TestResponse:
        """What she types, with files that come along."""
        uploads = [FileStorage(io.BytesIO(content), filename=name) for name, content in files]
        boundary, body = encode_multipart({**said, "uploads": uploads} if uploads else dict(said))
        return self.browser.post(place, data=body, content_type=f"multipart/form-data; boundary={boundary}")

    def reads(self, place: str) -> str:
        """A page that opens."""
        answer = self.browser.get(place)
        assert answer.status_code == 200, answer.text
        return answer.text

    def versions(self) -> list[Version]:
        """Everything in her portfolio, as it is now."""
        db.session.rollback()
        db.session.expire_all()
        return queries.versions_of(self.house.person("ada").id)


@pytest.fixture
def ada(house: House) -> Learner:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return Learner(house)
