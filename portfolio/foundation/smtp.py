"""The house's mail server as its settings name it, and a bounded line to it (SMTP, RFC 5321)."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from portfolio.foundation.errors import Refused
from portfolio.foundation.words.answers import said

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
BROKE = "The line to the mail server broke before it said whether it took this mail."
_FAULTS = (smtplib.SMTPException, OSError, ValueError)
"""What a server, a network, a certificate or a name that leads nowhere make `smtplib` raise."""
_SENDER = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)
_GO_ON = 354
"""The server's answer that it takes the words of a mail now."""
_YES, _NO = 2, (4, 5)
"""The first digits of answers that say so (RFC 5321, 4.2.1)."""


class NotTaken(Refused):
    """The server did not take a mail. `passes`: later it may; `of_all`: it takes no other one either just now.

    `said_no`: it answered so (5xx), and is asked again less often than one that is away.
    """

    def __init__(self, sentence: str, *, passes: bool = False, of_all: bool = False, said_no: bool = False) -> None:
        super().__init__(sentence)
        self.passes, self.of_all, self.said_no = passes, of_all, said_no


class NotKnown(Refused):
    """The server was given a mail, and the line ended before it answered: it may have taken it."""


class _NotWanted(Exception):
    """A mail is not to be sent any more, though the server would take it."""


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

    begins: Callable[[], bool] = staticmethod(lambda: True)
    """Called before a mail's words are sent, once the server took sender and address; whether they are to be sent."""
    is_given = False
    """Whether the server began to take the words of the present mail."""

    def connect(self, host: str = "localhost", port: int = 0, _source: object = None) -> tuple[int, bytes]:
        """As `smtplib` does."""
        with _bounded(self):
            return super().connect(host, port)

    def getreply(self) -> tuple[int, bytes]:
        """As `smtplib` does."""
        code, words = super().getreply()
        self.is_given = self.is_given or code == _GO_ON
        return code, words

    def data(self, msg: Any) -> tuple[int, bytes]:
        """As `smtplib` does; raises `_NotWanted` before anything is said where the mail is not to be sent."""
        if not self.begins():
            raise _NotWanted
        return super().data(msg)


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same over TLS from the beginning."""


class MailLine:
    """A connection to the server: made when the first mail goes, and made anew after it broke."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open: _Bounded | None = None
        self._handed = 0

    def __enter__(self) -> Self:
        """Nothing is connected yet."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _fault: object, _trace: TracebackType | None) -> None:
        """Say goodbye."""
        self._close()

    def send(self, message: EmailMessage, to: str, begins: Callable[[], bool] = lambda: True) -> bool:
        """Hand a mail in; True when the server has taken it. Raises `NotTaken`, `NotKnown`.

        `begins` is called once the server took the address; where it says False, nothing is sent, and that is returned.
        """
        line = self._connected()
        self._handed += 1
        line.begins, line.is_given = begins, False
        try:
            with _bounded(line):
                line.send_message(message, from_addr=self._server.sender, to_addrs=[to])
        except _NotWanted:
            self._close()
            return False
        except _FAULTS as fault:
            if line.is_given and isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code // 100 == _YES:
                return True
            raise self._refusal(fault, line, to) from None
        return True

    def try_out(self) -> None:
        """See whether the server answers and lets us in. Raises `NotTaken`."""
        self._connected()

    def _connected(self) -> _Bounded:
        """The line that is open, or a new one. Raises `NotTaken`."""
        if self._open is None or self._open.sock is None or self._handed >= MANY:
            self._close()
            try:
                self._open = self._connect()
            except _FAULTS as fault:
                raise self._not_taken(fault) from None
        return self._open

    def _connect(self) -> _Bounded:
        context = ssl.create_default_context()
        here = (self._server.host, self._server.port, self._server.sender.rpartition("@")[2])
        if self._server.tls == "first":
            line: _Bounded = _BoundedTls(*here, timeout=WAIT, context=context)
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

    def _refusal(self, fault: Exception, line: _Bounded, to: str) -> NotTaken | NotKnown:
        """What a fault means for the mail to the address `to`; the line stays open where the server answered."""
        if isinstance(fault, smtplib.SMTPRecipientsRefused):
            code, words = fault.recipients[to]
            return NotTaken(f"The mail server refused the address: {said(code, words, to)}", passes=code < 500)
        if isinstance(fault, smtplib.SMTPDataError) and (not line.is_given or fault.smtp_code // 100 in _NO):
            told = said(fault.smtp_code, fault.smtp_error, to)
            return NotTaken(f"The mail server refused the mail: {told}", passes=fault.smtp_code < 500)
        if isinstance(fault, smtplib.SMTPSenderRefused):
            refusal = self._not_taken(fault)
            refusal.of_all = to.isascii()  # else it may be this mail's letters that the server does not take
            refusal.passes = refusal.of_all or not refusal.said_no
            return refusal
        if isinstance(fault, smtplib.SMTPNotSupportedError):
            return NotTaken("The mail server takes no addresses with letters beyond ASCII.")
        self._close()
        return NotKnown(BROKE) if line.is_given else self._not_taken(fault)

    def _not_taken(self, fault: Exception) -> NotTaken:
        """What a fault of the whole line means, without anything that names a person: it passes, or is put right."""
        where = f"The mail server {self._server.address}"
        says_no = isinstance(fault, smtplib.SMTPResponseException) and fault.smtp_code >= 500
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            told = f"{where} does not take the user and password that it was given."
        elif isinstance(fault, smtplib.SMTPResponseException):
            told = f"{where} takes no mail from here: {said(fault.smtp_code, fault.smtp_error)}"
        elif isinstance(fault, smtplib.SMTPNotSupportedError):
            told = f"{where} offers no TLS, or no sign-in: nothing is sent."
        elif isinstance(fault, ssl.SSLCertVerificationError):
            told = f"{where} shows a certificate that does not hold."
        else:
            told = f"{where} does not answer."
        return NotTaken(told, passes=True, of_all=True, said_no=says_no)


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
