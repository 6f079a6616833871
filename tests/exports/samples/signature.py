"""A centre that signs: its own certificate, detached signatures, and a small signed PDF."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

import pikepdf
from asn1crypto import keys, pem, x509
from cryptography import x509 as making
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

NAME = "Harbourside Training"


@cache
def centre(name: str) -> SimpleSigner:
    """A signer with a certificate that it gave itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = making.Name([making.NameAttribute(making.NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=1)
    usage = making.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        making.CertificateBuilder(subject, subject, key.public_key(), making.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=400))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(secret),
        cert_registry=SimpleCertificateStore(),
    )


def certificate(name: str = NAME) -> bytes:
    """The centre's certificate as a PEM file."""
    return pem.armor("CERTIFICATE", centre(name).signing_cert.dump())


def sign(content: bytes) -> bytes:
    """A detached CMS signature of the bytes."""
    return asyncio.run(centre(NAME).async_sign_general_data(content, "sha256")).dump()


@cache
def plain_report(record: bytes = b"{}") -> bytes:
    """One empty page with its record attached and named by its hash."""
    plain = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["records.json"] = pikepdf.AttachedFileSpec(pdf, record, mime_type="application/json")
        with pdf.open_metadata() as about:
            about["dc:description"] = f"An evidence report. Report {sha256(record).hexdigest()[:12]}."
        pdf.save(plain)
    return plain.getvalue()


def signed_report(record: bytes = b"{}") -> bytes:
    """The same, signed by the centre over the entire file."""
    out = io.BytesIO()
    signer = PdfSigner(PdfSignatureMetadata(field_name="Centre"), signer=centre(NAME))
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(plain_report(record))), output=out)
    return out.getvalue()
