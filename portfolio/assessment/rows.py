"""A row of the desk: one marking point with where it is claimed, what was found on it, and on what that rests."""

from dataclasses import dataclass

from portfolio.assessment.grounds import field
from portfolio.assessment.models import Judgement, Round
from portfolio.assessment.panes import Pane
from portfolio.assessment.parts import shown_before
from portfolio.assessment.rules import Verdict, falls, is_settled
from portfolio.assessment.together.clash import Said
from portfolio.evidence.places.grouping import Claimed, Place
from portfolio.evidence.places.locators import Locator
from portfolio.evidence.places.within import found
from portfolio.evidence.rules import misfit
from portfolio.units.models import MarkingPoint


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place that an assessor marked."""

    locator: Locator
    lies: str
    """How it lies to those that are claimed for the point: `narrower`, `wider` or `added`."""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One point with where it is claimed and what was found on it."""

    point: MarkingPoint
    where: tuple[tuple[Pane, Place], ...]
    gap: str
    """Why the learner handed it in without a claim."""
    history: tuple[Judgement, ...]
    settled: bool
    """Whether it needs no verdict any more in this round."""
    kept: bool
    """Whether it stands as an earlier round settled it."""
    before: frozenset[str]
    """Refs of its parts that were shown in earlier rounds."""
    marked: tuple[tuple[Pane, MarkedPlace], ...]
    """Places on which its verdict of this round rests besides, as the assessor marked them."""
    key: int
    """What its elements on the page are called by: the id of the point, or of the assessment where one point is shown
    of many."""

    @property
    def standing(self) -> Judgement | None:
        """The judgement that stands, if it says anything."""
        return self.history[-1] if self.history and self.history[-1].verdict else None

    @property
    def verdict(self) -> str:
        """The verdict that stands in this round; empty while the point is open in it."""
        return (self.standing.verdict or "") if self.standing and self.settled else ""

    @property
    def seen(self) -> int:
        """Number of the last judgement: what a save is based on."""
        return self.history[-1].number if self.history else 0

    @property
    def misfit(self) -> str:
        """What is told where the point names methods and nothing that is claimed for it is of such a kind."""
        told = [misfit(self.point.ref, self.point.methods, pane.version.kind) for pane, _ in self.where]
        return told[0] if told and all(told) else ""

    @property
    def fallen(self) -> bool:
        """Whether everything that it rests on lies in evidence that fails in something."""
        return falls([pane.against.flaw is not None for pane in self.on])

    @property
    def claims(self) -> list[Claimed]:
        """The claims of it, in the order of their places."""
        return [one for _, place in self.where for one in place.claims if one.point_id == self.point.id]

    @property
    def relied(self) -> frozenset[int]:
        """Ids of the claims on which its verdict rests; all of them while it has none, or says nothing of that."""
        judged = self.standing if self.settled and not self.kept else None
        ids = [one.id for one in self.claims]
        return frozenset(ids if judged is None or judged.places is None else judged.relied)

    @property
    def on(self) -> list[Pane]:
        """The panes in which the places lie that it rests on, one for each."""
        relied = [pane for pane, place in self.where for one in place.claims if one.id in self.relied]
        return relied + [pane for pane, _ in self.marked]

    @property
    def shown(self) -> frozenset[str]:
        """Refs of its parts that are shown by what stands."""
        judged = self.standing if self.settled else None
        if judged is None or judged.verdict == Verdict.NOT_MET:
            return self.before
        return frozenset(part["ref"] for part in self.point.parts) - set(judged.missing)

    @property
    def said(self) -> Said:
        """What the form of its verdict says when it is opened."""
        judged = self.standing if self.settled else None
        on = field.said(None if self.kept else judged, [one.id for one in self.claims])
        return Said(self.verdict, self.shown, judged.feedback if judged else "", on)


@dataclass(frozen=True, slots=True)
class At:
    """What rows are laid out in."""

    panes: tuple[Pane, ...]
    round: Round
    anew: int | None
    """The id of the round whose award was opened again, if any."""


def row_of(
    point: MarkingPoint, where: tuple[tuple[Pane, Place], ...], gap: str, history: tuple[Judgement, ...], *, at: At
) -> DeskRow:
    """One row of a round."""
    last = history[-1] if history else None
    settled = last is not None and is_settled(
        last.verdict, given_in=last.round_id, present=at.round.id, reopened=at.anew
    )
    kept = settled and last is not None and last.round_id != at.round.id
    return DeskRow(
        point, where, gap, history, settled, kept,
        before=shown_before(point, history, present=at.round.id, reopened=at.anew), key=point.id,
        marked=_marked(last, at) if last and settled and not kept else (),
    )  # fmt: skip


def _marked(judged: Judgement, at: At) -> tuple[tuple[Pane, MarkedPlace], ...]:
    panes = {pane.version.id: pane for pane in at.panes}
    there = [(panes[one["version"]], one) for one in judged.places or () if one["version"] in panes]
    return tuple((pane, MarkedPlace(found(one["locator"], pane.version), one["lies"])) for pane, one in there)
