"""What a verdict says in shared sentences, and what of its feedback its assessor finds again."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from portfolio.assessment import queries
from portfolio.assessment.models import Assessment, Judgement, PhraseUse
from portfolio.assessment.parts import words_beyond
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint, MarkingPoint
from portfolio.units.phrases import operations
from portfolio.units.phrases import queries as phrases
from portfolio.units.phrases.models import Phrase, PhraseWording
from portfolio.units.phrases.rules import (
    WHOLE_UNIT,
    counted,
    naming_nobody,
    not_known,
    sentences_of,
    stands_in,
    stretches,
)


def note_uses(
    assessment: Assessment,
    point: EditionPoint | MarkingPoint,
    given: Sequence[Judgement],
    shared: Sequence[Phrase],
    *,
    inserted: Collection[int],
) -> None:
    """Note which `shared` sentences the last of the judgements on `point` says, and in which wording.

    A sentence that was `inserted` (its id) may stand anywhere in the feedback, and where it was used before in this
    round as it stood there; one that was typed must be a sentence of it, and for this point or for the whole unit.
    Whoever was not shown an older wording as it is now is shown it.
    """
    judgement = given[-1]
    before = [one for one in given[:-1] if one.round_id == judgement.round_id]
    used = queries.uses_of([one.id for one in before])
    known = {id: one.feedback for one in before for id in used.get(one.id, {})} | dict.fromkeys(inserted, "")
    for phrase, wording in _said(judgement.feedback, point.ref, shared, known):
        db.session.add(PhraseUse(judgement_id=judgement.id, phrase_id=phrase.id, number=wording.number))
        if max(wording.number, *(one.get(phrase.id, 0) for one in used.values()), 0) < phrase.standing.number:
            assessment.phrases_changed = now()
    db.session.flush()


def keep_words(
    assessment: Assessment,
    point: EditionPoint | MarkingPoint,
    given: Sequence[Judgement],
    shared: Sequence[Phrase],
    *,
    inserted: Mapping[str, Collection[int]],
    by: Person,
) -> None:
    """Keep the assessor's own sentences in the last of the judgements on `point`, and count what was not typed.

    What stood in the feedback before was used then; what names the learner is for nobody else.
    """
    edition, judgement = assessment.enrolment.edition, given[-1]
    earlier = [one.feedback for one in given[:-1] if one.round_id == judgement.round_id]
    before = earlier[-1] if earlier else ""
    misconceptions = units.unit_of(edition).misconceptions
    offered = {
        "s": {one.id: one.words for one in shared},
        "o": {one.id: one.words for one in phrases.own(by.id, edition.code)} if inserted["o"] else {},
        "m": dict(enumerate(misconceptions)),
    }
    put_in = {words for kind, known in offered.items() for id, words in known.items() if id in inserted[kind]}
    saved = [one for one in put_in if stands_in(one, judgement.feedback) and not stands_in(one, before)]
    operations.count_saved(sum(map(counted, saved)), by=by)
    known = [*(one.words for phrase in shared for one in phrase.wordings), *misconceptions, *sentences_of(before)]
    own = naming_nobody(not_known(words_beyond(point, judgement), known), assessment.enrolment.learner.name)
    operations.note_own(edition.code, point.ref, own, by=by)


def _said(
    text: str, ref: str, shared: Iterable[Phrase], known: Mapping[int, str]
) -> Iterable[tuple[Phrase, PhraseWording]]:
    """The sentences that `text` says of a point, each in the longest of its wordings that stand there, then the newest.

    `known` are those that need not be typed, with the text that said them last. Words that several say are said by one
    that is known, for this very point, for the whole unit: in this order.
    """
    says, place = dict[str, tuple[Phrase, PhraseWording]](), {ref: 0, WHOLE_UNIT: 1}
    for phrase in sorted(shared, key=lambda one: (one.id not in known, place.get(one.point, 2), one.id)):
        for wording in reversed(phrase.wordings):
            if phrase.id in known or (wording is phrase.standing and not phrase.gone_at):
                says.setdefault(wording.words, (phrase, wording))
    said = dict[int, tuple[Phrase, PhraseWording]]()
    found = stretches(text, says)
    for one in sorted(found, key=lambda one: (len(one.words), says[one.words][1].number), reverse=True):
        phrase, _ = says[one.words]
        typed = one.whole and phrase.point in place
        if typed or (phrase.id in known and (one.whole or not _stood_whole(phrase, known[phrase.id]))):
            said.setdefault(phrase.id, says[one.words])
    return said.values()


def _stood_whole(phrase: Phrase, text: str) -> bool:
    return any(one.whole for one in stretches(text, (one.words for one in phrase.wordings)))
