"""Who may do what with files on their way in."""

from portfolio.evidence.arrivals.models import Upload
from portfolio.people.models import Person


def may_send(person: Person) -> bool:  # noqa: ARG001 - everybody at a centre may hand a file in somewhere
    """Everybody who is signed in."""
    return True


def may_continue(person: Person, upload: Upload) -> bool:
    """Only who began an upload may go on with it, look at it or end it."""
    return person.id == upload.person_id
