"""Accounts of about 400 words for the crowd: the sample's texts cut into paragraphs and put together anew."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portfolio.evidence import content
from portfolio.evidence.places import locators
from portfolio.evidence.rules import Kind
from portfolio.foundation.words.marks import sentences

WORDS = 400
VARIETY = 40
"""How many different accounts there are."""
_TEXTS = Path(__file__).parent.parent.parent / "sample" / "content"


@dataclass(frozen=True, slots=True)
class Account:
    """A composed account: what its version says, and its sentences as written locators."""

    says: dict[str, str]
    places: tuple[dict[str, Any], ...]
    kind: Kind = Kind.ACCOUNT


@cache
def accounts() -> tuple[Account, ...]:
    """All accounts there are; the same in every run."""
    paragraphs = [
        paragraph.strip()
        for path in sorted(_TEXTS.glob("*/texts/*.md"))
        for paragraph in path.read_text("utf-8").split("\n\n")
        if len(paragraph.split()) > 12
    ]
    dice = random.Random(2026)  # noqa: S311 (the same crowd in every run)
    return tuple(_account(f"Account {number}", paragraphs, dice) for number in range(1, VARIETY + 1))


def _account(title: str, paragraphs: list[str], dice: random.Random) -> Account:
    text = ""
    while len(text.split()) < WORDS:
        text += dice.choice(paragraphs) + "\n\n"
    made = content.compose(content.Draft(title, text=text))
    whole = [locators.passage(made.plain, *one) for one in sentences(made.html) if one[1] - one[0] > 20]
    says = {
        "title": title, "text": text, "html": made.html, "plain": made.plain, "sha256": content.version_hash(made, ())
    }  # fmt: skip
    return Account(says, tuple(locators.write(passage) for passage in whole))
