"""When each thing of the story happened that the story itself gives no time for: plausible, and always the same."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sample.story.facts import RoundStory, SampleCentre, SampleEnrolment, SampleItem, SampleLearner
from sample.story.points import BrokenStory

OPENED = datetime(2026, 8, 24, 9, 0)  # noqa: DTZ001 - every centre's own clock gives the zone
"""When a centre began with Markwell."""
JUDGING = timedelta(minutes=7)
"""What a verdict takes."""
MAPPING = timedelta(seconds=70)
"""What a claim takes."""
_NO_HURRY = timedelta(days=9)
"""Between an event and its account while no hand-in is in sight."""


def opened(centre: SampleCentre) -> datetime:
    """The first morning."""
    return OPENED.replace(tzinfo=ZoneInfo(centre.timezone))


def registered(learner: SampleLearner, centre: SampleCentre) -> datetime:
    """Some days before the work began; whoever has the lower number came first."""
    numbers = sorted(one.number for one in centre.learners)
    later = (one for one in centre.learners if one.number >= learner.number)
    day = _working(min(_begun(one) for one in later) - timedelta(days=5))
    return _moment(day, time(10, 0), centre) + timedelta(minutes=12 * numbers.index(learner.number))


def added(item: SampleItem, learner: SampleLearner, centre: SampleCentre) -> datetime:
    """An evening between the event and the first hand-in; a testimony is typed in the week before that, by day."""
    first = _first_hand_in(item, learner)
    place = learner.items.index(item)
    if item.testimony and first:
        return _moment(_working(first.date() - timedelta(days=2)), time(11, 5), centre)
    wait = (first.date() - item.happened_on) * 0.75 if first else _NO_HURRY
    return _moment(item.happened_on + wait, time(19, 5), centre) + timedelta(minutes=25 * (place % 6))


def saved(item: SampleItem, number: int, learner: SampleLearner) -> datetime:
    """When version `number` (2 and on) was written: nine tenths of the way from a referral to the next hand-in.

    Raises `BrokenStory` where no referral asks for it.
    """
    for round, before in _answers(item, number, learner):
        if before.decided_at is not None:
            return before.decided_at + (round.handed_in_at - before.decided_at) * 0.9
    raise BrokenStory(f"Nobody asked for version {number} of “{item.title}”.")


def judged(round: RoundStory, place: int) -> datetime:
    """When verdict `place` (from 0) of a round was given: one after the other, the last before the decision."""
    if round.decided_at is None:
        return round.handed_in_at + timedelta(hours=16) + place * JUDGING
    return round.decided_at - (len(round.verdicts) - place) * JUDGING


def _begun(learner: SampleLearner) -> date:
    """The first event, or for somebody without one the week in which the story ends."""
    return min((item.happened_on for item in learner.items), default=date(2026, 11, 23))


def _first_hand_in(item: SampleItem, learner: SampleLearner) -> datetime | None:
    return min((one.rounds[0].handed_in_at for one in _served(item, learner) if one.rounds), default=None)


def _answers(item: SampleItem, number: int, learner: SampleLearner) -> list[tuple[RoundStory, RoundStory]]:
    """Each round `number` that the item serves, with the round before it."""
    reached = [one.rounds for one in _served(item, learner) if len(one.rounds) >= number]
    return [(rounds[number - 1], rounds[number - 2]) for rounds in reached]


def _served(item: SampleItem, learner: SampleLearner) -> list[SampleEnrolment]:
    units = {point.unit for claim in item.claims for point in claim.points}
    return [one for one in learner.enrolments if one.unit in units]


def _working(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _moment(day: date, hour: time, centre: SampleCentre) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(centre.timezone))
