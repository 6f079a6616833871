"""The house's mail server as its settings name it, and a bounded line to it (SMTP, RFC 5321)."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from portfolio.foundation.errors import Refused
from portfolio.foundation.words.text import cleaned

PORTS = {"smtp": 587, "smtps": 465}
"""Of mail that is submitted (RFC 6409, RFC 8314); `smtp` begins TLS on the line, `smtps` before anything is said."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
WAIT = 10.0
"""Seconds in which the server has to say something."""
BOUND = 45.0
"""Seconds in which it has to take one mail."""
MANY = 50
"""Mails after which a line is made anew: servers bound how many they take over one."""
EXAMPLE = "smtp://user:password@mail.markwell.example:587"
_FAULTS = (smtplib.SMTPException, OSError, ValueError)
"""What a server, a network, a certificate or a name that leads nowhere make `smtplib` raise."""
_SENDER = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)
_LONGEST = 200
"""Characters that are kept of what a server says."""


class NotTaken(Refused):
    """The server did not take a mail. `passes`: later it may; `of_all`: it takes no other one either just now.

    `said_no`: it answered so (5xx), and is asked again less often than one that is away.
    """

    def __init__(self, sentence: str, *, passes: bool = False, of_all: bool = False, said_no: bool = False) -> None:
        super().__init__(sentence)
        self.passes, self.of_all, self.said_no = passes, of_all, said_no


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in, as whom, and from which address."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "begun"
    """`first`: before anything is said; `begun`: by STARTTLS, or nothing is sent; empty: none."""

    @property
    def address(self) -> str:
        """For people: `mail.markwell.example:587`."""
        return f"{self.host}:{self.port}"


def read(url: str, sender: str) -> Server:
    """The server at `url`, `smtp://user:password@host:587`. Raises `ValueError` for another text, or sender.

    TLS is asked for everywhere but on this machine; `?tls=no` and `?tls=yes` say otherwise.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    tls = asked.pop("tls", ["no" if parts.hostname in LOOPBACK else "yes"])[-1]
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or asked or tls not in ("yes", "no"):
        raise ValueError(url)
    if not _SENDER.fullmatch(sender):
        raise ValueError(sender)
    kind = "first" if parts.scheme == "smtps" else "begun" if tls == "yes" else ""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, parts.port or PORTS[parts.scheme], sender, user, password, kind)


class _Bounded(smtplib.SMTP):
    """A line that is ended after `BOUND` seconds of connecting, however slowly the server answers."""

    def connect(self, host: str = "localhost", port: int = 0, _source: object = None) -> tuple[int, bytes]:
        """As `smtplib` does."""
        with _bounded(self):
            return super().connect(host, port)


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same over TLS from the beginning."""


class MailLine:
    """A connection to the server: made when the first mail goes, and made anew after it broke."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None
        self._handed = 0

    def __enter__(self) -> Self:
        """Nothing is connected yet."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _fault: object, _trace: TracebackType | None) -> None:
        """Say goodbye."""
        self._close()

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand a mail in; when this returns, the server has taken it. Raises `NotTaken`."""
        line = self._connected()
        self._handed += 1
        try:
            with _bounded(line):
                line.send_message(message, from_addr=self._server.sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as fault:
            code, said = fault.recipients[to]
            raise NotTaken(f"The mail server refused the address: {_said(code, said)}", passes=code < 500) from None
        except smtplib.SMTPDataError as fault:
            told = _said(fault.smtp_code, fault.smtp_error)
            raise NotTaken(f"The mail server refused the mail: {told}", passes=fault.smtp_code < 500) from None
        except smtplib.SMTPSenderRefused as fault:
            refusal = self._not_taken(fault)
            refusal.of_all = to.isascii()  # else it may be this mail's letters that the server does not take
            refusal.passes = refusal.of_all or not refusal.said_no
            raise refusal from None
        except smtplib.SMTPNotSupportedError:
            raise NotTaken("The mail server takes no addresses with letters beyond ASCII.") from None
        except _FAULTS as fault:
            self._close()
            raise self._not_taken(fault) from None

    def try_out(self) -> None:
        """See whether the server answers and lets us in. Raises `NotTaken`."""
        self._connected()

    def _connected(self) -> smtplib.SMTP:
        """The line that is open, or a new one. Raises `NotTaken`."""
        if self._open is None or self._open.sock is None or self._handed >= MANY:
            self._close()
            try:
                self._open = self._connect()
            except _FAULTS as fault:
                raise self._not_taken(fault) from None
        return self._open

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        here = (self._server.host, self._server.port, self._server.sender.rpartition("@")[2])
        if self._server.tls == "first":
            line: smtplib.SMTP = _BoundedTls(*here, timeout=WAIT, context=context)
        else:
            line = _Bounded(*here, timeout=WAIT)
        try:
            with _bounded(line):
                line.ehlo()
                if self._server.tls == "begun":
                    line.starttls(context=context)
                    line.ehlo()
                if self._server.user:
                    line.login(self._server.user, self._server.password)
        except BaseException:
            line.close()
            raise
        return line

    def _close(self) -> None:
        line, self._open, self._handed = self._open, None, 0
        if line is not None and line.sock is not None:
            with suppress(smtplib.SMTPException, OSError, ValueError):
                line.quit()
            line.close()

    def _not_taken(self, fault: Exception) -> NotTaken:
        """What a fault of the whole line means, without anything that names a person: it passes, or is put right."""
        where = f"The mail server {self._server.address}"
        says_no = isinstance(fault, smtplib.SMTPResponseException) and fault.smtp_code >= 500
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            told = f"{where} does not take the user and password that it was given."
        elif isinstance(fault, smtplib.SMTPResponseException):
            told = f"{where} takes no mail from here: {_said(fault.smtp_code, fault.smtp_error)}"
        elif isinstance(fault, smtplib.SMTPNotSupportedError):
            told = f"{where} offers no TLS, or no sign-in: nothing is sent."
        elif isinstance(fault, ssl.SSLCertVerificationError):
            told = f"{where} shows a certificate that does not hold."
        else:
            told = f"{where} does not answer."
        return NotTaken(told, passes=True, of_all=True, said_no=says_no)


def _said(code: int, words: bytes | str) -> str:
    """What a server said, in one line that can be shown."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"“{code} {' '.join(cleaned(text).split())}”"[:_LONGEST]


@contextmanager
def _bounded(line: smtplib.SMTP) -> Iterator[None]:
    """End the line if what is done in here takes longer than `BOUND`."""
    watch = threading.Timer(BOUND, _cut, (line,))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _cut(line: smtplib.SMTP) -> None:
    if line.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(line.sock, socket.SHUT_RDWR)  # below TLS, which would wait for the other side
