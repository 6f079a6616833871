"""The centre's signature: PAdES (ETSI EN 319 142-1) on a PDF, CMS beside a pack, time-stamped where it can be."""

import asyncio
import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    InvalidCertificateError,
    PathBuildingError,
    PathValidationError,
    ValidationError,
)

from portfolio.foundation.errors import Refused

FIELD = "Centre"
_UNSTAMPED = (OSError, SigningError, ValidationError, PathBuildingError, PathValidationError, InvalidCertificateError)
"""How a time stamp or the proof of no revocation fails to come."""


class NotSigned(Refused):
    """The key or certificate cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """What the signature of one file proves."""

    signed: bool
    intact: bool
    """The bytes under the signature are those that were signed."""
    valid: bool
    """The signature itself is right."""
    entire: bool
    """It covers the whole file: nothing was added after it."""
    signer: str = ""
    """Common name in the certificate, as the certificate claims it."""
    fingerprint: str = ""
    """SHA-256 of the certificate (DER): what a centre can read out over the telephone."""
    trusted: bool = False
    """The certificate leads to one that the caller trusts."""

    @property
    def holds(self) -> bool:
        """Signed, and not one byte was changed or added since."""
        return self.signed and self.intact and self.valid and self.entire


def opened(pkcs12_file: bytes, password: bytes | None) -> SimpleSigner:
    """The signer that a PKCS#12 file holds: the centre's own, or one that `self_made` made.

    Raises `NotSigned` where it is no PKCS#12, or the password does not open it.
    """
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(pkcs12_file, other_certs=[], passphrase=password)
    except ValueError:
        raise NotSigned("The centre's key file cannot be opened. Check its path and its password.") from None
    return signer


@dataclass(frozen=True, slots=True)
class Signs:
    """Who signs, and which authority says when; None where the house is set to none."""

    signer: SimpleSigner
    authority: TimeStamper | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A file with its signature."""

    content: bytes
    level: str
    """`B-B`: signed; `B-T`: time-stamped, too; `B-LT`: with what proves that no certificate was revoked."""
    unstamped: bool = False
    """The authority was asked for a time stamp and gave none."""


def sign(
    pdf: bytes, signer: SimpleSigner, *, reason: str = "Issued by the centre", authority: TimeStamper | None = None
) -> Signed:
    """`pdf` with the centre's signature over the whole file; PDF/A-3a and PDF/UA-1 stay as they are.

    It is time-stamped by `authority`. Where that fails it is signed all the same, at the level that can be had.
    """
    for level in _levels(signer, authority):
        try:
            return Signed(_signed(pdf, signer, _terms(signer, authority, reason, level), authority), level)
        except _UNSTAMPED as failure:
            logging.getLogger("markwell.exports").warning("a signature could not be %s: %s", level, failure)
    return Signed(_signed(pdf, signer, _terms(signer, None, reason, "B-B"), None), "B-B", authority is not None)


def _levels(signer: SimpleSigner, authority: TimeStamper | None) -> list[str]:
    """What is tried, the best first; only a certificate that says where revocations are told can have proof of none."""
    if authority is None:
        return []
    own = signer.signing_cert
    told = own is not None and (own.crl_distribution_points or own.ocsp_urls)
    return ["B-LT", "B-T"] if told else ["B-T"]


def _terms(signer: SimpleSigner, authority: TimeStamper | None, reason: str, level: str) -> PdfSignatureMetadata:
    lasting: dict[str, Any] = {}
    if level == "B-LT" and authority is not None:
        asyncio.run(authority.async_dummy_response("sha256"))
        known = [*signer.cert_registry, *authority.cert_registry]
        roots = [certificate for certificate in known if certificate.self_issued]
        lasting = {
            "embed_validation_info": True,
            "validation_context": ValidationContext(
                trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail"
            ),
            "dss_settings": DSSContentSettings(
                include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
            ),
        }
    return PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=reason, **lasting
    )


def _signed(pdf: bytes, signer: SimpleSigner, terms: PdfSignatureMetadata, authority: TimeStamper | None) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    # pyHanko would write the XMP anew and lose the extension schema that PDF/A asks for beside the PDF/UA identifier.
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    field = fields.SigFieldSpec(FIELD, readable_field_name="Signature of the centre")
    out = io.BytesIO()
    PdfSigner(terms, signer=signer, timestamper=authority, new_field_spec=field).sign_pdf(writer, output=out)
    return out.getvalue()


def unsigned(pdf: bytes, sha256_of_it: str) -> bytes | None:
    """The file before it was signed: a signed one begins with it, byte for byte. None where it is not in there."""
    for end in re.finditer(rb"%%EOF\s{0,2}", pdf):
        for length in range(end.start() + 5, end.end() + 1):
            if sha256(pdf[:length]).hexdigest() == sha256_of_it:
                return pdf[:length]
    return None


def seal(content: bytes, signs: Signs) -> bytes:
    """A detached signature over `content`: CMS SignedData in DER (RFC 5652), time-stamped where it can be."""
    if signs.authority is not None:
        try:
            return _beside(content, signs.signer, signs.authority)
        except _UNSTAMPED as failure:
            logging.getLogger("markwell.exports").warning("a pack's seal could not be time-stamped: %s", failure)
    return _beside(content, signs.signer, None)


def is_stamped(signature: bytes) -> bool:
    """Whether a signature (DER) bears a time stamp: attribute 1.2.840.113549.1.9.16.2.14 (RFC 3161, appendix A)."""
    return bytes.fromhex("060b2a864886f70d010910020e") in signature


def _beside(content: bytes, signer: SimpleSigner, authority: TimeStamper | None) -> bytes:
    signed = asyncio.run(signer.async_sign_general_data(content, "sha256", detached=True, timestamper=authority))
    return bytes(signed.dump())


def check(pdf: bytes, *, trust: Sequence[bytes] = ()) -> SignatureCheck:
    """What the file's last signature proves; `trust` holds certificates (DER) that the caller trusts.

    Reads nothing but its arguments. A file that is no PDF, or cannot be read, counts as not signed.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return SignatureCheck(False, False, False, False)
        signature = signatures[-1]
        roots = [asn1.Certificate.load(root) for root in trust] or _brought_roots(signature)
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context, skip_diff=True)
    except (PdfError, ValueError, KeyError, TypeError):
        return SignatureCheck(False, False, False, False)
    certificate = status.signing_cert
    return SignatureCheck(
        signed=True,
        intact=status.intact,
        valid=status.valid,
        entire=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=str(certificate.subject.native.get("common_name", "")),
        fingerprint=sha256(certificate.dump()).hexdigest(),
        trusted=bool(trust) and status.trusted,
    )


def _brought_roots(signature: EmbeddedPdfSignature) -> list[asn1.Certificate]:
    """The authorities that the file brings itself: enough to see that it is whole, not to trust it."""
    brought = [signature.signer_cert, *signature.other_embedded_certs]
    return [certificate for certificate in brought if certificate.self_issued]
