"""The key with which a centre signs: one's own by setting, or one made for the centre and kept beside the data."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from threading import get_ident

from pyhanko.sign import SimpleSigner

from exports import certificates, signing, stamping
from portfolio.foundation.settings import Settings
from portfolio.people.models import Centre


def signs(centre: Centre, settings: Settings) -> signing.Signs:
    """Who signs for `centre`, and the authority that stamps. Raises as `signer` does."""
    return signing.Signs(signer(centre, settings), stamping.authority(settings))


def signer(centre: Centre, settings: Settings) -> SimpleSigner:
    """Who signs for `centre`. Raises `signing.NotSigned` when a key that is set cannot be opened.

    Raises `settings.Unset` for a command that was given no secret, where the key is the house's own.
    """
    if settings.certificate:
        return _opened(settings.certificate, settings.certificate_password.encode() or None, get_ident())
    settings.ensure_secret()
    password = hashlib.sha256(f"centre key {settings.secret}".encode()).hexdigest().encode()
    path = settings.instance / "keys" / f"{centre.id}.p12"
    if not path.exists():
        _keep(path, certificates.self_made(centre.name, centre.number, password=password))
    return _opened(path, password, get_ident())


@lru_cache(maxsize=64)
def _opened(path: Path, password: bytes | None, _thread: int) -> SimpleSigner:
    """Once for each thread: a certificate is encoded anew while it signs, and two at once would mix it up."""
    return signing.opened(path.read_bytes(), password)


def _keep(path: Path, content: bytes) -> None:
    """Write the key once; whoever comes second keeps the first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}-{get_ident()}")
    with draft.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
