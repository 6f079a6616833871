"""The key with which a centre signs: one's own by setting, or one made for the centre and kept beside the data."""

import hashlib
import json
import os
import secrets
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from threading import get_ident

from pyhanko.sign import SimpleSigner

from exports import certificates, signing, stamping
from portfolio.foundation import sealing
from portfolio.foundation.settings import Settings
from portfolio.people.models import Centre

PASSWORDS = "key passwords"
"""Name of the sealed value under which key files are encrypted: the password, and the one before where it changes."""


def signs(centre: Centre, settings: Settings) -> signing.Signs:
    """Who signs for `centre`, and the authority that stamps. Raises as `signer` does."""
    return signing.Signs(signer(centre, settings), stamping.authority(settings))


def signer(centre: Centre, settings: Settings) -> SimpleSigner:
    """Who signs for `centre`. Raises `signing.NotSigned` when a key that is set cannot be opened.

    Raises `settings.Unset` for a command that was given no secret, where the key is the house's own, and
    `sealing.WrongSecret` for one that was given another than the house was sealed with.
    """
    if settings.certificate:
        return _opened(settings.certificate, (settings.certificate_password.encode() or None,), get_ident())
    passwords = tuple(password.encode() for password in json.loads(kept_passwords(settings)))
    path = settings.instance / "keys" / f"{centre.id}.p12"
    if not path.exists():
        keep(path, certificates.self_made(centre.name, centre.number, password=passwords[0]))
    return _opened(path, passwords, get_ident())


def kept_passwords(settings: Settings) -> str:
    """What the key files of the house's own are encrypted under, as a JSON list: one, or two while it changes.

    Raises `Unset` without a secret, `sealing.WrongSecret` with another than the house was sealed with.
    """
    return sealing.kept(PASSWORDS, partial(_first_passwords, settings))


def _first_passwords(settings: Settings) -> str:
    """What key files were encrypted under before it was a value of its own; a new house begins with a random one.

    Raises `signing.NotSigned` where there are key files that another secret made: it is not kept then.
    """
    if found := next((settings.instance / "keys").glob("*.p12"), None):
        password = hashlib.sha256(f"centre key {settings.secret}".encode()).hexdigest()
        signing.opened(found.read_bytes(), password.encode())
        return json.dumps([password])
    return json.dumps([secrets.token_hex(32)])


def fingerprint(centre: Centre, settings: Settings) -> str:
    """SHA-256 of the certificate with which `centre` signs, in hexadecimal. Raises as `signer` does."""
    certificate = signer(centre, settings).signing_cert
    assert certificate is not None
    return str(certificate.sha256.hex())


@lru_cache(maxsize=64)
def _opened(path: Path, passwords: tuple[bytes | None, ...], _thread: int) -> SimpleSigner:
    """Once for each thread: a certificate is encoded anew while it signs, and two at once would mix it up."""
    for password in passwords[:-1]:
        with suppress(signing.NotSigned):
            return signing.opened(path.read_bytes(), password)
    return signing.opened(path.read_bytes(), passwords[-1])


def keep(path: Path, content: bytes, *, instead: bool = False) -> None:
    """Write a key file whole; whoever comes second keeps the first, except `instead` of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}-{get_ident()}")
    with draft.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if instead:
        draft.replace(path)
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
