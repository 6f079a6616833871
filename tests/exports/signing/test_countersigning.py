"""Once a day an authority outside says which line was the last; nobody can rewrite what came before it."""

import json
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from exports import verify
from exports.facts.snapshot import facts_of
from exports.making import packs
from exports.pack.bag import stream
from exports.signing import countersigning, time_stamps
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.settings import Settings
from tests.exports.samples.pack import LOG, packed
from tests.exports.samples.signature import sign
from tests.exports.signing import stamping_authority
from tests.exports.signing.stamping_authority import Clock
from tests.exports.verify.verifying import checked, said
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

CENTRE = 1


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    with stamping_authority.running() as running:
        yield running


@pytest.fixture
def stamped_house(house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house, set to the authority."""
    settings: Settings = house.app.extensions["markwell"]
    monkeypatch.setitem(house.app.extensions, "markwell", replace(settings, timestamps=clock.url))
    return house


def test_a_log_that_moved_is_stamped_once_a_day_and_one_that_rests_is_not(stamped_house: House) -> None:
    deeds.ready(stamped_house.enrolment())
    assert countersigning.countersign() == 2, "each centre has a log of its own"
    assert countersigning.countersign() == 0, "not twice a day"
    with at(now() + timedelta(days=1)):
        assert countersigning.countersign() == 0, "nothing was done since"
        with transaction():
            audit.record(Deed.PERSON_CHANGED, "person 1", by=stamped_house.person("ada"))
        assert countersigning.countersign() == 1
    first, second = audit.countersignatures(CENTRE)
    assert second.seq == first.seq + 1 == audit.head(CENTRE)[0]
    assert verify.imprint(second.token) == second.hash == audit.head(CENTRE)[1]


def test_the_command_that_walks_the_log_finds_a_past_that_was_rewritten(stamped_house: House) -> None:
    deeds.ready(stamped_house.enrolment())
    countersigning.countersign()
    runner: FlaskCliRunner = stamped_house.app.test_cli_runner()
    told = runner.invoke(args=["audit", "verify"])
    assert (told.exit_code, "1 time stamps of an authority fit" in told.output) == (0, True)
    with transaction():
        head = db.session.get_one(audit.LogHead, CENTRE)
        seen = audit.countersignatures(CENTRE)[0]
        audit.keep_countersignature(CENTRE, end=(head.seq - 1, head.hash), token=seen.token)
    told = runner.invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert f"line {head.seq - 1} does not hold" in told.output


def test_a_pack_that_left_the_house_finds_a_past_that_was_rewritten_since(house: House, tmp_path) -> None:
    deeds.ready(house.enrolment())
    (tmp_path / "pack.zip").write_bytes(b"".join(stream(packs.pack_of([house.person("ada")])[0])))
    runner = house.app.test_cli_runner()
    told = runner.invoke(args=["audit", "verify", "--pack", str(tmp_path / "pack.zip")])
    assert (told.exit_code, "and so does what the packs say" in told.output) == (0, True), told.output
    head = facts_of(house.person("ada")).head
    with transaction():
        db.session.execute(
            text("UPDATE log_head SET hash = :hash, seq = :seq WHERE centre_id = 1"), {"hash": audit.GENESIS, "seq": 0}
        )
    told = runner.invoke(args=["audit", "verify", "--pack", str(tmp_path / "pack.zip")])
    assert told.exit_code == 1
    assert "line 1 stands beyond the end of the log" in told.output
    assert countersigning.left(tmp_path / "pack.zip") == ("1001", {head.seq: head.hash})


@pytest.mark.usefixtures("house")
def test_a_house_without_an_authority_or_with_a_silent_one_goes_on(clock: Clock) -> None:
    assert countersigning.countersign() == 0
    clock.ill = True
    try:
        with pytest.raises(time_stamps.Unstamped, match="503"):
            time_stamps.Authority(clock.url, waits=()).token(bytes(32))
    finally:
        clock.ill = False


def test_openssl_reads_the_time_stamp_as_we_do(clock: Clock, tmp_path) -> None:
    digest = bytes(range(32))
    (tmp_path / "token.der").write_bytes(time_stamps.Authority(clock.url).token(digest))
    (tmp_path / "root.pem").write_bytes(stamping_authority.root_pem())
    asked = [
        "openssl",
        "ts",
        "-verify",
        "-digest",
        digest.hex(),
        "-token_in",
        "-in",
        "token.der",
        "-CAfile",
        "root.pem",
    ]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


@dataclass(frozen=True)
class Stamp:
    seq: int
    hash: str
    at: datetime
    token: bytes


def stamps(clock: Clock, seq: int = len(LOG), of: str = LOG[-1]["hash"]) -> list[Stamp]:
    token = time_stamps.Authority(clock.url).token(bytes.fromhex(of))
    return [Stamp(seq, of, datetime.fromisoformat("2026-03-20T00:00:00Z"), token)]


def test_a_pack_carries_the_time_stamps_of_its_log_and_an_auditor_checks_them(clock: Clock) -> None:
    result = checked(packed(stamps=stamps(clock), sign=sign))
    assert result.faults == []
    assert any(
        f"Event {len(LOG)} of the log was there on" in text and "Harbour Clock" in text for text in result.checked
    )


def test_a_stamp_over_another_past_or_a_broken_one_is_named(clock: Clock) -> None:
    other = stamps(clock, of="ab" * 32)
    assert f"countersignatures.json, event {len(LOG)}: the log was rewritten" in said(packed(stamps=other))
    (whole,) = stamps(clock)
    broken = replace(whole, token=whole.token[:-1] + bytes([whole.token[-1] ^ 1]))
    assert f"countersignatures.json, event {len(LOG)}: the time stamp does not hold" in said(packed(stamps=[broken]))


def test_a_stamp_of_a_later_line_stays_out_of_an_earlier_pack(clock: Clock) -> None:
    later = stamps(clock, seq=len(LOG) + 1)
    with zipfile.ZipFile(BytesIO(packed(stamps=later))) as read:
        name = next(name for name in read.namelist() if name.endswith("countersignatures.json"))
        assert json.loads(read.read(name)) == []
