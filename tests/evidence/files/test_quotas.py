"""Files have a bound for each person and each centre: it is said before it is reached, and nothing goes beyond it."""

import base64
import io
import re

import pytest
from flask.testing import FlaskClient

from portfolio.evidence.arrivals import landing
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db
from portfolio.foundation.errors import TooBig
from tests.evidence.meetings.meeting import under_way
from tests.fixtures.cast import House

TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def ada(house: House) -> FlaskClient:
    house.app.config["WTF_CSRF_ENABLED"] = False
    house.sets(person_quota=10_000, centre_quota=15_000)
    return house.browser("ada")


def item(size: int) -> dict[str, object]:
    return {"title": "A receipt", "uploads": (io.BytesIO(b"%PDF-1.4 " + b"x" * (size - 9)), "receipt.pdf")}


def begun(who: FlaskClient, length: int) -> int:
    named = base64.b64encode(b"call.mp3").decode()
    stated = {"Upload-Length": str(length), "Upload-Metadata": f"filename {named}"}
    return who.post("/uploads", headers=TUS | stated).status_code


def said(who: FlaskClient, page: str = "/evidence/new/recording") -> str:
    return " ".join(re.findall(r"(?:You have|Your centre has) used [^<]*", who.get(page).text))


def test_what_is_left_is_said_once_it_is_little(ada: FlaskClient) -> None:
    assert ada.post("/evidence/new/work-product", data=item(5_000)).status_code == 302
    assert said(ada) == ""
    assert ada.post("/evidence/new/work-product", data=item(4_000)).status_code == 302
    assert said(ada) == said(ada, "/evidence") == "You have used 9 kB of 10 kB for files: 1 kB left."


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_it_is_said_on_every_page_from_which_a_file_is_sent(house: House, ada: FlaskClient) -> None:
    meeting = under_way(house.person("ada"), house.person("ben"))
    assert ada.post("/evidence/new/work-product", data=item(9_000)).status_code == 302
    db.session.rollback()
    place = f"/evidence/{db.session.query(Evidence).filter_by(kind=Kind.WORK_PRODUCT).one().id}/change"
    pages = [place, *(f"/evidence/new/{kind.replace(' ', '-')}" for kind in Kind)]
    sending = [page for page in pages if 'type="file"' in ada.get(page).text]
    assert len(sending) > 5
    assert [page for page in sending if said(ada, page) != "You have used 9 kB of 10 kB for files: 1 kB left."] == []
    assert begun(house.browser("abe"), 4_000) == 201
    record = f"/meetings/{meeting.id}/record"
    ben = house.browser("ben")
    assert 'type="file"' in ben.get(record).text
    assert said(ben, record) == "Your centre has used 13 kB of 15 kB for files: 2 kB left."


def test_a_file_that_is_too_much_is_refused_with_all_that_was_typed_and_keeps_no_room(ada: FlaskClient) -> None:
    assert ada.post("/evidence/new/work-product", data=item(9_000)).status_code == 302
    answer = ada.post("/evidence/new/work-product", data=item(1_500) | {"context": "At the till"})
    assert answer.status_code == 422
    assert "There is no room for this file" in answer.text
    assert "At the till" in answer.text
    db.session.rollback()
    assert db.session.query(File).count() == 1
    assert begun(ada, 1_001) == 413
    assert begun(ada, 1_000) == 201


def test_files_on_their_way_count_so_that_many_at_once_do_not_get_through(ada: FlaskClient) -> None:
    assert [begun(ada, 4_000) for _ in range(4)] == [201, 201, 413, 413]


def test_what_one_learner_sends_counts_for_the_whole_centre_and_for_no_other(house: House, ada: FlaskClient) -> None:
    assert ada.post("/evidence/new/work-product", data=item(10_000)).status_code == 302
    abe = house.browser("abe")
    assert begun(abe, 5_001) == 413
    assert begun(house.browser("amy"), 9_000) == 201
    assert begun(abe, 4_000) == 201
    assert "Your centre has used 14 kB of 15 kB" in said(house.browser("dee"), "/learners")


def test_a_file_that_came_while_another_did_is_counted_when_it_is_kept(house: House, ada: FlaskClient) -> None:
    """The second is whole and kept while the first is on its way."""
    del ada
    sender = house.person("ada")

    class During(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if not self.tell():
                landing.receive(io.BytesIO(b"y" * 6_000), "second.txt", by=sender)
            return super().read(size)

    with pytest.raises(TooBig):
        landing.receive(During(b"x" * 6_000), "first.txt", by=sender)
    assert db.session.query(File).count() == 1
