"""Nobody is sent more links than they can use, and none that waited in a backup."""

from portfolio.foundation.db import db, transaction
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.work import chores
from portfolio.people.operations import mailing
from tests.fixtures.cast import House
from tests.people.mailing.desk import Desk, told


def test_nobody_is_sent_more_than_ten_links_a_day(dee: Desk) -> None:
    for _ in range(mailing.MOST):
        dee.mails("ann")
    key = dee.links("ann")
    said = dee.sends(f"/people/{dee.house.person('ann').id}/mail", 429, key=key)
    assert "too often" in said
    dee.mails("ann", "bea")
    db.session.rollback()
    assert db.session.query(Mail).count() == mailing.MOST + 1, "bea is sent hers all the same"


def test_what_waited_in_a_backup_is_not_sent_once_that_is_restored(dee: Desk, street: House) -> None:
    """It was sent since, or its address was corrected since: the records that were restored do not know."""
    dee.mails("ann")
    with transaction():
        for deed in chores.restored(street.app):
            deed()
    assert told() == [("link not sent", "the records were restored from a backup")]
    db.session.rollback()
    assert [one.state for one in db.session.query(Mail)] == ["not sent"]
