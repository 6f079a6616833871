"""Which passwords are refused: those that others would try first, for anybody or for this very person."""

import re

import pytest

from portfolio.people.entering.passwords import is_guessed, known_words
from tests.people.house import Visitor, person

pytestmark = pytest.mark.slow

WORDS = "violet anchor seventeen"
OTHERS = "copper lantern ninety"


@pytest.mark.parametrize(
    ("password", "guessed"),
    [
        ("password1234", True), ("Qwertyuiop12", True), ("iloveyou2024!", True), ("Manchester2024", True),
        ("Ada.Marsh.2026", True), ("harbourstreet!!", True), ("Markwell-1001", True), ("aaaaaaaaaaaaaaaa", True),
        (WORDS, False), (OTHERS, False), ("xK9#mQ2$vL7p", False), ("tri cheffyl a phont", False), ("z" * 40, True),
        ("correct horse " * 10, False),
        ("Summer2026!!", True), ("2026-Winter-!", True), ("$umm3r2026!!", True), ("Summer2026!!!!!!!!", True),
        ("Charlotte2019!!", True),
        ("Liverp00l 1892!", True), ("Chel5e4fc 2024", True),
        ("Harb0urStreet!", True), ("H4rbour 5treet 1001", True), ("4d4.M4r5h.2026", True), ("M4rkwe11 M4rkwe11", True),
        ("Il0veM4rkwell!!", True),
        ("qwerty qwerty", True), ("p a s s w o r d 1 2", True), ("let me in let me in", True),
        ("pass\u200bword12", True), ("pass\u00adword12", True), ("p\u00e4ssw\u00f6rd1234", True),
        ("Har\u2060bour Street!", True),
        ("correcthorsebatterystaple", True), ("Correct Horse Battery Staple", True),
        ("C0rrectHorseBatterySt4ple1!", True),
        ("teapot glacier mittens", False), ("river7 lamp3 sofa9", False), ("horse7391846205", False),
        ("739184620573", False),
        ("pwll glas a lleuad", False),
        ("\u043a\u043e\u0442 \u0443 \u043e\u043a\u043d\u0430 \u0441\u043f\u0438\u0442", False),
        ("Gh0stly-Umbrella-41-Kettle", False), ("kelp orbit marsh tango", False),
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
