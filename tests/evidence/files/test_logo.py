"""The administrator gives the centre a logo, changes it, takes it off and puts it back, each time on record."""

import html
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portfolio.evidence import logos
from portfolio.foundation import files
from portfolio.foundation.backup import queries as backup
from portfolio.foundation.log import audit
from portfolio.people.rules import LOGO_BYTES
from tests.evidence.files.logos import GREEN, RED, SVG, centre, picture, sends, shown
from tests.fixtures.cast import House

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def dee(house: House) -> FlaskClient:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser("dee")


def page(who: FlaskClient) -> str:
    answer = who.get("/centre")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def told(house: House) -> list[str]:
    """The logo after each change of the centre, as the log tells."""
    lines = [line for line in audit.lines(centre(house).id) if line["deed"] == "centre changed"]
    return [line["facts"]["logo_sha256"] for line in lines]


def test_a_picture_becomes_the_logo_that_the_page_shows_and_the_log_names(house: House, dee: FlaskClient) -> None:
    assert "<img" not in page(dee)
    answer = sends(dee, picture())
    assert answer.location == "/centre"
    assert "Reports that are made from now on bear this logo." in page(dee)
    (address,) = re.findall(r'<img class="logo" src="([^"]+)" alt="The logo of Harbour Street">', page(dee))
    seen = dee.get(address)
    assert (seen.status_code, seen.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert seen.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert shown(dee).size == (640, 200)
    logo = centre(house).logo_sha256
    assert told(house) == [logo]
    assert files.store().has(logo)
    assert logo in backup.named(), "a backup that lacks it says so"
    assert centre(house, "dot").logo_sha256 == ""
    assert centre(house).name == "Harbour Street"


def test_it_is_replaced_taken_off_and_put_back_each_time_on_record(house: House, dee: FlaskClient) -> None:
    sends(dee, picture())
    sends(dee, picture(colour=RED))
    first, second = told(house)
    assert shown(dee).getpixel((5, 5)) == RED
    dee.post("/centre/logo/back")
    assert shown(dee).getpixel((5, 5)) == GREEN
    dee.post("/centre/logo/remove")
    offered = page(dee)
    assert 'action="/centre/logo/back"' in offered, "it can be undone"
    assert "<img" not in offered
    assert dee.get("/centre/logo").status_code == 404
    dee.post("/centre/logo/back")
    assert told(house) == [first, second, first, "", first]
    assert centre(house).logo_sha256 == first


@on_sqlite
def test_what_was_there_before_the_first_was_none(house: House, dee: FlaskClient) -> None:
    sends(dee, picture())
    dee.post("/centre/logo/back")
    assert centre(house).logo_sha256 == ""


@on_sqlite
def test_a_logo_whose_file_is_gone_is_not_put_back(house: House, dee: FlaskClient) -> None:
    sends(dee, picture())
    logo = centre(house).logo_sha256
    dee.post("/centre/logo/remove")
    files.store().path(logo).unlink()
    answer = dee.post("/centre/logo/back")
    assert answer.status_code == 404
    assert "Choose the picture again." in answer.text
    assert centre(house).logo_sha256 == ""


@on_sqlite
def test_words_of_the_centre_and_its_logo_are_changed_apart(house: House, dee: FlaskClient) -> None:
    sends(dee, picture())
    logo = centre(house).logo_sha256
    stated = {"name": "Harbour Kitchens", "number": "1001", "timezone": "Europe/London", "language": "cy"}
    stated |= {"witness_days": "28", "phrase_keepers": "administrators"}
    assert dee.post("/centre", data=stated | {"logo_sha256": "0" * 64}).status_code == 302
    assert (centre(house).name, centre(house).logo_sha256) == ("Harbour Kitchens", logo)
    sends(dee, picture(colour=RED))
    assert (centre(house).name, centre(house).language) == ("Harbour Kitchens", "cy")


@on_sqlite
@pytest.mark.parametrize("nick", ["ada", "ben", "ivy"])
def test_nobody_else_sees_or_changes_it(house: House, dee: FlaskClient, nick: str) -> None:
    sends(dee, picture())
    logo, other = centre(house).logo_sha256, house.browser(nick)
    assert other.get("/centre/logo").status_code == 404
    assert sends(other, picture(colour=RED)).status_code == 404
    assert other.post("/centre/logo/remove").status_code == 404
    assert other.post("/centre/logo/back").status_code == 404
    assert centre(house).logo_sha256 == logo


@on_sqlite
def test_an_administrator_of_another_centre_meets_their_own_alone(house: House, dee: FlaskClient) -> None:
    sends(dee, picture())
    logo, dot = centre(house).logo_sha256, house.browser("dot")
    assert dot.get("/centre/logo").status_code == 404
    dot.post("/centre/logo/back")
    dot.post("/centre/logo/remove")
    assert centre(house).logo_sha256 == logo
    assert centre(house, "dot").logo_sha256 == ""


@on_sqlite
def test_a_form_without_a_picture_says_so_and_one_that_has_no_end_is_not_read(house: House, dee: FlaskClient) -> None:
    answer = dee.post("/centre/logo", data={})
    assert answer.status_code == 422
    assert "Choose a picture." in answer.text
    assert 'method="post" action="/centre"' in answer.text, "the words of the centre go where they are saved"
    assert sends(dee, bytes(5 * LOGO_BYTES)).status_code == 413
    assert centre(house).logo_sha256 == ""


@on_sqlite
def test_who_comes_while_others_wait_for_theirs_is_told_and_may_try_again(house: House, dee: FlaskClient) -> None:
    with logos.PLACES, logos.PLACES:
        answer = sends(dee, picture())
        assert answer.status_code == 503
        assert "Try again in a moment." in answer.text
        assert centre(house).logo_sha256 == ""
    assert sends(dee, picture()).status_code == 302


@on_sqlite
def test_the_same_form_again_is_one_change(house: House, dee: FlaskClient) -> None:
    for _ in range(2):
        sent = {"picture": (io.BytesIO(picture()), "logo.png"), "once": "one-form-with-a-logo"}
        assert dee.post("/centre/logo", data=sent).status_code == 302
    assert len(told(house)) == 1


@on_sqlite
def test_the_command_puts_it_on_and_takes_it_off(house: House, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    (tmp_path / "logo.svg").write_bytes(SVG)
    runner = house.app.test_cli_runner()

    def run(*words: object) -> tuple[int, str]:
        done = runner.invoke(args=["centre", "logo", "1001", *map(str, words)])
        return done.exit_code, done.output

    assert run(tmp_path / "logo.png") == (0, "Harbour Street (centre 1001) has this logo.\n")
    logo = centre(house).logo_sha256
    assert logo == logos.kept(io.BytesIO(picture()))
    code, said = run(tmp_path / "logo.svg")
    assert (code, "Choose a picture that is whole" in said) == (1, True)
    for neither in ((), (tmp_path / "logo.png", "--none")):
        assert run(*neither) == (1, "Error: Give the file of a picture, or --none.\n")
    assert centre(house).logo_sha256 == logo
    assert run("--none", "--as", "dee@house.example") == (0, "Harbour Street (centre 1001) has no logo.\n")
    assert run("--none", "--as", "dot@house.example")[0] == 1
    assert told(house) == [logo, ""]
