"""How an installation begins: a centre and its first administrator from the command line."""

import re

from click.testing import Result
from flask import Flask

from portfolio.foundation.log import audit
from portfolio.people import queries
from tests.people.house import Visitor, apart, person


def run(app: Flask, *words: str) -> Result:
    return apart(app.test_cli_runner().invoke, args=words)


def test_a_new_centre_gets_its_first_administrator_who_can_join(app: Flask, guest: Visitor) -> None:
    assert run(app, "centre", "open", "--name", "Quay College", "--number", "3003").exit_code == 0
    stated = ("--centre", "3003", "--name", "Uma Reed", "--email", "uma@quay.example", "--role", "administrator")
    result = run(app, "person", "register", *stated)
    assert result.exit_code == 0
    link = re.search(r"^http://localhost(/join/\S+)$", result.stdout, re.MULTILINE)[1]
    assert "Uma Reed" in guest.reads(link)


def test_the_first_person_of_a_centre_must_be_an_administrator(app: Flask) -> None:
    run(app, "centre", "open", "--name", "Quay College", "--number", "3003")
    stated = ("--centre", "3003", "--name", "Uma Reed", "--email", "uma@quay.example", "--role", "learner")
    result = run(app, "person", "register", *stated)
    assert result.exit_code == 1
    assert "has no administrator yet" in result.stderr
    assert queries.person_by_email("uma@quay.example") is None


def test_a_taken_number_or_an_unknown_zone_is_refused_with_a_sentence(app: Flask) -> None:
    taken = run(app, "centre", "open", "--name", "Again", "--number", "1001")
    assert (taken.exit_code, "already a centre with the number 1001" in taken.stderr) == (1, True)
    nowhere = run(app, "centre", "open", "--name", "Again", "--number", "9", "--timezone", "Europe/Atlantis")
    assert (nowhere.exit_code, "no time zone Europe/Atlantis" in nowhere.stderr) == (1, True)


def test_a_centre_says_in_which_language_its_documents_are(app: Flask) -> None:
    run(app, "centre", "open", "--name", "Coleg y Cei", "--number", "3004", "--language", "cy")
    run(app, "centre", "open", "--name", "Quay College", "--number", "3005")
    unknown = run(app, "centre", "open", "--name", "Quai", "--number", "3006", "--language", "fr")
    found = {centre.number: centre.language for centre in queries.centres()}
    assert (found["3004"], found["3005"], "3006" in found) == ("cy", "en-GB", False)
    assert "'fr' is not one of" in unknown.stderr


def test_where_there_are_several_centres_one_has_to_be_named(app: Flask) -> None:
    result = run(app, "person", "register", "--name", "Eve", "--email", "eve@x.example", "--role", "learner")
    assert (result.exit_code, "--centre" in result.stderr) == (1, True)


def test_an_administrator_who_lost_the_password_gets_a_new_link(app: Flask, guest: Visitor) -> None:
    result = run(app, "person", "invite", "dee@harbour.example")
    assert "Dee Abara" in guest.reads(re.search(r"/join/\S+", result.stdout)[0])
    assert run(app, "person", "invite", "nobody@harbour.example").exit_code == 1


def test_the_list_names_every_centre(app: Flask) -> None:
    assert run(app, "centre", "list").stdout == "1001\tHarbour Street\n2002\tFell and Dale\n"
    assert person("dee").centre.number == "1001"


def test_where_two_centres_know_an_address_the_centre_has_to_be_named(app: Flask) -> None:
    stated = ("person", "register", "--name", "Ben Okafor", "--email", "ben@harbour.example", "--role", "assessor")
    assert run(app, *stated, "--centre", "2002").exit_code == 0
    for command in (("shut",), ("open",), ("invite",), ("roles", "--role", "IQA")):
        said = ("person", command[0], "ben@harbour.example", *command[1:])
        refused = run(app, *said)
        assert (refused.exit_code, "with --centre NUMBER" in refused.stderr) == (1, True)
        assert run(app, *said, "--centre", "2002").exit_code == 0
    assert run(app, "person", "shut", "dee@harbour.example", "--centre", "2002").exit_code == 1
    here, there = (one for one in queries.people_by_email("ben@harbour.example"))
    assert (here.role_names, there.role_names) == (("assessor",), ("IQA",))


def test_an_administrator_of_two_centres_says_for_which_a_command_is_given(app: Flask) -> None:
    stated = ("person", "register", "--name", "Dee Abara", "--email", "dee@harbour.example", "--role", "administrator")
    assert run(app, *stated, "--centre", "2002").exit_code == 0
    ship = ("units", "ship", "--as", "dee@harbour.example")
    assert "several centres" in run(app, *ship).stderr
    assert "at Fell and Dale" in run(app, *ship, "--centre", "2002").stdout


def test_accounts_are_changed_by_commands_that_write_the_log(app: Flask) -> None:
    assert run(app, "person", "shut", "ben@harbour.example").exit_code == 0
    assert not person("ben").active
    assert run(app, "person", "open", "ben@harbour.example", "--as", "dee@harbour.example").exit_code == 0
    assert run(app, "person", "roles", "ben@harbour.example", "--role", "IQA").exit_code == 0
    assert person("ben").role_names == ("IQA",)
    assert run(app, "person", "shut", "ben@harbour.example", "--as", "ada@harbour.example").exit_code == 1
    told = [(line["deed"], line["actor"]) for line in audit.lines(person("ben").centre_id)][-3:]
    assert told == [(deed, "Dee Abara") for deed in ("account shut", "account opened", "person changed")]
