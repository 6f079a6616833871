"""A mail says what it is meant to say and nothing else, whatever stands in names, subjects and addresses."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.foundation import clock
from portfolio.foundation.mail.letters import Letter, composed, deliverable
from portfolio.foundation.smtp import NotTaken
from tests.foundation.mail.postbox import SENDER, words_of

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "Content-Type", "MIME-Version",
}  # fmt: skip
HOSTILE = "Harbour\r\nBcc: eve@evil.example\r\n\r\nWords of another"
words = st.text(max_size=80) | st.text(alphabet='a\r\n \t:,;<>@"\\=?\u2028\x85\x00é漢\u202e', max_size=80)


def read(letter: Letter) -> EmailMessage:
    """The mail as another program reads it."""
    mail = message_from_bytes(composed(letter, sender=SENDER, name="abc").as_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@given(name=words, subject=words, text=words)
@example(name=HOSTILE, subject=HOSTILE, text="Plain.\r\n.\r\nQUIT")
def test_no_name_adds_a_header_an_address_or_a_line(name: str, subject: str, text: str) -> None:
    mail = read(Letter("ada@house.example", name, subject, text, f"<p>{escape(text)}</p>"))
    assert set(mail.keys()) == HEADERS
    assert len(mail.keys()) == len(HEADERS)
    assert [one.addr_spec for one in mail["From"].addresses] == [SENDER]
    assert [one.addr_spec for one in mail["To"].addresses] == ["ada@house.example"]
    assert mail.as_bytes().isascii()
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_names_and_words_in_any_script_arrive_as_they_were() -> None:
    mail = read(
        Letter(
            "ada@house.example", "Ysgol Tŷ-gwyn, “A” & B", "Dolen i Dŷ-gwyn 漢字", "Helo Siân –\nhwyl.",
            "<p>Helo Siân 漢字</p>", "cy",
        )
    )  # fmt: skip
    assert mail["From"].addresses[0].display_name == "Ysgol Tŷ-gwyn, “A” & B"
    assert mail["Subject"] == "Dolen i Dŷ-gwyn 漢字"
    assert words_of(mail).splitlines() == ["Helo Siân –", "hwyl."]
    assert words_of(mail, "html").strip() == "<p>Helo Siân 漢字</p>"
    assert mail["Content-Language"] == "cy"


def test_it_says_that_a_machine_wrote_it_and_keeps_its_id() -> None:
    first, second = (read(Letter("ada@house.example", "H", "S", "T", "<p>T</p>")) for _ in range(2))
    assert first["Auto-Submitted"] == "auto-generated"
    assert abs(first["Date"].datetime - clock.now()) < timedelta(minutes=1)
    assert first["Message-ID"] == second["Message-ID"] == "<abc@house.example>"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("ada@house.example", "ada@house.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("siân@bücher.example", "siân@bücher.example"),
    ],
)
def test_addresses_are_given_as_servers_take_them(address: str, taken: str) -> None:
    assert deliverable(address) == taken


@pytest.mark.parametrize(
    "address", ["", "ada", "a@b@c", "ada@house.example\r\nRCPT TO:<eve@evil.example>", "<a>@b.example"]
)
def test_what_is_no_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(NotTaken, match="not an address"):
        read(Letter(address, "H", "S", "T", "<p>T</p>"))
