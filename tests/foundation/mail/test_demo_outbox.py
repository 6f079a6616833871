"""In the demo no mail leaves the machine: a page shows each as it would look, and its link works."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest

from app import create_app
from portfolio.foundation.db import db, transaction
from portfolio.foundation.mail import keeping
from portfolio.foundation.mail.letters import Letter, composed
from portfolio.foundation.settings import Settings
from tests.fixtures.cast import SECRET, Apart, House
from tests.people.mailing.desk import Desk, plain, told, work


@pytest.fixture
def demo(database: str, tmp_path: Path) -> Iterator[House]:
    """The house as `make demo` runs it."""
    app = create_app(Settings(tmp_path, database, SECRET, https=False, demo=True, address="http://markwell.example"))
    app.test_client_class = Apart

    with app.app_context():
        yield House(app)
        db.session.remove()
        db.engine.dispose()


def sent(demo: House) -> str:
    """Have dee send ada a link; the address of the mail in the Outbox."""
    dee = Desk(demo)
    ada = demo.person("ada").id
    dee.sends(f"/people/{ada}/mail", key=dee.links("ada"))
    work(demo)
    found = re.search(r'href="(/outbox/[0-9a-f]{32})"', demo.browser().get("/outbox").text)
    assert found
    return found[1]


def test_the_outbox_shows_a_mail_with_its_parts_and_headers_and_its_link_opens(demo: House) -> None:
    assert "No mail was sent yet" in demo.browser().get("/outbox").text
    address = sent(demo)
    guest = demo.browser()
    assert "Your link to Harbour Street" in guest.get("/outbox").text
    page = guest.get(address)
    for words in ("ada@house.example", "auto-generated", "Message-ID", "Hello Ada Marsh,"):
        assert words in page.text
    assert f'src="{address}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    framed = guest.get(f"{address}/html")
    (link,) = set(re.findall(r'href="http://markwell\.example(/join/[^"]+)"', framed.text))
    assert f'href="http://markwell.example{link}"' in page.text
    assert "Ada Marsh" in guest.get(link).text
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups ")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert told() == [("link sent", "")]


def test_it_is_found_from_the_sign_in_page_and_from_the_page_of_mail(demo: House) -> None:
    assert 'href="/outbox"' in demo.browser().get("/sign-in").text
    assert "In this demo nothing leaves the machine" in Desk(demo).reads("/people/mail")


@pytest.mark.parametrize("name", ["0" * 32, "x", "..", "%2e%2e%2fsecret", "a" * 300])
def test_what_is_not_kept_is_not_there(demo: House, name: str) -> None:
    for path in (f"/outbox/{name}", f"/outbox/{name}/html"):
        assert demo.browser().get(path).status_code in (404, 308)


def test_elsewhere_there_is_no_outbox(house: House, tmp_path: Path, database: str) -> None:
    real = create_app(
        Settings(tmp_path, database, SECRET, https=False, demo=True, mail="smtp://localhost", mail_from="a@b.example")
    )
    for app in (house.app, real):
        assert app.test_client().get("/outbox").status_code == 404
    with real.app_context():
        db.engine.dispose()
    assert "outbox" not in house.browser().get("/sign-in").text


def test_the_last_are_kept_and_one_that_is_sent_again_replaces_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 3)
    names = [uuid4().hex for _ in range(5)]
    with keeping.Keeper(tmp_path) as keeper:
        for name in [*names, names[-1]]:
            keeper.try_out()
            keeper.send(mail(name), "ada@house.example")
    assert [one.name for one in keeping.kept(tmp_path)] == names[:1:-1]
    assert {path.suffix for path in keeping.folder_of(tmp_path).iterdir()} == {".eml"}
    assert keeping.named(tmp_path, names[0]) is None


def mail(name: str) -> EmailMessage:
    letter = Letter("ada@house.example", "Harbour", "A subject", "Words.", "<p>Words.</p>")
    return composed(letter, sender="markwell@demo.example", name=name)


def test_what_a_person_is_called_is_words_in_the_outbox_too(demo: House) -> None:

    with transaction():
        demo.person("ada").name = "<script>alert(1)</script>"
    address = sent(demo)
    for path in (address, f"{address}/html"):
        page = demo.browser().get(path).text
        assert "<script>alert" not in page
        assert "alert(1)" in plain(page)
