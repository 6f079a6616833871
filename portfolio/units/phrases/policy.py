"""Who may do what with sentences for feedback."""

from portfolio.people.models import Person
from portfolio.people.rules import PHRASE_KEEPERS
from portfolio.units.models import Edition
from portfolio.units.phrases.models import OwnPhrase, Phrase


def may_read_phrases(person: Person, edition: Edition) -> bool:
    """Staff read what their centre shares."""
    return person.is_staff and edition.centre_id == person.centre_id


def may_keep_phrases(person: Person, edition: Edition) -> bool:
    """Whoever the centre lets keep its shared sentences."""
    return may_read_phrases(person, edition) and _keeps(person)


def may_see_phrase(person: Person, phrase: Phrase) -> bool:
    """Staff read what their centre shares."""
    return person.is_staff and phrase.centre_id == person.centre_id


def may_change_phrase(person: Person, phrase: Phrase) -> bool:
    """Whoever the centre lets keep its shared sentences."""
    return may_see_phrase(person, phrase) and _keeps(person)


def may_forget(person: Person, phrase: OwnPhrase) -> bool:
    """Only whose own it is."""
    return person.is_staff and phrase.person_id == person.id


def _keeps(person: Person) -> bool:
    return person.has(*PHRASE_KEEPERS[person.centre.phrase_keepers].roles)
