"""The marking desk: points, the frozen evidence at the claimed places, and what was found, in a handful of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio.assessment import queries
from portfolio.assessment.against import against
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.assessment.panes import Pane, pane_of, where_claimed
from portfolio.assessment.queries import NotedFlaw
from portfolio.assessment.rows import At, DeskRow, row_of
from portfolio.assessment.rules import Verdict, own_observations, tally
from portfolio.assessment.standing import own_points
from portfolio.assessment.together.clash import Said
from portfolio.units import queries as units


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the marking view of one round shows."""

    assessment: Assessment
    round: Round
    rows: tuple[DeskRow, ...]
    panes: tuple[Pane, ...]
    noted: Mapping[int, NotedFlaw]
    """What was ever said against evidence in this unit, by id; judgements name what of it held."""
    query: str = ""
    """What the addresses of its forms say besides, so that they are answered for the page they stand on."""
    called: str = ""
    """How the page speaks of the learner where their name is hidden."""

    def narrowed(self, point_id: int, query: str, *, called: str = "") -> "Desk":
        """The desk with one point alone, and with the evidence that is claimed for it; with all of it where none is."""
        row = replace(self.row(point_id), key=self.assessment.id)
        claimed = [pane for pane, _ in (*row.where, *row.marked)]
        panes = tuple(pane for pane in self.panes if pane in claimed) or self.panes
        return replace(self, rows=(row,), panes=panes, query=query, called=called)

    def row(self, point_id: int | None) -> DeskRow:
        """The row of a point; without one the first that is open, or the first of all."""
        by_id = {row.point.id: row for row in self.rows}
        if point_id in by_id:
            return by_id[point_id]
        return next((row for row in self.rows if not row.settled), self.rows[0])

    def said_at(self, row: DeskRow, seen: int) -> Said:
        """What the form of a row said to whoever opened it when its last judgement was that of number `seen`."""
        past, anew = row.history[: max(seen, 0)], _anew(self.assessment, self.round)
        return row_of(row.point, row.where, row.gap, past, at=At(self.panes, self.round, anew)).said

    @property
    def waits(self) -> bool:
        """Whether its round is the one that waits for verdicts."""
        return self.assessment.state == State.HANDED_IN and self.round.number == self.assessment.round

    @property
    def tally(self) -> dict[str, int]:
        """How many points stand at each verdict."""
        return tally(row.verdict for row in self.rows)

    @property
    def open_refs(self) -> list[str]:
        """Points that still need a verdict in this round."""
        return [row.point.ref for row in self.rows if not row.settled]

    @property
    def fallen_refs(self) -> list[str]:
        """Points that were met by evidence that fails by now: they stand in the way of an award."""
        return [row.point.ref for row in self.rows if row.fallen and row.verdict == Verdict.MET]

    @property
    def notes(self) -> list[str]:
        """What the internal quality assurer is told: by judge, which points rest on observations or discussions of
        theirs alone. Of a decision it is what was noted with it.
        """
        found = [(row.verdict, row.standing, [pane.version for pane in row.on], row.point.ref) for row in self.rows]
        resting = own_points((ref, verdict, by.by_id if by else 0, versions) for verdict, by, versions, ref in found)
        noted = set(resting if self.round.resting_on_own is None else self.round.resting_on_own)
        judges = defaultdict[str, list[str]](list)
        for _, by, _, ref in found:
            if by and ref in noted:
                judges[by.by_name].append(ref)
        return [own_observations(refs, name) for name, refs in judges.items()]


def laid_out(assessment: Assessment, round: Round, *, to_learner: bool = False) -> Desk:
    """The desk of one round, with what its learner is told already or with everything."""
    claims = queries.claimed_in(round)
    sheets = queries.sheets(round)
    past: dict[int, list[Judgement]] = defaultdict(list)
    for one in queries.told(assessment) if to_learner else queries.judgements(assessment):
        past[one.point_id].append(one)
    is_flawed = any(sheet.flawed for sheet in sheets) or any(one.flaws for given in past.values() for one in given)
    noted = {one.flaw.id: one for one in (queries.flaws_about(round) if is_flawed else ())}
    said = against(round, sheets, noted.values(), to_learner=to_learner)
    before = queries.handed_before(round) if round.number > 1 and not to_learner else {}
    panes = tuple(pane_of(sheet, claims, said[sheet.id], before.get(sheet.item)) for sheet in sheets)
    points, where = units.marking_points(assessment.enrolment.edition), where_claimed(panes)
    gaps = {} if all(where[point.id] for point in points) else queries.gaps_in(round)
    at = At(panes, round, _anew(assessment, round))
    rows = tuple(
        row_of(point, tuple(where[point.id]), gaps.get(point.id, ""), tuple(past[point.id]), at=at) for point in points
    )
    return Desk(assessment, round, rows, panes, noted)


def _anew(assessment: Assessment, round: Round) -> int | None:
    """The id of the round that was opened again, as far as `round` is judged anew; itself it is shown as judged."""
    return assessment.reopened_id if assessment.reopened_id != round.id else None
