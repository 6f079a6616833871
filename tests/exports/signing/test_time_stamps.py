"""A signature says when it was given where there is an authority; where it fails, nothing is lost but the time."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page
import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import operations, verify
from exports.making import packs, reports
from exports.models import Report
from exports.signing import certificates, signatures, time_stamps
from portfolio.foundation import files
from portfolio.foundation.db import transaction
from tests.exports.document import finished
from tests.exports.samples.signature import plain_report
from tests.exports.signing import stamping_authority
from tests.exports.signing.stamping_authority import Clock
from tests.exports.verify.verifying import checked
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

SIGNER = signatures.opened(certificates.self_made("Harbourside Training", "51234", password=b"x"), b"x")


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    with stamping_authority.running() as running:
        yield running


@pytest.fixture(scope="module")
def stamped(clock: Clock) -> bytes:
    """A small report, signed and time-stamped."""
    return signatures.sign(plain_report(), SIGNER, authority=time_stamps.Authority(clock.url)).content


def test_a_time_stamped_report_is_read_by_pdfsig_by_the_archive_check_and_by_ours(clock: Clock, tmp_path: Path) -> None:
    made = signatures.sign(finished.unsigned(), SIGNER, authority=time_stamps.Authority(clock.url))
    (tmp_path / "report.pdf").write_bytes(made.content)
    told = finished.read_by("pdfsig", "-nocert", str(tmp_path / "report.pdf"))
    assert (made.level, made.unstamped) == ("B-T", False)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert page.validate_pdf_bytes(made.content, profile=page.ValidationProfile.PDF_A_3A).failures == []
    assert signatures.check(made.content).holds
    assert any("says Common Name: Harbour Clock" in text for text in checked(made.content).checked)


def test_a_certificate_that_says_where_revocations_are_told_gives_a_signature_that_lasts(clock: Clock) -> None:
    signer = signatures.opened(clock.key_file(), b"x")
    made = signatures.sign(finished.unsigned(), signer, authority=time_stamps.Authority(clock.url))
    assert made.level == "B-LT"
    assert checked(made.content).holds
    assert page.validate_pdf_bytes(made.content, profile=page.ValidationProfile.PDF_A_3A).failures == []


def test_where_revocations_cannot_be_had_the_time_stamp_stays(clock: Clock) -> None:
    with stamping_authority.running() as gone:
        signer = signatures.opened(gone.key_file(), b"x")
    assert signatures.sign(plain_report(), signer, authority=time_stamps.Authority(clock.url)).level == "B-T"


def test_a_name_and_a_password_are_told_to_an_authority_that_wants_them(clock: Clock) -> None:
    time_stamps.Authority(clock.url, user="centre", password="pass:word").token(bytes(32))
    assert clock.asked[-1] == "Basic Y2VudHJlOnBhc3M6d29yZA=="


def test_an_authority_that_fails_is_asked_three_times_and_then_left_in_peace(clock: Clock) -> None:
    authority, before = time_stamps.Authority(clock.url, waits=(0, 0)), len(clock.asked)
    clock.ill = True
    try:
        made = [signatures.sign(plain_report(), SIGNER, authority=authority) for _ in range(3)]
    finally:
        clock.ill = False
    assert len(clock.asked) - before == 3
    assert [(one.level, one.unstamped) for one in made] == [("B-B", True)] * 3
    assert checked(made[0].content).holds
    assert signatures.unsigned(made[0].content, finished.digest(plain_report())) == plain_report()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://nowhere.invalid/"])
def test_an_authority_that_is_not_there_loses_nothing(address: str) -> None:
    made = signatures.sign(plain_report(), SIGNER, authority=time_stamps.Authority(address, waits=()))
    assert (made.level, made.unstamped, checked(made.content).holds) == ("B-B", True, True)


def test_a_report_made_while_the_authority_was_ill_is_stamped_later_and_not_typeset_again(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds.ready(house.enrolment())
    told = replace(house.app.extensions["markwell"], timestamps=clock.url)
    monkeypatch.setitem(house.app.extensions, "markwell", told)
    monkeypatch.setattr(time_stamps, "WAITS", ())
    time_stamps._kept.cache_clear()
    clock.ill = True
    try:
        first = reports.report_of(house.person("ada"))
        assert in_pack(house) == [first.sha256]
    finally:
        clock.ill = False
    early = (first.id, first.level, first.unstamped, first.sha256, first.unsigned_sha256)
    assert early[1:3] == ("B-B", True)
    time_stamps._kept.cache_clear()
    named = in_pack(house)
    later = reports.report_of(house.person("ada"))
    assert named == [later.sha256]
    assert (later.id, later.level, later.unstamped) == (early[0], "B-T", False)
    assert later.unsigned_sha256 == early[4]
    with files.store().open(later.sha256) as file:
        assert checked(file.read()).holds


def in_pack(house: House) -> list[str]:
    """SHA-256 of the report in a pack that is made now."""
    members, _ = packs.pack_of([house.person("ada")])
    return [one.sha256 for one in members if one.path.endswith(".pdf")]


def test_openssl_reads_the_time_stamp_of_a_packs_seal(clock: Clock, tmp_path: Path) -> None:
    seal = signatures.seal(b"hashes", signatures.Signs(SIGNER, time_stamps.Authority(clock.url)))
    assert signatures.is_stamped(seal)
    (signer,) = cms.ContentInfo.load(seal)["content"]["signer_infos"]
    (token,) = (value for attribute in signer["unsigned_attrs"] for value in attribute["values"])
    (tmp_path / "token.der").write_bytes(token.dump())
    (tmp_path / "signature").write_bytes(signer["signature"].native)
    (tmp_path / "seal.der").write_bytes(seal)
    (tmp_path / "signed").write_bytes(b"hashes")
    (tmp_path / "root.pem").write_bytes(stamping_authority.root_pem())
    stamp = ["ts", "-verify", "-data", "signature", "-token_in", "-in", "token.der", "-CAfile", "root.pem"]
    whole = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "seal.der", "-content", "signed", "-noverify"]
    for asked in (stamp, whole):
        done = subprocess.run(["openssl", *asked], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    result = verify.Result("pack")
    verify.check_signature(result, "p7s", seal, signed=b"hashes", signs=("The pack", frozenset()))
    assert any("The pack was there on" in text for text in result.checked)


def test_a_time_stamp_that_is_hidden_from_the_reader_is_missed(stamped: bytes) -> None:
    """The tag before it made another, which a lenient reader passes over: what is left is a whole signature."""
    token = stamped.lower().index(b"060b2a864886f70d010910020e")
    tag = token - 16  # two heads of four bytes each stand between, in two digits a byte
    assert stamped[tag : tag + 4] in (b"a182", b"A182")
    another = bytes([stamped[tag] + 2])
    assert not checked(stamped[:tag] + another + stamped[tag + 1 :]).holds


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_digit_in_a_time_stamped_signature_is_found(stamped: bytes, data: st.DataObject) -> None:
    start = stamped.index(b"/Contents <") + len(b"/Contents <")
    at = data.draw(st.integers(start, stamped.index(b">", start) - 1))
    changed = data.draw(st.sampled_from(b"0123456789abcdef").filter(lambda digit: digit != stamped[at]))
    assert not checked(stamped[:at] + bytes([changed]) + stamped[at + 1 :]).holds


@pytest.mark.parametrize("lacking", [True, False])
def test_the_page_of_an_export_says_that_its_time_stamp_is_lacking(house: House, lacking: bool) -> None:
    ada, dee = house.person("ada"), house.person("dee")
    digests = dict.fromkeys(("made_of_sha256", "facts_sha256", "unsigned_sha256", "sha256"), "0" * 64)
    with transaction():
        asked = operations.ask_report(ada, by=dee)
        kept = Report(centre_id=ada.centre_id, learner_id=ada.id, size=1, crc32=0, unstamped=lacking, **digests)
        operations.finish_report(asked, operations.keep_report(kept), "report.pdf")
    page = house.browser("dee").get(f"/exports/{asked.id}").text
    assert ("Signed without a time stamp" in page) is lacking
