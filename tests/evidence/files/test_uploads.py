"""Files arrive: whole, in pieces, cut off, taken up again; only by who began them, and never more than was said."""

import base64
import hashlib
import io
import os
import random
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from portfolio.evidence.arrivals import landing, operations
from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.models import File
from portfolio.foundation import clock, files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work.jobs import Job
from tests.faults.house import furnished, person, signed_in

PIECE = "application/offset+octet-stream"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return furnished(tmp_path_factory.mktemp("house"), upload_limit=5_000_000)


@pytest.fixture
def ada(house: Flask) -> FlaskClient:
    return signed_in(house, "ada")


def begun(who: FlaskClient, length: int, name: str = "call.mp3") -> str:
    stated = base64.b64encode(name.encode()).decode()
    headers = {"Upload-Length": str(length), "Upload-Metadata": f"filename {stated},filetype YXVkaW8="}
    answer = who.post("/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def sent(who: FlaskClient, place: str, at: int, piece: bytes, **headers: str) -> TestResponse:
    given = {"Upload-Offset": str(at), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return who.patch(place, data=piece, headers=given, content_type=PIECE)


def kept(house: Flask, answer: TestResponse) -> bytes:
    with house.app_context():
        file = db.session.get_one(File, int(answer.headers["Markwell-File"]))
        content = files.store().path(file.sha256).read_bytes()
        assert (file.size, file.crc32) == (len(content), zlib.crc32(content))
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        return content


def test_a_file_that_ada_sends_in_two_pieces_is_kept_byte_for_byte(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 10, "C:\\calls\\Monday\n.mp3")
    first = sent(ada, place, 0, b"01234")
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "5")
    assert "Markwell-File" not in first.headers
    last = sent(ada, place, 5, b"56789")
    assert kept(house, last) == b"0123456789"
    with house.app_context():
        file = db.session.get_one(File, int(last.headers["Markwell-File"]))
        assert (file.name, file.prepared, file.kind) == ("Monday.mp3", "waiting", "other")
        job = db.session.query(Job).filter_by(kind="prepare").order_by(Job.created_at.desc()).first()
        assert job is not None
        assert job.args == {"file_id": file.id}


def test_a_file_may_come_along_with_its_beginning(house: Flask, ada: FlaskClient) -> None:
    answer = ada.post("/uploads", data=b"whole", headers={"Upload-Length": "5"}, content_type=PIECE)
    assert answer.status_code == 201
    assert kept(house, answer) == b"whole"


def test_the_server_says_what_it_can_do(ada: FlaskClient) -> None:
    answer = ada.options("/uploads")
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert "termination" in answer.headers["Tus-Extension"]
    assert answer.headers["Tus-Max-Size"] == "5000000"


def test_a_client_of_another_protocol_version_is_told_so(ada: FlaskClient) -> None:
    answer = ada.post("/uploads", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "5"})
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (412, "1.0.0")


def test_a_piece_of_another_content_type_is_refused(ada: FlaskClient) -> None:
    place = begun(ada, 5)
    answer = ada.patch(place, data=b"12345", headers={"Upload-Offset": "0"}, content_type="text/plain")
    assert answer.status_code == 415


def test_a_piece_at_the_wrong_place_is_refused_and_nothing_changes(ada: FlaskClient) -> None:
    place = begun(ada, 9)
    sent(ada, place, 0, b"123")
    assert sent(ada, place, 0, b"123").status_code == 409
    assert sent(ada, place, 6, b"789").status_code == 409
    assert ada.head(place).headers["Upload-Offset"] == "3"


def test_more_bytes_than_were_announced_are_refused(ada: FlaskClient) -> None:
    place = begun(ada, 5)
    assert sent(ada, place, 0, b"123456").status_code == 413
    assert ada.head(place).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(("length", "status"), [("5000001", 413), ("0", 422), ("-1", 400), ("many", 400), ("", 400)])
def test_an_upload_of_no_sensible_length_is_refused(ada: FlaskClient, length: str, status: int) -> None:
    assert ada.post("/uploads", headers={"Upload-Length": length}).status_code == status


def test_a_piece_with_a_right_checksum_stays_and_with_a_wrong_one_is_undone(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 6)
    right = base64.b64encode(hashlib.sha1(b"abc").digest()).decode()
    assert sent(ada, place, 0, b"abc", Upload_Checksum=f"sha1 {right}").status_code == 204
    assert sent(ada, place, 3, b"dXf", Upload_Checksum=f"sha1 {right}").status_code == 460
    assert ada.head(place).headers["Upload-Offset"] == "3"
    assert sent(ada, place, 3, b"def", Upload_Checksum="md5 eA==").status_code == 422
    assert kept(house, sent(ada, place, 3, b"def")) == b"abcdef"


def test_an_upload_taken_out_is_gone_with_its_bytes(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 9)
    sent(ada, place, 0, b"123")
    assert ada.delete(place).status_code == 204
    assert ada.head(place).status_code == 404
    with house.app_context():
        assert not landing.place(place.rsplit("/", 1)[1]).exists()


@pytest.mark.parametrize("stranger", ["ben", "cy"])
def test_nobody_else_sees_continues_or_ends_an_upload(house: Flask, ada: FlaskClient, stranger: str) -> None:
    place, other = begun(ada, 9), signed_in(house, stranger)
    assert other.head(place).status_code == 404
    assert sent(other, place, 0, b"123").status_code == 404
    assert other.delete(place).status_code == 404
    assert ada.head(place).headers["Upload-Offset"] == "0"


def test_a_request_without_the_token_of_the_page_changes_nothing(ada: FlaskClient) -> None:
    place = begun(ada, 3)
    del ada.environ_base["HTTP_X_CSRFTOKEN"]
    assert sent(ada, place, 0, b"123").status_code == 400
    assert ada.head(place).headers["Upload-Offset"] == "0"


def test_what_was_finished_but_never_answered_is_finished_when_the_client_asks(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 4)
    with house.app_context():
        landing.place(place.rsplit("/", 1)[1]).write_bytes(b"1234")
    answer = ada.head(place)
    assert answer.headers["Upload-Offset"] == answer.headers["Upload-Length"] == "4"
    assert kept(house, answer) == b"1234"
    assert ada.head(place).headers["Markwell-File"] == answer.headers["Markwell-File"]


def test_the_same_bytes_sent_twice_are_two_files_and_one_copy_on_the_disk(house: Flask, ada: FlaskClient) -> None:
    answers = [sent(ada, begun(ada, 4), 0, b"same") for _ in range(2)]
    assert kept(house, answers[0]) == kept(house, answers[1])
    assert answers[0].headers["Markwell-File"] != answers[1].headers["Markwell-File"]


def test_nobody_fills_the_disk_with_uploads_that_never_end(house: Flask) -> None:
    with house.app_context(), transaction():
        cy = person("cy")
        uploads_of_cy = [operations.begin("endless", 9, most=9, by=cy).id for _ in range(operations.MOST_OPEN)]
    client = signed_in(house, "cy")
    assert client.post("/uploads", headers={"Upload-Length": "9"}).status_code == 409
    with house.app_context(), transaction():
        operations.end(uploads_of_cy[0])
    begun(client, 9)


def test_an_upload_whose_time_is_over_is_swept_away(house: Flask, ada: FlaskClient) -> None:
    place = begun(ada, 9)
    id = place.rsplit("/", 1)[1]
    with house.app_context():
        with transaction():
            db.session.get_one(Upload, id).expires_at = clock.now() - operations.LIFE
        assert ada.head(place).status_code == 404
        landing.sweep()
        assert db.session.get(Upload, id) is None
        assert landing.place(id).exists()  # young bytes stay: they may belong to an upload that begins this moment
        old = (clock.now() - operations.LIFE * 2).timestamp()
        os.utime(landing.place(id), (old, old))
        assert landing.sweep() == 1
        assert not landing.place(id).exists()


def test_bytes_that_a_kill_left_of_a_file_that_is_there_go_within_the_hour(house: Flask, ada: FlaskClient) -> None:
    place, on_its_way = begun(ada, 4), begun(ada, 4)
    answer = sent(ada, place, 0, b"1234")
    with house.app_context():
        left = landing.place(place.rsplit("/", 1)[1])
        left.write_bytes(b"1234")  # it was killed after the original was there and before this was removed
        assert landing.sweep() == 1
        assert not left.exists()
        assert landing.place(on_its_way.rsplit("/", 1)[1]).exists()
    assert ada.head(place).headers["Markwell-File"] == answer.headers["Markwell-File"]
    assert kept(house, answer) == b"1234"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("piece"), st.integers(0, 4000)),
            st.tuples(st.sampled_from(["look", "cut", "astray"]), st.integers(1, 4000)),
        ),
        max_size=12,
    ),
    seed=st.integers(0, 2**32),
    length=st.integers(1, 12_000),
)
def test_any_sequence_of_pieces_cuts_and_looks_gives_the_same_bytes(
    house: Flask, steps: list[tuple[str, int]], seed: int, length: int
) -> None:
    ada, whole = signed_in(house, "ada"), random.Random(seed).randbytes(length)
    place, at, answer = begun(ada, length), 0, None
    for deed, size in [*steps, ("piece", length)]:
        piece = whole[at : at + size]
        if deed == "look":
            assert ada.head(place).headers["Upload-Offset"] == str(at)
        elif deed == "astray":
            assert sent(ada, place, at + size, piece).status_code == 409
        elif deed == "cut":  # the connection drops after half of what was announced
            came = {"wsgi.input": io.BytesIO(piece[: len(piece) // 2]), "CONTENT_LENGTH": str(len(piece))}
            ada.patch(place, headers={"Upload-Offset": str(at)}, content_type=PIECE, environ_overrides=came)
            at += len(piece) // 2
        else:
            answer = sent(ada, place, at, piece)
            at += len(piece)
            assert answer.headers["Upload-Offset"] == str(at)
    assert answer is not None
    assert kept(house, answer) == whole
