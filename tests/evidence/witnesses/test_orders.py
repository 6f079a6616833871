"""Whatever people do with a request, in whatever order: only what the table allows is done, each deed in its lines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.lifecycle import RequestState, state_of
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from tests.evidence.witnesses.asking import SAW, answer_to, ask, corrected
from tests.fixtures.cast import House

DEEDS = ("open", "write", "sign", "decline", "remind", "take back", "correct")
WAITS = {"an hour passes": 1, "a day passes": 25, "a week passes": 7 * 24 + 1, "four weeks pass": 28 * 24}
LINES = {
    "open": ["request opened"], "write": [], "sign": ["evidence added", "signed"], "decline": ["request declined"],
    "remind": ["witness reminded"], "take back": ["request taken back"], "correct": ["evidence saved", "signed"],
}  # fmt: skip
YEARS: Iterator[int] = count()


class Model:
    """What the contract says of a request, in words of its own."""

    def __init__(self) -> None:
        self.hours = self.last_mail = 0
        self.opened = self.written = False
        self.over = ""
        self.signed_at: int | None = None

    @property
    def state(self) -> str:
        if self.over or self.signed_at is not None:
            return self.over or "signed"
        if self.hours >= 28 * 24:
            return "expired"
        return "being written" if self.written else "opened" if self.opened else "asked"

    def may(self, deed: str) -> bool:
        state = self.state
        if state in ("declined", "expired", "taken back"):
            return False
        if state == "signed":
            return deed == "open" or (deed == "correct" and self.hours - (self.signed_at or 0) <= 7 * 24)
        if deed == "remind":
            return self.hours - self.last_mail >= 24
        return deed in ("open", "take back") or (self.opened and deed in ("write", "sign", "decline"))

    def done(self, deed: str) -> list[str]:
        """The deed is done: what lines it leaves."""
        again = deed == "open" and self.opened
        self.opened |= deed == "open"
        self.written |= deed == "write"
        self.last_mail = self.hours if deed == "remind" else self.last_mail
        self.signed_at = self.hours if deed == "sign" else self.signed_at
        self.over = {"decline": "declined", "take back": "taken back"}.get(deed, self.over)
        return [] if again else LINES[deed]


def attempt(deed: str, request: WitnessRequest, turn: int) -> bool:
    """Whether it was done."""
    words = f"{SAW} It was the {turn}th of that day."
    by = request.by
    todo = {
        "open": lambda: operations.open_link(request),
        "write": lambda: operations.write_draft(request, {"whole": [words]}, sitting="s" * 16, turn=turn, based_on=0),
        "sign": lambda: operations.sign_answer(request, answer_to(request, whole=words)),
        "correct": lambda: corrected(request, whole=words),
        "decline": lambda: operations.decline(request, "I was not there."),
        "remind": lambda: operations.remind(request, by=by),
        "take back": lambda: operations.take_back(request, by=by),
    }
    try:
        with transaction():
            todo[deed]()
    except Refused:
        return False
    return True


@given(st.lists(st.sampled_from([*DEEDS, *DEEDS, *WAITS]), min_size=6, max_size=16))
@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
def test_only_what_the_table_allows_is_done(house: House, steps: list[str]) -> None:
    begun = datetime(2030, 1, 1, 12, tzinfo=UTC) + timedelta(days=100 * next(YEARS))
    with at(begun):
        request = ask(house)
    model, told, signatures_given = Model(), [], 0
    before = audit.head(request.centre_id)[0]
    for turn, step in enumerate(steps, start=1):
        model.hours += WAITS.get(step, 0)
        if step in WAITS:
            continue
        with at(begun + timedelta(hours=model.hours)):
            may = model.may(step)
            assert attempt(step, request, turn) == may, (steps[:turn], model.state)
            if may:
                told += model.done(step)
                signatures_given += step in ("sign", "correct")
            db.session.rollback()
            db.session.refresh(request)
            assert state_of(request, now()) == RequestState(model.state)
            assert bool(request.draft) <= (model.state in ("being written", "expired"))
    assert [line["deed"] for line in audit.lines(request.centre_id) if line["seq"] > before] == told
    item = request.evidence
    assert (item.latest if item else 0) == signatures_given
    if item:
        given = signatures.signatures_of([version.id for version in item.versions])
        assert [len(given[version.id]) for version in item.versions] == [1] * signatures_given
