"""The centre's signature on a PDF: PAdES B-B (ETSI EN 319 142-1) with the centre's own or a self-made certificate."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FIELD = "Centre"
YEARS = 10
"""For how long a self-made certificate holds."""


class NotSigned(ValueError):
    """The key or certificate cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Check:
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


def self_made(centre: str, number: str, *, password: bytes, now: datetime | None = None) -> bytes:
    """A new P-256 authority and a certificate of the centre under it, as a PKCS#12 file (RFC 7292) under `password`.

    It proves that nothing changed; who signed, it proves only to those whom the centre gave the fingerprint.
    """
    start = now or datetime.now(UTC)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name = _name(f"{centre} (self-made authority)", number)
    root = _certificate((root_name, root_name), (root_key, root_key), start, authority=True)
    own = _certificate((_name(centre, number), root_name), (key, root_key), start, authority=False)
    return pkcs12.serialize_key_and_certificates(centre.encode(), key, own, [root], BestAvailableEncryption(password))


def _name(common: str, number: str) -> x509.Name:
    """A subject; RFC 5280 allows 64 characters in a common name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64] or "Centre"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, number[:64] or "0"),
        ]
    )


def _certificate(
    names: tuple[x509.Name, x509.Name],
    keys: tuple[ec.EllipticCurvePrivateKey, ec.EllipticCurvePrivateKey],
    start: datetime,
    *,
    authority: bool,
) -> x509.Certificate:
    """Subject and issuer, subject's and issuer's key."""
    builder = (
        x509.CertificateBuilder(names[1], names[0], keys[0].public_key(), x509.random_serial_number())
        .not_valid_before(start - timedelta(minutes=5))
        .not_valid_after(start + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(keys[0].public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(keys[1].public_key()), critical=False)
    )
    return builder.sign(keys[1], hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def opened(pkcs12_file: bytes, password: bytes | None) -> SimpleSigner:
    """The signer that a PKCS#12 file holds: the centre's own, or one that `self_made` made. Raises `NotSigned`."""
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(pkcs12_file, other_certs=[], passphrase=password)
    except ValueError:
        raise NotSigned("The centre's key file cannot be opened. Check its path and its password.") from None
    return signer


def sign(pdf: bytes, signer: SimpleSigner, *, reason: str = "Issued by the centre") -> bytes:
    """`pdf` with the centre's signature over the whole file; PDF/A-3a and PDF/UA-1 stay as they are."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    # pyHanko would write the XMP anew and lose the extension schema that PDF/A asks for beside the PDF/UA identifier.
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=reason
    )
    field = fields.SigFieldSpec(FIELD, readable_field_name="Signature of the centre")
    out = io.BytesIO()
    PdfSigner(metadata, signer=signer, new_field_spec=field).sign_pdf(writer, output=out)
    return out.getvalue()


def sign_bytes(content: bytes, signer: SimpleSigner) -> bytes:
    """A detached signature over `content`: CMS SignedData in DER (RFC 5652)."""
    signed = asyncio.run(signer.async_sign_general_data(content, "sha256", detached=True))
    return bytes(signed.dump())


def check(pdf: bytes, *, trust: Sequence[bytes] = ()) -> Check:
    """What the file's last signature proves; `trust` holds certificates (DER) that the caller trusts.

    Reads nothing but its arguments. A file that is no PDF, or cannot be read, counts as not signed.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return Check(False, False, False, False)
        signature = signatures[-1]
        roots = [asn1.Certificate.load(root) for root in trust] or _own_roots(signature)
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context, skip_diff=True)
    except (PdfError, ValueError, KeyError, TypeError):
        return Check(False, False, False, False)
    certificate = status.signing_cert
    return Check(
        signed=True,
        intact=status.intact,
        valid=status.valid,
        entire=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=str(certificate.subject.native.get("common_name", "")),
        fingerprint=sha256(certificate.dump()).hexdigest(),
        trusted=bool(trust) and status.trusted,
    )


def _own_roots(signature: EmbeddedPdfSignature) -> list[asn1.Certificate]:
    """The authorities that the file brings itself: enough to see that it is whole, not to trust it."""
    brought = [signature.signer_cert, *signature.other_embedded_certs]
    return [certificate for certificate in brought if certificate.self_issued]
