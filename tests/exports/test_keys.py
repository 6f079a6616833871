"""Which key signs for a centre stands in its log: none is made, lost or put there silently."""

import shutil
from pathlib import Path

import pytest

from exports import keys, queries
from exports.snapshot import facts_of
from portfolio.foundation.errors import Refused
from portfolio.foundation.settings import current
from tests.fixtures.cast import House


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
    assert signer_of(house) == first, "the old one is on record, too"


def test_a_key_that_somebody_put_there_signs_nothing(house: House) -> None:
    signer_of(house)
    centre = house.person("amy").centre
    keys.signer(centre, current())
    shutil.copy(key_file(house).with_name(f"{centre.id}.p12"), key_file(house))
    with pytest.raises(Refused, match="not one that is on record"):
        signer_of(house)


def test_the_certificate_is_given_out_on_a_page_and_by_command(house: House, tmp_path: Path) -> None:
    page = house.browser("dee").get("/exports/certificate")
    assert b"Nothing was signed yet" in page.data
    assert house.browser("dee").get("/exports/certificate.pem").status_code == 404
    sha256 = signer_of(house)
    page = house.browser("dee").get("/exports/certificate")
    assert sha256[:4].encode() in page.data
    pem = house.browser("dee").get("/exports/certificate.pem").text
    told = house.app.test_cli_runner().invoke(args=["key", "show", "--pem", str(tmp_path / "centre.pem")])
    assert told.exit_code == 0, told.output
    assert (tmp_path / "centre.pem").read_text() == pem
    assert pem.startswith("-----BEGIN CERTIFICATE-----")
