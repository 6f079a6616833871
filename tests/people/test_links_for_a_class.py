"""Links for a class: made at once, on one sheet, each with a code that a camera reads, each for one person."""

import html
import re

from markupsafe import Markup
from PIL import Image

from portfolio.people.codes import drawn
from tests.people.house import Visitor, person

ADDRESS = re.compile(r'id="link-\d+">(\S+)</p>')


def sheet(dee: Visitor, *nicks: str) -> str:
    """Make the links of these people, and read the sheet."""
    dee.reads("/people/links")
    return html.unescape(dee.sends("/people/links", people=[str(person(nick).id) for nick in nicks]))


def test_everybody_without_a_password_is_offered_and_ticked(dee: Visitor) -> None:
    page = dee.reads("/people/links")
    for nick in ("ada", "ben", "ivy"):
        assert re.search(rf'value="{person(nick).id}"[^>]* checked|checked[^>]* value="{person(nick).id}"', page)


def test_each_link_of_the_sheet_is_for_one_person(dee: Visitor, guest: Visitor) -> None:
    page = sheet(dee, "ada", "ben")
    addresses = ADDRESS.findall(page)
    assert len(addresses) == 2
    assert "Ivy Lund" not in page
    for name, address in zip(("Ada Marsh", "Ben Okafor"), addresses, strict=True):
        assert name in guest.reads(address[address.index("/join/") :])


def test_who_joined_stands_on_the_sheet_no_more_and_an_ended_sheet_says_so(dee: Visitor, guest: Visitor) -> None:
    dee.reads("/people/links")
    page = html.unescape(dee.sends("/people/links", people=[str(person("ada").id)]))
    (address,) = ADDRESS.findall(page)
    path = address[address.index("/join/") :]
    guest.reads(path)
    guest.sends(path, password="long enough for a link 7", again="long enough for a link 7")
    assert "Ada Marsh" not in dee.reads("/people/links")
    dee.reads("/people/links/sheet?key=never-made", 302)
    assert "These links have ended." in html.unescape(dee.reads("/people/links"))


def test_nobody_ticked_is_said(dee: Visitor) -> None:
    dee.reads("/people/links")
    assert "Tick at least one person." in dee.sends("/people/links", 422)


def test_another_centres_people_are_given_none(dee: Visitor) -> None:
    dee.reads("/people/links")
    page = dee.sends("/people/links", 422, people=[str(person("cy").id)])
    assert "Cy Strand" not in page


def test_the_code_is_square_dark_on_light_and_has_room_around_it() -> None:
    code = drawn("https://markwell.example/join/abc")
    assert isinstance(code, Markup)
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', code)[1])  # type: ignore[index]
    squares = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code)}
    picture = Image.new("1", (side, side), 1)
    for at in squares:
        picture.putpixel(at, 0)
    assert all(4 <= x < side - 4 and 4 <= y < side - 4 for x, y in squares)
    finder = [picture.getpixel((4 + step, 4)) for step in range(7)]
    assert finder == [0] * 7, "the corner mark that cameras look for"
