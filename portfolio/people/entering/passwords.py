"""What a password must be: long enough, and none that others would try first."""

import re
from typing import Any

from flask_security.password_util import PasswordUtil

from portfolio.people.models import Person

SHORTEST = 10
"""Characters (NIST SP 800-63B asks for 8)."""
LONGEST = 200
GUESSED = (
    "Others would guess this password soon: it is common, or near to a name. "
    "Take three or four words that do not belong together."
)
_SAFE = 3
"""Of zxcvbn's scores 0 to 4: more than a hundred million guesses."""
_OWN = 6
"""Letters and digits that have to be left of a password without the names that everybody here knows."""
_READ = 72
"""Characters that zxcvbn takes; what goes beyond makes no password weaker."""


class Passwords(PasswordUtil):
    """Flask-Security's demands, and ours."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Faults, or None, and the password in its normal form; `user` is the person whose it is going to be."""
        faults, normal = super().validate(password, is_register, **kwargs)
        if not faults and is_guessed(normal, known_words(kwargs.get("user"))):
            faults = [GUESSED]
        return faults, normal


def known_words(person: Person | None) -> list[str]:
    """Words that whoever guesses would try for this person: names, address, centre, product; the longest first."""
    texts = ["Markwell"]
    if person is not None:
        texts += [person.name, person.email, person.number, person.work, person.centre.name, person.centre.number]
    words = {word for text in texts for word in (text, *re.split(r"\W+", text)) if len(word) > 2}
    return sorted({word.casefold() for word in words}, key=len, reverse=True)


def is_guessed(password: str, words: list[str]) -> bool:
    """Whether the password is among those that are tried first, or made of known words."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 (its lists take a fifth of a second to load)

    rest = password.casefold()
    for word in words:
        rest = rest.replace(word, "")
    if len(re.sub(r"[\W_]", "", rest)) < _OWN:
        return True
    return bool(zxcvbn(password[:_READ], user_inputs=words)["score"] < _SAFE)
