"""Who may do what with people."""

from portfolio.foundation.mail.models import Mail
from portfolio.people.models import Person
from portfolio.people.rules import Role


def may_administer(person: Person) -> bool:
    """Administrators run their centre."""
    return person.has(Role.ADMINISTRATOR)


def may_see_mail(person: Person, mail: Mail) -> bool:
    """Administrators see what their own centre sent by mail, and send it again."""
    return person.has(Role.ADMINISTRATOR) and mail.centre_id == person.centre_id


def may_change(person: Person, other: Person) -> bool:
    """Administrators change people of their own centre."""
    return person.has(Role.ADMINISTRATOR) and other.centre_id == person.centre_id


def may_see(person: Person, other: Person) -> bool:
    """Staff see the people of their centre; everybody sees themselves."""
    return person.id == other.id or (person.is_staff and other.centre_id == person.centre_id)


def may_become(person: Person, other: Person) -> bool:
    """Whoever has several persons in one account goes from one to the other; nobody goes to somebody else's."""
    return person.account_id is not None and person.account_id == other.account_id and other.active


def may_ask_what_was_saved(person: Person) -> bool:
    """Everybody asks about forms of their own."""
    return person.active


def may_change_keys(person: Person) -> bool:
    """Everybody has keys of their own."""
    return person.active


def may_keep_drafts(person: Person) -> bool:
    """Everybody keeps what they type; the drafts of others are given to nobody."""
    return person.active
