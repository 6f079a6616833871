"""A finished file is taken whole or in ranges that fit together, by those who may, while it can be, and on record."""

import io
import json
import os
import random
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import operations
from exports.models import Export, Report
from exports.pack import bag, inventory
from portfolio.foundation import clock, files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.people.models import Centre
from tests.faults import centre
from tests.faults.centre import person
from tests.fixtures.cast import Apart
from tests.fixtures.keys import key_of

CONTENTS = {
    "data/call.wav": random.Random(1).randbytes(200_000),
    "data/empty.txt": b"",
    "data/notes.txt": "Ŵy’r ☕".encode(),
    "data/photo.jpg": random.Random(2).randbytes(66_000),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = centre.opened(tmp_path_factory.mktemp("house"))
    app.test_client_class = Apart
    with app.app_context():
        yield app


@pytest.fixture(scope="module")
def pack(house: Flask) -> int:
    """A finished pack of four files."""
    return finished(house).id


@pytest.fixture(scope="module")
def whole(pack: int) -> bytes:
    return b"".join(bag.stream(inventory.members(db.session.get_one(Export, pack).plan_sha256)))


def finished(_house: Flask) -> Export:
    members = bag.bag([bag.written(*one) for one in CONTENTS.items()], "pack", info={})
    with transaction():
        export = operations.ask_pack([person("Ada")], by=person("Ira"))
        failures = {str(person("Ada").id): "The typesetter broke down."}
        planned = operations.Planned("Tŷ pack.zip", bag.length(members), "0" * 64, inventory.kept(members), 0, failures)
        operations.finish_pack(export, planned)
    return export


def browser(house: Flask, name: str = "Ira") -> FlaskClient:
    client = house.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = key_of(person(name)), True
    return client


def lines(id: int) -> list[str]:
    db.session.rollback()  # what others wrote since
    found = audit.lines(db.session.query(Centre).one().id)
    return [f"{one['actor']}: {one['deed']}" for one in found if one["subject"] == f"export {id}"]


def etag(pack: int) -> str:
    return f'"{db.session.get_one(Export, pack).plan_sha256}"'


@pytest.mark.parametrize(
    ("asked", "begins", "ends"),
    [("bytes=0-0", 0, 1), ("bytes=0-", 0, None), ("bytes=100000-", 100_000, None), ("bytes=-500", -500, None),
     ("bytes=70000-140000", 70_000, 140_001), ("bytes=5-99999999", 5, None)],
)  # fmt: skip
def test_a_broken_download_goes_on_where_it_broke(
    house: Flask, pack: int, whole: bytes, asked: str, begins: int, ends: int | None
) -> None:
    answer = browser(house).get(f"/exports/{pack}/file", headers={"Range": asked, "If-Range": etag(pack)})
    assert answer.status_code == 206
    assert answer.data == whole[begins:ends]
    first = begins % len(whole)
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(answer.data) - 1}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["ETag"] == etag(pack)


@given(st.lists(st.integers(0, 270_000), max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ranges_that_touch_make_the_whole_wherever_it_is_cut(pack: int, whole: bytes, cuts: list[int]) -> None:
    members = inventory.members(db.session.get_one(Export, pack).plan_sha256)
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    pieces = [b"".join(bag.stream(members, *pair)) for pair in pairwise(places)]
    assert b"".join(pieces) == whole


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=0-9,20-29"},
        {"Range": "bytes=never"},
        {"Range": "pages=1-2"},
        {"Range": "bytes=5-9", "If-Range": '"another pack"'},
        {"Range": "bytes=5-9", "If-Range": "Sun, 22 Nov 2026 00:00:00 GMT"},
        {"Range": "bytes=5-9", "If-Range": "weak"},
    ],
)
def test_whoever_asks_for_what_cannot_be_given_in_part_is_given_all(
    house: Flask, pack: int, whole: bytes, headers: dict[str, str]
) -> None:
    headers = {name: value if value != "weak" else f"W/{etag(pack)}" for name, value in headers.items()}
    answer = browser(house).get(f"/exports/{pack}/file", headers=headers)
    assert (answer.status_code, answer.data) == (200, whole)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(len(whole))


def test_a_range_beyond_the_end_is_refused_with_the_size(house: Flask, pack: int, whole: bytes) -> None:
    answer = browser(house).get(f"/exports/{pack}/file", headers={"Range": f"bytes={len(whole)}-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


def test_who_has_it_already_is_told_so_and_who_only_looks_is_told_the_size(
    house: Flask, pack: int, whole: bytes
) -> None:
    ira, before = browser(house), lines(pack)
    answer = ira.get(f"/exports/{pack}/file", headers={"If-None-Match": etag(pack)})
    assert (answer.status_code, answer.data) == (304, b"")
    answer = ira.head(f"/exports/{pack}/file", headers={"Range": "bytes=5-9"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(whole))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert lines(pack) == before, "neither took anything away"


def test_who_may_take_it_is_asked_at_every_range(house: Flask, pack: int) -> None:
    for name in ("Ada", "Ben"):
        answer = browser(house, name).get(f"/exports/{pack}/file", headers={"Range": "bytes=5-9"})
        assert answer.status_code == 404
    assert house.test_client().get(f"/exports/{pack}/file", headers={"Range": "bytes=5-9"}).status_code == 302


def test_a_transfer_is_one_line_of_the_log_however_many_ranges_it_takes(house: Flask, whole: bytes) -> None:
    pack, ira, eve = finished(house).id, browser(house), browser(house, "Eve")
    for begins in range(0, len(whole), 50_000):
        assert ira.get(f"/exports/{pack}/file", headers={"Range": f"bytes={begins}-{begins + 49_999}"}).data
    assert eve.get(f"/exports/{pack}/file", headers={"Range": "bytes=1-"}).status_code == 206
    assert eve.get(f"/exports/{pack}/file", headers={"Range": "bytes=9-"}).status_code == 206
    assert lines(pack) == ["Ira: pack asked for", "Ira: pack made", "Ira: pack taken", "Eve: pack taken"]
    page = ira.get(f"/exports/{pack}").text
    assert page.index("Downloaded") < page.index("Eve, <time") < page.index("Ira, <time")


def test_a_file_can_be_taken_for_a_week_and_then_the_page_offers_to_make_it_again(house: Flask) -> None:
    pack, ira = finished(house).id, browser(house)
    for days, status in ((6, 200), (8, 410)):
        with transaction():
            db.session.get_one(Export, pack).finished_at = clock.now() - timedelta(days=days)
        assert ira.get(f"/exports/{pack}/file").status_code == status
    page = ira.get(f"/exports/{pack}").text
    assert "can no longer be downloaded" in page
    assert f"/exports/{pack}/file" not in page
    assert f"/exports/{pack}/again" in page
    assert "make it again" in ira.get(f"/exports/{pack}/file").text
    assert ">expired<" in ira.get("/exports").text


def test_a_report_is_taken_like_a_pack(house: Flask) -> None:
    content = b"%PDF-1.7" + os.urandom(150_000)
    stored = files.store().put(io.BytesIO(content))
    with transaction():
        export = operations.ask_report(person("Ada"), by=person("Ira"))
        report = Report(
            centre_id=export.centre_id, learner_id=person("Ada").id, made_of_sha256=secrets.token_hex(32),
            facts_sha256="0" * 64, unsigned_sha256="0" * 64, sha256=stored.sha256, size=stored.size, crc32=stored.crc32,
        )  # fmt: skip
        operations.finish_report(export, operations.keep_report(report), "Ada evidence report.pdf")
    id, ira = export.id, browser(house)
    whole = ira.get(f"/exports/{id}/file")
    assert (whole.data, whole.headers["ETag"]) == (content, f'"{stored.sha256}"')
    assert whole.headers["Content-Disposition"] == 'attachment; filename="Ada evidence report.pdf"'
    part = ira.get(f"/exports/{id}/file", headers={"Range": "bytes=70000-70009"})
    assert (part.status_code, part.data) == (206, content[70_000:70_010])
    assert lines(id)[-1] == "Ira: report taken"


def changed(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    ("held", "start"), [(changed, 0), (lambda call: call[:-1], 0), (lambda call: call[:-1], 150_000)]
)
def test_a_stored_file_that_was_changed_breaks_the_transfer_before_its_last_bytes_leave(
    house: Flask, held: Callable[[bytes], bytes], start: int
) -> None:
    """All of a file that passes is checked; of one that is entered in its middle, only the length can be."""
    members = inventory.members(finished(house).plan_sha256)
    (place,) = (n for n, member in enumerate(members) if member.path.endswith("call.wav"))
    path = files.store().path(members[place].sha256)
    came = bytearray()
    try:
        path.write_bytes(held(CONTENTS["data/call.wav"]))
        with pytest.raises(bag.NotAsRegistered, match=r"data/call\.wav"):
            came.extend(chain.from_iterable(bag.stream(members, start)))
    finally:
        path.write_bytes(CONTENTS["data/call.wav"])
    assert start + len(came) < bag.length(members[:place]) + members[place].size


def test_nothing_is_vouched_for_that_is_not_what_was_kept(house: Flask) -> None:
    members = inventory.members(finished(house).plan_sha256)
    bag.ensure_as_registered(members)
    told = bag.written("data/a", b"what the register says")
    changed = bag.Member("data/a", told.size, told.crc32, told.sha256, lambda: (b"something else altogether",))
    with pytest.raises(bag.NotAsRegistered, match="data/a"):
        bag.ensure_as_registered([*members, changed])


def test_one_learners_report_can_be_tried_again_and_the_log_says_for_whom(house: Flask) -> None:
    pack, ira, ada = finished(house).id, browser(house), person("Ada").id
    assert "Try this report again" in ira.get(f"/exports/{pack}").text
    token = ira.get("/exports").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    place = ira.post(f"/exports/{pack}/again", data={"csrf_token": token, "learner": ada}).headers["Location"]
    db.session.rollback()
    fresh = db.session.get_one(Export, int(place.rsplit("/", 1)[1]))
    assert (fresh.kind, fresh.learners) == ("pack", [ada])
    asked = [one for one in audit.lines(fresh.centre_id) if one["subject"] == f"export {fresh.id}"]
    assert json.loads(json.dumps(asked[0]["facts"]))["instead_of"] == pack
    assert asked[0]["facts"]["for_learner"] == ada


def test_a_plan_names_no_path_of_this_machine(pack: int) -> None:
    assert "/tmp" not in Path(files.store().path(db.session.get_one(Export, pack).plan_sha256)).read_text()
