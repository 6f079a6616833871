"""Whoever the centre lets keeps its shared sentences; each deed is on record, and a removal is undone."""

import html

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn
from portfolio.foundation.log import audit
from portfolio.people.operations import change_centre
from portfolio.people.rules import PHRASE_KEEPERS
from portfolio.units.models import Edition
from portfolio.units.phrases import operations, queries
from portfolio.units.phrases.models import Phrase, PhraseWording
from portfolio.units.phrases.rules import MOST_SHARED
from tests.fixtures import deeds
from tests.fixtures.cast import House

WORDS = "Say how it ended."


@pytest.fixture
def edition(house: House) -> Edition:
    """The unit of Harbour Street, on which ada works."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.enrolment().edition


def told() -> list[tuple[str, object]]:
    """What the log says of sentences, with the number of the wording."""
    return [(line["deed"], line["facts"]["number"]) for line in audit.lines(1) if line["deed"].startswith("phrase")]


def shared(edition: Edition) -> list[tuple[str, str]]:
    """What is shared by now, by point."""
    db.session.rollback()
    return [(one.point, one.words) for one in queries.shared(edition.centre_id, edition.code) if not one.gone_at]


def test_a_sentence_is_shared_changed_removed_and_put_back(house: House, edition: Edition) -> None:
    dee = house.browser("dee")
    address = f"/units/{edition.id}/phrases"
    page = dee.post(address, data={"point": "2", "words": "Say <how>  it\r\nended."}, follow_redirects=True)
    assert "Say &lt;how&gt; it ended." in page.text
    assert shared(edition) == [("2", "Say <how> it ended.")]
    (phrase,) = queries.shared(edition.centre_id, edition.code)
    dee.post(f"/phrases/{phrase.id}", data={"seen": "1", "words": WORDS})
    assert 'action="/phrases/1/put-back"' in dee.post(f"/phrases/{phrase.id}/remove", follow_redirects=True).text
    assert shared(edition) == []
    assert WORDS not in house.browser("ben").get(address).text
    dee.post(f"/phrases/{phrase.id}/put-back")
    assert shared(edition) == [("2", WORDS)]
    assert WORDS in house.browser("ben").get(address).text
    assert told() == [("phrase added", 1), ("phrase changed", 2), ("phrase removed", 2), ("phrase put back", 2)]
    assert [one.by_name for one in queries.shared(1, edition.code)[0].wordings] == ["Dee Abara", "Dee Abara"]
    assert not any(WORDS in str(line["facts"]) for line in audit.lines(1))


@pytest.mark.parametrize("keepers", PHRASE_KEEPERS)
def test_the_centre_says_who_keeps_them(house: House, edition: Edition, keepers: str) -> None:
    phrase = deeds.share(edition, WORDS, by=house.person("dee"))
    with transaction():
        dee = house.person("dee")
        change_centre(dee.centre, by=dee, phrase_keepers=keepers)
    may = {"administrators": {"dee"}, "IQAs": {"dee", "ivy"}, "staff": {"dee", "ivy", "ben", "eve"}}[keepers]
    for nick in ("dee", "ivy", "ben", "eve", "ada", "dot", "bob"):
        browser = house.browser(nick)
        sends = {
            f"/units/{edition.id}/phrases": {"point": "", "words": f"By {nick}."},
            f"/phrases/{phrase.id}": {"seen": "1", "words": WORDS},
            f"/phrases/{phrase.id}/remove": {}, f"/phrases/{phrase.id}/put-back": {},
        }  # fmt: skip
        answers = {browser.post(address, data=data).status_code for address, data in sends.items()}
        assert answers == ({302} if nick in may else {404}), nick
    assert "wants nobody" not in PHRASE_KEEPERS
    with pytest.raises(Incomplete), transaction():
        change_centre(house.person("dee").centre, by=house.person("dee"), phrase_keepers="wants nobody")


def test_the_same_words_are_shared_once_for_a_place(house: House, edition: Edition) -> None:
    dee = house.person("dee")
    phrase = deeds.share(edition, WORDS, by=dee)
    deeds.share(edition, WORDS, by=dee, point="1")
    with pytest.raises(Incomplete, match="shared for this already"):
        deeds.share(edition, "SAY  how it ended.", by=dee)
    other = deeds.share(edition, "Say what it cost.", by=dee)
    with pytest.raises(Incomplete, match="shared for this already"):
        deeds.reword(other, WORDS, by=dee)
    with transaction():
        operations.remove(phrase, by=dee)
    again = deeds.share(edition, WORDS, by=dee)
    with pytest.raises(OutOfTurn, match="shared anew"), transaction():
        operations.put_back(phrase, by=dee)
    with pytest.raises(OutOfTurn, match="was removed"):
        deeds.reword(phrase, "Say it.", by=dee)
    assert shared(edition) == [("1", WORDS), ("", "Say what it cost."), ("", again.words)]


@pytest.mark.parametrize(("words", "sentence"), [(" ", "Write the sentence."), ("x" * 501, "at most 500")])
def test_a_sentence_has_words_and_not_too_many(house: House, edition: Edition, words: str, sentence: str) -> None:
    answer = house.browser("dee").post(f"/units/{edition.id}/phrases", data={"point": "", "words": words})
    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    with pytest.raises(Incomplete, match=sentence):
        deeds.share(edition, words, by=house.person("dee"))
    with pytest.raises(Incomplete, match="one of the points"):
        deeds.share(edition, WORDS, by=house.person("dee"), point="17")


def test_two_who_change_it_at_once_are_told(house: House, edition: Edition) -> None:
    dee = house.person("dee")
    phrase = deeds.share(edition, WORDS, by=dee)
    deeds.reword(phrase, "Say it.", by=dee)
    with pytest.raises(Conflict, match="Dee Abara changed this sentence meanwhile: Say it"), transaction():
        operations.change(phrase, "Tell it.", seen=1, by=dee)
    answer = house.browser("dee").post(f"/phrases/{phrase.id}", data={"seen": "1", "words": "Tell it."})
    assert answer.status_code == 422
    assert "Tell it." in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert shared(edition) == [("", "Say it.")]
    house.browser("dee").post(f"/phrases/{phrase.id}", data={"seen": "2", "words": "Tell it."})
    assert shared(edition) == [("", "Tell it.")]


def test_a_unit_has_only_so_many(house: House, edition: Edition) -> None:
    dee = house.person("dee")
    removed = deeds.share(edition, WORDS, by=dee)
    with transaction():
        operations.remove(removed, by=dee)
    with transaction():
        for at in range(MOST_SHARED):
            said = PhraseWording(number=1, words=f"Say {at}.", by_id=dee.id, by_name=dee.name)
            db.session.add(Phrase(centre_id=dee.centre_id, unit=edition.code, wordings=[said]))
    refused = f"{MOST_SHARED} sentences are shared for this unit"
    answer = house.browser("dee").post(f"/units/{edition.id}/phrases", data={"point": "", "words": "One more."})
    assert (answer.status_code, refused in answer.text) == (422, True)
    assert house.browser("dee").post(f"/phrases/{removed.id}/put-back").status_code == 422
    assert len(shared(edition)) == MOST_SHARED


def test_it_is_for_the_unit_in_all_its_editions(house: House, edition: Edition) -> None:
    phrase: Phrase = deeds.share(edition, WORDS, by=house.person("dee"), point="1")
    assert (phrase.unit, phrase.point) == (edition.code, "1")
    page = house.browser("ben").get(f"/units/{edition.id}").text
    assert f'href="/units/{edition.id}/phrases"' in page
    assert f'href="/units/{edition.id}/phrases"' not in house.browser("ada").get(f"/units/{edition.id}").text
