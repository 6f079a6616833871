"""What came of a mail: said on its row and on record, in the present transaction."""

from collections.abc import Collection

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail.kinds import KINDS
from portfolio.foundation.mail.models import Mail

MOST = 300
"""Characters of a sentence that is kept."""
STOPPED = "This was stopped before it was sent."
IN_HAND = "This was stopped while it was handed to the mail server: it may have gone out all the same."
LEFT = "The machine stopped while this was handed to the mail server."
MAY = "It may have gone out."
AGAIN = "Send it again if it did not arrive."


def close(mail: Mail, state: str, because: str = "", why: str = "", *, by: Actor | None = None) -> None:
    """Close a mail; `why` it is not sent in a few words, and who stopped it, where somebody did."""
    mail.state, mail.because, mail.closed_at = state, because[:MOST], now()
    db.session.flush()
    kind = KINDS[mail.kind]
    kind.unsent(mail, why, by) if why else kind.sent(mail)


def close_unknown(mail: Mail, sentence: str, why: str) -> None:
    """Close one of which nobody knows whether the server took it: it is not tried again by itself."""
    again = f" {AGAIN}" if KINDS[mail.kind].again else ""
    close(mail, "not sent", f"{sentence} {MAY}{again}", f"{why}, so that nobody knows whether it went")


def stop(mails: Collection[Mail], sentence: str = "", *, by: Actor | None = None) -> None:
    """Close those that wait; of one that is in the sender's hand nobody says that it did not go.

    All are held before the first is on record: the sender holds one, and then writes to the log.
    """
    for mail in mails:
        hold(mail)
    for mail in mails:
        if mail.is_waiting and mail.handed_at:
            close(mail, "not sent", IN_HAND, "it was stopped while it was handed in", by=by)
        elif mail.is_waiting:
            close(mail, "not sent", sentence or STOPPED, "it was stopped", by=by)
