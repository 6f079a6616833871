"""Writes about people: centres open, people are registered, invited, and set their password."""

from portfolio.people.operations.centres import change_centre, open_centre
from portfolio.people.operations.links import (
    ENDED,
    INVITATION_LASTS,
    LINKS,
    invite,
    invited,
    is_open,
    is_open_link,
    join,
    token_hash,
    token_of,
)
from portfolio.people.operations.mailing import mail_links, record_sent, record_unsent
from portfolio.people.operations.registering import (
    Namesakes,
    change,
    close,
    merge,
    register,
    remove,
    reopen,
    stated,
)

__all__ = [
    "ENDED",
    "INVITATION_LASTS",
    "LINKS",
    "Namesakes",
    "change",
    "change_centre",
    "close",
    "invite",
    "invited",
    "is_open",
    "is_open_link",
    "join",
    "mail_links",
    "merge",
    "open_centre",
    "record_sent",
    "record_unsent",
    "register",
    "remove",
    "reopen",
    "stated",
    "token_hash",
    "token_of",
]
