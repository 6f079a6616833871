"""Quotas: how many bytes of files a person and a centre may have, and how near they are to that."""

from dataclasses import dataclass

from portfolio.evidence.arrivals import queries
from portfolio.evidence.pages import drawing
from portfolio.foundation.errors import TooBig
from portfolio.foundation.settings import current
from portfolio.foundation.words.sizes import filesize
from portfolio.people.models import Person

NEAR = 0.8
"""Share of a quota from which on it is said how much is left."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How much may be had and how much is, in bytes; `most` is 0 where there is no bound."""

    whose: str
    """`You have`, `Your centre has`: how a sentence about it begins."""
    most: int
    used: int

    @property
    def is_near(self) -> bool:
        """Whether it should be said that it comes to its end."""
        return bool(self.most) and self.used >= NEAR * self.most

    @property
    def sentence(self) -> str:
        """How much is used and left: You have used 4.2 GB of 5.0 GB for files; 0.8 GB are left."""
        left = f"{filesize(max(self.most - self.used, 0))} left"
        return f"{self.whose} used {filesize(self.used)} of {filesize(self.most)} for files: {left}."

    def ensure_room(self, length: int) -> None:
        """Raise `TooBig` for a file of `length` bytes that goes beyond it."""
        if self.most and self.used + length > self.most:
            raise TooBig(
                f"There is no room for this file of {filesize(length)}. {self.sentence} "
                "Send a smaller one, a shorter recording for example, or ask your centre for more room."
            )


def of_person(person: Person) -> Quota:
    """What somebody sent, against what one person may send."""
    most = current().person_quota
    return Quota("You have", most, queries.sent_by(person.id) if most else 0)


def of_centre(person: Person) -> Quota:
    """What somebody's centre keeps, against what one centre may."""
    most = current().centre_quota
    return Quota("Your centre has", most, queries.kept_at(person.centre_id) if most else 0)


def of(person: Person) -> tuple[Quota, Quota]:
    """Both quotas that a file of somebody's counts against."""
    return of_person(person), of_centre(person)


def has_room(person: Person) -> bool:
    """Whether both quotas have room for anything at all."""
    return all(not quota.most or quota.used < quota.most for quota in of(person))


drawing.HAS_ROOM.append(has_room)


def near(person: Person) -> list[Quota]:
    """Those that somebody who is about to send a file should know of."""
    return [quota for quota in of(person) if quota.is_near]
