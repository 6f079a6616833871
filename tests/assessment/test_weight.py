"""A desk with a whole unit on it comes over a slow line: eight points, twelve accounts, all of their words."""

import gzip
import random
import re
from pathlib import Path

from criteria.catalogue import units as known
from portfolio.foundation.db import transaction
from portfolio.units import operations as publishing
from portfolio.units.models import Enrolment
from tests.fixtures import deeds
from tests.fixtures.cast import House

DOCS = Path(__file__).resolve().parents[2] / "docs"
MOST = 60 * 1024
ITEMS, WORDS = 12, 600
VOCABULARY = sorted({word for page in DOCS.glob("*.md") for word in re.findall(r"[a-z]{2,}", page.read_text("utf-8"))})
"""The words of our own documents: drawn at random they are packed worse than anybody's sentences."""


def account(number: int) -> list[str]:
    """The sentences of an account of about 600 words, no two of them alike."""
    drawn = random.Random(number)
    return [" ".join(drawn.choices(VOCABULARY, k=15)).capitalize() + "." for _ in range(WORDS // 15)]


def enrolled(house: House) -> Enrolment:
    """Ada on a unit of eight points."""
    ada, ben, dee = (house.person(nick) for nick in ("ada", "ben", "dee"))
    unit = next(one for one in known() if len(one.points) == 8)
    with transaction():
        edition = publishing.publish(unit, ada.centre, by=dee)
        return publishing.enrol(ada, edition, assessor=ben, iqa=None, by=dee)


def test_eight_points_and_twelve_accounts_of_six_hundred_words_are_at_most_60_kib(house: House) -> None:
    """What is measured is the answer of the page itself, packed as servers pack it; styles and scripts are kept."""
    unit = enrolled(house)
    for number in range(ITEMS):
        sentences = account(number)
        text = "\n\n".join(" ".join(sentences[at : at + 8]) for at in range(0, len(sentences), 8))
        item = deeds.write(unit.learner, text, title=f"Friday {number + 1}")
        for turn in (0, 1):
            point = unit.edition.points[(number + 5 * turn) % 8]
            deeds.claim(item, deeds.place_of(item, sentences[3 + 9 * turn]), [point], "It shows how I worked.")
    page = house.browser("ben").get(f"/marking/{deeds.hand_in(unit).id}")
    assert page.status_code == 200
    assert page.data.count(b'data-pane="') == ITEMS
    weight = len(gzip.compress(page.data, 6, mtime=0))
    assert weight <= MOST, f"{weight / 1024:.1f} KiB of {len(page.data) / 1024:.0f} KiB"
