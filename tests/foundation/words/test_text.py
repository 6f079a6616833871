"""Texts are compared as people compare them, and what no person types does not come in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.foundation.words.text import alike, cleaned, difference, inner, is_blank

ANYTHING = st.text(st.characters(exclude_categories=()))
"""Lone surrogates and unassigned characters included."""


@pytest.mark.parametrize(
    "forms",
    [
        [
            "Siobhán O'Neill",
            "Siobhán O’Neill",
            "siobha\u0301n o\u2018neill",
            "SIOBHÁN O\u02bcNEILL",
            "Siobhán O\uff07Neill",
        ],
        ["Siobhán O\u00b4Neill", "Siobhán O`Neill", "Siobhán O\u2032Neill", "Siobhán\u00a0O\u02bbNeill"],
        ["Anne-Marie Dubois", "Anne\u2010Marie Dubois", "Anne\u2011Marie\u2009Dubois", "ANNE\u2212MARIE\u3000DUBOIS"],
        ["Anne\u2013Marie Dubois", "Anne-Marie  \t Dubois ", "An\u00adne-Marie Dubois", "\ufeffAnne-Marie\u202fDubois"],
        ["Işıl İnce", "IŞIL İNCE", "ışıl i\u0307nce", "is\u0327il ince", "I\u015eIL INCE"],
        ["Νίκος Παπάς", "ΝΊΚΟΣ ΠΑΠΆΣ", "Νι\u0301κος Παπα\u0301ς"],
        ["Жанна Ёлкина", "ЖАННА ЁЛКИНА", "Жанна Е\u0308лкина"],
        ["Strauß", "STRAUSS", "Strau\u200bß", "Strauß\u200d"],
        ["山田 太郎", "山田\u3000太郎", "山田\ufe00 太郎"],
        ["한지민", unicodedata.normalize("NFD", "한지민")],
        ["علي كريم", "علی کریم", "عـلي كريـم", "على كريم"],
        ["Μαρία Παπά", "ΜΑΡΙΑ ΠΑΠΑ", "Μαρι\u0301α Παπά"],
        ["An\ufff0na", "Anna", "An\U0001d159na", "An\u2065\U000e0080na"],
        ["Ada 12", "Ａｄａ １２", "ADA\u200712"],
    ],
)
def test_what_people_take_for_the_same_compares_as_the_same(forms: list[str]) -> None:
    assert len({alike(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoe", "Zoë"), ("Anne-Marie", "Anne Marie"), ("Ada Marsh", "Marsh Ada"), ("Аda", "Ada"), ("O'Neill", "ONeill")],
)
def test_what_people_tell_apart_stays_apart(one: str, other: str) -> None:
    assert alike(one) != alike(other)


@given(ANYTHING)
def test_comparing_what_was_compared_changes_nothing_and_no_normal_form_or_case_matters(text: str) -> None:
    key = alike(text)
    assert alike(key) == key
    for form in ("NFC", "NFD"):
        assert alike(unicodedata.normalize(form, text)) == key
    assert alike(f"\u200b {text}\u00a0\u2060") == key


@given(ANYTHING)
def test_what_comes_in_is_clean_and_cleaning_it_again_changes_nothing(text: str) -> None:
    clean = cleaned(text)
    assert cleaned(clean) == clean
    clean.encode()
    assert not {unicodedata.category(sign) for sign in clean if sign not in "\n\t"} & {"Cc", "Cs"}
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert [sign for sign in clean if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


def test_lines_and_the_joiners_that_scripts_need_stay() -> None:
    assert cleaned("one\r\ntwo\rthree\vfour\u2028five\tsix") == "one\ntwo\nthree\nfour\nfive\tsix"
    for text in ("می\u200cخواهم", "क\u094d\u200dष", "👩\u200d🔧️", "\u200fשלום\u200e"):
        assert cleaned(text) == text
    assert cleaned("invoice\u202egpj.exe\x00") == "invoicegpj.exe"


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u3164\u2800", "\u00ad\ufeff\u200d", "\u0301", "\ue000"])
def test_what_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["A", "\u200bÉ", "7", "-", "क", "👩", "李"])
def test_what_can_be_seen_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_a_letter_of_another_alphabet_is_named() -> None:
    assert difference("Аda Marsh", "Ada Marsh") == (
        "letter 1 is “а” (Cyrillic small letter a), not “a” (Latin small letter a)"
    )
    assert difference("Ada  marsh", "Ada Marsh") == difference("Ad Marsh", "Ada Marsh") == ""


def test_marks_that_are_piled_up_on_a_letter_are_cut_and_those_that_scripts_need_stay() -> None:
    assert cleaned("a" + "\u0301\u0316" * 15000 + "b") == "a" + "\u0301\u0316" * 15 + "b"
    for typed in ("Việt Nam", "क्षत्रिय", "הַשֻּׁלְחָן", "བསྒྲུབས", "กู้ภัย", "a" + "\u0323\u0302\u0301" * 9):
        assert cleaned(typed) == typed


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("She said “stop” twice", "She said ‘stop’ twice"),
        ('"Stop", she said ("at once")', "‘Stop’, she said (‘at once’)"),
        ("Nobody spoke", "Nobody spoke"),
        ("fault found”, which was wrong. “Then", "fault found, which was wrong. Then"),
    ],
)
def test_quotation_marks_within_a_quotation_are_single(words: str, shown: str) -> None:
    assert inner(words) == shown
