"""A time-stamp authority of our own on this machine, with its certificate's chain and its list of revocations."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

START = datetime.now(UTC) - timedelta(days=1)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(names: tuple[str, str], key, issuer_key, *, authority: bool) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(not authority, not authority, False, False, False, authority, authority, False, False)
    return (
        x509.CertificateBuilder(_name(names[1]), _name(names[0]), key.public_key(), x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(START + timedelta(days=900))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


@cache
def _root() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    name = "Harbour Clock Authority"
    return key, _builder((name, name), key, key, authority=True).sign(key, hashes.SHA256())


def root_pem() -> bytes:
    """The authority's root certificate, as it publishes it."""
    return _root()[1].public_bytes(serialization.Encoding.PEM)


@cache
def _clock() -> DummyTimeStamper:
    key, (root_key, root) = rsa.generate_private_key(65537, 2048), _root()
    builder = _builder(("Harbour Clock", "Harbour Clock Authority"), key, root_key, authority=False)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    own = builder.add_extension(usage, critical=True).sign(root_key, hashes.SHA256())
    secret = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(tsa_cert=_asn1(own), tsa_key=keys.PrivateKeyInfo.load(secret), certs_to_embed=[_asn1(root)])


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@dataclass
class Clock:
    """A running authority: where it is, what was asked of it, and whether it is ill."""

    url: str = ""
    ill: bool = False
    asked: list[str | None] = field(default_factory=list)
    """The Authorization header of every question."""

    def key_file(self, password: bytes = b"x") -> bytes:
        """A centre's certificate that says where its authority tells what it revoked: on this same machine."""
        key, (root_key, root) = ec.generate_private_key(ec.SECP256R1()), _root()
        place = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{self.url}/revoked")], None, None, None)
        builder = _builder(("Harbourside Training", "Harbour Clock Authority"), key, root_key, authority=False)
        own = builder.add_extension(x509.CRLDistributionPoints([place]), critical=False)
        locked = serialization.BestAvailableEncryption(password)
        return pkcs12.serialize_key_and_certificates(b"c", key, own.sign(root_key, hashes.SHA256()), [root], locked)


def _revoked() -> bytes:
    key, root = _root()
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject).last_update(START)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    builder = builder.next_update(START + timedelta(days=30)).add_extension(x509.CRLNumber(1), critical=False)
    made = builder.add_extension(authority, critical=False).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


@contextmanager
def running() -> Iterator[Clock]:
    """The authority on a free port of this machine, over HTTP."""
    clock = Clock()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            clock.asked.append(self.headers["Authorization"])
            query = self.rfile.read(int(self.headers["Content-Length"]))
            if clock.ill:
                self.send_error(503)
            else:
                answer = _clock().request_tsa_response(tsp.TimeStampReq.load(query))
                self._given("application/timestamp-reply", answer.dump())

        def do_GET(self) -> None:
            self._given("application/pkix-crl", _revoked())

        def _given(self, kind: str, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        clock.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield clock
        finally:
            server.shutdown()
            thread.join()
