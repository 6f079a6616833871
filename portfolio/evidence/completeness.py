"""What an item of each kind cannot be without."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from portfolio.evidence import media
from portfolio.evidence.content import Content
from portfolio.evidence.drafts import OutsideSource
from portfolio.evidence.models import File
from portfolio.evidence.rules import Kind, called
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank

SOURCE_LENGTHS = {"address": 2000, "clause": 200}
"""Characters of where an item comes from."""
NO_ACCOUNT = "The account is empty. Write what happened, what you did, and why."
NO_EMAIL = (
    "An e-mail is sent as a file that ends in .eml. Open it in your mail program, choose Save as or Download, and add "
    "that file."
)
NO_ADDRESS = "Give the address of the page, beginning with https:// or http://."
WITH_PASSWORD = "Leave the name and the password out of the address."  # noqa: S105 (a sentence)
NO_DAY_SEEN = "Give the day on which you saw the page, for example 14 10 2026."
NO_CAPTURE = "Add a picture of the page, or print it to a PDF and add that: the page may look different tomorrow."
NO_PROCEDURE = "Choose the policy or procedure that you used."
NO_CLAUSE = "Say which clause or section you used, for example: 4.2."
NO_USE = "Write how you used it: what you did, and what the clause says about that."


def ensure_complete(kind: Kind, content: Content, files: Sequence[File]) -> None:
    """Raise `Incomplete` for an item of `kind` that lacks what one of that kind cannot be without."""
    blank = is_blank(content.plain)
    if kind in (Kind.RECORDING, Kind.WORK_PRODUCT) and not files:
        raise Incomplete(
            f"{called(kind).capitalize()} needs a file. Choose one, and wait until it is sent.", ("uploads",)
        )
    if kind is Kind.ACCOUNT and blank:
        raise Incomplete(NO_ACCOUNT, ("text",))
    if kind is Kind.EMAIL and not any(file.media_type == media.MESSAGE for file in files):
        raise Incomplete(NO_EMAIL, ("uploads",))
    if kind is Kind.WEB_PAGE:
        _ensure_seen(content, files)
    if kind is Kind.PROCEDURE:
        _ensure_used(content.draft.source or OutsideSource(), blank=blank)
    if blank and not files:
        raise Incomplete("This item holds neither words nor a file.", ("text", "uploads"))


def ensure_address(address: str) -> None:
    """Raise `Incomplete` for what is no whole address of a page on the web, or one with a password in it."""
    try:
        parts = urlsplit(address)
        host, password = parts.hostname, parts.username or parts.password
    except ValueError as error:
        raise Incomplete(NO_ADDRESS, ("address",)) from error
    if parts.scheme not in ("http", "https") or not host or any(sign.isspace() for sign in address):
        raise Incomplete(NO_ADDRESS, ("address",))
    if password:
        raise Incomplete(WITH_PASSWORD, ("address",))


def _ensure_seen(content: Content, files: Sequence[File]) -> None:
    source = content.draft.source or OutsideSource()
    ensure_address(source.address)
    ensure_fits(source, SOURCE_LENGTHS)
    if content.draft.happened_on is None:
        raise Incomplete(NO_DAY_SEEN, ("happened_on",))
    if not any(file.kind in ("image", "document") and not file.is_text for file in files):
        raise Incomplete(NO_CAPTURE, ("uploads",))


def _ensure_used(source: OutsideSource, *, blank: bool) -> None:
    if is_blank(source.title) or is_blank(source.version):
        raise Incomplete(NO_PROCEDURE, ("procedure",))
    if is_blank(source.clause):
        raise Incomplete(NO_CLAUSE, ("clause",))
    ensure_fits(source, SOURCE_LENGTHS)
    if blank:
        raise Incomplete(NO_USE, ("text",))
