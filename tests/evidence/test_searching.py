"""Words are looked for in a whole portfolio: in texts, on pages and in what is said, and lead to their place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from portfolio.evidence import operations
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.rules import Kind
from portfolio.evidence.searching import finding
from portfolio.evidence.searching.rules import AROUND, Text, held, hit, wanted
from portfolio.evidence.transcripts.rules import UNREAD
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from tests.evidence.pages import papers
from tests.evidence.transcripts import spoken
from tests.fixtures.cast import House

TEXT = "The lift stood still on Tuesday.\n\nI rang the **engineer**, and the café stayed open."


@pytest.fixture
def account(house: House) -> Evidence:
    ada = house.person("ada")
    with transaction():
        return operations.add(Kind.ACCOUNT, compose(Draft("A stuck lift", text=TEXT)), learner=ada, by=ada)


def found(browser: FlaskClient, words: str, path: str = "/evidence") -> list[str]:
    """Each place that is listed, in words."""
    page = browser.get(path, query_string={"q": words}).text
    listed = page.partition('id="found"')[2].partition("</section>")[0]
    items = re.findall(r"<li[^>]*>(.*?)</li>", listed, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", "", one)).split()) for one in items]


def test_words_are_found_in_texts_whatever_their_capitals_and_marks(house: House, account: Evidence) -> None:
    ada = house.browser("ada")
    assert found(ada, "ENGINEER") == ["I rang the engineer, and the café stayed open."]
    assert found(ada, "cafe\N{COMBINING ACUTE ACCENT} rang") == ["I rang the engineer, and the café stayed open."]
    assert found(ada, "engin") == found(ada, "engineer")
    page = ada.get("/evidence?q=engineer").text
    assert "<mark>engineer,</mark>" in page
    assert f'href="/evidence/{account.id}#:~:text=rang%20the%20engineer%2C%20and%20the"' in page


@pytest.mark.usefixtures("account")
def test_all_the_words_stand_in_an_item_wherever_in_it(house: House) -> None:
    ada = house.browser("ada")
    assert len(found(ada, "stuck engineer")) == 2
    assert found(ada, "engineer kettle") == []
    assert "Nothing found" in ada.get("/evidence?q=kettle").text
    assert 'value="kettle"' in ada.get("/evidence?q=kettle").text


def test_what_is_said_in_a_recording_is_found_with_its_second(house: House) -> None:
    item = spoken.recording(house.person("ada"))
    draft = spoken.drafted(item)
    (place,) = found(house.browser("ada"), "cattle")
    assert place == f"I want my cattle back. 0:05 in call.wav. {UNREAD}"
    with transaction():
        spoken.operations.confirm(spoken.file_of(item), based_on=draft.sha256, by=item.learner)
    assert found(house.browser("ada"), "cattle") == ["I want my cattle back. 0:05 in call.wav"]


def test_words_on_the_pages_of_a_document_lead_to_their_page(house: House) -> None:
    item = papers.item(house.person("ada"))
    file = papers.file_of(item)
    ada = house.browser("ada")
    (place,) = found(ada, "0.34 ohms")
    assert place.endswith("Page 2 of report.pdf")
    page = unescape(ada.get("/evidence?q=ohms").text)
    assert f"/evidence/{item.id}?file={file.id}&page=2#document-{file.id}:~:text=at%200.34%20ohms%3B" in page


def test_whoever_sees_the_work_finds_in_it_and_nobody_else(house: House, account: Evidence) -> None:
    path = f"/learners/{account.learner_id}"
    assert found(house.browser("ben"), "engineer", path) == ["I rang the engineer, and the café stayed open."]
    db.session.rollback()
    (line,) = audit.lines_on(account.centre_id, {f"evidence {account.id}"}, (Deed.WORK_OPENED,))
    assert line["actor_id"] == house.person("ben").id
    for other in ("abe", "bob", "dot"):
        assert house.browser(other).get(path, query_string={"q": "engineer"}).status_code in (403, 404)


def test_a_search_by_staff_asks_the_database_no_oftener_for_many_items(house: House, account: Evidence) -> None:
    ada, ben, path = account.learner, house.browser("ben"), f"/learners/{account.learner_id}"
    found(ben, "engineer", path)
    with counted() as for_one:
        found(ben, "engineer", path)
    with transaction():
        for _ in range(9):
            operations.add(Kind.ACCOUNT, compose(Draft("Another lift", text=TEXT)), learner=ada, by=ada)
    found(ben, "engineer", path)
    with counted() as for_ten:
        assert len(found(ben, "engineer", path)) == 10
    assert len(for_ten) == len(for_one)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is asked within."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


def test_what_was_changed_or_taken_out_is_not_found_any_more(house: House, account: Evidence) -> None:
    with transaction():
        changed = compose(Draft("A stuck lift", text="I wrote to the firm."))
        operations.save(account, changed, based_on=1, by=account.learner)
    ada = house.browser("ada")
    assert found(ada, "engineer") == []
    assert found(ada, "firm") == ["I wrote to the firm."]
    spoken.recording(account.learner)
    with transaction():
        operations.remove(account, by=account.learner)
    assert found(ada, "firm") == []
    assert found(ada, "call") == ["The call What is said about it", "call.wav The name of a file"]


def test_a_search_that_would_take_long_says_that_it_left_pages_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers.item(house.person("ada"))
    monkeypatch.setattr(finding, "MOST", 150)
    assert "some of it was left out" in house.browser("ada").get("/evidence?q=household").text


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("words", ["", "   ", "%", "<b>", "\N{NULL}", "a" * 5000, "\N{ZERO WIDTH SPACE}"])
def test_whatever_is_looked_for_gets_a_page(house: House, words: str) -> None:
    answer = house.browser("ada").get("/evidence", query_string={"q": words})
    assert answer.status_code == 200
    assert "<b>" not in answer.text


@given(st.lists(st.text(st.characters(categories=["L", "M", "P", "Nd"]), min_size=1), min_size=1), st.data())
def test_every_word_of_a_passage_is_found_in_it_and_shown(written: list[str], data: st.DataObject) -> None:
    asked = wanted(data.draw(st.sampled_from(written)))
    text = Text("\n".join(written))
    assert held(text, asked) == frozenset(asked)
    if asked:
        one = hit(text, asked)
        assert any(is_found for _, is_found in one.pieces)
        assert len(one.pieces) <= 2 * AROUND + 3
        assert unquote(one.fragment.removeprefix(":~:text=")) in text.words
