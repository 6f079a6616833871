"""The centre asks for editions, learners for their own copy: what each is given, who sees it, and what the log says."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from exports import operations, queries, verify
from exports.editions.look import Look, ReportEdition
from exports.models import Export, Report
from portfolio.evidence import operations as evidence
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places.locators import Region
from portfolio.evidence.rules import Kind
from portfolio.evidence.views import uploads
from portfolio.foundation import files, paging
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.log.audit import Event
from portfolio.foundation.work import jobs
from portfolio.people.models import Person
from tests.exports.document import finished
from tests.exports.samples.editions import everything_in, photos_in
from tests.exports.samples.files import desk
from tests.fixtures import deeds
from tests.fixtures.cast import House

STORY = f"It was Mrs Okoro who rang. {' '.join(deeds.SENTENCES)}."
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def referred(house: House) -> House:
    """Ada's unit was judged once and handed in again; her account names a customer."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    enrolment = house.enrolment()
    deeds.claim_all(enrolment, deeds.write(house.person("ada"), STORY))
    assessment = deeds.hand_in(enrolment)
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    return house


def asked(house: House, nick: str, path: str, **answers: object) -> Export:
    """What somebody asked for on a page; the worker did its job."""
    answer = house.browser(nick).post(path, data=answers)
    assert answer.status_code == 302, answer.text
    with ThreadPoolExecutor(1) as worker:
        worker.submit(work, house).result()
    db.session.rollback()
    return db.session.get_one(Export, int(answer.headers["Location"].rsplit("/", 1)[1]))


def work(house: House) -> None:
    with house.app.app_context():
        for id in db.session.scalars(select(jobs.Job.id).where(jobs.Job.state == "waiting")).all():
            jobs.run(id, lambda _name, deed, *given: deed(*given))
        db.session.remove()


def taken(house: House, nick: str, export: Export) -> bytes:
    return house.browser(nick).get(f"/exports/{export.id}/file").data


def test_a_learner_takes_their_own_report_and_nobody_else_sees_it(referred: House) -> None:
    export = asked(referred, "ada", "/exports/own")
    assert export.finished_at, export.job
    assert export.name.endswith("evidence report, learner’s own.pdf")
    assert taken(referred, "ada", export).startswith(b"%PDF")
    for door in ("", "/file", "/progress"):
        for nick in ("abe", "dee", "ivy", "ben", "dot"):
            assert referred.browser(nick).get(f"/exports/{export.id}{door}").status_code == 404, (nick, door)
    assert export.name not in referred.browser("dee").get("/exports").text
    assert export.name in referred.browser("ada").get("/exports/own").text
    assert export.name not in referred.browser("abe").get("/exports/own").text


def test_own_copies_of_many_learners_leave_the_centres_list_as_it_is(referred: House) -> None:
    with transaction():
        theirs = operations.ask_pack([referred.person("ada")], by=referred.person("dee"))
        for _ in range(3):
            operations.ask_report(referred.person("ada"), look=Look(ReportEdition.LEARNER), by=referred.person("ada"))
    assert paging.page_of(queries.exports_of(theirs.centre_id), 1).rows == [theirs]


def test_what_the_centre_makes_for_a_learner_is_the_centres(referred: House) -> None:
    id = referred.person("ada").id
    export = asked(referred, "dee", f"/exports/learners/{id}/editions", edition="learner", paper="A4")
    assert referred.browser("ada").get(f"/exports/{export.id}").status_code == 404
    assert referred.browser("ivy").get(f"/exports/{export.id}").status_code == 200


def test_a_redacted_edition_is_asked_for_on_a_page_and_the_sealed_report_stays(referred: House, tmp_path) -> None:
    path = f"/exports/learners/{referred.person('ada').id}/redacted"
    answers = {"words-0-words": "Mrs Okoro", "words-0-reason": "A customer", "paper": "A4"}
    export = asked(referred, "ivy", path, **answers)
    (tmp_path / "redacted.pdf").write_bytes(taken(referred, "ivy", export))
    said = finished.text_of(tmp_path / "redacted.pdf")
    assert "Okoro" not in said
    assert "■■ [withheld 1]" in said
    kept = {report.edition: report for report in db.session.scalars(select(Report))}
    assert set(kept) == {"full", "redacted"}
    assert kept["full"].sha256 in said.replace(" ", "")
    with files.store().open(kept["full"].sha256) as file:
        assert any(b"Okoro" in record for record in verify.attached(file.read()))


def test_the_log_says_which_edition_was_asked_for_and_how_much_it_withholds_and_not_what(referred: House) -> None:
    path = f"/exports/learners/{referred.person('ada').id}/redacted"
    asked(referred, "ivy", path, **{"words-0-words": "Mrs Okoro", "words-0-reason": "A customer", "paper": "A4"})
    line = db.session.scalars(select(Event).where(Event.deed == "report asked for")).one()
    assert '"edition":"redacted"' in line.facts
    assert '"withheld":1' in line.facts
    assert "Okoro" not in line.facts
    made = db.session.scalars(select(Event).where(Event.deed == "report made")).one()
    assert '"edition":"redacted"' in made.facts


def test_making_it_again_makes_the_same_edition(referred: House) -> None:
    id = referred.person("ada").id
    first = asked(referred, "dee", f"/exports/learners/{id}/editions", edition="summary", paper="Letter", large="y")
    again = asked(referred, "dee", f"/exports/{first.id}/again")
    assert (again.look, again.sha256, again.name) == (first.look, first.sha256, first.name)
    assert again.name.endswith("summary, Letter, large print.pdf")


def test_lines_that_lack_something_come_back_with_all_that_was_typed(referred: House) -> None:
    path = f"/exports/learners/{referred.person('ada').id}/redacted"
    answer = referred.browser("dee").post(path, data={"words-0-words": "Mrs Okoro", "paper": "A4"})
    assert answer.status_code == 422
    assert "Mrs Okoro: Give the reason" in answer.text
    assert 'value="Mrs Okoro"' in answer.text
    more = referred.browser("dee").post(path, data={"words-0-words": "Mrs Okoro", "paper": "A4", "more": "files"})
    assert more.status_code == 200
    assert 'value="Mrs Okoro"' in more.text
    assert [f"{name}-1-" in more.text for name in ("words", "areas", "files")] == [False, False, True]
    empty = referred.browser("dee").post(path, data={"paper": "A4"})
    assert "Nothing is withheld yet." in empty.text


def test_every_edition_is_written_by_the_command_line_too(referred: House, tmp_path) -> None:
    (tmp_path / "withhold.json").write_text('[{"words": "Mrs Okoro", "reason": "A customer"}]')
    options = {
        "summary": ["--edition", "summary", "--paper", "letter", "--large-print"],
        "redacted": ["--edition", "redacted", "--withhold", str(tmp_path / "withhold.json")],
    }
    for name, given in options.items():
        output = tmp_path / f"{name}.pdf"
        said = referred.app.test_cli_runner().invoke(args=["report", "Ada Marsh", *given, "-o", str(output)])
        assert said.exit_code == 0, said.output
        assert output.read_bytes().startswith(b"%PDF")
    with pikepdf.open(tmp_path / "summary.pdf") as summary:
        assert [float(side) for side in summary.pages[0].mediabox[2:]] == pytest.approx([612, 792])


def test_an_area_of_a_photo_is_covered_by_the_command_line_and_the_sealed_report_keeps_it(house, tmp_path) -> None:
    ada = house.person("ada")
    with house.app.test_request_context():
        file = uploads.receive(io.BytesIO(desk("#8a4b08")), "desk.jpg", by=ada)
    with transaction():
        item = evidence.add(Kind.WORK_PRODUCT, compose(Draft("The desk", files=(file.id,))), learner=ada, by=ada)
    deeds.claim(item, Region("percent:30,20,5,5"), house.enrolment().edition.points[:1])
    with ThreadPoolExecutor(1) as worker:
        worker.submit(work, house).result()
    chosen = [{"file": "desk.jpg", "area": "percent:22,10,20,40", "reason": "A customer’s face"}]
    (tmp_path / "withhold.json").write_text(json.dumps(chosen))
    options = ("--edition", "redacted", "--withhold", str(tmp_path / "withhold.json"))
    redacted = written(house, tmp_path / "redacted.pdf", "report", "Ada Marsh", *options)
    sealed = written(house, tmp_path / "sealed.pdf", "report", "Ada Marsh")
    assert [
        fault.what for name in ("redacted", "sealed") for fault in verify.check(tmp_path / f"{name}.pdf").faults
    ] == []
    digest = sha256(desk("#8a4b08")).hexdigest().encode()
    assert [any(digest in piece for piece in everything_in(content)) for content in (redacted, sealed)] == [False, True]
    jackets = []
    for (photo,) in map(photos_in, (redacted, sealed)):
        with Image.open(io.BytesIO(photo)) as picture:
            jackets.append(picture.convert("RGB").getpixel((250, 300)))
    assert max(jackets[0]) < 40 < jackets[1][0]


def test_what_is_written_at_a_terminal_is_on_record_with_its_hash_and_who_did_it(referred: House, tmp_path) -> None:
    ada = referred.person("ada")
    report = written(referred, tmp_path / "report.pdf", "report", "Ada Marsh", "--unit", "T-1")
    known = sha256(report).hexdigest()
    line = last_line(ada)
    assert (line["actor"], line["deed"], line["facts"]["sha256"]) == ("Dee Abara", "report taken", known)
    assert (line["facts"]["learners"], line["facts"]["units"]) == ([ada.id], ["T-1"])
    written(referred, tmp_path / "pack.zip", "pack", "--learner", "Ada Marsh", "--as", "dee@house.example")
    with ZipFile(tmp_path / "pack.zip") as bag:
        seal = next(bag.read(name) for name in bag.namelist() if name.endswith("/tagmanifest-sha256.txt"))
    line = last_line(ada)
    assert (line["actor"], line["deed"]) == ("Dee Abara", "pack taken")
    assert (line["facts"]["tagmanifest_sha256"], line["facts"]["failures"]) == (sha256(seal).hexdigest(), {})


def written(house: House, output: Path, *command: str) -> bytes:
    said = house.app.test_cli_runner().invoke(args=[*command, "-o", str(output)])
    assert said.exit_code == 0, said.output
    return output.read_bytes()


def last_line(person: Person) -> dict[str, Any]:
    db.session.rollback()
    return list(audit.lines(person.centre_id))[-1]


def test_nobody_but_an_administrator_of_the_centre_writes_proof_at_a_terminal(referred: House, tmp_path) -> None:
    for email in ("ben@house.example", "dot@house.example", "nobody@house.example"):
        given = ["report", "Ada Marsh", "--as", email, "-o", str(tmp_path / "report.pdf")]
        said = referred.app.test_cli_runner().invoke(args=given)
        assert (said.exit_code, said.output.count("\n")) == (1, 1)
        assert f"{email} is not an administrator" in said.output
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.parametrize(
    "given", [["--edition", "redacted"], ["--edition", "summary", "--originals"], ["--withhold", __file__]]
)
def test_options_that_do_not_go_together_are_refused_in_one_sentence(referred: House, tmp_path, given) -> None:
    said = referred.app.test_cli_runner().invoke(args=["report", "Ada Marsh", *given, "-o", str(tmp_path / "a.pdf")])
    assert said.exit_code == 1
    assert said.output.startswith("Error: ")
    assert said.output.count("\n") == 1
