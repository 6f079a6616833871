"""Reads, for many learners at once, every row that their facts are made from, and tells by a hash whether one changed.

Facts are a pure function of these rows and of the programs. So a learner whose fingerprint is what it was has the facts
that they had, whoever changed what and whether or not the log was told of it: somebody's name, a picture made later, a
row that was tampered with. That is why the log's last line is not trusted to say that nothing happened.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    String,
    Table,
    bindparam,
    cast,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from exports.facts.snapshot.other_lines import DEEDS
from portfolio.assessment.models import Assessment, Flaw, Gap, HandedClaim, HandedVersion, Judgement, Round, StepTaken
from portfolio.evidence.models import Claim, Evidence, File, FilePage, Version, VersionFile
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.transcripts.models import Transcript
from portfolio.evidence.witnesses.models import Check
from portfolio.foundation.db import Base, db
from portfolio.foundation.log.tables import Event, LogHead
from portfolio.people.models import Centre, MergedRecord, Person
from portfolio.units.models import Edition, EditionPoint, Enrolment
from portfolio.units.qualifications.models import Programme, ProgrammeUnit, QualificationEdition

AT_ONCE = 500
"""Learners of one query: databases bound how many values they are given."""
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def fingerprints(learners: Sequence[int], programs: str) -> dict[int, str]:
    """By learner's id, SHA-256 over all that their facts are made from; `programs` says by which code.

    What stands in a column is hashed as the database gives it: nothing is made of a row.
    """
    found = {id: hashlib.sha256(programs.encode()) for id in learners}
    for first in range(0, len(learners), AT_ONCE):
        ids = {"ids": list(learners[first : first + AT_ONCE])}
        for number, query in enumerate(_queries()):
            for row in db.session.execute(query, ids):
                found[row[0]].update(f"{number} {tuple(row)!r}\n".encode())  # a row's own repr is cut short
    return {id: digest.hexdigest() for id, digest in found.items()}


@cache
def _queries() -> tuple[Select[Any], ...]:
    """All rows of some learners, table by table, the learner's id first."""
    return (*_of_people(), *_of_evidence(), *_of_units(), *_of_programmes(), *_of_rounds(), *_of_other_lines())


def _of_people() -> Iterator[Select[Any]]:
    person, centre, event, head = _tables(Person, Centre, Event, LogHead)
    columns = [person.c.name, person.c.number, person.c.joined_at, *centre.c, head.c.centre]
    there = person.join(centre, centre.c.id == person.c.centre_id)
    yield _rows(person.c.id, there.outerjoin(head, head.c.centre_id == centre.c.id), columns, by=[person.c.id])
    yield _rows(event.c.learner_id, event, event.c, by=[event.c.seq])
    merged = _tables(MergedRecord)[0]
    double = merged.join(person, person.c.id == merged.c.person_id)
    told = [*merged.c, person.c.name, person.c.number]
    yield _rows(merged.c.into_id, double, told, by=[merged.c.at, merged.c.person_id])
    lines = merged.join(event, event.c.learner_id == merged.c.person_id)
    yield _rows(merged.c.into_id, lines, event.c, by=[event.c.seq])


def _of_evidence() -> Iterator[Select[Any]]:
    item, version, used, file, claim = _tables(Evidence, Version, VersionFile, File, Claim)
    saver, whose = _tables(Person)[0].alias(), item.c.learner_id
    yield _rows(claim.c.learner_id, claim, claim.c, by=[claim.c.id])
    yield _rows(whose, item, item.c, by=[item.c.id])
    versions = item.join(version, version.c.evidence_id == item.c.id)
    saved = versions.outerjoin(saver, saver.c.id == version.c.saved_by_id)
    yield _rows(whose, saved, [*version.c, saver.c.name], by=[version.c.id])
    for proof in _tables(Signature, Check):
        yield _rows(whose, versions.join(proof, proof.c.version_id == version.c.id), proof.c, by=[proof.c.id])
    files = versions.join(used, used.c.version_id == version.c.id).join(file, file.c.id == used.c.file_id)
    yield _rows(whose, files, [*used.c, *file.c], by=[used.c.version_id, used.c.position, used.c.file_id])
    page, words = _tables(FilePage, Transcript)
    said = files.join(words, words.c.file_id == file.c.id)
    yield _rows(whose, said, [used.c.version_id, *words.c], by=[used.c.version_id, words.c.id])
    drawn = files.join(page, page.c.file_id == file.c.id)
    yield _rows(whose, drawn, [used.c.version_id, *page.c], by=[used.c.version_id, page.c.file_id, page.c.number])


def _of_units() -> Iterator[Select[Any]]:
    """What they are enrolled on, and with whom. An edition never changes; that it did not is seen all the same."""
    enrolment, edition, point, person = _tables(Enrolment, Edition, EditionPoint, Person)
    assessor, iqa, whose = person.alias(), person.alias(), enrolment.c.learner_id
    told = (
        enrolment.join(edition, edition.c.id == enrolment.c.edition_id)
        .outerjoin(assessor, assessor.c.id == enrolment.c.assessor_id)
        .outerjoin(iqa, iqa.c.id == enrolment.c.iqa_id)
    )
    named = [column for column in edition.c if column.name != "text"]
    yield _rows(whose, told, [*enrolment.c, *named, assessor.c.name, iqa.c.name], by=[enrolment.c.id])
    points = enrolment.join(point, point.c.edition_id == enrolment.c.edition_id)
    yield _rows(whose, points, point.c, by=[enrolment.c.id, point.c.position, point.c.id])


def _of_programmes() -> Iterator[Select[Any]]:
    """What they work towards. An ended programme tells nothing; that it is ended is seen all the same."""
    programme, unit, qualification = _tables(Programme, ProgrammeUnit, QualificationEdition)
    whose = programme.c.learner_id
    told = programme.join(qualification, qualification.c.id == programme.c.qualification_id)
    yield _rows(whose, told, [*programme.c, *qualification.c], by=[programme.c.id])
    chosen = programme.join(unit, unit.c.programme_id == programme.c.id)
    yield _rows(whose, chosen, unit.c, by=[unit.c.programme_id, unit.c.enrolment_id])


def _of_rounds() -> Iterator[Select[Any]]:
    """What was handed in and how it was answered."""
    enrolment, assessment, round_, judgement = _tables(Enrolment, Assessment, Round, Judgement)
    decider, whose = _tables(Person)[0].alias(), enrolment.c.learner_id
    assessed = enrolment.join(assessment, assessment.c.enrolment_id == enrolment.c.id)
    yield _rows(whose, assessed, assessment.c, by=[assessment.c.id])
    judged = assessed.join(judgement, judgement.c.assessment_id == assessment.c.id)
    yield _rows(whose, judged, judgement.c, by=[judgement.c.id])
    for said in _tables(Flaw, StepTaken):
        yield _rows(whose, assessed.join(said, said.c.assessment_id == assessment.c.id), said.c, by=[said.c.id])
    rounds = assessed.join(round_, round_.c.assessment_id == assessment.c.id)
    decided = rounds.outerjoin(decider, decider.c.id == round_.c.decided_by_id)
    yield _rows(whose, decided, [*round_.c, decider.c.name], by=[round_.c.id])
    for frozen in _tables(HandedVersion, HandedClaim, Gap):
        in_rounds = rounds.join(frozen, frozen.c.round_id == round_.c.id)
        yield _rows(whose, in_rounds, frozen.c, by=list(frozen.primary_key))


def _of_other_lines() -> Iterator[Select[Any]]:
    """The lines of the log that bind what is told of the centre, of editions, of staff and of files."""
    enrolment, assessment, round_, event = _tables(Enrolment, Assessment, Round, Event)
    item, version, used, person = _tables(Evidence, Version, VersionFile, Person)
    whose, rounds = enrolment.c.learner_id, enrolment.join(assessment, assessment.c.enrolment_id == enrolment.c.id)
    versions = item.join(version, version.c.evidence_id == item.c.id)
    yield _about(event, "centre", person, id=person.c.centre_id, of=person.c.id)
    programme = _tables(Programme)[0]
    yield _about(event, "qualification", programme, id=programme.c.qualification_id, of=programme.c.learner_id)
    yield _about(event, "edition", enrolment, id=enrolment.c.edition_id, of=whose)
    yield _about(event, "person", enrolment, id=enrolment.c.assessor_id, of=whose)
    yield _about(event, "person", enrolment, id=enrolment.c.iqa_id, of=whose)
    decided = rounds.join(round_, round_.c.assessment_id == assessment.c.id)
    yield _about(event, "person", decided, id=round_.c.decided_by_id, of=whose)
    yield _about(event, "person", versions, id=version.c.saved_by_id, of=item.c.learner_id)
    files = versions.join(used, used.c.version_id == version.c.id)
    yield _about(event, "file", files, id=used.c.file_id, of=item.c.learner_id)


def _about(
    event: Table, kind: str, source: FromClause, *, id: ColumnElement[Any], of: ColumnElement[int]
) -> Select[Any]:
    """The lines that bind facts about things of a kind, each once for a learner, whom they are not about."""
    subject = literal(f"{kind} ").concat(cast(id, String))
    lines = source.join(event, (event.c.subject == subject) & event.c.deed.in_(DEEDS))
    return _rows(of, lines, event.c, by=[event.c.id]).distinct()


def _rows(
    whose: ColumnElement[int], source: FromClause, columns: Iterable[ColumnElement[Any]], *, by: Sequence[Any]
) -> Select[Any]:
    """Columns of the rows of some learners as the database gives them: no time and no JSON is read."""
    raw: list[Any] = [type_coerce(column, NullType()) for column in columns]
    chosen: Select[Any] = select(whose, *raw)
    return chosen.select_from(source).where(whose.in_(_IDS)).order_by(*by)


def _tables(*of: type[Base]) -> list[Table]:
    return [each.metadata.tables[each.__tablename__] for each in of]
