"""Who may do what with the centre's register of policies and procedures."""

from portfolio.evidence.procedures.models import Procedure
from portfolio.people.models import Person
from portfolio.people.rules import Role


def may_read_register(person: Person) -> bool:
    """Everybody reads the register of their own centre."""
    return bool(person.roles)


def may_register(person: Person) -> bool:
    """Administrators keep the register."""
    return person.has(Role.ADMINISTRATOR)


def may_change_procedure(person: Person, procedure: Procedure) -> bool:
    """Administrators keep the register of their own centre."""
    return may_register(person) and procedure.centre_id == person.centre_id
