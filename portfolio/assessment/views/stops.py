"""The stops of a walk along one point: learners, and how the page speaks of them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import request

from portfolio.assessment.models import Assessment
from portfolio.foundation.requests import numbers

BY_POINT = {"by": "point"}
"""What the address of a form says that stands where one point is shown of many learners."""
HIDDEN = "hidden"
"""What an address says of names that are not shown."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One learner of a walk."""

    id: int
    """Of the assessment."""
    place: int
    """Which of them it is, from 1 on."""
    learner: str
    names: str
    round: int
    since: datetime
    verdict: str

    @property
    def hidden(self) -> str:
        """How the page speaks of them where their name is hidden; empty where it is not."""
        return f"Learner {self.place}" if self.names == HIDDEN else ""

    @property
    def called(self) -> str:
        """How the page speaks of them."""
        return self.hidden or self.learner

    @property
    def query(self) -> str:
        """What the addresses of their forms say, so that they are answered for the walk."""
        said = BY_POINT | {"place": self.place} | ({"names": HIDDEN} if self.hidden else {})
        return f"?{urlencode(said)}"


def walks() -> bool:
    """Whether what is sent is answered for a walk."""
    return request.args.get("by") == BY_POINT["by"]


def stop_of(assessment: Assessment) -> Stop:
    """The stop that the address of a form or of a piece speaks of."""
    place, names = numbers.asked("place", 1) or 1, request.args.get("names", "")
    since = assessment.handed_in_at or assessment.enrolment.enrolled_at
    return Stop(assessment.id, place, assessment.enrolment.learner.name, names, assessment.round, since, "")
