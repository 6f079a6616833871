"""The language of a document on paper: its fixed words, its dates and its lists.

English is written in the templates and in the code; what other languages say for it stands in one table each
(`templates/exports/paper/words/*.po`, GNU gettext).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po

TABLES = Path(__file__).parents[2] / "templates" / "exports" / "paper" / "words"
_LOCALES = {"en": "en_GB", "cy": "cy"}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of documents."""

    tag: str = "en-GB"
    """BCP 47: the language of the document."""
    locale: str = "en_GB"
    """By which Babel names months."""
    table: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """English phrase → what is said for it."""

    @property
    def is_english(self) -> bool:
        """Whether units, which are written in English, are written in the document's own language."""
        return self.locale.startswith("en")

    def say(self, phrase: str, **values: object) -> str:
        """The phrase in this language; `%(name)s` in it stands for the value of that name."""
        said = self.table.get(phrase, phrase)
        return said % values if values else said

    def counted(self, one: str, many: str, count: int) -> str:
        """The phrase for one, or that for any other number."""
        return self.say(one if count == 1 else many)

    def listed(self, words: Sequence[str]) -> str:
        """`a, b and c`; commas alone where the word between would have to bend to what follows it."""
        return format_list(list(words), locale=self.locale) if self.is_english else ", ".join(words)

    def received(self, text: str, zone: tzinfo) -> str:
        """The day of a moment in `zone`: `4 March 2026`; empty for nothing."""
        return format_date(parsed(text).astimezone(zone), "d MMMM y", locale=self.locale) if text else ""

    def day(self, text: str) -> str:
        """`4 March 2026` for an ISO 8601 date; what is no date stays as it is."""
        try:
            return format_date(datetime.fromisoformat(text[:10]), "d MMMM y", locale=self.locale)
        except ValueError:
            return text

    def moment(self, text: str, zone: tzinfo) -> str:
        """`4 March 2026, 09:30` in `zone`; empty for nothing."""
        return self._timed(text, zone, "d MMMM y") if text else ""

    def stamp(self, text: str, zone: tzinfo) -> str:
        """`4 Mar 2026, 09:30` in `zone`: short and of even width, for a grid."""
        return self._timed(text, zone, "d MMM y")

    def _timed(self, text: str, zone: tzinfo, pattern: str) -> str:
        local = parsed(text).astimezone(zone)
        return f"{format_date(local, pattern, locale=self.locale)}, {local:%H:%M}"


ENGLISH = Language()


def parsed(text: str) -> datetime:
    """A moment as ISO 8601 writes it; UTC where it names no zone."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cache
def language_of(tag: str) -> Language:
    """The language of a BCP 47 tag, or English where we have no table for it."""
    language = tag.partition("-")[0].lower()
    if language == "en":
        return Language(tag)
    if language not in _LOCALES:
        return ENGLISH
    with (TABLES / f"{language}.po").open("rb") as file:
        said = {str(phrase.id): str(phrase.string) for phrase in read_po(file) if phrase.id and phrase.string}
    return Language(tag, _LOCALES[language], said)


def zone_of(name: str) -> tzinfo:
    """A time zone by its name; UTC for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
