"""The report says everything the facts say, ties every place to its point, and lets no text break it."""

import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.document import places, report
from exports.document.fit_html import CELLS, Unfit, fitted, legible
from portfolio.evidence.places.locators import Page, Passage, Region, Span, Whole
from portfolio.foundation.words.marks import plain
from portfolio.foundation.words.prose import to_html
from tests.exports.samples.facts import FACTS
from tests.exports.samples.tricky_facts import untouched

HTML = report.render(FACTS)
TREE = html5lib.parse(HTML, namespaceHTMLElements=False)


def words(text: str) -> str:
    return " ".join(text.split())


def with_text(text: str, html: str = "", ref: str = "E6"):
    """The sample facts, with other words in one item and no claims on it."""
    items = tuple(
        replace(e, text=text, html=html or to_html(text), plain=plain(html or to_html(text))) if e.ref == ref else e
        for e in FACTS.evidence
    )
    return replace(FACTS, evidence=items, claims=tuple(c for c in FACTS.claims if c.evidence != ref))


def marked(number: int) -> str:
    """All text of the passages that begin where the number stands, up to the next number."""
    rest = HTML.split(f'id="place-{number}"')[1][:1800]
    return words(plain(re.sub(r'<span class="numbers">.*?</a></span></span>', "", rest)))


def test_the_name_of_a_report_is_the_hash_of_its_facts():
    other = replace(FACTS, learner=replace(FACTS.learner, name="Leila Haddat"))
    assert re.fullmatch("[0-9a-f]{12}", report.report_id(FACTS))
    assert report.report_id(FACTS) == report.report_id(replace(FACTS)) != report.report_id(other)
    assert f">{report.report_id(FACTS)}<" in HTML


def test_canonical_facts_say_what_kind_every_place_is():
    kinds = set(re.findall(rb'"kind":"(whole|passage|span|page|region)"', report.canonical(FACTS)))
    assert kinds == {b"whole", b"passage", b"span", b"page", b"region"}


def test_every_link_leads_somewhere_and_no_two_places_share_a_name():
    ids = [element.get("id") for element in TREE.iter() if element.get("id")]
    links = {element.get("href")[1:] for element in TREE.iter("a")}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)


def test_every_claim_leads_to_its_place_and_its_place_leads_back():
    for claim in FACTS.claims:
        assert f'<tr id="claim-{claim.number}"' in HTML
        assert f'href="#place-{claim.number}"' in HTML
        assert re.search(rf'<a id="place-{claim.number}" href="#claim-{claim.number}">{claim.number}</a>', HTML)


@pytest.mark.parametrize("claim", [c for c in FACTS.claims if isinstance(c.locator, Passage)], ids=lambda c: c.number)
def test_every_claimed_passage_is_marked_where_it_stands(claim):
    evidence = next(item for item in FACTS.evidence if item.ref == claim.evidence)
    assert evidence.plain[claim.locator.start : claim.locator.end] == claim.locator.exact
    assert words(claim.locator.exact) in marked(claim.number)


def test_every_passage_has_its_number_and_its_points_beside_it():
    beside = dict(re.findall(r'<span class="serves">([^<]+)</span> <a id="place-(\d+)"', HTML))
    claims = [c for c in FACTS.claims if isinstance(c.locator, Passage)]
    passages = {str(c.number): f"{c.unit}/{c.point}" for c in claims}
    assert {number: points for points, number in beside.items() if number in passages}.items() <= passages.items()
    assert HTML.count('<span class="numbers">') == len({c.locator for c in claims})


def test_a_recording_lists_its_claimed_seconds_and_shows_them_in_its_waveform():
    assert "00:02:10–00:03:45" in HTML
    assert "Claimed: 2, 00:00:18 to 00:01:04.5; 5," in HTML


def test_all_rounds_are_told_also_what_a_later_round_superseded():
    for judgement in FACTS.judgements:
        assert judgement.feedback in HTML
    assert HTML.count("superseded by a later round") == 2


def test_what_was_handed_in_without_a_claim_is_told_with_its_reason():
    assert "Reason given: " + FACTS.units[1].gaps[0][1] in HTML


def test_times_are_those_of_the_centre():
    assert "18 April 2026, 18:55" in HTML
    assert "Europe/London (BST)" in HTML
    tokyo = replace(FACTS, centre=replace(FACTS.centre, timezone="Asia/Tokyo"))
    assert "19 April 2026, 02:55" in report.render(tokyo)


def test_a_centre_in_an_unknown_time_zone_reads_utc():
    nowhere = replace(FACTS, centre=replace(FACTS.centre, timezone="Atlantis/Port"))
    assert "18 April 2026, 17:55" in report.render(nowhere)
    assert "UTC" in report.render(nowhere)


def test_names_are_words_and_never_mark_up():
    sly = replace(FACTS, learner=replace(FACTS.learner, name="<script>alert(1)</script>"))
    assert "<script" not in report.render(sly)


def test_a_text_that_goes_beyond_the_limits_is_named_with_its_reason_and_the_report_is_finished():
    deep = "<blockquote>" * 40 + "down" + "</blockquote>" * 40
    html = report.render(with_text("x", deep))
    assert "could not be typeset" in html
    assert "It has 40 levels; 30 is the most" in html
    assert next(e.sha256 for e in FACTS.evidence if e.ref == "E6") in html
    assert html.rstrip().endswith("</html>")


def test_a_text_can_be_withheld_and_its_places_are_still_reached():
    html = report.render(FACTS, withheld={"E1"})
    assert "<h4>What happened</h4>" in HTML
    assert "<h4>What happened</h4>" not in html
    assert '<a id="place-1" href="#claim-1">1</a>' in html


def test_characters_that_cannot_be_shown_are_named_and_control_characters_go():
    assert legible("<p>a\u202eb\x07c \U00013000 é ✓</p>") == "<p>a[U+202E]bc [U+13000] é ✓</p>"


def test_long_words_may_break_and_lose_nothing():
    shown = legible("<p>" + "x" * 300 + "</p>")
    assert shown.replace("\u200b", "") == "<p>" + "x" * 300 + "</p>"
    assert max(map(len, plain(shown).split("\u200b"))) <= 70


def test_links_of_the_author_show_where_they_lead():
    assert fitted('<p><a href="https://a.example/?b&amp;c">here</a></p>', level=4) == (
        '<p>here <span class="address">https://a.example/?b&amp;c</span></p>'
    )


def test_too_many_cells_are_refused():
    with pytest.raises(Unfit, match="cells"):
        fitted("<table>" + "<tr><td></td></tr>" * (CELLS + 1) + "</table>", level=4)


HEADINGS = st.lists(st.integers(2, 6), max_size=12)


@given(HEADINGS)
def test_headings_never_skip_a_level(levels):
    html = fitted("".join(f"<h{n}>t</h{n}>" for n in levels), level=4)
    found = [int(level) for level in re.findall("<h([1-6])", html)]
    assert all(4 <= level <= 6 for level in found)
    assert len(found) == len(levels)
    assert all(after <= before + 1 for before, after in zip([3, *found], found, strict=False))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
def test_all_rows_of_a_table_have_as_many_cells(rows):
    html = fitted("<table>" + "".join("<tr>" + "<td>x</td>" * n + "</tr>" for n in rows) + "</table>", level=4)
    assert {row.count("<td>") for row in html.split("</tr>")[:-1]} == {max(*rows, 1)}


@given(st.text("ab |-#*\n<td>li", max_size=60))
def test_fitting_loses_no_word(text):
    html = to_html(text)
    assert plain(fitted(html, level=4)) == plain(html)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Whole(), "the whole item"),
        (Span(130, 225), "00:02:10–00:03:45"),
        (Span(3599.96, 3661.5), "01:00:00–01:01:01.5"),
        (Page(3), "page 3"),
        (
            Region("percent:60,70,30,20"),
            "lower right part of the picture (60–90\u00a0% from the left, 70–90\u00a0% from the top)",
        ),
        (
            Span(130, 225, region="percent:0,0,50,12.5"),
            "00:02:10–00:03:45, upper left part of the picture (0–50\u00a0% from the left, 0–12.5\u00a0% from the top)",
        ),
        (Passage("b", 2, 3), "paragraph 2"),
    ],
)
def test_places_are_told_in_words(place, said):
    assert places.where(place, "<h4></h4><p>a</p>\n<p>b</p>") == said


def test_a_place_offered_for_several_points_is_told_once_and_names_them_all():
    first = next(claim for claim in FACTS.claims if isinstance(claim.locator, Span))
    again = replace(first, number=99, id=999, unit="CS-303", point="6")
    item = report.ItemPart(next(e for e in FACTS.evidence if e.ref == first.evidence), (first, again), ())
    assert [(offer.place, offer.reasons) for offer in item.offers] == [
        (first.locator, ((first.reason, (first, again)),)),
    ]
    assert item.points == f"CS-301/{first.point}; CS-303/6"


def test_what_waits_is_told_once_for_all_the_points_that_wait_for_it():
    waiting = {unit.code: report.UnitPart.of(unit, FACTS).waiting for unit in FACTS.units}["CS-303"]
    assert [point.ref for point in waiting["With the assessor"]] == ["4", "5", "7"]
    assert [point.ref for points in waiting.values() for point in points] == ["4", "5", "7", "6"]


def test_a_unit_that_was_withdrawn_asks_for_nothing():
    html = report.render(replace(FACTS, units=(replace(untouched(1).units[0], state="withdrawn"),), claims=()))
    assert "Nothing: no unit is being worked on." in html
    assert "Withdrawn, 0 of 5 points met" in html


def test_a_declaration_names_what_is_printed_and_gives_the_hash_of_what_is_not():
    old = replace(FACTS.units[0].rounds[0], versions=(("E1", 1, "5e" * 32), FACTS.units[0].rounds[0].versions[1]))
    unit = replace(FACTS.units[0], rounds=(old,))
    html = words(report.render(replace(FACTS, units=(unit, FACTS.units[1]))))
    bound = html.split("<dt>Bound to</dt>")[1].split("</dl>")[0]
    assert '>E2</a>, in the versions whose hashes stand in the <a href="#index">index of evidence</a>' in bound
    assert '>E1</a> version 1 <span class="hash">' + "5e" * 32 in bound


def test_a_learner_who_has_nothing_yet_has_a_report_that_says_so_and_holds_no_empty_table():
    html = report.render(untouched(2))
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert "has not gathered any evidence" in html
    assert html.count("No place in the evidence is offered for this unit yet") == 2
    assert "No line of the log concerns this learner." in html
    assert all(len(table.findall("tbody/tr")) for table in tree.iter("table"))
    assert all("".join(cell.itertext()).strip() for cell in tree.iter("td"))


def test_a_learner_without_a_unit_has_a_report_as_well():
    html = report.render(untouched(0))
    assert "is not enrolled on any unit" in html
    assert "<table" not in html
