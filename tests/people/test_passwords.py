"""Which passwords are refused: those that others would try first, for anybody or for this very person."""

import re

import pytest

from portfolio.people.entering.passwords import is_guessed, known_words
from tests.people.house import Visitor, person

WORDS = "violet anchor seventeen"
OTHERS = "copper lantern ninety"


@pytest.mark.parametrize(
    ("password", "guessed"),
    [
        ("password1234", True), ("Qwertyuiop12", True), ("iloveyou2024!", True), ("Manchester2024", True),
        ("Ada.Marsh.2026", True), ("harbourstreet!!", True), ("Markwell-1001", True), ("aaaaaaaaaaaaaaaa", True),
        (WORDS, False), (OTHERS, False), ("xK9#mQ2$vL7p", False), ("tri cheffyl a phont", False), ("z" * 40, True),
        ("correct horse " * 10, False),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("app")
def test_what_others_would_try_first_is_no_password(password: str, guessed: bool) -> None:
    assert is_guessed(password, known_words(person("ada"))) is guessed


def test_a_link_refuses_a_common_password_and_one_made_of_names(dee: Visitor, guest: Visitor) -> None:
    link = re.search(r"/join/[\w-]+", dee.sends(f"/people/{person('ada').id}/invite"))[0]
    guest.reads(link)
    for common in ("password1234", "Ada Marsh 2026"):
        assert "Others would guess" in guest.sends(link, 422, password=common, again=common)
    assert "Welcome" in guest.sends(link, password=WORDS, again=WORDS)
