"""Somebody was registered twice: two records become one, with all the work, and tell where it came from."""

import dataclasses
import html
import io

import pytest

from exports.facts.snapshot import facts_of
from portfolio.evidence import operations as evidence
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Claim, Evidence, File
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import OutOfTurn
from portfolio.foundation.log.tables import Event
from portfolio.people import operations as people
from portfolio.people.entering.operations import choose
from portfolio.people.models import Person
from portfolio.people.signing_in import hashed
from portfolio.units import queries as editions
from tests.assessment.doubles import REASON, enrol, faults, lines_about, merge, rows, second
from tests.fixtures import deeds
from tests.fixtures.cast import House


def text_of(house: House, nick: str, path: str) -> str:
    """The words of a page that opens."""
    answer = house.browser(nick).get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return html.unescape(answer.text)


def test_all_work_of_the_double_is_the_learners_afterwards_and_nothing_is_lost(house: House) -> None:
    ada, abe = house.person("ada").id, house.person("abe").id
    deeds.handed_in(house.enrolment())
    other = enrol(house, "abe", second(house))
    assessment = deeds.handed_in(other)
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    before = {name: len(found) for name, found in rows().items()}
    lines = lines_about(ada, abe)
    assert merge(house).status_code == 302
    after = {name: len(found) for name, found in rows().items()}
    grown = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    assert grown == {"event": 1, "merged_record": 1, "person_role": -1, "account": -1}
    assert lines_about(abe) == lines_about(ada, abe) - lines_about(ada)
    assert lines_about(ada, abe) == lines + 1, "no line was filed anew"
    facts = facts_of(house.person("ada"))
    assert [(one.ref, one.record, one.record_ref) for one in facts.evidence] == [("E1", 0, ""), ("E2", abe, "E1")]
    assert [(one.code, one.state) for one in facts.units] == [("T-1", "handed in"), ("T-2", "referred")]
    assert [(one.id, one.name, one.number, one.by, one.reason) for one in facts.merged] == [
        (abe, "Abe Nolan", "L-abe", "Dee Abara", REASON)
    ]
    assert faults() == []
    deeds.hand_in(editions.enrolments_of(ada)[1])
    assert faults() == [], "and the learner goes on working"


def test_lists_desk_and_portfolio_know_one_learner(house: House) -> None:
    abe = house.person("abe").id
    waits = deeds.handed_in(enrol(house, "abe", second(house))).id
    assert merge(house).status_code == 302
    assert "Abe Nolan" not in text_of(house, "dee", "/people")
    assert "Abe Nolan" not in text_of(house, "dee", "/learners")
    assert "Ada Marsh" in text_of(house, "ben", f"/marking/{waits}")
    assert "T-2" in text_of(house, "ada", "/portfolio")
    assert "The kettle" in text_of(house, "ada", "/evidence")
    page = text_of(house, "dee", f"/people/{abe}")
    assert "<h1>Ada Marsh" in page
    assert "Abe Nolan, L-abe: merged into this record by Dee Abara on" in page
    assert REASON in page
    assert "Ada Marsh" in text_of(house, "ben", f"/learners/{abe}")
    assert house.browser("dot").get(f"/people/{abe}").status_code == 404
    assert "records merged" in text_of(house, "dee", f"/log?learner={house.person('ada').id}")
    assert "Abe Nolan" in text_of(house, "dee", f"/log?learner={house.person('ada').id}"), "lines keep their name"


def test_the_page_shows_both_records_and_what_would_move_before_it_asks_why(house: House) -> None:
    deeds.ready(enrol(house, "abe"))
    ada, abe = house.person("ada").id, house.person("abe").id
    with transaction():
        stated = people.stated(house.person("abe"))
        people.change(house.person("abe"), dataclasses.replace(stated, name="Ada Marsh"), by=house.person("dee"))
    assert f"/people/{ada}/merge" in text_of(house, "dee", f"/people/{ada}")
    assert f"/people/{ada}/merge/{abe}" in text_of(house, "dee", f"/people/{ada}/merge"), "of the same name"
    assert f"/people/{ada}/merge/{abe}" in text_of(house, "dee", f"/people/{ada}/merge?q=l-abe")
    assert "Nobody found" in text_of(house, "dee", f"/people/{ada}/merge?q=nobody-of-that-name")
    page = text_of(house, "dee", f"/people/{ada}/merge/{abe}")
    for said in ("1 item of evidence", "3 claims", "T-1: both are enrolled", "E-mail address to keep", "Reason",
                 "Keep the other record instead"):  # fmt: skip
        assert said in page
    assert "Name to keep" not in page, "it is the same"
    answer = merge(house, reason="")
    assert answer.status_code == 422
    assert "Say why; it goes on record." in answer.text
    assert lines_about(abe)
    assert not db.session.query(Event).filter_by(deed="records merged").count()


def test_what_is_kept_of_both_is_stated_of_the_one_and_signs_in(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    abe = house.person("abe")
    with transaction():
        choose(house.person("ada"), hashed("a long and good password"))
        choose(abe, hashed("another long and good one"))
    signed_in = house.browser("abe")
    assert signed_in.get("/portfolio").status_code == 200
    assert merge(house, name="double", email="double", number="double").status_code == 302
    assert signed_in.get("/portfolio").headers["Location"].startswith("/sign-in"), "the double is signed out"
    one = house.person("abe")
    assert (one.name, one.number, one.id == abe.id) == ("Abe Nolan", "L-abe", False)
    given = {"email": "abe@house.example", "password": "a long and good password"}
    wrong = house.app.test_client().post("/sign-in", data=given | {"password": "another long and good one"})
    assert wrong.status_code != 302, "nobody comes in with a password that was chosen for the other record"
    assert house.app.test_client().post("/sign-in", data=given).status_code == 302
    assert faults() == []


def test_the_address_that_is_not_kept_is_free(house: House) -> None:
    assert merge(house).status_code == 302
    with transaction():
        stated = dataclasses.replace(people.stated(house.person("zoe")), email="abe@house.example", number="L-abe")
        people.change(house.person("zoe"), stated, by=house.person("dee"))
    assert house.person("abe").name == "Zoe Quill"
    assert faults() == []


@pytest.mark.parametrize("which", ["double", "stays"])
@pytest.mark.parametrize("state", ["handed in", "referred", "withdrawn", "claimed", "nothing"])
def test_of_two_enrolments_on_one_unit_the_one_with_a_history_stays_with_the_claims_of_both(
    house: House, which: str, state: str
) -> None:
    mine, other = enrol(house, "abe"), house.enrolment()
    worked, gathered = (mine, other) if which == "double" else (other, mine)
    if state != "nothing":
        deeds.ready(worked)
    if state in ("handed in", "referred"):
        assessment = deeds.hand_in(worked)
    if state == "referred":
        deeds.judge_all(assessment, deeds.NOT_MET)
        deeds.refer(assessment)
    if state == "withdrawn":
        deeds.withdraw(worked, house.person("dee"))
    deeds.ready(gathered)
    claims = db.session.query(Claim).count()
    kept = worked.id if state not in ("claimed", "nothing") else other.id
    assert merge(house).status_code == 302
    (enrolment,) = editions.enrolments_of(house.person("ada").id)
    assert enrolment.id == kept
    assert db.session.query(Claim).filter_by(learner_id=house.person("ada").id).count() == claims
    assert faults() == []
    if state in ("referred", "claimed", "nothing"):
        assert len(deeds.the_round(deeds.hand_in(enrolment)).claims) == claims
        assert faults() == []


def test_what_is_on_its_way_and_being_prepared_arrives_at_the_record_that_stays(house: House) -> None:
    abe = house.person("abe")
    file = landing.receive(io.BytesIO(b"RIFF....WAVEfmt "), "call.wav", by=abe)
    with transaction():
        evidence.add(Kind.RECORDING, compose(Draft("The call", files=(file.id,))), learner=abe, by=abe)
    upload = landing.begin("notes.txt", 5, by=abe)
    assert merge(house).status_code == 302
    ada = house.person("ada")
    landing.place(upload.id).write_bytes(b"Hello")
    landing.finish(upload, by=house.person("ada"))
    assert {one.owner_id for one in db.session.query(File)} == {ada.id}
    with transaction():
        prepared = db.session.get_one(File, file.id)
        prepared.prepared, prepared.duration = "ready", 2.0
        evidence.record_copies(prepared)
    assert faults() == []
    (item,) = db.session.query(Evidence)
    content = compose(Draft("The call, again", files=(file.id,)))
    with transaction():
        evidence.save(item, content, based_on=1, by=house.person("ada"))
    assert faults() == []


def test_what_the_double_sends_at_that_moment_is_refused_and_stays_typed(house: House) -> None:
    abe = house.person("abe")
    assert merge(house).status_code == 302
    with pytest.raises(OutOfTurn, match="merged into another one"), transaction():
        evidence.add(Kind.ACCOUNT, compose(Draft("Late", text="Words.")), learner=abe, by=abe)
    with pytest.raises(OutOfTurn, match="at this very moment"), transaction():
        people.change(abe, people.stated(house.person("zoe")), by=house.person("dee"))


def test_a_record_that_was_merged_is_merged_on_and_items_tell_their_first_record(house: House) -> None:
    zoe, abe = house.person("zoe").id, house.person("abe").id
    deeds.ready(enrol(house, "zoe", second(house)))
    deeds.write(house.person("abe"))
    assert merge(house, "zoe", "abe").status_code == 302
    deeds.rewrite(db.session.query(Evidence).order_by(Evidence.id).first(), f"{deeds.STORY} And more.")
    assert faults() == []
    deeds.write(house.person("ada"))
    assert merge(house, "abe", "ada").status_code == 302
    facts = facts_of(house.person("ada"), older=True)
    assert [(one.ref, one.record, one.record_ref) for one in facts.evidence] == [
        ("E1", 0, ""), ("E2", abe, "E1"), ("E3", zoe, "E1"), ("E3 v1", zoe, "E1"),
    ]  # fmt: skip
    assert [one.id for one in facts.merged] == [zoe, abe]
    assert faults() == []
    assert house.browser("dee").get(f"/people/{zoe}").headers["Location"].endswith(f"/{house.person('ada').id}")
    assert db.session.query(Person).filter(Person.removed_at.is_not(None)).count() == 2
