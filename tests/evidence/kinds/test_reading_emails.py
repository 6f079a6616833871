"""What an e-mail says is read from its file: its headers, its words and the names of its files, and nothing live."""

from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.evidence import media
from portfolio.evidence.media import Message
from portfolio.evidence.media.messages import reading
from portfolio.evidence.media.messages.message import Enclosed, from_json
from tests.evidence.kinds.letters import PAGE, email

Saved = Callable[[bytes], Path]
ENDLESS = b"Content-Type: text/html\n\n" + b"<div>" * 400_000
SOME = b"From: ruth@harbour.example\nTo: ada@harbour.example\nSubject: The cot\n"


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    def written(content: bytes) -> Path:
        path = tmp_path / "saved.eml"
        path.write_bytes(content)
        return path

    return written


def brought(path: Path) -> Message:
    """What is read of an e-mail as it is when somebody brings it: in a process of its own."""
    (message,) = media.read_messages([path])
    return message


def read(path: Path) -> Message:
    """The same in this process."""
    *_, (_, _, message) = reading.read([path])
    return message


def told(message: Message) -> str:
    return " ".join(message.notes)


def test_headers_words_and_files_are_read_as_people_see_them(saved: Saved) -> None:
    made = email("Dear Ada,\n\nthe cot came.\n", Subject="Détails — the cot", Cc="Bo <bo@x.example>")
    made.add_attachment(b"%PDF-1.7 " + bytes(491), maintype="application", subtype="pdf", filename="förm.pdf")
    made.add_attachment("a,b\n", subtype="csv", filename="log.csv")
    message = brought(saved(bytes(made)))
    assert message.headers == [
        ("From", "Ruth Ofori <ruth@harbour.example>"), ("To", "Ada Quill <ada@harbour.example>"),
        ("Cc", "Bo <bo@x.example>"), ("Date", "Tue, 03 Mar 2026 23:30:00 +0000"), ("Subject", "Détails — the cot"),
    ]  # fmt: skip
    assert message.moment is not None
    assert message.moment.isoformat() == "2026-03-03T23:30:00+00:00"
    assert message.words == "Dear Ada,\n\nthe cot came."
    assert message.enclosed == (Enclosed("förm.pdf", "application/pdf", 500), Enclosed("log.csv", "text/csv", 4))
    assert message.notes == ()


def test_plain_words_count_where_there_are_both_and_a_page_is_read_without_anything_live(saved: Saved) -> None:
    assert read(saved(bytes(email("Plain.", page=PAGE)))).words == "Plain."
    message = read(saved(bytes(email("", page=PAGE))))
    assert message.words == "Dear Ada,\n\nThe cot is here.\nAll of it.\n\n• two sides\n• a base\n\nAnswer"
    assert "its pictures and its looks are not" in told(message)
    assert message.enclosed == ()


def test_an_email_in_an_email_is_listed_and_not_read_out(saved: Saved) -> None:
    outer = email("See below.")
    outer.add_attachment(email("Secret words.", Subject="Before that"))
    message = read(saved(bytes(outer)))
    assert message.words == "See below."
    assert [(one.name, one.media_type) for one in message.enclosed] == [("Before that", "message/rfc822")]


@pytest.mark.parametrize(
    ("kind", "content", "words", "note"),
    [
        (b"text/plain; charset=utf-16", "häi".encode("utf-16"), "häi", ""),
        (b"text/plain; charset=iso-8859-1", b"caf\xe9", "café", ""),
        (b"text/plain; charset=nothing-known", "café".encode(), "café", ""),
        (b"text/plain; charset=utf-8", b"caf\xe9", "café", "may be wrong"),
        (b"text/plain; charset=zlib", b"caf\xe9", "café", "may be wrong"),
        (b"text/plain; charset=punycode", b"caf\xe9", "café", "may be wrong"),
        (b"application/pkcs7-mime", b"MIAG", "", "is encrypted"),
        (b"application/pdf", b"%PDF", "", "no words in this e-mail"),
        (b"text/plain", b"\x00\x1b[2Jhello\x07", "[2Jhello", ""),
    ],
)
def test_broken_and_unknown_letters_are_read_as_well_as_can_be_and_told_of(
    saved: Saved, kind: bytes, content: bytes, words: str, note: str
) -> None:
    message = read(saved(SOME + b"Content-Type: " + kind + b"\n\n" + content))
    assert message.words == words
    assert note in told(message)


def test_bare_letters_in_a_header_are_read_and_a_broken_one_stands_as_it_is(saved: Saved) -> None:
    content = "From: zoë@x.example\nTo: a@b\nSubject: =?utf-8?q?broken\nDate: yesterday\n\nHello".encode()
    message = read(saved(content))
    assert message.sender == "zoë@x.example"
    assert message.subject == "=?utf-8?q?broken"
    assert (message.date, message.moment) == ("yesterday", None)


def test_what_is_too_long_is_cut_and_said_to_be(saved: Saved) -> None:
    message = read(
        saved(b"Subject: " + b"long " * 9_000 + b"\nTo: " + b"a@b.c, " * 9_000 + b"\n" + SOME[:27] + b"\n\nHi")
    )
    assert len(message.subject) == len(message.to) == 2_000
    assert told(message).count("is longer than what is shown here") == 2
    message = read(saved(SOME + b"\n" + b"words " * 100_000))
    assert 74_000 < len(message.words) <= 75_000
    assert "the original holds all of it" in told(message)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (at, at) for at in range(3000)), "could"),
        (b"Content-Type: message/rfc822\n\nSubject: x\n" * 3000, "could not be read here"),
        (b"\n" + b"x" * 41_000_000, "larger than 40 MB"),
        (ENDLESS, "takes too long"),
    ],
    ids=["parts in parts", "e-mails in e-mails", "more than any server takes", "a page that never ends"],
)
def test_what_is_meant_to_harm_is_given_up_with_a_sentence(saved: Saved, content: bytes, note: str) -> None:
    message = brought(saved(SOME + content))
    assert note in told(message)
    assert message.words == ""
    assert (message.sender, message.subject) == ("ruth@harbour.example", "The cot")


@pytest.mark.slow
def test_the_time_for_one_is_the_time_for_all_of_an_item_and_their_headers_are_read_first(tmp_path: Path) -> None:
    contents = {"good": bytes(email("The cot came.")), "endless": SOME + ENDLESS, "again": SOME + ENDLESS}
    contents["after"] = bytes(email("It was too small."))
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    good, endless, again, after = media.read_messages([tmp_path / name for name in contents])
    assert (good.words, good.notes) == ("The cot came.", ())
    assert "takes too long" in told(endless)
    for message in (again, after):
        assert "not read, because an e-mail before it could not be" in told(message)
    for message in (endless, again, after):
        assert (message.words, message.subject) == ("", "The cot")


@pytest.mark.slow
def test_of_a_hundred_thousand_files_the_first_are_listed_and_the_others_counted(saved: Saved) -> None:
    part = b"--z\nContent-Type: application/pdf; name=a.pdf\n\nabc\n"
    message = brought(saved(SOME + b'Content-Type: multipart/mixed; boundary="z"\n\n' + part * 100_000))
    assert (len(message.enclosed), message.unlisted) == (100, 99_900)


def test_an_email_is_known_by_its_headers_and_not_by_its_name(saved: Saved) -> None:
    assert media.sniff(saved(bytes(email()))) == ("other", "message/rfc822")
    assert media.sniff(saved(b"From ruth Tue Mar  3\n" + bytes(email()))) == ("other", "message/rfc822")
    assert media.sniff(saved(bytes(email(Received="x " * 20_000)))) == ("other", "message/rfc822")
    for other in (b"Subject: notes\nTo: do\n\nMilk", b"From: here\nTo: there\n\nMilk", b"Dear Ada,\nFrom: me", b"<p>a"):
        assert media.sniff(saved(other)) == ("other", "application/octet-stream")


@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_its_file_is_said_to_be_shown_by_its_own_kind(saved: Saved, tmp_path: Path, line: str) -> None:
    made = media.prepare(saved(email().as_bytes(policy=policy.default.clone(linesep=line))), tmp_path)
    (said,) = made.remarks
    assert said.startswith(
        "Items of the kind e-mail show its words, as text: make one of it. What is attached to it is"
    )


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn"]), max_size=300
)
in_any_order = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@in_any_order
@given(WORDS, WORDS, st.lists(st.tuples(WORDS, st.binary(max_size=200)), max_size=4))
def test_every_word_that_was_written_is_read(
    saved: Saved, words: str, subject: str, files: list[tuple[str, bytes]]
) -> None:
    made = email(words or "-", Subject=" ".join(subject.split())[:100] or "-")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="pdf", filename=f"{name[:50].strip()}.pdf")
    message = read(saved(bytes(made)))
    assert message.words.split() == (words.split() or ["-"]) or "no words" in told(message)
    assert [one.size for one in message.enclosed] == [len(content) for _, content in files]
    assert from_json(message.to_json()) == message


@in_any_order
@given(st.binary(max_size=2_000), st.sampled_from([b"", SOME, bytes(email("", page=PAGE))]), st.integers(0, 900))
def test_no_rubbish_breaks_the_reader(saved: Saved, rubbish: bytes, before: bytes, at: int) -> None:
    message = read(saved(before[:at] + rubbish + before[at:]))
    for said in (message.words, message.sender, message.subject, *(one.name for one in message.enclosed)):
        assert "\x00" not in said
        said.encode()
    assert isinstance(from_json(message.to_json()), Message)


def test_a_word_stays_a_word_whatever_mail_program_wrote_it(saved: Saved) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.c", "d@e.f", "x"
    made.set_content("Lange Zeile mit Ü und ß. " * 40, cte="quoted-printable", charset="iso-8859-15")
    assert read(saved(bytes(made))).words.split() == ("Lange Zeile mit Ü und ß. " * 40).split()
