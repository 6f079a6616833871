"""The mail server is named by one address, spoken to over TLS only, and never waited for without a bound."""

from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from portfolio.foundation import smtp
from portfolio.foundation.mail.letters import Letter, composed
from portfolio.foundation.smtp import MailLine, NotTaken
from tests.foundation.mail.postbox import PASSWORD, SENDER, USER, Postbox, certificate, lets_in, silent

WHOLE = f"smtp://{USER}:{quote(PASSWORD, safe='')}@mail.house.example:2525"


def mail(to: str = "ada@house.example") -> EmailMessage:
    return composed(
        Letter(to, "Harbour Street", "A subject", "Some words.", "<p>Some words.</p>"), sender=SENDER, name="abc"
    )


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.house.example", 587, "begun"),
        ("smtps://mail.house.example", 465, "first"),
        ("smtps://mail.house.example:4650?tls=yes", 4650, "first"),
        ("smtp://mail.house.example:25?tls=no", 25, ""),
        ("smtp://127.0.0.1:25", 25, ""),
        ("smtp://localhost", 587, ""),
        ("smtp://localhost?tls=yes", 587, "begun"),
    ],
)
def test_an_address_says_where_and_how(url: str, port: int, tls: str) -> None:
    read = smtp.read(url, SENDER)
    assert (read.port, read.tls) == (port, tls)


def test_user_and_password_may_hold_any_sign_and_are_shown_to_nobody() -> None:
    read = smtp.read(WHOLE, SENDER)
    assert (read.host, read.port, read.user, read.password) == ("mail.house.example", 2525, USER, PASSWORD)
    assert PASSWORD not in repr(read)
    assert read.address == "mail.house.example:2525"


@pytest.mark.parametrize(
    "url", ["mail.house.example", "http://mail.house.example", "smtp://", "smtp://host:port", "smtp://host/path",
            "smtp://host?tls=perhaps", "smtp://host?other=1", "smtp://host:99999"],
)  # fmt: skip
def test_what_names_no_server_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        smtp.read(url, SENDER)


@pytest.mark.parametrize("sender", ["", "markwell", "a@b@c", "Markwell <a@b.example>", "a@b.example\nBcc: c@d.example"])
def test_who_is_no_address_sends_nothing(sender: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        smtp.read("smtp://localhost", sender)


def test_several_mails_go_over_one_line(postbox: Postbox) -> None:
    with postbox.up(), MailLine(smtp.read(postbox.url, SENDER)) as line:
        for to in ("ada@house.example", "ben@house.example"):
            line.send(mail(to), to)
    assert [to for to, _ in postbox.mails] == ["ada@house.example", "ben@house.example"]


@pytest.mark.parametrize("first", [True, False], ids=["smtps", "starttls"])
def test_over_tls_with_a_password(
    postbox: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    user = f"{USER}:{quote(PASSWORD, safe='')}"
    url = f"{'smtps' if first else 'smtp'}://{user}@127.0.0.1:{postbox.port}?tls=yes"
    over_tls = {"ssl_context": context, "auth_require_tls": False}
    begun = {"tls_context": context, "auth_required": True}
    with postbox.up(authenticator=lets_in, **(over_tls if first else begun)):
        with MailLine(smtp.read(url, SENDER)) as line:
            line.send(mail(), "ada@house.example")
        assert len(postbox.mails) == 1
        with (
            MailLine(smtp.read(url.replace(user, f"{USER}:wrong"), SENDER)) as line,
            pytest.raises(NotTaken) as refusal,
        ):
            line.send(mail(), "ada@house.example")
    assert "does not take the user and password" in refusal.value.sentence
    assert (refusal.value.passes, refusal.value.of_all, refusal.value.said_no) == (True, True, True)
    assert len(postbox.mails) == 1


def test_a_certificate_that_nobody_trusts_ends_the_line_before_anything_is_said(
    postbox: Postbox, tmp_path: Path
) -> None:
    context, _ = certificate(tmp_path)
    with (
        postbox.up(tls_context=context),
        MailLine(smtp.read(f"{postbox.url}?tls=yes", SENDER)) as line,
        pytest.raises(NotTaken, match="a certificate that does not hold"),
    ):
        line.send(mail(), "ada@house.example")
    assert postbox.mails == []


def test_without_tls_nothing_is_sent_where_it_is_asked_for(postbox: Postbox) -> None:
    with (
        postbox.up(),
        MailLine(smtp.read(f"{postbox.url}?tls=yes", SENDER)) as line,
        pytest.raises(NotTaken, match="offers no TLS"),
    ):
        line.send(mail(), "ada@house.example")
    assert postbox.mails == []


@pytest.mark.parametrize("greeting", [b"", b"220 here\r\n"], ids=["silence", "a greeting and silence"])
def test_a_server_that_hangs_is_given_up(postbox: Postbox, monkeypatch: pytest.MonkeyPatch, greeting: bytes) -> None:
    monkeypatch.setattr(smtp, "WAIT", 0.2)
    with (
        silent(postbox.port, greeting),
        MailLine(smtp.read(postbox.url, SENDER)) as line,
        pytest.raises(NotTaken, match="does not answer") as refusal,
    ):
        line.send(mail(), "ada@house.example")
    assert (refusal.value.passes, refusal.value.of_all) == (True, True)


def test_a_server_that_answers_without_end_is_given_up(postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece comes in time, and no answer ever ends."""
    monkeypatch.setattr(smtp, "BOUND", 0.3)
    with (
        silent(postbox.port, b"220-still\r\n" * 10),
        MailLine(smtp.read(postbox.url, SENDER)) as line,
        pytest.raises(NotTaken, match="does not answer"),
    ):
        line.send(mail(), "ada@house.example")


def test_nobody_there_is_said_with_the_servers_name_alone(postbox: Postbox) -> None:
    url = postbox.url.replace("//", f"//{USER}:secret-word@")
    with MailLine(smtp.read(url, SENDER)) as line, pytest.raises(NotTaken) as refusal:
        line.send(mail(), "ada@house.example")
    assert refusal.value.sentence == f"The mail server 127.0.0.1:{postbox.port} does not answer."


@pytest.mark.parametrize(("answer", "passes"), [("550 5.1.1 No such user", False), ("451 4.7.1 Later", True)])
def test_one_address_that_is_refused_does_not_end_the_line(postbox: Postbox, answer: str, passes: bool) -> None:
    postbox.refuses["ada@house.example"] = [answer]
    with postbox.up(), MailLine(smtp.read(postbox.url, SENDER)) as line:
        with pytest.raises(NotTaken, match=answer) as refusal:
            line.send(mail(), "ada@house.example")
        line.send(mail("ben@house.example"), "ben@house.example")
    assert (refusal.value.passes, refusal.value.of_all) == (passes, False)
    assert [to for to, _ in postbox.mails] == ["ben@house.example"]


def test_what_a_server_says_is_one_short_line(postbox: Postbox) -> None:
    postbox.refuses["ada@house.example"] = ["550-\u202eevil " + "x" * 400 + "\r\n550 second"]
    with postbox.up(), MailLine(smtp.read(postbox.url, SENDER)) as line, pytest.raises(NotTaken) as refusal:
        line.send(mail(), "ada@house.example")
    assert len(refusal.value.sentence) < 300
    assert "\n" not in refusal.value.sentence
    assert "\u202e" not in refusal.value.sentence


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 <gwen.parry@tidewater.example>: Recipient address rejected",
        "550 GWEN.PARRY@Tidewater.Example unknown",
        "550 rcpt:gwen.parry@tidewater.example;unknown",
        "550 No mailbox gwen.parry here",
        "550 Gwen.Parry+work is over quota",
        "550 tidewater.example: host not found",
        "550 see http://help.example/?to=gwen.parry%40tidewater.example",
        "550 bounce+gwen.parry=tidewater.example@relay.example unknown",
        "550-no such user\r\n550 <gwen.parry@tidewater.example>",
        "550 " + "x" * 170 + " gwen.parry@tidewater.example",
        "550 " + "y@z.example " * 170 + "gwen.parry@tidewater.example",
    ],
)
@pytest.mark.parametrize("after", [False, True], ids=["of the address", "of the mail"])
def test_what_a_server_says_is_kept_without_whom_it_is_about(postbox: Postbox, answer: str, *, after: bool) -> None:
    to = "gwen.parry+work@tidewater.example"
    if after:
        postbox.answers = [answer]
    else:
        postbox.refuses[to] = [answer]
    with postbox.up(), MailLine(smtp.read(postbox.url, SENDER)) as line, pytest.raises(NotTaken) as refusal:
        line.send(mail(to), to)
    kept = refusal.value.sentence.casefold()
    assert "550" in kept
    for part in ("gwen", "parry", "tidewater", "@"):
        assert part not in kept


def test_a_line_that_the_server_ended_is_made_anew(postbox: Postbox) -> None:
    with MailLine(smtp.read(postbox.url, SENDER)) as line:
        with postbox.up():
            line.send(mail(), "ada@house.example")
        with pytest.raises(NotTaken):
            line.send(mail(), "ada@house.example")
        with postbox.up():
            line.send(mail(), "ada@house.example")
    assert len(postbox.mails) == 2


def test_after_some_mails_a_new_line_is_made(postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "MANY", 2)
    with postbox.up(), MailLine(smtp.read(postbox.url, SENDER)) as line:
        for _ in range(5):
            line.send(mail(), "ada@house.example")
    assert (len(postbox.mails), postbox.lines) == (5, 3)


def test_letters_beyond_ascii_go_where_they_are_taken_and_are_refused_in_words_elsewhere(postbox: Postbox) -> None:
    to = "siân@house.example"
    with postbox.up(), MailLine(smtp.read(postbox.url, SENDER)) as line:
        line.send(mail(to), to)
    assert postbox.to(to)[0]["To"] == to
    with postbox.up(enable_SMTPUTF8=False), MailLine(smtp.read(postbox.url, SENDER)) as line:
        with pytest.raises(NotTaken, match="takes no addresses with letters beyond ASCII"):
            line.send(mail(to), to)
        line.send(mail("ada@bücher.example"), "ada@xn--bcher-kva.example")
    assert [to for to, _ in postbox.mails][1:] == ["ada@xn--bcher-kva.example"]
