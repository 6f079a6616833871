"""What the domain can refuse: each error is a sentence that a person can act on; app.py gives it its HTTP status."""


class Refused(Exception):
    """The deed is not allowed as asked; the message says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class OutOfTurn(Refused):
    """The state of things does not allow this step now."""


class Incomplete(Refused):
    """A demand of the step is not met; `lacks` names each thing that is wanting."""

    def __init__(self, sentence: str, lacks: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.lacks = lacks


class Conflict(Refused):
    """Somebody else's later save stands in the way."""


class Missing(Refused):
    """There is no such thing, or it is not this person's to see."""

    def __init__(self, sentence: str = "There is nothing at this address, or you don’t have access to it.") -> None:
        super().__init__(sentence)


class SignedOut(Refused):
    """The sign-in has ended, or the page was opened in another one: what was sent is not done."""


class Expired(Refused):
    """It could be had for a time, and that is over; the message says how to have it again."""


class TooBig(Refused):
    """More was sent than is taken."""


class Unreadable(Refused):
    """What was sent is not what it says it is."""


class TooOften(Refused):
    """It was tried too often in a short time; `seconds` from now it may be tried again. `what` says what was."""

    def __init__(self, seconds: int, what: str = "That was tried too often.") -> None:
        super().__init__(f"{what} Wait {spoken(seconds)}, then try again.")
        self.seconds = seconds


class Unavailable(Refused):
    """A part the deed needs does not answer now; trying again later may help."""


def spoken(seconds: int) -> str:
    """A wait as people say it: `40 seconds`, `15 minutes`, `3 hours`; rounded up."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds > 1.5 * size:
            return f"{-(-seconds // size)} {unit}s"
    return f"{max(seconds, 1)} second{'s' * (seconds > 1)}"
