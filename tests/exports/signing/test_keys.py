"""Which key signs for a centre stands in its log: none is made, lost or put there silently."""

import base64
import shutil
from pathlib import Path
from typing import Any

import pytest

from exports import operations, queries, verify
from exports.facts.snapshot import facts_of
from exports.models import Export
from exports.signing import keys
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.settings import current
from portfolio.foundation.work import jobs
from tests.fixtures.cast import House
from tests.foundation.log.test_log_rows import unguarded

pytestmark = pytest.mark.slow


def key_file(house: House) -> Path:
    return current().instance / "keys" / f"{house.person('ada').centre_id}.p12"


def signer_of(house: House) -> str:
    signer = keys.signer(house.person("ada").centre, current())
    assert signer.signing_cert is not None
    return bytes(signer.signing_cert.sha256).hex()


def test_the_first_key_is_on_record_once(house: House) -> None:
    sha256 = signer_of(house)
    assert signer_of(house) == sha256
    (one,) = queries.certificates(house.person("ada").centre_id)
    assert (one.sha256, one.because) == (sha256, "the first one")
    assert facts_of(house.person("ada")).certificate == sha256


def test_a_key_that_is_gone_is_not_made_anew_in_silence_but_by_a_command_on_record(house: House) -> None:
    first = signer_of(house)
    key_file(house).rename(key_file(house).with_suffix(".away"))
    with pytest.raises(Refused, match="flask key new --because"):
        signer_of(house)
    told = house.app.test_cli_runner().invoke(args=["key", "new", "--because", "The disk was lost"])
    assert told.exit_code == 0, told.output
    second = signer_of(house)
    known = queries.certificates(house.person("ada").centre_id)
    assert [one.sha256 for one in known] == [first, second]
    assert known[1].because == "The disk was lost"
    shutil.copy(key_file(house).with_suffix(".away"), key_file(house))
    with pytest.raises(Refused, match="not the last one that is on record"):
        signer_of(house)


def test_a_key_that_somebody_put_there_signs_nothing(house: House) -> None:
    signer_of(house)
    centre = house.person("amy").centre
    keys.signer(centre, current())
    shutil.copy(key_file(house).with_name(f"{centre.id}.p12"), key_file(house))
    with pytest.raises(Refused, match="not the last one that is on record"):
        signer_of(house)


def test_the_certificate_is_given_out_on_a_page_and_by_command(house: House, tmp_path: Path) -> None:
    page = house.browser("dee").get("/exports/certificate")
    assert b"Nothing was signed yet" in page.data
    early = house.browser("dee").get("/exports/certificate.pem")
    assert (early.status_code, b"Nothing was signed yet" in early.data) == (409, True)
    sha256 = signer_of(house)
    page = house.browser("dee").get("/exports/certificate")
    assert sha256[:4].encode() in page.data
    pem = house.browser("dee").get("/exports/certificate.pem").text
    told = house.app.test_cli_runner().invoke(args=["key", "show", "--pem", str(tmp_path / "centre.pem")])
    assert told.exit_code == 0, told.output
    assert (tmp_path / "centre.pem").read_text() == pem
    assert pem.startswith("-----BEGIN CERTIFICATE-----")


def _lines(house: House, *, because: str, signed: bool) -> list[dict[str, Any]]:
    """Two keys: the lines of the log, the second signed for by the first, or made when the first was gone."""
    signer_of(house)
    if not signed:
        key_file(house).unlink()
    told = house.app.test_cli_runner().invoke(args=["key", "new", "--because", because])
    assert told.exit_code == 0, told.output
    centre = house.person("ada").centre_id
    return audit.lines_on(centre, {f"centre {centre}"}, {Deed.KEY_MADE})


def _told(lines: list[dict[str, Any]]) -> verify.Result:
    result = verify.Result("")
    verify.check_keys(lines, result)
    return result


def test_whoever_checks_a_pack_is_told_whether_the_old_key_signed_for_the_new_one(house: House) -> None:
    lines = _lines(house, because="It is five years old", signed=True)
    old, new = (line["facts"]["certificate_sha256"] for line in lines)
    assert _told(lines).checked == [f"The certificate SHA-256 {new} is signed for by {old}."]
    with transaction():
        export = operations.ask_pack([house.person("ada")], by=house.person("dee"))
    jobs.run(str(export.job_id), lambda _name, deed, *given: deed(*given))
    db.session.expire_all()
    assert db.session.get_one(Export, export.id).job.state == "done", "our own verifier trusts the new key"  # type: ignore[union-attr]


def test_a_key_that_came_when_the_old_one_was_lost_is_named_as_signed_for_by_nobody(house: House) -> None:
    lines = _lines(house, because="The disk was lost", signed=False)
    (said,) = _told(lines).unchecked
    assert lines[1]["facts"]["certificate_sha256"] in said
    assert "The disk was lost" in said


def test_a_signature_for_a_new_key_that_does_not_hold_is_a_fault(house: House) -> None:
    lines = _lines(house, because="It is five years old", signed=True)
    for forged in (
        {"signed_by_the_old": base64.b64encode(b"no signature").decode()},
        {"certificate": lines[0]["facts"]["certificate"]},
        {"certificate_sha256": "0" * 64},
    ):
        new = lines[1] | {"facts": lines[1]["facts"] | forged}
        assert not _told([lines[0], new]).holds, forged


def test_a_key_that_signed_before_keys_were_on_record_is_put_there_before_it_signs_for_another(house: House) -> None:
    signer_of(house)
    with unguarded("event"):
        db.session.query(audit.Event).filter_by(deed=Deed.KEY_MADE).delete()
    lines = _lines_of_a_new_key(house)
    assert [bool(line["facts"]["signed_by_the_old"]) for line in lines] == [False, True]
    assert _told(lines).holds


def test_a_strange_key_signs_for_no_other(house: House) -> None:
    signer_of(house)
    centre = house.person("amy").centre
    keys.signer(centre, current())
    shutil.copy(key_file(house).with_name(f"{centre.id}.p12"), key_file(house))
    lines = _lines_of_a_new_key(house)
    assert not lines[-1]["facts"]["signed_by_the_old"]
    assert _told(lines).holds
    assert signer_of(house) == lines[-1]["facts"]["certificate_sha256"]


def _lines_of_a_new_key(house: House) -> list[dict[str, Any]]:
    told = house.app.test_cli_runner().invoke(args=["key", "new", "--because", "The old one was copied"])
    assert told.exit_code == 0, told.output
    centre = house.person("ada").centre_id
    return audit.lines_on(centre, {f"centre {centre}"}, {Deed.KEY_MADE})


def test_a_new_key_that_another_than_the_logs_signed_for_is_named_as_not_checked_and_blocks_nobody(
    house: House,
) -> None:
    lines = _lines(house, because="It is five years old", signed=True)
    old, new = (line["facts"]["certificate_sha256"] for line in lines)
    alone = _told(lines[1:])
    assert alone.faults == []
    assert alone.unchecked[0].startswith(
        f"Whose the certificate SHA-256 {new} is: it is signed for by {old}, which the"
    )
    forged = lines[1] | {"facts": lines[1]["facts"] | {"signed_by_the_old": base64.b64encode(b"no").decode()}}
    assert not _told([forged]).holds
