"""A report prints what witnesses state, what was minuted against which points, who signed, and who was checked."""

import re
from dataclasses import fields, replace
from html import unescape
from typing import Any

import pytest

from exports.document import report
from exports.document.sheet import Paper
from exports.facts.frozen import EvidenceFacts
from tests.exports.samples.facts import FACTS

PAPERS = [Paper(), Paper(large=True)]
ITEMS = {item.ref: item for item in FACTS.evidence}


def page(html: str, ref: str) -> str:
    """What can be read of one item, on one line."""
    start = html.index(f'id="item-{ref}"')
    end = html.find("</article>", start)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html[start:end])).split()).replace(" ,", ",").replace(" .", ".")


def printed(item: EvidenceFacts, paper: Paper = PAPERS[0]) -> str:
    """The same of another version of an item of the sample learner."""
    facts = replace(FACTS, evidence=tuple(item if one.ref == item.ref else one for one in FACTS.evidence))
    return page(report.render(facts, paper=paper), item.ref)


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_a_testimony_says_who_wrote_and_signed_it_what_ties_them_and_how_they_were_checked(paper: Paper) -> None:
    html = report.render(FACTS, paper=paper)
    gwen, tomos = page(html, "E5"), page(html, "E9")
    assert "Saw it 11 March 2026 to 13 March 2026" in gwen
    assert "Interest No family or other interest ties them to the learner" in gwen
    assert "Says they saw CS-301/1, 4" in gwen
    assert "Written by Written and signed by the witness" in gwen
    assert "Gwen Parry, witness, 20 March 2026, 17:42, reached by e-mail. What I have written is true" in gwen
    assert f"version 1, {ITEMS['E5'].sha256[:12]}" in gwen
    assert "24 March 2026, contacted, by telephone, at the shop’s own number. She named both customers" in gwen
    assert "Ben Adeyemi, 24 March 2026, 09:15" in gwen
    assert "Interest Another interest: We sing in the same choir." in tomos
    assert "T. Rees, witness" in tomos
    assert "14 April 2026, known to the assessor." in tomos


def test_a_customer_is_told_nothing_of_that_they_were_not_asked() -> None:
    told = printed(ITEMS["E10"])
    assert "Ifeoma Okoro" in told
    assert "expert" not in told.lower()
    assert "standards" not in told


def test_what_the_assessor_typed_for_a_witness_is_said_to_be_theirs_and_not_signed() -> None:
    item = ITEMS["E5"]
    typed = replace(item.testimony, entered_by="Ben Adeyemi", signed_at="")
    told = printed(replace(item, testimony=typed, signatures=(), checks=()))
    assert "Written by Entered by Ben Adeyemi; not signed" in told
    assert "Signatures" not in told


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_a_discussion_prints_its_times_against_the_points(paper: Paper) -> None:
    told = page(report.render(FACTS, paper=paper), "E7")
    assert "Time 12:02–12:07 Medium by video" in told
    assert "Agreed points CS-303/4, 5" in told
    assert "00:00:58.5–00:02:11 CS-303/4 Question: Why did you not settle it yourself? Answer: The amount" in told
    assert "00:02:11–00:03:24 CS-303/4, 5 What she told the customer while Gwen decided" in told
    assert "Conclusion She knows the limit, and what to do with what lies beyond." in told
    assert "Leila Haddad, learner, 16 April 2026, 18:31." in told


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_a_discussion_of_two_recordings_prints_in_which_of_them_each_time_is(paper: Paper) -> None:
    item = ITEMS["E7"]
    call = ITEMS["E2"].files[0]
    first, *others = item.minutes.entries
    minutes = replace(item.minutes, entries=(replace(first, file=call.sha256), *others))
    told = printed(replace(item, files=(*item.files, call), minutes=minutes), paper)
    assert f"00:00:04–00:00:58.5 {call.name} CS-303/4 What the limits" in told
    assert f"00:02:11–00:03:24 {item.files[0].name} CS-303/4, 5 What she told" in told
    alone = printed(item, paper).partition("Times against points")[2].partition("Conclusion")[0]
    assert item.files[0].name not in alone, "there is no other one"


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_an_observation_prints_every_step_and_that_the_learner_does_not_agree(paper: Paper) -> None:
    told = page(report.render(FACTS, paper=paper), "E8")
    assert "11:08 CS-303/3, 7 Produced: A strip of forty centimetres" in told
    assert "Present Tomos Rees, workshop foreman; two fitters at other benches" in told
    assert "Does not agree: I waited twenty minutes for the first coat, not ten." in told
    assert "Ben Adeyemi, assessor, 9 April 2026, 12:02." in told


def test_words_that_the_items_text_does_not_hold_are_printed_whole() -> None:
    item = ITEMS["E8"]
    long = " ".join(f"word{number}" for number in range(90))
    entry = replace(item.minutes.entries[0], words=long, answer="")
    assert long in printed(replace(item, minutes=replace(item.minutes, entries=(entry,))))


def test_a_record_that_nobody_signed_says_so() -> None:
    assert "Nobody has signed this yet." in printed(replace(ITEMS["E8"], signatures=()))


def test_where_a_page_or_a_procedure_comes_from_is_printed() -> None:
    assert "Address https://returns.tidewater.example/furniture?part=tables" in printed(ITEMS["E11"]).replace(
        "\u200b", ""
    )
    told = printed(ITEMS["E12"])
    assert "Policy or procedure Oils, waxes and solvents in the workshop Version 7 (January 2026) Clause 3.2" in told


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_the_witness_status_list_names_standing_signature_and_last_check(paper: Paper) -> None:
    html = report.render(FACTS, paper=paper)
    listed = html[html.index('id="witnesses"') : html.index('id="item-E1"')]
    told = " ".join(unescape(re.sub(r"<[^>]+>", " ", listed)).split()).replace(" ,", ",")
    assert "Shift manager, Tidewater Furniture Ltd. Line manager since 2024." in told
    assert "Expert in the occupation; familiar with the standards" in told
    assert "T. Rees, 13 April 2026, 07:58, reached by a link that Leila Haddad handed over" in told
    assert "15 April 2026, contacted, at the workshop; Ben Adeyemi" in told
    assert told.count("not checked yet") == 1
    assert told.count("not asked") == 1


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_what_a_witness_wrote_on_paper_is_in_the_list_as_well(paper: Paper) -> None:
    items = [
        replace(one, testimony=None, signatures=(), confirmer="Mrs Hale, a customer") if one.testimony else one
        for one in FACTS.evidence
    ]
    html = report.render(replace(FACTS, evidence=tuple(items)), paper=paper)
    told = html[html.index('id="witnesses"') : html.index('id="item-E1"')]
    assert told.count("Mrs Hale, a customer") == told.count("on paper, see the file") > 0


SLY = "<script>alert(1)</script>"


@pytest.mark.parametrize("paper", PAPERS, ids=["ordinary", "large"])
def test_what_others_state_is_words_and_never_mark_up(paper: Paper) -> None:
    def sly(thing: Any) -> Any:
        kept = {"sort", "signer", "how", "sha256", "file", "tie", "at", "signed_at"}
        texts = [each.name for each in fields(thing) if isinstance(getattr(thing, each.name), str)]
        return replace(thing, **dict.fromkeys(set(texts) - kept, SLY))

    def changed(item: EvidenceFacts) -> EvidenceFacts:
        minutes = item.minutes and replace(sly(item.minutes), entries=tuple(map(sly, item.minutes.entries)))
        signed = {"signatures": tuple(map(sly, item.signatures)), "checks": tuple(map(sly, item.checks))}
        once = {"testimony": item.testimony and sly(item.testimony), "source": item.source and sly(item.source)}
        return replace(item, minutes=minutes, **signed, **once)

    html = report.render(replace(FACTS, evidence=tuple(map(changed, FACTS.evidence))), paper=paper)
    assert "<script" not in html
    assert html.count("&lt;script") > 60


def test_a_witness_without_an_account_is_named_once_in_the_lines_of_the_log() -> None:
    html = report.render(replace(FACTS, centre=replace(FACTS.centre, language="cy")))
    told = " ".join(re.sub(r"<[^>]+>", " ", html[html.index('id="log"') :]).split())
    assert "tyst : llofnodwyd, E5: fersiwn 1, tyst, cysylltwyd by e-mail" in told
