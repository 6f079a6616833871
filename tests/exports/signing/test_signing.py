"""A signed report shows its signer, and any byte changed or added afterwards shows."""

import page
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import verify
from exports.signing import certificates, signatures
from tests.exports.document import finished
from tests.exports.samples.facts import FACTS

pytestmark = pytest.mark.slow


def root() -> bytes:
    """The certificate of the authority, as a centre would publish it."""
    chain = pkcs12.load_pkcs12(finished.key_file(), finished.PASSWORD).additional_certs
    return chain[0].certificate.public_bytes(Encoding.DER)


def test_a_signed_report_holds_and_names_its_centre():
    found = signatures.check(finished.signed())
    assert found.holds
    assert not found.trusted
    assert found.signer == FACTS.centre.name
    assert len(found.fingerprint) == 64


def test_who_trusts_the_authority_of_the_centre_trusts_the_signature():
    assert signatures.check(finished.signed(), trust=[root()]).trusted


def test_a_stranger_who_calls_himself_the_centre_is_not_trusted():
    stranger = certificates.self_made(FACTS.centre.name, FACTS.centre.number, password=b"x")
    forged = signatures.check(
        signatures.sign(finished.unsigned(), signatures.opened(stranger, b"x")).content, trust=[root()]
    )
    assert forged.holds
    assert not forged.trusted


def test_pdfsig_says_that_the_signature_is_valid_and_covers_the_whole_file(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(finished.signed())
    told = finished.read_by("pdfsig", "-nocert", str(file))
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "Signer Certificate Common Name: Harbourside Training" in told
    assert "ETSI.CAdES.detached" in told


def test_the_signature_leaves_the_archive_format_whole():
    assert page.validate_pdf_bytes(finished.signed(), profile=page.ValidationProfile.PDF_A_3A).failures == []


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_one_changed_bit_under_the_signature_is_found(data):
    content = bytearray(finished.signed())
    under = len(finished.unsigned()) - 1
    content[data.draw(st.integers(0, under))] ^= 1 << data.draw(st.integers(0, 7))
    assert not signatures.check(bytes(content)).holds


@pytest.mark.parametrize("added", [b"\n", b" ", b"%%EOF"])
def test_anything_added_after_the_signature_is_found(added):
    assert not signatures.check(finished.signed() + added).holds


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 not a pdf"])
def test_what_is_no_pdf_is_simply_not_signed(content):
    assert signatures.check(content) == signatures.SignatureCheck(signed=False, intact=False, valid=False, entire=False)


def test_an_unsigned_report_is_simply_not_signed():
    assert not signatures.check(finished.unsigned()).signed


def test_a_key_file_with_the_wrong_password_is_refused_with_a_sentence():
    with pytest.raises(signatures.NotSigned, match="password"):
        signatures.opened(finished.key_file(), b"wrong")


def test_the_verifier_of_an_auditor_finds_that_the_report_holds(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(finished.signed())
    told = verify.spoken(verify.check(file))
    assert "DOES NOT HOLD" not in told
