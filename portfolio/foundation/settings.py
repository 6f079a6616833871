"""Settings: one frozen, typed object, read once from the environment."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app

from portfolio.foundation import smtp
from portfolio.foundation.errors import Refused

WEAK = 32
"""A secret of fewer characters than this is refused."""
KEPT = "secret"
"""File of the instance in which a demo keeps the secret that it made up."""
DEMO_SENDER = "markwell@demo.example"
"""From whom the mail comes that a demo keeps."""


class Unset(Refused):
    """A setting that production needs is missing or weak; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things live and how the house is run. See docs/operations.md for each name in the environment."""

    instance: Path
    """Folder of everything that changes: database, files, keys."""
    database: str
    """SQLAlchemy URL of the records."""
    secret: str
    """Empty only for a command that serves nobody."""
    address: str = "http://localhost"
    """Where people find the house, without a slash at the end; empty only for a command that was not told."""
    demo: bool = False
    https: bool = True
    """Cookies only over HTTPS."""
    proxies: int = 0
    """How many reverse proxies in front are trusted to say who calls."""
    limits: str = "memory://"
    """Where the counts of the rate limit live; one URL for all web servers."""
    certificate: Path | None = None
    """PKCS#12 file that signs for the centres; without one a self-made certificate signs."""
    certificate_password: str = ""
    timestamps: str = ""
    """Address of a time-stamp authority (RFC 3161); without one, signatures have no time stamp."""
    timestamps_user: str = ""
    timestamps_password: str = ""
    mail: str = ""
    """Address of the mail server, `smtp://user:password@host:587`; without one no mail is sent."""
    mail_from: str = ""
    """The address from which it is sent."""
    upload_limit: int = 2 * 1024**3
    """Largest upload in bytes."""
    person_quota: int = 0
    """Bytes of files that one person may have sent in all; 0 for any number."""
    centre_quota: int = 0
    """Bytes of files that one centre may have; 0 for any number."""
    bodies: int = 48
    """Requests whose bodies one web server process reads at the same time; fewer than its threads."""
    patience: float = 30
    """Seconds in which a body that stands still, or all but, ends its connection."""
    offline: bool = True
    """Whether devices keep pages for where there is no line; if not, they let go of those that they keep."""
    bucket: str = ""
    """`s3://bucket/prefix` of the file store; empty: the folder `files` of the instance."""
    speech: Path | None = None
    """Folder of a model of speech that faster-whisper reads; without one no machine writes down what is said."""

    def ensure_secret(self) -> None:
        """For commands that sign: raises `Unset` where there is no secret to open the centre's key with."""
        ensure_strong(self.secret)

    @property
    def keeps_mail(self) -> bool:
        """Whether mail stays in the instance and is shown there: in a demo without a mail server."""
        return self.demo and not self.mail

    @property
    def sends_mail(self) -> bool:
        """Whether what is written to people goes anywhere."""
        return bool(self.mail) or self.keeps_mail

    @property
    def sender(self) -> str:
        """The address from which mail comes."""
        return self.mail_from or DEMO_SENDER

    @property
    def files(self) -> Path:
        """Folder of the file store; of its near copies where it is a bucket."""
        return self.instance / "files"

    @property
    def uploads(self) -> Path:
        """Folder of uploads that are still arriving."""
        return self.instance / "uploads"

    @property
    def jobs(self) -> str:
        """SQLAlchemy URL of the job engine's own tables."""
        if self.database.startswith("sqlite"):
            return f"sqlite:///{self.instance / 'jobs.db'}"
        return self.database.replace("postgresql+psycopg:", "postgresql:")


def current() -> Settings:
    """The settings of the application that runs."""
    return cast("Settings", current_app.extensions["markwell"])


def read(environment: Mapping[str, str], *, serving: bool = True) -> Settings:
    """Settings from variables named `MARKWELL_…`.

    The demo makes up what it lacks, and an instance that it began is a demo to every command. Production raises `Unset`
    for a missing or weak secret; a command that serves nobody (not `serving`) may do without one.
    """
    instance = Path(environment.get("MARKWELL_INSTANCE", "instance")).resolve()
    demo = environment.get("MARKWELL_DEMO", "0" if serving or not (instance / KEPT).exists() else "1") == "1"
    https = environment.get("MARKWELL_HTTPS", "0" if demo else "1") == "1"
    certificate = environment.get("MARKWELL_CERTIFICATE")
    return Settings(
        instance=instance,
        database=environment.get("MARKWELL_DATABASE") or f"sqlite:///{instance / 'markwell.db'}",
        secret=_secret(environment, instance, demo=demo, serving=serving),
        address=_address(environment, needed=serving and https, local=not https),
        demo=demo,
        https=https,
        proxies=_number(environment, "MARKWELL_PROXIES", 0),
        limits=environment.get("MARKWELL_LIMITS", "memory://"),
        certificate=Path(certificate) if certificate else None,
        certificate_password=environment.get("MARKWELL_CERTIFICATE_PASSWORD", ""),
        timestamps=_web_address(environment, "MARKWELL_TIMESTAMPS"),
        timestamps_user=environment.get("MARKWELL_TIMESTAMPS_USER", ""),
        timestamps_password=environment.get("MARKWELL_TIMESTAMPS_PASSWORD", ""),
        mail=_mail(environment),
        mail_from=environment.get("MARKWELL_MAIL_FROM", ""),
        upload_limit=_number(environment, "MARKWELL_UPLOAD_LIMIT", 2 * 1024**3),
        person_quota=_number(environment, "MARKWELL_PERSON_QUOTA", 0),
        centre_quota=_number(environment, "MARKWELL_CENTRE_QUOTA", 0),
        bodies=_number(environment, "MARKWELL_BODIES", 48) or 1,
        patience=_number(environment, "MARKWELL_PATIENCE", 30) or 1,
        offline=environment.get("MARKWELL_OFFLINE", "1") != "0",
        bucket=_bucket(environment),
        speech=_speech(environment),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    """A whole number that is not negative. Raises `Unset` for anything else."""
    said = environment.get(name, "").strip()
    if said and not (said.isascii() and said.isdigit()):
        raise Unset(f"{name} must be a whole number, for example {default or 5_000_000_000}.")
    return int(said) if said else default


def _bucket(environment: Mapping[str, str]) -> str:
    """The bucket's address. Raises `Unset` for anything else than one."""
    files = environment.get("MARKWELL_FILES", "")
    if files and not files.startswith("s3://"):
        raise Unset("MARKWELL_FILES must be the address of a bucket, s3://name/prefix, or not be set at all.")
    return files


def _speech(environment: Mapping[str, str]) -> Path | None:
    """The folder of a model of speech. Raises `Unset` for one that holds none."""
    folder = environment.get("MARKWELL_SPEECH", "")
    if folder and not all((Path(folder) / name).is_file() for name in ("model.bin", "config.json")):
        raise Unset(
            f"MARKWELL_SPEECH must be a folder with a model of speech for faster-whisper, and {folder} has no "
            "model.bin and config.json in it: `make speech` makes one."
        )
    return Path(folder).resolve() if folder else None


def _mail(environment: Mapping[str, str]) -> str:
    """The mail server's address. Raises `Unset` for another text, or where sender and server are not both there."""
    url, sender = environment.get("MARKWELL_MAIL", ""), environment.get("MARKWELL_MAIL_FROM", "")
    if bool(url) != bool(sender):
        raise Unset("MARKWELL_MAIL and MARKWELL_MAIL_FROM belong together: the mail server, and from whom mail comes.")
    try:
        if url:
            smtp.read(url, sender)
    except ValueError:
        raise Unset(
            f"MARKWELL_MAIL must be the address of a mail server, for example {smtp.EXAMPLE}, and MARKWELL_MAIL_FROM "
            "an e-mail address, for example markwell@markwell.example."
        ) from None
    return url


def _secret(environment: Mapping[str, str], instance: Path, *, demo: bool, serving: bool) -> str:
    secret = environment.get("MARKWELL_SECRET", "")
    if not secret and demo:
        return _kept_secret(instance / KEPT)
    if secret or serving:
        ensure_strong(secret)
    return secret


def _address(environment: Mapping[str, str], *, needed: bool, local: bool) -> str:
    """Where people find the house: never taken from a request, in which anybody may write anything. Raises `Unset`.

    `local`: where it is not said, this machine is meant.
    """
    address = _web_address(environment, "MARKWELL_ADDRESS").rstrip("/")
    if needed and not address:
        raise Unset(
            "MARKWELL_ADDRESS is missing: set it to the address at which people find the house, for example "
            "https://markwell.example. The links that administrators hand over begin with it."
        )
    if address.count("/") > 2:
        raise Unset("MARKWELL_ADDRESS has more than a host in it: it looks like https://markwell.example.")
    return address or ("" if not local else f"http://127.0.0.1:{environment.get('PORT', '5000')}")


def _web_address(environment: Mapping[str, str], name: str) -> str:
    """An address that begins with http:// or https://, or nothing. Raises `Unset` for any other text."""
    address = environment.get(name, "")
    if address and not address.startswith(("http://", "https://")):
        raise Unset(f"{name} is not an address: it begins with https:// or http://, for example https://tsa.example/.")
    return address


def ensure_strong(secret: str) -> None:
    """Raises `Unset` for a secret that could be guessed."""
    if len(secret) < WEAK or len(set(secret)) < WEAK // 4:
        raise Unset(
            "MARKWELL_SECRET is missing or weak: set it to at least 32 random characters, "
            "for example the output of `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
