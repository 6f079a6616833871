"""Whatever is pasted, however it was laid out: a unit or a refusal, and what was read can be written and read again."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.edition import content_hash
from criteria.reader import Refusal, read
from criteria.unit import Method, Part
from criteria.wording.parts import parts
from criteria.writer import write

pytestmark = pytest.mark.slow

HEADINGS = {
    "synopsis": ["Topic Synopsis", "Unit overview", "Synopsis"],
    "concepts": ["Key Concepts & Core Principles", "Key concepts and core principles", "Key Concepts"],
    "tips": ["Exam Tips & Revision Strategies", "Tips", "Exam tips and revision strategies"],
    "misconceptions": ["Common Misconceptions & Mistakes to Avoid", "Misconceptions", "Common mistakes"],
    "points": ["Examiner Marking Points", "Marking points", "Assessment criteria"],
}
ORDER = list(HEADINGS)
SCRAPS = [
    *(heading for headings in HEADINGS.values() for heading in headings),
    "Learning outcomes", "LO1: Know the shop", "Title: Shop", "Code: S-1", "Level: 3", "Credit: 4",
    "## Notes", "**Tips**",
    "-", "- ", "1. ", "1.2 ", "a) ", "• ", "o\t", "   ", "\t", "\\", "\\\\", "Page 2", "-----",
    "…", ":", ",", ".", "’", "\u00a0",
    "Award credit for ", "Learners may ", "such as ", "cost, time and impact", " in role-play or written response",
    "   - Methods: any", "   - Methods: role-play", "   - Parts: none", "   - Lead-in: none", "   - Obliges: no",
    "   - Outcome: 1", "   a) cost", "smile", "Smile", "(", ")", " and ", " or ", "\r\n", "\n", "\n",
    "\n", "\r", "\u2028",
]  # fmt: skip
WORDS = st.lists(
    st.sampled_from(["goods", "shelf", "price", "label", "tidy", "queue", "cash", "bag"]), min_size=2, max_size=9
)
SENTENCES = WORDS.map(lambda words: "The " + " ".join(words) + ".")
LAYOUTS = st.fixed_dictionaries(
    {
        "mark": st.sampled_from(["-", "*", "•", "–", "—", "·", "o\t", "->"[:1], "#."]),
        "end": st.sampled_from(["\n", "\r\n", "\r"]),
        "gap": st.sampled_from([" ", "  ", "\t", "\u00a0", " \u200b"]),
        "case": st.sampled_from([str, str.upper, str.lower, str.title]),
        "colon": st.sampled_from(["", ":", " :"]),
        "prefix": st.sampled_from(["", "# ", "  ", "\ufeff"]),
        "blank": st.sampled_from(["", "\n", "\n \n"]),
        "wrap": st.booleans(),
        "name": st.integers(0, 2),
        "order": st.permutations(ORDER),
    }
)


@given(st.one_of(st.text(), st.binary(), st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join)))
def test_any_text_gives_a_unit_that_can_be_read_again_or_a_refusal(data):
    try:
        unit = read(data)
    except Refusal:
        return
    assert unit.points
    assert all(point.text for point in unit.points)
    assert len({point.ref for point in unit.points}) == len(unit.points)
    again = read(write(unit))
    assert again == dataclasses.replace(unit, unread=())
    assert content_hash(again) == content_hash(unit)


@given(
    st.lists(st.sampled_from(SCRAPS), max_size=40).map(
        lambda scraps: "Marking points\n- Look for tact.\n" + "".join(scraps)
    )
)
def test_no_word_of_a_text_is_silently_dropped(text):
    try:
        unit = read(text)
    except Refusal:
        return
    kept = write(unit) + " ".join(unread.text for unread in unit.unread)
    for word in ("cost", "smile", "Smile", "Page", "Notes"):
        assert (word in text) <= (word in kept)


def laid_out(lists, layout):
    """A unit text in a certain layout; `lists` are the sentences of each section."""
    return layout["end"].join(line for section in layout["order"] for line in _section(section, lists[section], layout))


def _section(section, sentences, layout):
    heading = layout["case"](HEADINGS[section][layout["name"]]) + layout["colon"]
    yield from (layout["prefix"] + heading + layout["blank"]).replace("\n", layout["end"]).split(layout["end"])
    for place, sentence in enumerate(sentences, start=1):
        mark = "" if section == "synopsis" else layout["mark"].replace("#", str(place)) + layout["gap"]
        words = sentence.split(" ")
        yield mark + layout["gap"].join(words[:-1]) + ("" if layout["wrap"] else " " + words[-1])
        if layout["wrap"]:
            yield "  " + words[-1]
        yield from layout["blank"].split("\n")[1:]


@given(st.fixed_dictionaries({section: st.lists(SENTENCES, min_size=1, max_size=4) for section in ORDER}), LAYOUTS)
def test_the_layout_of_a_text_does_not_change_what_is_read(lists, layout):
    lists["synopsis"] = lists["synopsis"][:1]
    plainly = {
        "mark": "-",
        "end": "\n",
        "gap": " ",
        "case": str,
        "colon": "",
        "prefix": "",
        "blank": "",
        "wrap": False,
        "name": 0,
    }
    assert read(laid_out(lists, layout)) == read(laid_out(lists, {**plainly, "order": ORDER}))


@given(
    st.text(alphabet="abc ,;.()-’:oréand", max_size=80),
    st.sampled_from(["such as ", "including ", "(e.g., ", "both ", "with "]),
)
def test_parts_are_slices_of_their_point(words, opening):
    text = f"Award credit for {opening}{words} and tact, or care"
    assert all(part and part in text for part in parts(text))


@given(st.lists(SENTENCES, max_size=4), st.sets(st.sampled_from(Method)), st.booleans(), st.sampled_from(["", "The"]))
def test_what_was_edited_before_publishing_is_written_and_read_again(named, methods, obliges, lead):
    unit = read(
        "Title: Shop\nMarking points\n- The learner may show cost, time and impact in role-play.\n- Look for tact."
    )
    edited = dataclasses.replace(
        unit.points[0],
        parts=tuple(Part("abcd"[place], text) for place, text in enumerate(named)),
        methods=tuple(sorted(methods)),
        obliges=obliges,
        lead_in=lead,
    )
    unit = dataclasses.replace(unit, points=(edited, unit.points[1]))
    assert read(write(unit)) == unit
