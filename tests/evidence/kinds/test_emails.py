"""Ada brings an e-mail as a file: it is kept as it came, and its words are shown, claimed and saved like any others."""

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.evidence.media import Message
from portfolio.evidence.media.messages.message import Enclosed
from portfolio.evidence.media.messages.wording import worded
from portfolio.foundation import files
from portfolio.foundation.words.marks import plain
from portfolio.foundation.words.prose import LONGEST
from tests.evidence.kinds.conftest import Learner
from tests.evidence.kinds.letters import PAGE, email

SAID = {"title": "The cot is here", "context": "By e-mail"}


def test_its_words_become_the_text_of_the_item_and_the_file_stays_byte_for_byte(ada: Learner) -> None:
    made = email("Dear Ada,\n\nthe *cot* came.\n# Not a heading\n- nor a list\n")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="<b>note</b>.pdf")
    answer = ada.sends("/evidence/new/e-mail", SAID | {"text": "Words of mine"}, ("cot.eml", bytes(made)))
    (version,) = ada.versions()
    assert answer.location == f"/evidence/{version.evidence_id}"
    assert version.evidence.kind == "e-mail"
    assert version.text.splitlines() == [
        "- From: Ruth Ofori <ruth@harbour.example>", "- To: Ada Quill <ada@harbour.example>",
        "- Date: Tue, 03 Mar 2026 23:30:00 +0000", "- Subject: The cot", "", "Dear Ada,", "", "the *cot* came.",
        "# Not a heading", "- nor a list", "", "Attached, and to be opened from the original only:", "",
        "- <b>note</b>.pdf (application/pdf, 8 bytes)",
    ]  # fmt: skip
    assert "<p>the *cot* came.<br>\n# Not a heading<br>\n- nor a list</p>" in version.html
    assert "<li>&lt;b&gt;note&lt;/b&gt;.pdf (application/pdf, 8 bytes)</li>" in version.html
    assert version.plain == plain(version.html)
    (file,) = version.files
    assert files.store().path(file.sha256).read_bytes() == bytes(made)
    page = ada.reads(f"/evidence/{version.evidence_id}")
    assert "the *cot* came." in page
    assert "could not be shown" not in page


def test_the_day_is_that_of_the_email_at_the_centre_unless_she_gives_one(ada: Learner) -> None:
    summer = bytes(email(Date="Fri, 05 Jun 2026 23:30:00 +0000"))
    answer = ada.sends("/evidence/new/e-mail", SAID, ("cot.eml", summer))
    assert "It happened on 6 June 2026, by the date of the e-mail" in ada.reads(answer.location)
    ada.sends("/evidence/new/e-mail", SAID | {"happened_on": "2026-06-01"}, ("cot.eml", summer))
    for date in ("Fri, 05 Jun 2099 09:00:00 +0000", "soon", "Fri, 31 Dec 9999 23:30:00 -1200"):
        assert ada.sends("/evidence/new/e-mail", SAID, ("cot.eml", bytes(email(Date=date)))).status_code == 302
    days = [str(version.happened_on) for version in ada.versions()]
    assert days == ["2026-06-06", "2026-06-01", "None", "None", "None"]


def test_nothing_of_a_page_in_it_is_live(ada: Learner) -> None:
    ada.sends("/evidence/new/e-mail", SAID, ("cot.eml", bytes(email("", page=PAGE))))
    (version,) = ada.versions()
    assert set(re.findall(r"<(\w+)", version.html)) <= {"ul", "li", "p", "br"}
    for live in ("script", "steal", "track.example", "href", "img"):
        assert live not in version.html
    assert "The cot is here." in version.plain
    assert "its pictures and its looks are not." in version.plain


def test_several_that_belong_together_stand_in_one_item_beside_other_files(ada: Learner) -> None:
    mails = [(f"{at}.eml", bytes(email(f"Word {at}.", Subject=f"Part {at}"))) for at in (1, 2)]
    ada.sends("/evidence/new/e-mail", SAID, mails[0], ("log.txt", b"Till 3"), mails[1])
    (version,) = ada.versions()
    assert version.html.count("<h3>") == 2
    assert version.plain.index("E-mail 1 of 2") < version.plain.index("Word 1.") < version.plain.index("E-mail 2 of 2")
    assert [file.name for file in version.files] == ["1.eml", "log.txt", "2.eml"]


def test_saving_what_is_there_changes_nothing_and_another_file_makes_a_version(ada: Learner) -> None:
    place = ada.sends("/evidence/new/e-mail", SAID, ("cot.eml", bytes(email()))).location
    (first,) = ada.versions()
    form = html.unescape(ada.reads(f"{place}/change"))
    assert 'name="text"' not in form
    same = SAID | {"received": str(first.files[0].id), "based_on": "1", "happened_on": "2026-03-03"}
    ada.sends(f"{place}/change", same)
    assert len(ada.versions()) == 1
    ada.sends(f"{place}/change", same | {"received": ""}, ("answer.eml", bytes(email("Thank you, Ruth."))))
    assert ada.versions()[-1].plain.count("Thank you, Ruth.") == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ([], "An e-mail is sent as a file that ends in .eml."),
        ([("cot.eml", b"Dear Ada, the cot came.")], "An e-mail is sent as a file that ends in .eml."),
        ([(f"{at}.eml", bytes(email(Subject=str(at)))) for at in range(11)], "at most 10 e-mails"),
    ],
)
def test_what_is_no_email_or_too_many_comes_back_with_a_sentence(
    ada: Learner, sent: list[tuple[str, bytes]], sentence: str
) -> None:
    answer = ada.sends("/evidence/new/e-mail", SAID, *sent)
    assert (answer.status_code, sentence in html.unescape(answer.text)) == (422, True)
    assert 'value="The cot is here"' in answer.text
    assert ada.versions() == []


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80)
MESSAGES = st.builds(
    Message, sender=LINES, to=LINES, cc=LINES, date=LINES, subject=LINES,
    words=st.lists(LINES, max_size=8).map("\n".join), notes=st.lists(LINES, max_size=2).map(tuple),
    enclosed=st.lists(st.builds(Enclosed, LINES, LINES, st.integers(0, 9**9)), max_size=5).map(tuple),
    unlisted=st.integers(0, 3),
)  # fmt: skip


@given(st.lists(MESSAGES, min_size=1, max_size=4))
def test_every_sign_of_an_email_stands_for_itself(messages: list[Message]) -> None:
    text, made = worded(messages)
    assert set(re.findall(r"<[^>]*>", made)) <= {
        "<ul>", "</ul>", "<li>", "</li>", "<p>", "</p>", "<br>", "<h3>", "</h3>",
    }  # fmt: skip
    for message in messages:
        for line in message.words.split("\n"):
            assert line.rstrip() in plain(made)
            assert line.rstrip() in text


@given(st.integers(1, 10), st.integers(1, 75_000), st.integers(0, 2_000), st.integers(0, 100))
def test_they_fit_into_one_text_and_what_is_cut_is_said(count: int, long: int, header: int, enclosed: int) -> None:
    files = (Enclosed("x" * 150, "application/pdf", 10**6),) * enclosed
    one = Message("a" * header, "b" * header, "c" * header, "d", "e" * header, words="w" * long, enclosed=files)
    text, _ = worded([one] * count)
    assert len(text) <= LONGEST
    assert text.count("\n\n" + "w" * long) == count or text.count("the original holds all of it") == count
    if enclosed:
        listed = text.count("x" * 150)
        assert listed == enclosed * count or " more file" in text


@pytest.mark.slow
def test_of_one_that_takes_too_long_to_read_she_sees_the_headers_and_why_there_is_no_more(ada: Learner) -> None:
    endless = email("", page="<div>" * 400_000)
    answer = ada.sends("/evidence/new/e-mail", SAID, ("cot.eml", bytes(endless)))
    page = html.unescape(ada.reads(answer.location))
    assert "From: Ruth Ofori <ruth@harbour.example>" in page
    assert "It takes too long to read the words of this e-mail here; the original is kept." in page


def test_empty_lines_without_end_are_worded_in_bounded_work(frugal: Callable[..., str]) -> None:
    frugal(
        """
        from portfolio.evidence.media import Message
        from portfolio.evidence.media.messages.wording import worded

        for _ in range(20):
            worded([Message(words="a" + 74_000 * chr(10) + "b")])
        """,
        seconds=10,
    )
