"""What a password must be: long enough, and none that others would try first."""

import re
import unicodedata
from typing import Any

from flask_security.password_util import PasswordUtil

from portfolio.foundation.words.text import alike
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
_SAFE_FOLDED = 2
"""The same of its folded forms, for which more than a million are asked: folding takes from good ones, too."""
_OWN = 6
"""Letters and digits that have to be left of a password without the names that everybody here knows."""
_ADDED = 6
"""Signs and digits around one word, years and repetitions not counted, that make no password of it."""
_READ = 72
"""Characters that zxcvbn takes; what goes beyond makes no password weaker."""
_LEET = dict(zip("0345789@$!+€", "oeastbgasite", strict=True))
_READINGS = (str.maketrans({}), *(str.maketrans(_LEET | {"1": one, "|": one}) for one in "il"))
"""Digits and signs as they are, and as the letters that they stand for; 1 and | for either of two."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_REPEATED = re.compile(r"(.)\1+")
_BEFORE, _AFTER = re.compile(r"^[\W\d_]+"), re.compile(r"[\W\d_]+$")
"""Signs and digits at the ends of a word."""
_FAMOUS = (
    "correcthorsebatterystaple", "troubador", "thequickbrownfox", "jumpsoverthelazydog", "maytheforcebewithyou",
    "tobeornottobe", "thatisthequestion", "onceuponatime", "onceuponamidnightdreary", "inthebeginningwastheword",
    "mynameisbond", "opensesame", "letmeinplease", "iloveyousomuch", "thisismypassword", "changemeplease",
    "twinkletwinklelittlestar", "maryhadalittlelamb", "humptydumptysatonawall", "neverforgetthis", "youshallnotpass",
    "winteriscoming", "hakunamatata", "supercalifragilisticexpialidocious", "godsavetheking", "godsavethequeen",
)  # fmt: skip
"""Phrases that everybody knows, without blanks."""


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
    """Whether the password is among those that are tried first, or made of known words, however it is written."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 (its lists take a fifth of a second to load)

    folded = _folded(password)
    if _is_made_of(password.casefold(), words) or _is_one_word(folded):
        return True
    for reading in _READINGS:
        read = [_folded(word).translate(reading) for word in words]
        if any(_is_made_of(text.translate(reading), read) for text in (folded, _without_end(folded))):
            return True
    known = [*words, *_FAMOUS]
    if zxcvbn(password[:_READ], user_inputs=known)["score"] < _SAFE:
        return True
    forms = {folded.translate(reading)[:_READ] for reading in _READINGS}
    return any(zxcvbn(form, user_inputs=known)["score"] < _SAFE_FOLDED for form in forms)


def _folded(text: str) -> str:
    """Small letters without accents and blanks, and without what cannot be seen."""
    signs = unicodedata.normalize("NFD", alike(text))
    return "".join(sign for sign in signs if not sign.isspace() and unicodedata.category(sign)[0] != "M")


def _is_made_of(text: str, words: list[str]) -> bool:
    """Whether little is left of a text without these words, the longest of which stand first."""
    for word in words:
        text = text.replace(word, "")
    return len(re.sub(r"[\W_]", "", text)) < _OWN


def _without_end(folded: str) -> str:
    """Without the years, signs and digits that it ends with, where they are few."""
    shorn = _AFTER.sub("", folded)
    return shorn if _counted(folded[len(shorn) :]) <= _ADDED else folded


def _counted(added: str) -> int:
    """How many signs and digits were added to a word, years and repetitions not counted."""
    return len(_REPEATED.sub(r"\1", _YEAR.sub("", added)))


def _is_one_word(folded: str) -> bool:
    """Whether it is one word or name of zxcvbn's lists, with no more around it than years and a few signs."""
    from zxcvbn.matching import RANKED_DICTIONARIES  # noqa: PLC0415 (it takes a fifth of a second to load)

    lists = [ranks for name, ranks in tuple(RANKED_DICTIONARIES.items()) if name != "user_inputs"]
    cut, shorn = _BEFORE.sub("", folded), _AFTER.sub("", folded)
    for word in {folded, cut, shorn, _AFTER.sub("", cut)} - {""}:
        around = folded.replace(word, " ", 1)
        read = {word.translate(reading) for reading in _READINGS}
        if _counted(around) <= _ADDED + 1 and any(one in ranks for one in read for ranks in lists):
            return True
    return False
