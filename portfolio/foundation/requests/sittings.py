"""What a form says of its drafts when it is sent: the number of this sending, and the sittings that end with it."""

from flask import request

from portfolio.foundation.drafts import operations
from portfolio.foundation.drafts.rules import Turn, is_key, turns

DRAFT = "draft"
"""Name of the hidden field that holds the number of the sending; a form that goes on with another holds its too."""
SITTING = "sitting"
"""Name of the hidden fields that name the sittings whose words are in the form; as `rules.turns` reads them."""
FIELDS = (DRAFT, SITTING)
_MOST_NUMBERS = 4


def numbers() -> list[str]:
    """The numbers of the sending that this request is."""
    return [key for key in request.form.getlist(DRAFT)[:_MOST_NUMBERS] if is_key(key)]


def told() -> list[Turn]:
    """The sittings whose words this request brings."""
    return turns(request.form.getlist(SITTING))


def end(person_id: int) -> None:
    """End the sittings of somebody whose words this request saves, in the transaction that is open."""
    operations.end(told(), person_id=person_id)
