"""What a verdict says in shared sentences, and what of its feedback its assessor finds again."""

from collections.abc import Collection, Mapping, Sequence

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
from portfolio.units.phrases.rules import counted, is_said, not_known, sentences_of, stands_in


def note_uses(
    assessment: Assessment, given: Sequence[Judgement], shared: Sequence[Phrase], inserted: Collection[int]
) -> None:
    """Note which `shared` sentences the last of the judgements on one point says, and in which wording.

    A sentence that was `inserted` (its id), or used on the point before in this round, may stand anywhere in the
    feedback; one that was typed must be a sentence of it. Whoever inserted a wording that was changed meanwhile is
    shown it as it is now.
    """
    judgement = given[-1]
    before = queries.phrases_used([one.id for one in given[:-1] if one.round_id == judgement.round_id])
    for phrase in shared:
        wording = _said(phrase, judgement.feedback, known=phrase.id in before or phrase.id in inserted)
        if wording is None:
            continue
        db.session.add(PhraseUse(judgement_id=judgement.id, phrase_id=phrase.id, number=wording.number))
        if wording is not phrase.standing and phrase.id not in before:
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

    What stood in the feedback before was used then.
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
    operations.note_own(edition.code, point.ref, not_known(words_beyond(point, judgement), known), by=by)


def _said(phrase: Phrase, text: str, *, known: bool) -> PhraseWording | None:
    """The wording of a sentence that `text` says; of one that is not `known` to be in it, only the present one."""
    if known:
        return next((one for one in reversed(phrase.wordings) if stands_in(one.words, text)), None)
    return phrase.standing if not phrase.gone_at and is_said(phrase.words, text) else None
