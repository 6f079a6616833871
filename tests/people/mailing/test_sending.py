"""Links go out by mail: each once, to its person, saying what it is; nothing of them is kept."""

import re

from portfolio.foundation.db import db, transaction
from portfolio.people import operations
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import Postbox, words_of
from tests.people.mailing.desk import ADDRESS, LINK, Desk, mails, plain, progress, told, work


def test_a_class_is_sent_its_links_and_each_works_for_one_person(dee: Desk, street: House, postbox: Postbox) -> None:
    assert "Send all by mail" in dee.reads("/people/links")
    dee.mails("ann", "bea", "cas")
    assert progress(dee) == ("running", 0, 3)
    with postbox.up():
        work(street)
    assert sorted(to for to, _ in postbox.mails) == [ADDRESS.format(nick) for nick in ("ann", "bea", "cas")]
    guest = street.browser()
    for nick in ("ann", "bea", "cas"):
        (mail,) = postbox.to(ADDRESS.format(nick))
        found = LINK.search(words_of(mail))
        assert found
        assert f"{nick.capitalize()} Doe" in guest.get(f"/join/{found[1]}").text
        assert f"{nick.capitalize()} Doe" not in str(mail["Subject"])
        assert "Sent" in dee.page(nick)
    assert told() == [("link sent", "")] * 3
    assert progress(dee) == ("done", 0, 0)


def test_the_mail_says_who_asks_what_until_when_and_what_to_do(dee: Desk, street: House, postbox: Postbox) -> None:
    dee.mails("ann")
    with postbox.up():
        work(street)
    (mail,) = postbox.to(ADDRESS.format("ann"))
    centre = street.person("dee").centre.name
    words = " ".join(words_of(mail).split())
    assert mail["Subject"] == f"Your link to {centre}"
    assert mail["From"].addresses[0].display_name == centre
    assert f"Hello Ann Doe, {centre} keeps portfolios of work" in words
    assert "It works once, until " in words
    assert "If you did not expect this mail, do nothing" in words
    assert ADDRESS.format("ann") in words


def test_its_html_part_says_the_same_asks_nobody_for_anything_and_leads_nowhere_but_to_the_link(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    dee.mails("ann")
    with postbox.up():
        work(street)
    (mail,) = postbox.to(ADDRESS.format("ann"))
    text, html = words_of(mail), words_of(mail, "html")
    found = LINK.search(text)
    assert found
    assert set(re.findall(r"(?:https?:)?//[^\s\"<]+", html)) == {found[0]}
    assert re.findall(r'<a\b[^>]*\bhref="([^"]+)"', html) == [found[0]] * 2
    assert not re.search(r"<(img|link|script|iframe|object|form)\b|\bsrc=|@import|url\(", html)
    assert not re.search(r"\son\w+=", html)
    shown = plain(html.partition("</head>")[2])
    for paragraph in filter(None, text.splitlines()):
        assert paragraph in shown
    assert "Choose a password" in shown


def test_a_welsh_centre_writes_in_welsh(dee: Desk, street: House, postbox: Postbox) -> None:
    with transaction():
        by = street.person("dee")
        operations.change_centre(by.centre, by=by, language="cy")
    dee.mails("ann")
    with postbox.up():
        work(street)
    (mail,) = postbox.to(ADDRESS.format("ann"))
    assert mail["Content-Language"] == "cy"
    assert str(mail["Subject"]).startswith("Eich dolen i ")
    assert '<html lang="cy">' in words_of(mail, "html")
    assert "Dewis cyfrinair" in words_of(mail, "html")
    assert "Mae’n gweithio unwaith, tan " in words_of(mail)


def test_one_link_is_sent_from_its_page_once_however_often_it_is_pressed(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    key, ann = dee.links("ann"), street.person("ann").id
    assert f"Send by mail to {ADDRESS.format('ann')}" in dee.reads(f"/people/{ann}/invited?key={key}")
    for _ in range(3):
        dee.sends(f"/people/{ann}/mail", key=key)
    assert "Send by mail to" not in dee.reads(f"/people/{ann}/invited?key={key}")
    with postbox.up():
        work(street)
        dee.sends(f"/people/{ann}/mail", key=key)
        work(street)
    assert len(postbox.mails) == 1
    assert len(mails()) == 1


def test_another_centre_sees_nothing_of_it(dee: Desk, street: House) -> None:
    dee.mails("ann")
    dot = street.browser("dot")
    assert "Ann Doe" not in dot.get("/people/mail").text
    told = dot.get(f"/people/mail/progress?person={street.person('ann').id}").get_json()
    assert (told["state"], told["total"]) == ("done", 0)


def test_no_token_is_kept(dee: Desk, street: House, postbox: Postbox) -> None:
    dee.mails("ann")
    with postbox.up():
        work(street)
    found = LINK.search(words_of(postbox.mails[0][1]))
    assert found
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert found[1] not in str(row)
            assert table.name == "person" or ADDRESS.format("ann") not in str(row), table.name


def test_hostile_names_are_words_and_nothing_else(dee: Desk, street: House, postbox: Postbox) -> None:
    with transaction():
        ann = street.person("ann")
        ann.name = "Ann\r\nBcc: eve@evil.example\r\n\r\n<b>{{ 7*7 }}</b>"
        ann.centre.name = 'Har"bour\r\nTo: eve@evil.example, x'
    dee.mails("ann")
    with postbox.up():
        work(street)
    assert postbox.asked == [ADDRESS.format("ann")]
    (mail,) = postbox.to(ADDRESS.format("ann"))
    assert mail["Bcc"] is None
    assert mail["To"] == ADDRESS.format("ann")
    assert mail["From"].addresses[0].display_name == 'Har"bour To: eve@evil.example, x'
    assert "Hello Ann Bcc: eve@evil.example <b>{{ 7*7 }}</b>," in words_of(mail)
    assert "Hello Ann Bcc: eve@evil.example &lt;b&gt;{{ 7*7 }}&lt;/b&gt;," in words_of(mail, "html")


def test_without_a_mail_server_nothing_offers_it_and_one_sentence_says_so(house: House) -> None:
    dee, ada = Desk(house), house.person("ada").id
    key = dee.links("ada")
    for path in (f"/people/{ada}/invited?key={key}", "/people/links"):
        page = dee.reads(path)
        assert "by mail" not in page
    assert "This installation sends no mail" in dee.reads(f"/people/{ada}/invited?key={key}")
    assert "Nothing is sent to it." in dee.reads(f"/people/{ada}/change")
    assert "This installation sends no mail" in dee.sends(f"/people/{ada}/mail", 422, key=key)


def test_where_there_is_one_the_field_of_the_address_says_what_is_sent(dee: Desk, street: House) -> None:
    page = dee.reads(f"/people/{street.person('ada').id}/change")
    assert "Nothing is sent to it." not in page
    assert "A link is sent to it when you ask for that." in page


def test_at_the_terminal_a_link_is_sent_instead_of_printed(street: House, postbox: Postbox) -> None:
    said = street.app.test_cli_runner().invoke(args=["person", "invite", ADDRESS.format("ann"), "--mail"])
    assert said.exit_code == 0, said.output
    assert "/join/" not in said.output
    with postbox.up():
        work(street)
    assert len(postbox.to(ADDRESS.format("ann"))) == 1
