"""What was asked for, ended or kept under a record before it was merged does what was meant, or says why not."""

import dataclasses
import html

import pytest
from sqlalchemy import text

from exports import operations as exports
from exports.editions.look import Look, ReportEdition
from exports.editions.withholding import Words
from portfolio.assessment import operations
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.requests.sent import Sent
from portfolio.people import operations as people
from portfolio.people.rules import Role
from tests.assessment.doubles import enrol, faults, merge, second
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


def test_nobody_comes_to_own_what_they_judged_by_way_of_a_third_record(house: House) -> None:
    """Ben judged abe; abe is merged into zoe; zoe cannot be merged into ben."""
    judged = deeds.handed_in(enrol(house, "abe", second(house)))
    deeds.judge_all(judged)
    ben, dee = house.person("ben"), house.person("dee")
    with transaction():
        people.change(ben, dataclasses.replace(people.stated(ben), roles=(Role.ASSESSOR, Role.LEARNER)), by=dee)
    assert merge(house, "abe", "zoe").status_code == 302
    with transaction():
        eve, ivy, dee = (house.person(nick) for nick in ("eve", "ivy", "dee"))
        operations.allocate(judged.enrolment, assessor=eve, iqa=ivy, by=dee)
    refused = merge(house, "zoe", "ben")
    assert refused.status_code == 422
    assert "Nobody may have judged" in html.unescape(refused.text)


def test_what_must_not_be_shown_is_chosen_anew_after_a_merge(house: House) -> None:
    deeds.handed_in(enrol(house, "abe", second(house)))
    look = Look(ReportEdition.REDACTED, withhold=(Words("Abe Nolan", "A child"),))
    with transaction():
        asked = exports.ask_report(house.person("abe"), look=look, by=house.person("dee"))
    assert merge(house).status_code == 302
    with pytest.raises(Refused, match="Choose again"):
        exports.ensure_meant(asked, look)
    house.app.config["WTF_CSRF_ENABLED"] = False
    again = house.browser("dee").post(f"/exports/{asked.id}/again")
    assert again.status_code == 422
    assert "Choose again" in again.text


@pytest.mark.parametrize("forged", [
    "UPDATE person SET removed_at = NULL WHERE id = :abe",
    "UPDATE evidence SET learner_id = :abe",
    "UPDATE programme SET learner_id = :abe",
])  # fmt: skip
def test_what_is_put_under_a_record_that_was_merged_is_found_by_the_command(house: House, forged: str) -> None:
    deeds.write(house.person("ada"))
    programme = deeds.works_towards(house.person("ada"), ["T-1"], by=house.person("dee"))
    house.app.config["WTF_CSRF_ENABLED"] = False
    house.browser("dee").post(f"/programmes/{programme.id}/end")
    abe = house.person("abe").id
    assert merge(house).status_code == 302
    assert house.app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    db.session.execute(text(forged), {"abe": abe})
    db.session.commit()
    told = house.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code != 0
    assert "merged" in told.output


def test_a_form_that_was_sent_under_both_records_hinders_nothing(house: House) -> None:
    with transaction():
        for nick in ("ada", "abe"):
            db.session.add(
                Sent(person_id=house.person(nick).id, key="the same key", digest="0" * 64, address="/", said=[])
            )
    assert merge(house).status_code == 302
    assert db.session.query(Sent).filter_by(key="the same key").count() == 1


def test_all_lines_of_a_record_that_was_merged_are_those_of_the_one_that_stays(house: House) -> None:
    abe = house.person("abe").id
    deeds.write(house.person("abe"), title="The lamp")
    assert merge(house).status_code == 302
    page = html.unescape(house.browser("dee").get(f"/log?learner={abe}").text)
    assert "Lines about Ada Marsh." in page
    assert f'name="learner" value="{house.person("ada").id}"' in page
    assert faults() == []
