"""How far a job is, in words for whoever waits for it."""

from portfolio.foundation.words.display import zone
from portfolio.foundation.work import alive
from portfolio.foundation.work.jobs import Job


def how_far(job: Job) -> str:
    """What is done just now, and how much of how much; empty for a job that is closed."""
    if not job.is_open:
        return ""
    if job.state == "waiting":
        return "Waiting for its turn"
    return (job.step or "Begun") + (f" ({job.done:,} of {job.total:,})" if job.total > 1 else "")


def held_up(job: Job) -> str:
    """Why an open job is not being made: no worker breathes, or it stands still; empty for one that moves."""
    return (alive.held_up() or still(job)) if job.is_open else ""


def still(job: Job) -> str:
    """Since when an open job has not moved, and what can be done; empty for one that moves."""
    since = job.still_since
    if since is None:
        return ""
    at = since.astimezone(zone()).strftime("%H:%M")
    if job.state == "waiting":
        return f"It has been waiting since {at}. If nothing else is being made, tell whoever runs this installation."
    return f"No progress since {at}. Stop it and ask again, or tell whoever runs this installation."
