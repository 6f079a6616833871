"""A shared sentence is changed: it flows into verdicts that are not decided, each given anew by who gave it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update

from portfolio.assessment import queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Judgement
from portfolio.assessment.operations.judging import judge
from portfolio.assessment.operations.log_lines import present
from portfolio.assessment.rules import Finding, TakenOver, Verdict
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Incomplete
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint
from portfolio.units.phrases import operations
from portfolio.units.phrases import queries as phrases
from portfolio.units.phrases.models import Phrase
from portfolio.units.phrases.rules import reworded


def change_phrase(phrase: Phrase, words: str, *, seen: int, by: Person) -> bool:
    """Word a shared sentence anew, and let the assessors of what is not decided yet see it; whether it was changed.

    Decided verdicts stay as they are. Raises as `phrases.operations.change` does.
    """
    hold(by.centre)
    hold(phrase)
    saying = update(Assessment).where(Assessment.id.in_(queries.hold_undecided(phrase)))
    db.session.execute(saying.values(phrases_changed=now()).execution_options(synchronize_session=False))
    return operations.change(phrase, words, seen=seen, by=by)


def take_over_words(assessment: Assessment, *, by: Person) -> TakenOver:
    """Hold an assessment, and give verdicts anew whose feedback says a sentence as it was before the centre changed it.

    Only verdicts of the present round that `by` gave themselves, and only where there is room for the words; nothing
    where no sentence was changed since this was done last.
    """
    shared = {one.id: one for one in phrases.kept_still(assessment.centre_id, assessment.enrolment.edition.code)}
    queries.locked(assessment)
    if assessment.phrases_changed is None or assessment.state != State.HANDED_IN:
        return TakenOver()
    assessment.phrases_changed = None
    db.session.flush()
    round, given = present(assessment), queries.judgements(assessment)
    standing, uses = queries.standing(given), queries.uses_of([one.id for one in given if one.round_id == round.id])
    said, kept = list[str](), list[str]()
    for point in assessment.enrolment.edition.points:
        one = standing.get(point.id)
        if one is None or not one.verdict or one.round_id != round.id:
            continue
        shown = [uses.get(earlier.id, {}) for earlier in given if earlier.point_id == point.id]
        words = reworded(one.feedback, _changed(uses.get(one.id, {}), shared, shown, point.ref))
        if words != one.feedback:
            (said if _given_anew(assessment, point, one, words, by=by) else kept).append(point.ref)
    return TakenOver(tuple(said), tuple(kept))


def _changed(
    used: Mapping[int, int], shared: Mapping[int, Phrase], shown: Sequence[Mapping[int, int]], ref: str
) -> dict[str, str]:
    """What sentences said when they were used on a point, and what they say now.

    What is shared besides stays as it stands, and so does what the assessor undid: they were shown it as it is now.
    """
    said = {one.words: one.words for one in shared.values() if not one.gone_at}
    for id in sorted(used, key=lambda id: shared[id].point == ref):
        phrase, before = shared[id], shared[id].wordings[used[id] - 1].words
        undone = max(one.get(id, 0) for one in shown) >= phrase.standing.number
        said[before] = before if undone else phrase.words
    return said


def _given_anew(assessment: Assessment, point: EditionPoint, one: Judgement, words: str, *, by: Person) -> bool:
    """Give the same verdict with other words; whether it could be: nobody's words are put in another's mouth."""
    if one.by_id != by.id or one.fails or one.reason:
        return False
    try:
        judge(assessment, point, Finding(Verdict(str(one.verdict)), tuple(one.missing), words), seen=one.number, by=by)
    except Incomplete:
        return False
    return True
