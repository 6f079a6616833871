"""The key with which a centre signs: one's own by setting, or one made for the centre and kept beside the data.

Which certificates sign for a centre stands in its log (`key made`): a key that is not on record signs nothing.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from threading import get_ident

from pyhanko.sign import SimpleSigner

from exports import operations, queries
from exports.signing import certificates, signatures, time_stamps
from portfolio.foundation import sealing
from portfolio.foundation.backup import keyfiles
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.audit import Actor, LogHead, Terminal
from portfolio.foundation.settings import Settings, Unset, current
from portfolio.people.models import Centre
from portfolio.people.queries import centres

PASSWORDS = "key passwords"
"""Name of the sealed value under which key files are encrypted: the password, and the one before where it changes."""
GIVEN = "set by MARKWELL_CERTIFICATE"
"""Why a key is on record that the house does not keep itself."""
_OWN = re.compile(r"\d+(-[0-9a-f]{12})?\.p12")
"""Names of key files that the house made: of the present one, and of each by its certificate."""
LOST = (
    "The key with which {centre} signs is not there ({path}). Put it back from the backup. If it is lost for good, "
    "make a new one on record: flask key new --because REASON."
)
STRANGE = (
    "The key file of {centre} is not the last one that is on record. Put the right one back from the backup, or make a "
    "new one on record: flask key new --because REASON."
)


def signs(centre: Centre, settings: Settings) -> signatures.Signs:
    """Who signs for `centre`, and the authority that stamps. Raises as `signer` does."""
    return signatures.Signs(signer(centre, settings), time_stamps.authority(settings))


def signer(centre: Centre, settings: Settings) -> SimpleSigner:
    """Who signs for `centre`; the first key is made and put on record, in a transaction of its own.

    Raises `settings.Unset` for a command that was given no secret, where the key is the house's own, and
    `sealing.WrongSecret` for one that was given another than the house was sealed with; `signatures.NotSigned` when a
    key cannot be opened. Refused where a key was made before and is not there, or it is not the last one on record.
    """
    if settings.certificate:
        password = (settings.certificate_password.encode() or None,)
        return _on_record(centre, _opened(settings.certificate.read_bytes(), password, get_ident()), given=True)
    passwords, path = _passwords(settings), _place(centre, settings)
    if not path.exists():
        if queries.certificates(centre.id) or queries.has_signed(centre.id):
            raise Refused(LOST.format(centre=centre.name, path=path))
        keep(path, certificates.self_made(centre.name, centre.number, password=passwords[0]))
    return _on_record(centre, _opened(path.read_bytes(), passwords, get_ident()), given=False)


def know() -> None:
    """Put on record what signs for centres that signed something before keys were on record.

    Raises as `signer` does, but for a key that is lost: whoever signs next is told.
    """
    for centre in centres():
        if queries.has_signed(centre.id) and not queries.certificates(centre.id):
            with suppress(Refused):  # it is lost: whoever signs next is told
                signer(centre, current())


def renew(centre: Centre, settings: Settings, *, because: str, by: Actor) -> str:
    """Make a new key on record, signed for by the old one where that is there; the new certificate's SHA-256.

    Raises `Unset` or `WrongSecret` where there is no secret to encrypt it under, `signatures.NotSigned` when the old
    one cannot be opened. Refused where the key is one's own by setting.
    """
    if settings.certificate:
        raise Refused("MARKWELL_CERTIFICATE says which key signs: put the new one there, and it is put on record.")
    path, passwords, signature = _place(centre, settings), _passwords(settings), b""
    fresh = certificates.self_made(centre.name, centre.number, password=passwords[0])
    new = signatures.opened(fresh, passwords[0])
    if path.exists():
        old = _opened(path.read_bytes(), passwords, get_ident())
        if not queries.certificates(centre.id):
            _on_record(centre, old, given=False)
        if _sha256(old) in {one.sha256 for one in queries.certificates(centre.id)}:  # a strange one vouches for nothing
            signature = signatures.seal(_der(new), signatures.Signs(old))
        keep(path.with_name(f"{centre.id}-{_sha256(old)[:12]}.p12"), path.read_bytes())
    keep(path.with_name(f"{centre.id}-{_sha256(new)[:12]}.p12"), fresh)
    with transaction():
        operations.keep_key(centre.id, _der(new), because=because, signature=signature, by=by)
    keep(path, fresh, instead=True)  # after the line: who is interrupted here has both keys, and begins again
    return _sha256(new)


def known() -> keyfiles.Known:
    """What the log and the kept passwords say of the key files. Raises `Unset`, `WrongSecret` where there are any."""
    settings = current()
    needed = {_place(one, settings).name: one for one in centres() if _signs_by_file(one, settings)}
    if not needed and not any((settings.instance / "keys").glob("*.p12")):
        return keyfiles.Known({}, lambda _name, _content: "")
    if not settings.secret:
        raise Unset("MARKWELL_SECRET is missing: with it a backup opens each key file, to see that it is whole.")
    last = {name: made[-1].sha256 for name, one in needed.items() if (made := queries.certificates(one.id))}
    try:
        passwords = _passwords(settings)
    except signatures.NotSigned:
        passwords = ()
    return keyfiles.Known({name: one.name for name, one in needed.items()}, partial(_fault, last, passwords))


def _signs_by_file(centre: Centre, settings: Settings) -> bool:
    """Whether the last key on record is one that the house keeps itself."""
    if settings.certificate:
        return False
    on_record = queries.certificates(centre.id)
    return on_record[-1].because != GIVEN if on_record else queries.has_signed(centre.id)


def _fault(last: Mapping[str, str], passwords: tuple[bytes, ...], name: str, content: bytes) -> str:
    """What is wrong with a key file: no password opens it, or another certificate than the last on record is in it."""
    if not _OWN.fullmatch(name):
        return ""
    try:
        sha256 = _sha256(_opened(content, passwords, get_ident())) if passwords else ""
    except signatures.NotSigned:
        sha256 = ""
    if not sha256:
        return "cannot be opened"
    return "" if last.get(name, sha256) == sha256 else "is not the last one on record"


def _on_record(centre: Centre, found: SimpleSigner, *, given: bool) -> SimpleSigner:
    """The signer, if its certificate is the last on record; the first is put there, and one that a setting names."""
    if _is_present(centre, found):
        return found
    if queries.certificates(centre.id) and not given:
        raise Refused(STRANGE.format(centre=centre.name))
    with transaction():
        hold(db.session.get_one(LogHead, centre.id))  # of two who come at once, the second finds it on record
        if not _is_present(centre, found):
            why = GIVEN if given else "the first one"
            operations.keep_key(centre.id, _der(found), because=why, by=Terminal(centre.id))
    return found


def _is_present(centre: Centre, signer: SimpleSigner) -> bool:
    known = queries.certificates(centre.id)
    return bool(known) and known[-1].sha256 == _sha256(signer)


def _sha256(signer: SimpleSigner) -> str:
    """Of the certificate, in hexadecimal."""
    return hashlib.sha256(_der(signer)).hexdigest()


def _der(signer: SimpleSigner) -> bytes:
    if signer.signing_cert is None:
        raise signatures.NotSigned("The centre's key file holds no certificate.")
    return bytes(signer.signing_cert.dump())


def _place(centre: Centre, settings: Settings) -> Path:
    return settings.instance / "keys" / f"{centre.id}.p12"


def _passwords(settings: Settings) -> tuple[bytes, ...]:
    return tuple(password.encode() for password in json.loads(kept_passwords(settings)))


def kept_passwords(settings: Settings) -> str:
    """What the key files of the house's own are encrypted under, as a JSON list: one, or two while it changes.

    Raises `Unset` without a secret, `sealing.WrongSecret` with another than the house was sealed with.
    """
    return sealing.kept(PASSWORDS, partial(_first_passwords, settings))


def _first_passwords(settings: Settings) -> str:
    """What key files were encrypted under before it was a value of its own; a new house begins with a random one.

    Raises `signatures.NotSigned` where there are key files and another secret made all of them: it is not kept then.
    """
    found = sorted((settings.instance / "keys").glob("*.p12"))
    password = hashlib.sha256(f"centre key {settings.secret}".encode()).hexdigest()
    for path in found:
        with suppress(signatures.NotSigned):
            signatures.opened(path.read_bytes(), password.encode())
            return json.dumps([password])
    if found:
        raise signatures.NotSigned(f"None of the key files beside {found[0]} can be opened with this secret.")
    return json.dumps([secrets.token_hex(32)])


def fingerprint(centre: Centre, settings: Settings) -> str:
    """SHA-256 of the certificate with which `centre` signs, in hexadecimal. Raises as `signer` does."""
    certificate = signer(centre, settings).signing_cert
    assert certificate is not None
    return str(certificate.sha256.hex())


@lru_cache(maxsize=64)
def _opened(content: bytes, passwords: tuple[bytes | None, ...], _thread: int) -> SimpleSigner:
    """Once for each thread: a certificate is encoded anew while it signs, and two at once would mix it up."""
    for password in passwords[:-1]:
        with suppress(signatures.NotSigned):
            return signatures.opened(content, password)
    return signatures.opened(content, passwords[-1])


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
