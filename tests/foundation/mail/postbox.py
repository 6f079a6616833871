"""A real mail server (aiosmtpd), at which tests look at what was sent; it refuses or asks for TLS as it is told."""

import asyncio
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.programs import free_port

SENDER = "markwell@house.example"
USER, PASSWORD = "markwell", "p:ss w@rd/%"


@dataclass
class Postbox:
    """The server: what it took, and how it answers."""

    port: int = field(default_factory=free_port)
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Each with the address it was handed in for."""
    asked: list[str] = field(default_factory=list)
    """Every address for which somebody wanted to hand mail in."""
    refuses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Address → its next answers other than yes."""
    lines: int = 0
    """How often somebody said who they are."""
    before_address: Callable[[], Awaitable[object]] | None = None
    """Awaited when somebody wants to hand mail in, before that is answered."""
    before_yes: Callable[[], object] = lambda: None
    """Done when a mail is there, before that is said."""
    answers: list[str] = field(default_factory=list[str])
    """What it says of the next mails, having taken them, instead of yes."""
    cuts: int = 0
    """How many of the next mails it takes and then ends the line instead of saying so."""
    stalls: int = 0
    """How many of the next mails it takes and then says nothing more, for as long as the line stands."""

    @property
    def url(self) -> str:
        """Where it stands, as the settings say it."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """What was taken for an address."""
        return [mail for to, mail in self.mails if to == address]

    async def handle_EHLO(  # noqa: N802 (aiosmtpd looks for that name)
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count who comes."""
        session.host_name = hostname
        self.lines += 1
        return responses

    async def handle_RCPT(  # noqa: N802 (likewise)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Take the address, or say what the test wants."""
        self.asked.append(address)
        if self.before_address:
            await self.before_address()
        if self.refuses[address]:
            return self.refuses[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (likewise)
        """Take the mail."""
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails += [(to, mail) for to in envelope.rcpt_tos]
        self.before_yes()
        if self.cuts:
            self.cuts -= 1
            server.transport.abort()
        if self.stalls:
            self.stalls -= 1
            await asyncio.Event().wait()
        return self.answers.pop(0) if self.answers else "250 Taken"

    @contextmanager
    def up(self, **options: Any) -> Iterator[None]:
        """Answer, within; `options` are those of aiosmtpd's controller."""
        options = {"enable_SMTPUTF8": True, "ready_timeout": 60} | options
        controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


@pytest.fixture
def postbox() -> Postbox:
    """A mail server that is not up yet."""
    return Postbox()


def words_of(mail: EmailMessage, kind: str = "plain") -> str:
    """What stands in its part of that kind, plain or html."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def lets_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
    """Whether it is our user with our password."""
    known = (told.login, told.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=known)


def certificate(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server's TLS with a certificate of its own, and the file by which clients trust it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, pair = folder / f"{name}.pem", folder / f"{name}.both"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pair.write_bytes(private + trusted.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return context, trusted


@contextmanager
def silent(port: int, greeting: bytes = b"") -> Iterator[None]:
    """A server that takes connections, perhaps greets, and says nothing more."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", port)) as door:

        def answer() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                held.append(line)
                line.sendall(greeting)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join()
            for line in held:
                line.close()
