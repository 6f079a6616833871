"""A redacted edition holds no withheld word, points where the report pointed, and lets no guess be tried out."""

import json
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.editions.masking import WITHHELD, Mask, mark, moved
from exports.editions.redacting import redact
from exports.editions.withholding import Area, Original, Seconds, Unclear, Words, read, written
from exports.facts.canonical import canonical
from exports.facts.frozen import ClaimFacts, Facts
from portfolio.evidence.places.locators import Page, Passage, Span, passage
from portfolio.foundation.words.marks import plain
from portfolio.foundation.words.prose import to_html
from tests.exports.samples import pages
from tests.exports.samples.facts import CALL, FACTS, PHOTO

GWEN = Words("Gwen Parry", "Did not want to be named")
WITHHELD_ALL = (GWEN, Words("Gwen", "The same person"), Words("baby due", "Private"),
                Original(PHOTO.name, "Faces"), Seconds(CALL.name, 18, 64.5, "A customer’s voice"))  # fmt: skip
HIDDEN = (
    "![Ann *Lee*](https://x.example/a.png) rang",
    "<!-- Ann Lee --> rang",
    "rang\n\n[a]: https://x.example/ 'Ann Lee'",
)
"""Where Markdown says a name that no page shows."""
UNCLEAR = (
    {},
    {"words": "Gwen"},
    {"words": "x", "reason": "r"},
    {"words": "--", "reason": "r"},
    {"file": "a.wav", "start": "1:10", "end": "0:20", "reason": "r"},
    {"file": "a.wav", "start": "soon", "end": "2", "reason": "r"},
    {"file": "a.jpg", "area": "top left", "reason": "r"},
    {"file": "a.jpg", "area": "percent:10,20,30", "reason": "r"},
    {"file": "a.jpg", "area": "percent:10,20,0,40", "reason": "r"},
    {"file": "a.jpg", "area": "percent:80,20,30,40", "reason": "r"},
    {"file": "a.jpg", "area": "percent:10,20,30,40", "start": "1", "end": "2", "reason": "r"},
)
NOT_THERE = (Words("Harbourside Training", "No"), Original("nothing.jpg", "No"), Seconds("nothing.wav", 1, 2, "No"),
             Area("nothing.jpg", "percent:0,0,9,9", "No"), Area(CALL.name, "percent:0,0,9,9", "No"))  # fmt: skip
REDACTED = redact(FACTS, WITHHELD_ALL)


def strings(value: object) -> list[str]:
    """Every text of frozen facts, that of JSON inside them too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, (tuple, list)):
        return [text for each in value for text in strings(each)]
    if is_dataclass(value):
        return [text for each in fields(value) for text in strings(getattr(value, each.name))]
    return []


def with_account(text: str, *claims: ClaimFacts, html: str = "") -> Facts:
    html = html or to_html(text)
    account = replace(FACTS.evidence[0], text=text, html=html, plain=plain(html))
    return replace(FACTS, evidence=(account, *FACTS.evidence[1:]), claims=claims)


@pytest.mark.parametrize("words", ["gwen", "parry’s", "Gwen Parry", "baby due", PHOTO.name, "IMG_2041"])
def test_no_withheld_word_is_left_in_any_text(words):
    assert [text for text in strings(REDACTED.facts) if words.lower() in text.lower()] == []


def test_the_list_says_what_kind_was_withheld_where_and_why_and_never_the_words():
    assert [(each.number, each.kind, each.reason) for each in REDACTED.withheld] == [
        (1, "words", GWEN.reason),
        (2, "words", "The same person"),
        (3, "words", "Private"),
        (4, "picture", "Faces"),
        (5, "seconds", "A customer’s voice"),
    ]
    assert REDACTED.withheld[3].items == ("E3",)
    assert REDACTED.withheld[4].span == "00:00:18–00:01:04.5"


def test_words_that_are_nowhere_are_said_to_be_nowhere():
    assert redact(FACTS, [Words("Zebedee", "No such person")]).withheld[0].places == 0


def test_every_claimed_passage_is_still_where_its_offsets_say():
    texts = {item.ref: item.plain for item in REDACTED.facts.evidence}
    passages = [(c.evidence, c.locator) for c in REDACTED.facts.claims if isinstance(c.locator, Passage)]
    assert [texts[ref][place.start : place.end] for ref, place in passages] == [place.exact for _, place in passages]
    assert any(mark(3) in place.exact for _, place in passages)


def test_the_text_on_the_page_and_the_text_in_the_record_are_one():
    assert [plain(item.html) for item in REDACTED.facts.evidence] == [item.plain for item in REDACTED.facts.evidence]


def test_a_claim_that_plays_withheld_seconds_says_so_and_others_do_not():
    marked = [claim.number for claim in REDACTED.facts.claims if "[withheld 5]" in claim.reason]
    spans = [claim for claim in FACTS.claims if isinstance(claim.locator, Span) and claim.evidence == "E2"]
    played = [claim.number for claim in spans if claim.locator.start < 64.5]
    assert marked == played


def test_what_a_page_is_called_is_withheld_with_its_words():
    claim = replace(FACTS.claims[0], locator=Page(1, label="Sheet ‘Gwen Parry’"))
    redacted = redact(replace(FACTS, claims=(claim, *FACTS.claims[1:])), WITHHELD_ALL).facts
    assert isinstance(place := redacted.claims[0].locator, Page)
    assert place.label == ""


def test_a_film_of_which_seconds_are_withheld_shows_neither_its_still_nor_how_loud_they_were():
    film = replace(CALL, kind="video", picture=PHOTO.picture, name="film.mp4", sha256="f" * 64)
    item = replace(FACTS.evidence[0], files=(film,))
    facts = replace(FACTS, evidence=(item, *FACTS.evidence[1:]))
    (shown,) = redact(facts, [Seconds("film.mp4", 18, 64.5, "A face")]).facts.evidence[0].files
    assert (film.picture, shown.picture) == (PHOTO.picture, None)
    assert set(shown.peaks[36:129]) == {0.0} != set(film.peaks[36:129])
    assert (shown.peaks[:36], shown.peaks[129:]) == (film.peaks[:36], film.peaks[129:])


def test_withheld_seconds_are_not_drawn():
    call = next(file for item in REDACTED.facts.evidence for file in item.files if file.sha256 == CALL.sha256)
    assert set(call.peaks[36:129]) == {0.0}
    assert call.peaks[:35] + call.peaks[130:] == CALL.peaks[:35] + CALL.peaks[130:]


def test_hashes_by_which_a_guess_could_be_tried_out_are_withheld():
    old, new = FACTS.evidence[4], REDACTED.facts.evidence[4]
    assert new.sha256 == WITHHELD
    assert old.sha256 not in canonical(REDACTED.facts).decode()
    touched = [event for event in REDACTED.facts.events if WITHHELD in event.facts]
    assert touched
    assert {event.hash for event in touched} == {WITHHELD}


def test_what_holds_no_withheld_word_stays_as_it_was():
    facts = redact(FACTS, [Words("Zebedee", "No such person")]).facts
    assert {event.prev for event in facts.events} == {""}
    log = {"events": facts.events, "head": facts.head, "other_lines": (), "edition": "redacted"}
    assert canonical(facts) == canonical(replace(FACTS, evidence=pages.without(FACTS.evidence), **log))
    kept = [(one, other) for one, other in zip(facts.events, FACTS.events, strict=True) if one.hash != WITHHELD]
    assert kept
    assert all(one.facts == other.facts for one, other in kept)


def test_words_are_found_through_mark_up_case_white_space_and_typography_and_not_inside_longer_words():
    text = "Mrs *O’Dell* rang; MRS\nO'DELL again, Mrs O\u00adDell. [her](https://x.example/Mrs%20O'Dell) Mrs O’Dells"
    html = (  # as accounts were kept when links were marks
        "<p>Mrs <em>O’Dell</em> rang; MRS\nO'DELL again, Mrs O\u00adDell."
        ' <a href="https://x.example/Mrs%20O\'Dell">her</a> Mrs O’Dells</p>'
    )
    account = redact(with_account(text, html=html), [Words("Mrs O'Dell", "A customer")]).facts.evidence[0]
    assert account.plain.count("[withheld 1]") == 2
    assert "dell" not in account.html.replace("O’Dells", "").replace("O\u00adDell", "").lower()
    assert "O’Dells" in account.plain
    assert "*" not in account.text


@pytest.mark.parametrize("text", HIDDEN)
def test_words_that_the_author_hid_from_the_page_are_withheld_from_the_record(text):
    account = redact(with_account(text), [Words("Ann Lee", "A customer")]).facts.evidence[0]
    assert "ann" not in account.text.lower()


def test_codes_of_the_record_are_no_words():
    facts = redact(FACTS, [Words("met", "No reason"), Words("account", "No reason")]).facts
    assert [judgement.verdict for judgement in facts.judgements] == [one.verdict for one in FACTS.judgements]
    assert [item.kind for item in facts.evidence] == [item.kind for item in FACTS.evidence]


@pytest.mark.parametrize("chosen", NOT_THERE)
def test_what_cannot_be_withheld_is_refused_with_a_sentence(chosen):
    with pytest.raises(Unclear, match=r"\.$"):
        redact(FACTS, [chosen])


@pytest.mark.parametrize("said", UNCLEAR)
def test_what_is_not_said_clearly_is_refused(said):
    with pytest.raises(Unclear):
        read(said)


@pytest.mark.parametrize("each", [*WITHHELD_ALL, Area("a.jpg", "percent:10,20.5,30,40", "A face")])
def test_what_is_withheld_is_read_as_it_was_written(each):
    assert read(json.loads(json.dumps(written(each)))) == each


def test_times_are_read_as_people_write_them():
    assert read({"file": "a", "start": "01:10", "end": "1:00:00.5", "reason": "r"}) == Seconds("a", 70, 3600.5, "r")


TEXTS = st.text(st.sampled_from("ab Gwen\n.*"), min_size=1, max_size=80)


@given(TEXTS, st.data())
def test_whatever_is_withheld_a_place_keeps_its_other_words(text, data):
    """Words outside the gaps, in order, are the same before and after."""
    mask = Mask({1: ["Gwen"], 2: ["a b"]})
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    gaps, masked = mask.gaps(text), mask.text(text)
    kept = "".join(
        sign for at, sign in enumerate(text) if start <= at < end and not any(g.start <= at < g.end for g in gaps)
    )
    piece = masked[moved(start, gaps) : moved(end, gaps, end=True)]
    for gap in gaps:
        piece = piece.replace(gap.mark, "")
    assert piece == kept


@given(TEXTS)
def test_masked_html_says_what_masked_text_says(text):
    mask, html = Mask({1: ["Gwen"], 2: ["a b"]}), to_html(text)
    assert plain(mask.html(html, mask.gaps(plain(html)))) == mask.text(plain(html))


def test_a_passage_of_withheld_words_alone_becomes_their_mark():
    facts = with_account("It was Gwen who rang.")
    place = passage(facts.evidence[0].plain, 7, 11)
    claim = replace(FACTS.claims[0], evidence="E1", locator=place)
    assert redact(replace(facts, claims=(claim,)), [Words("gwen", "r")]).facts.claims[0].locator.exact == mark(1)
