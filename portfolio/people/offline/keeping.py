"""Which pages a device may keep for where there is no line: those that show nothing but what is their reader's own.

The view says so itself; the device keeps no page that is not marked so (`static/source/scripts/offline`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from portfolio.people.models import Person

KEEP = "Markwell-Keep"
"""Header of an answer that a device may keep for the person whom `PERSON` names."""
PERSON = "Markwell-Person"
"""Header of every answer of which it is known whose it is: the id of who is signed in, or `NOBODY`."""
NOBODY = "nobody"
AHEAD = "Markwell-Ahead"
"""Header of a request by which a device keeps a page that nobody looks at yet."""
MOST = 40
"""Pages that a device is asked to keep without their having been opened."""

View = Callable[..., ResponseReturnValue]
Own = Callable[..., bool]
Addresses = Callable[[Person], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Keeping:
    """When a page may be kept, and which of its addresses are kept before anybody opened them."""

    own: Own
    addresses: Addresses
    begins: bool
    """Whether the site begins with it where there is no line."""


def none(_person: Person) -> Iterable[str]:
    """No address: the page is kept once it was opened."""
    return ()


def always(_person: Person, *_things: object) -> bool:
    """Whoever may see the page sees nothing on it but what is theirs."""
    return True


def keep(own: Own, addresses: Addresses = none, *, begins: bool = False) -> Callable[[View], View]:
    """Let a device keep the page where `own(person, *things)` says that all of it is the person's own.

    It stands below `gate.allow`, so it is asked of nobody who may not see the page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(*things: object) -> ResponseReturnValue:
            g.keep = own(g.person, *things)
            return view(*things)

        kept.keeping = Keeping(own, addresses, begins)  # type: ignore[attr-defined]
        return kept

    return decorate


def install(app: Flask) -> None:
    """Mark the answers of `app`, and let its templates ask `fetched_ahead`."""
    app.after_request(_mark)
    app.jinja_env.globals["fetched_ahead"] = fetched_ahead


def fetched_ahead() -> bool:
    """Whether a device fetches this page before anybody looks at it: nothing is told with it, or noted as read."""
    return AHEAD in request.headers


def addresses(person: Person) -> list[str]:
    """What a device of this person keeps unopened, at most `MOST`; first that with which the site begins."""
    views = current_app.view_functions.values()
    kept: list[Keeping] = [view.keeping for view in views if hasattr(view, "keeping")]
    found = (address for one in sorted(kept, key=lambda one: not one.begins) for address in one.addresses(person))
    return list(dict.fromkeys(found))[:MOST]


def _mark(response: Response) -> Response:
    if "known" not in g:  # nobody asked, or the database did not say: a device keeps what it has
        return response
    person = g.person
    response.headers[PERSON] = str(person.id) if person else NOBODY
    if person and request.method == "GET" and response.status_code == 200 and g.get("keep"):
        response.headers[KEEP] = "1"
    return response
