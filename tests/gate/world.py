"""A world behind the doors: for each of two centres one thing of every kind that an address can name."""

import io
from dataclasses import dataclass
from datetime import date

from PIL import Image
from werkzeug.routing import Rule

from exports import operations as exports
from portfolio.assessment.models import Assessment
from portfolio.evidence.arrivals import landing
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, Statement
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.operations import attach
from portfolio.evidence.models import Claim, File, FilePage
from portfolio.evidence.operations import add
from portfolio.evidence.procedures.operations import register
from portfolio.evidence.procedures.rules import Stated
from portfolio.evidence.queries import latest
from portfolio.evidence.rules import Kind
from portfolio.evidence.transcripts.operations import keep_draft
from portfolio.evidence.transcripts.rules import Cue
from portfolio.evidence.witnesses.operations import ask, link_token
from portfolio.evidence.witnesses.rules import Asking
from portfolio.foundation.db import db, transaction
from portfolio.foundation.mail import outbox
from portfolio.people.models import Person
from portfolio.people.operations import change_centre, invite, token_hash
from portfolio.people.rules import LINK
from portfolio.units.phrases import operations as phrases
from portfolio.units.phrases.models import OwnPhrase
from tests.assessment.conversations.talking import say
from tests.evidence.meetings import meeting as meetings
from tests.fixtures import deeds
from tests.fixtures.cast import House


@dataclass(frozen=True)
class Things:
    """What addresses name."""

    learner: int
    spare: int
    """A learner whose account may be shut."""
    enrolment: int
    edition: int
    point: int
    version: int
    """Handed in for the unit."""
    assessment: int
    conversation: int
    comment: int
    """Said by the assessor, and not read."""
    phrase: int
    """Shared; and the assessor's own."""
    own: int
    evidence: int
    claim: int
    file: int
    upload: str
    export: int
    job: str
    token: str
    mail: int
    qualification: int
    programme: int
    meeting: int
    photo: int
    """Attached to the meeting."""
    procedure: int
    witness: str
    """The token of a witness's link."""
    request: int
    testimony: int
    stated: int
    """The item of a testimony, and its version."""

    def named_by(self, rule: Rule) -> dict[str, object]:
        """Values for the address of a route."""
        room, name = rule.endpoint.split(".") if "." in rule.endpoint else ("", rule.endpoint)
        of_room = {
            "entering": self.learner,
            "people": self.mail
            if name == "mail_again"
            else self.spare
            if name in ("shut", "reopen", "invite")
            else self.learner,
            "phrases": self.edition if name in ("index", "add") else self.own if name == "forget" else self.phrase,
            "units": self.edition if name == "show" else self.learner,
            "qualifications": self._qualifications(name),
            "evidence": self._evidence(name),
            "procedures": self.procedure,
            "uploads": self.upload,
            "witnesses": self._witnesses(name),
            "witness_list": self.learner,
            "downloads": self.file,
            "pages": self.file,
            "captions": self.file,
            "exports": self.learner if name == "ask_report" else self.export,
            "jobs": self.job,
            "editions": self.learner,
            "assessment": self._assessment(name),
            "conversations": self._conversations(name),
            "meetings": self.learner if name in ("new", "plan") else self.meeting,
        }
        fixed = {
            "id": of_room.get(room), "learner": self.learner, "point_id": self.point, "double": self.spare,
            "version_id": self.version,
            "edition": self.qualification if room == "qualifications" else self.edition,
            "number": 0 if room == "meetings" else 1, "kind": "observation" if room == "meetings" else "account",
            "token": self.witness if room.startswith("witness") else self.token, "file_id": self.photo,
            "key": "no-note-of-theirs", "filename": "js/base64.js" if room else "source/app.ts",
        }  # fmt: skip
        return {argument: fixed[argument] for argument in rule.arguments}

    def _conversations(self, name: str) -> int:
        named = {"comment": self.assessment, "page": self.enrolment, "take_back": self.comment}
        return named.get(name, self.conversation)

    def _qualifications(self, name: str) -> int:
        if name in ("choose", "begin"):
            return self.learner
        return self.qualification if name in ("show", "correct", "choose_learners", "begin_several") else self.programme

    def _witnesses(self, name: str) -> int:
        of_items = {"consider": self.stated, "check": self.stated, "claim_offers": self.testimony}
        return of_items.get(name, self.learner if name in ("listed", "ask", "send") else self.request)

    def _evidence(self, name: str) -> int:
        if name in ("remove_claim", "restore_claim"):
            return self.claim
        return self.learner if name in ("testimony", "testify") else self.evidence

    def _assessment(self, name: str) -> int:
        if name in ("phrase", "change_phrase"):
            return self.phrase
        judging = "mark here changes stop offered places judge unjudge note_flaw take_flaw_back decision decide retract"
        if name in judging.split():
            return self.assessment
        of_people = (
            "learner",
            "hand_over",
            "pass_on",
            "put_on",
            "remove_person",
            "choose_double",
            "ask_to_merge",
            "merge",
        )
        return self.learner if name in of_people else self.enrolment


def things_of(house: House, *, learner: str, spare: str, administrator: str) -> Things:
    """Let a learner's unit be referred and handed in again, with a photo, a file on its way and a report asked for."""
    ada, dee, enrolment = house.person(learner), house.person(administrator), house.enrolment(learner)
    file = _photo(ada)
    asking = Asking(Kind.TESTIMONY, "Gwen Parry", "Shift supervisor")
    assessment = deeds.handed_in(enrolment)
    with transaction():
        phrase = phrases.add(enrolment.edition, "", "Say how it ended.", by=dee).id
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(enrolment)
    comment = say(assessment)
    with transaction():
        change_centre(dee.centre, by=dee, logo_sha256=db.session.get_one(File, file).sha256)
        export = exports.ask_report(ada, by=dee)
        token = invite(ada, key="made for the world", by=dee)
        mail = outbox.write(LINK, token_hash(token), to=ada.id, by=dee, key="made for the world")
        procedure = register(Stated("Complaints procedure", "3.1"), dee.centre, by=dee).id
        request = ask(asking, enrolment.edition.points[:1], learner=ada, by=ada)
        witness = link_token(request)
        statement = Statement("Tom Reece", "Driver", "", "Colleague", "01471 2")
        said = compose(Draft("Testimony of Tom Reece", date(2026, 3, 2), text="She rang.", statement=statement))
        testified = add(Kind.TESTIMONY, said, learner=ada, by=ada)
    programme = deeds.works_towards(ada, [enrolment.edition.code], by=dee)
    claim = db.session.query(Claim).filter_by(learner_id=ada.id).first()
    upload = landing.begin("notes.txt", 5, by=ada)
    assert claim is not None
    meeting = _meeting(ada, db.session.get_one(Person, enrolment.assessor_id))
    return Things(
        learner=ada.id, spare=house.person(spare).id, enrolment=enrolment.id, edition=enrolment.edition_id,
        point=enrolment.edition.points[0].id, version=claim.version_id,
        assessment=db.session.get_one(Assessment, assessment.id).id, phrase=phrase,
        conversation=comment.conversation_id, comment=comment.id,
        own=db.session.query(OwnPhrase).filter_by(person_id=enrolment.assessor_id).first().id,
        evidence=claim.evidence_id, claim=claim.id, file=file, upload=upload.id, export=export.id, token=token,
        mail=mail.id, job=export.job_id or "", qualification=programme.qualification_id, programme=programme.id,
        procedure=procedure, meeting=meeting.id, photo=meeting.files[0],
        witness=witness, request=request.id, testimony=testified.id, stated=latest(testified).id,
    )  # fmt: skip


def _meeting(ada: Person, ben: Person) -> Meeting:
    """An observation that both signed and that is being changed: there is something to read, to sign and to leave."""
    meeting = meetings.under_way(ada, ben, [meetings.STEP] * 9)
    with transaction():
        attach(meeting, [receive(io.BytesIO(b"a note"), "note.txt", by=ben).id], by=ben)
    meetings.sign(meeting)
    meetings.change(meeting)
    return meeting


def _photo(ada: Person) -> int:
    """A photo in the learner's portfolio, with its copies made."""
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(picture, "JPEG")
    picture.seek(0)
    id = receive(picture, "photo.jpg", by=ada).id
    with transaction():
        file = db.session.get_one(File, id)
        file.prepared, file.shown_type = "ready", "image/jpeg"
        file.shown_sha256 = file.picture_sha256 = file.sha256
        file.kind, file.pages = "document", 1
        file.drawn = [FilePage(number=1, picture_sha256=file.sha256, width=30, height=20)]
        for state in ("confirmed", "draft"):
            made = keep_draft(file, [Cue(0.0, 1.0, "Hello.")], language="en", model="made for the world")
            made.state, made.confirmed_by_id = state, ada.id if state == "confirmed" else None
        add(Kind.WORK_PRODUCT, compose(Draft("The kettle", files=(id,))), learner=ada, by=ada)
    return id
