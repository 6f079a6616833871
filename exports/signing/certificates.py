"""A self-made certificate for a centre that has none of its own."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

YEARS = 10
"""For how long a self-made certificate holds."""


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
