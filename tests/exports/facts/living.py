"""A learner who did everything that there is to do, for tests of what a report tells of it."""

import dataclasses
import io
from datetime import date
from typing import Any

from criteria.unit import Method
from portfolio.assessment import operations as assessments
from portfolio.evidence import operations as evidence
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, Minutes, MinutesEntry, OutsideSource, Statement
from portfolio.evidence.models import Claim, File, FilePage
from portfolio.evidence.places.locators import Page, Span, Whole
from portfolio.evidence.queries import latest
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures.operations import sign
from portfolio.evidence.signatures.rules import Signer, Signing
from portfolio.evidence.transcripts import operations as transcripts
from portfolio.evidence.transcripts.models import Transcript
from portfolio.evidence.transcripts.rules import Cue
from portfolio.evidence.witnesses.operations import ask, check
from portfolio.evidence.witnesses.rules import Asking, Checked, How
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log.actors import Witness
from portfolio.people import operations as people
from portfolio.people.models import Person
from portfolio.units import operations as units
from portfolio.units.models import EditionPoint, Enrolment
from tests.evidence.meetings import meeting as meetings
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House


def live(house: House) -> None:
    """Let ada do all of it, and be registered twice besides."""
    first, second, third = house.enrolment(), _enrolled(house, "T-2"), _enrolled(house, "T-3")
    item, points = deeds.write(house.person("ada")), list(first.edition.points)
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), points[:2], "Here I listened.")
    marked = deeds.hand_in(first, {points[2].id: "It did not happen."})
    deeds.note_flaw(marked, ["valid", "current"], "Half of it is shown.")
    deeds.judge_all(marked, deeds.NOT_MET, deeds.PARTLY, deeds.NOT_MET)
    deeds.note_flaw(marked, [])
    deeds.judge(marked, points[0], deeds.MET)
    deeds.refer(marked)
    deeds.rewrite(item, f"{deeds.STORY} It **did** work.")
    call = _recorded(house)
    deeds.claim(call, Span(0.5, 1.5), points[1:], "Cost, then time.")
    _drawn(house, points[:1])
    deeds.take_back(deeds.hand_in(first))
    deeds.hand_in(first)
    deeds.judge_all(marked)
    deeds.unjudge(marked, points[1])
    deeds.judge(marked, points[1], deeds.MET)
    deeds.award(marked)
    statement = Statement("Gwen Parry", "Manager", "Tidewater", "Line manager", "029 2018 0199", expert=True)
    seen = compose(Draft("What I saw", date(2026, 3, 2), text="She stayed calm.", statement=statement))
    with transaction():
        evidence.testify(seen, second.edition.points[:1], learner=house.person("ada"), by=house.person("ben"))
    _met(house, second)
    _observed(house)
    (dropped,) = deeds.claim(item, deeds.place_of(item, "A repair cost less"), second.edition.points[1:2], "Why.")
    with transaction():
        evidence.remove_claim(dropped, by=house.person("ada"))
    _restored_loose(house, second)
    deeds.claim(item, deeds.place_of(item, "took two days"), second.edition.points[1:2], "How long.")
    deeds.withdraw(third, house.person("dee"))
    deeds.works_towards(house.person("ada"), ["T-1", "T-2"], by=house.person("dee"))
    _merged(house)


def _met(house: House, unit: Enrolment) -> None:
    """Her assessor watched her, and a witness answered by a link, was checked, and signed; she kept a web page."""
    ada, ben = house.person("ada"), house.person("ben")
    step = MinutesEntry("step", "She asked what it should be like.", at="10:42", points=(("T-2", "1"),))
    minutes = Minutes("10:30", "11:15", "face to face", "Gwen Parry", "A return", (("T-2", "1"),), (step,), "Calm.")
    watched = compose(Draft("The return", date(2026, 3, 3), text="She asked what it should be like.", minutes=minutes))
    statement = Statement(
        "Gwen Parry", "Manager", "Tidewater", "Line manager", "029 2018 0199", knows_standards=True, until="2026-03-04",
        tie="other", interest="We share a car.", points=(("T-2", "1"),),
    )  # fmt: skip
    wrote = compose(Draft("Testimony of Gwen Parry", date(2026, 3, 2), text="She rang twice.", statement=statement))
    capture = landing.receive(io.BytesIO(b"%PDF-1.7 as it looked"), "page.pdf", by=ada).id
    page = OutsideSource("https://example.org/returns", "Returns", "3", "4.2")
    with transaction():
        seen = evidence.add(Kind.OBSERVATION, watched, learner=ada, by=ben)
        sign(latest(seen), Signing(Signer.ASSESSOR, "Ben Hughes", "It is what I saw."), by=ben)
        doubts = Signing(Signer.LEARNER, "Ada Novak", "I read it.", agrees=False, comment="It was later.")
        sign(latest(seen), doubts, by=ada)
        told = evidence.add(Kind.TESTIMONY, wrote, learner=ada, by=Witness(ada.centre_id))
        asking = Asking(Kind.TESTIMONY, "Gwen Parry", "Line manager", "gwen@tidewater.example")
        request = ask(asking, unit.edition.points[:1], learner=ada, by=ada)
        signing = Signing(Signer.WITNESS, "G. Parry", "It is true.", reached="by e-mail", request=request.id)
        sign(latest(told), signing, by=Witness(ada.centre_id))
        check(latest(told), Checked(How.CONTACTED, date(2026, 3, 5), "by telephone", "She was there."), by=ben)
        found = compose(
            Draft("Returns on our page", date(2026, 3, 3), text="What it says.", files=(capture,), source=page)
        )
        kept = evidence.add(Kind.WEB_PAGE, found, learner=ada, by=ada)
        for item in (told, kept):
            evidence.claim(latest(item), Whole(), unit.edition.points[:1], reason="", by=ada)


def _observed(house: House) -> None:
    """What her assessor saw was planned, written down and changed once more; both signed both versions."""
    plan = dataclasses.replace(meetings.PLAN, agreed=(("T-2", "1"),))
    steps = [dataclasses.replace(one, points=(("T-2", "1"),)) for one in (meetings.STEP, meetings.QUESTION)]
    meeting = meetings.under_way(house.person("ada"), house.person("ben"), steps, plan=plan)
    meetings.sign(meeting)
    meetings.answer(meeting)
    meetings.write(meeting, dataclasses.replace(steps[0], words="She rang him.", at="11:20"))
    meetings.sign(meeting)
    meetings.answer(meeting)


def _merged(house: House) -> None:
    """She was registered twice, and worked as zoe as well."""
    item = deeds.write(house.person("zoe"), title="The lamp")
    other = _enrolled(house, "T-4", "zoe")
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), other.edition.points)
    with transaction():
        zoe, ada, dee = (house.person(nick) for nick in ("zoe", "ada", "dee"))
        assessments.merge(zoe, ada, people.stated(ada), "Registered twice.", by=dee)
    deeds.rewrite(item, f"{deeds.STORY} It shone.", title="The lamp")


def _restored_loose(house: House, unit: Enrolment) -> None:
    """A claim that was carried to a version while it was taken back, and came back when its place was gone."""
    ada, point = house.person("ada"), unit.edition.points[:1]
    item = deeds.write(ada, "It leaked at the base.", title="The leak")
    (first,) = deeds.claim(item, deeds.place_of(item, "leaked at the base"), point)
    _taken_back(first)
    deeds.rewrite(item, "It leaked at the base. I saw it.", title="The leak")
    (again,) = deeds.claim(item, deeds.place_of(item, "leaked at the base"), point)
    with transaction():
        evidence.restore_claim(first, by=ada)
    assert (first.version.number, first.removed_at is None) == (2, False), "the same is claimed already"
    _taken_back(again)
    deeds.rewrite(item, "Nothing of that kind is known here.", title="The leak")
    with transaction():
        evidence.restore_claim(first, by=ada)
    assert (first.version.number, first.loose) == (2, True)


def _taken_back(claim: Claim) -> None:
    with transaction():
        evidence.remove_claim(claim, by=claim.evidence.learner)


def _enrolled(house: House, code: str, nick: str = "ada") -> Enrolment:
    points = [dataclasses.replace(point, methods=(Method.WORK_PRODUCT,)) for point in UNIT.points]
    unit = dataclasses.replace(UNIT, code=code, points=tuple(points))
    with transaction():
        dee, ben, ivy = (house.person(nick) for nick in ("dee", "ben", "ivy"))
        edition = units.publish(unit, dee.centre, by=dee)
        return units.enrol(house.person(nick), edition, assessor=ben, iqa=ivy, by=dee)


def _recorded(house: House) -> Any:
    ada = house.person("ada")
    file = landing.receive(io.BytesIO(b"RIFF....WAVEfmt "), "call.wav", by=ada)
    notes = landing.receive(io.BytesIO(b"What was said"), "notes.txt", by=ada)
    content = compose(Draft("The call", files=(file.id, notes.id)))
    with transaction():
        item = evidence.add(Kind.RECORDING, content, learner=ada, by=ada)
    with transaction():
        notes.prepared = "ready"
        evidence.record_copies(db.session.merge(notes))
        file.prepared, file.kind, file.duration, file.peaks = "ready", "video", 2.0, [0.5, 0.25]
        file.remarks = ["Its second track is not played."]
        file.picture_sha256, file.picture_width, file.picture_height = "ab" * 32, 320, 200
        evidence.record_copies(db.session.merge(file))
    _said(file.id, ada)
    return item


def _drawn(house: House, points: list[EditionPoint]) -> None:
    """A document of one page, which is drawn and claimed."""
    ada = house.person("ada")
    file = landing.receive(io.BytesIO(b"%PDF-1.7 a bill"), "bill.pdf", by=ada)
    with transaction():
        item = evidence.add(Kind.WORK_PRODUCT, compose(Draft("The bill", files=(file.id,))), learner=ada, by=ada)
    with transaction():
        file.prepared, file.pages, file.drawing = "ready", 1, "ready"
        evidence.record_copies(db.session.merge(file))
        page = FilePage(file_id=file.id, number=1, picture_sha256="cd" * 32, size=4000, crc32=17, width=80, height=120)
        page.text = "One kettle, mended."
        db.session.add(page)
    deeds.claim(item, Page(1, file.sha256), points, "The bill.")


def _said(id: int, ada: Person) -> None:
    """She added captions, and confirmed later what a machine wrote down."""
    with transaction():
        transcripts.add(db.session.get_one(File, id), [Cue(0.0, 1.0, "Hello?")], language="en", by=ada)
    with transaction():
        transcripts.keep_draft(db.session.get_one(File, id), [Cue(0.0, 1.5, "Hello?")], language="en", model="base")
    with transaction():
        draft = db.session.query(Transcript).filter_by(state="draft").one()
        transcripts.confirm(draft.file, based_on=draft.sha256, by=ada)
