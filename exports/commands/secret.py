"""`flask secret …`: which secret the house is sealed with, and another one in its place; no password ends by it."""

import json
import os
import secrets
from pathlib import Path

import click
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from portfolio.foundation import sealing
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.settings import KEPT, current, ensure_strong
from portfolio.foundation.terminal import Group

group = Group("secret", help="The secret that seals what the house keeps to itself.")


@group.command("fingerprint")
def fingerprint() -> None:
    """Say which secret the house was given, and which it was sealed with."""
    given, wanted = current().secret, sealing.sealed_with()
    click.echo(f"Given: {sealing.fingerprint(given) if given else 'none'}")
    click.echo(f"Sealed with: {wanted or 'nothing is sealed yet'}")


@group.command("rotate")
def rotate() -> None:
    """Seal everything with another secret: MARKWELL_NEW_SECRET, or the one typed when asked.

    Stop web servers and workers before. Passwords and certificates stay; everybody signs in anew. Cut off in the
    middle, it goes on when it is given again with the same two secrets.
    """
    secret = os.environ.get("MARKWELL_NEW_SECRET") or click.prompt(
        "New secret", hide_input=True, confirmation_prompt=True
    )
    ensure_strong(secret)
    if secret == current().secret:
        raise Refused("That is the secret the house has. Give another one in MARKWELL_NEW_SECRET.")
    is_cut_off = sealing.sealed_with() == sealing.fingerprint(secret)
    if not is_cut_off:
        _ensure_all_open()
    draft = _drafted(secret)
    if not is_cut_off:
        _reseal(secret)
    count = _encrypt_anew(secret)
    if draft:
        draft.replace(current().instance / KEPT)
    click.echo(f"Sealed with the secret {sealing.fingerprint(secret)}; {count} key files are encrypted anew.")
    click.echo("Set MARKWELL_SECRET to it before you start the house again, and back it up where the old one was.")


def _drafted(secret: str) -> Path | None:
    """The demo keeps its secret in a file: the new one lies beside it until it counts."""
    kept = current().instance / KEPT
    if not kept.exists():
        return None
    draft = kept.with_suffix(".next")
    draft.touch(mode=0o600)
    draft.write_text(secret)
    return draft


def _reseal(secret: str) -> None:
    """Seal all values anew: from this commit on the new secret opens the house, and the old one does not.

    Key files get another password, since the one they have may follow from the old secret; until all are encrypted
    anew, both are kept.
    """
    from exports.signing import keys  # noqa: PLC0415 (signing takes a second to load, and no page signs)
    from portfolio.people import signing_in  # noqa: PLC0415 (likewise)

    signing_in.unseal()
    passwords = json.loads(keys.kept_passwords(current()))
    with transaction():
        sealing.reseal(secret)
        sealing.change(keys.PASSWORDS, json.dumps([secrets.token_hex(32), *passwords]), secret=secret)


def _ensure_all_open() -> None:
    """Before anything is changed: raises `Refused` for a key file that no kept password opens."""
    from exports.signing import keys  # noqa: PLC0415 (signing takes a second to load, and no page signs)

    try:
        passwords = [each.encode() for each in json.loads(keys.kept_passwords(current()))]
        for path in _key_files():
            _reencrypted(path, passwords)
    except Refused as fault:
        raise Refused(f"{fault.sentence} Nothing was changed: the house goes on with the secret it has.") from fault


def _encrypt_anew(secret: str) -> int:
    """Encrypt all key files under the newest password, then forget the others; returns how many.

    Raises `Refused` where one cannot be opened or written any more: the new secret counts by then, and it is said.
    """
    from exports.signing import keys  # noqa: PLC0415 (signing takes a second to load, and no page signs)

    passwords = [each.encode() for each in json.loads(sealing.read(keys.PASSWORDS, secret=secret))]
    paths = _key_files()
    try:
        for path in paths:
            keys.keep(path, _reencrypted(path, passwords), instead=True)
    except (Refused, OSError) as fault:
        raise Refused(
            f"{fault} The house is sealed with the secret {sealing.fingerprint(secret)} by now, and starts with that "
            "one only; not all key files are encrypted anew. Mend this, then give the command again with the same two "
            "secrets."
        ) from fault
    with transaction():
        sealing.change(keys.PASSWORDS, json.dumps([passwords[0].decode()]), secret=secret)
    return len(paths)


def _key_files() -> list[Path]:
    return sorted((current().instance / "keys").glob("*.p12"))


def _reencrypted(path: Path, passwords: list[bytes]) -> bytes:
    """A PKCS#12 file under the first of `passwords`, whichever of them opens it. Raises `Refused` where none does."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Refused(f"The key file {path} cannot be read: {fault.strerror}.") from fault
    for password in passwords:
        try:
            held = pkcs12.load_pkcs12(content, password)
        except ValueError:
            continue
        if held.cert is None or held.key is None:
            break
        name, others = held.cert.friendly_name, [one.certificate for one in held.additional_certs]
        encryption = BestAvailableEncryption(passwords[0])
        return pkcs12.serialize_key_and_certificates(name, held.key, held.cert.certificate, others, encryption)  # type: ignore[arg-type]
    raise Refused(f"The key file {path} cannot be opened with any password that is kept. Put it back from a backup.")
