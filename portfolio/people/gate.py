"""The gate: every route names its policy and the loader of its thing; what a person may not see is 404.

It is asked before anything reads the body of a request, so that nobody sends more than their page takes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portfolio.foundation.errors import Missing, SignedOut
from portfolio.foundation.requests import numbers, sent
from portfolio.people.models import Person

Policy = Callable[..., bool]
View = Callable[..., ResponseReturnValue]
ENDED = "Your sign-in has ended, so this was not saved. Nothing of it is lost: sign in here, and go on."
OTHER = (
    "You signed in again after this page was opened, so what it sent was not saved. Nothing of it is lost: go on here."
)
_LIBRARY = ("static", "security.")
"""Endpoints of libraries that guard themselves."""
STRANGERS = 64 * 1024
"""Bytes of the largest body that is taken of somebody who need not be signed in."""
WORDS = 512 * 1024
"""Bytes of the largest form that is read to be shown again to somebody whose sign-in has ended."""


@dataclass(frozen=True, slots=True)
class Access:
    """What opens a view: the policy, what loads the thing behind it, and how large a body may be."""

    policy: Policy
    load: Callable[..., Any] | None
    most: Callable[[], int] | None

    def things(self) -> tuple[Any, ...]:
        """What the view is given, loaded by the values of the address. Raises `Missing` for what may not be seen."""
        things = () if self.load is None else (self.load(**request.view_args or {}, viewer=g.person),)
        if None in things or not self.policy(g.person, *things):
            raise Missing
        return things


def allow(
    policy: Policy, load: Callable[..., Any] | None = None, *, most: Callable[[], int] | None = None
) -> Callable[[View], View]:
    """Open a view to whom `policy` allows. `load(…, viewer=person)` is given the address's values; the view its result.

    A person who is not signed in is asked to sign in (`SignedOut` for a form, so that nothing of it is lost); one who
    may not see the thing is told there is none. A form that was sent before is given the answer that it was given then.
    `most` says how many bytes a body may have where the common limit is too low.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(**_values: Any) -> ResponseReturnValue:
            if request.method == "POST":
                return sent.once(lambda: view(*g.things), g.person.id)
            return view(*g.things)

        gated.policy, gated.access = policy, Access(policy, load, most)  # type: ignore[attr-defined]
        return gated

    return decorate


def open_to_all(view: View) -> View:
    """A view that needs nobody to be signed in."""
    view.policy = open_to_all  # type: ignore[attr-defined]
    return view


def guard(app: Flask) -> None:
    """Know who calls and ask the `Access` of the view before each request, and refuse any route that names no policy.

    Call it before anything else that looks at requests, and before routes are made: their ids are bounded here. A
    request is answered with `Missing` where its route names no policy, a form with `SignedOut` without a sign-in.
    """
    numbers.install(app)

    @app.before_request
    def ask() -> ResponseReturnValue | None:
        g.person = None
        if request.endpoint == "static":
            return None
        user = current_user._get_current_object()
        g.person, g.known = user if isinstance(user, Person) and user.active else None, True
        if not request.endpoint:  # nothing is there, or nothing that takes this method
            if g.person is None:
                request.max_content_length = 0
            return None
        if not is_guarded(app, request.endpoint):
            app.logger.error("the route %s names no policy", request.endpoint)
            raise Missing
        return _opened(app.view_functions[request.endpoint])


def _opened(view: object) -> ResponseReturnValue | None:
    """None where the view may answer; what is said to somebody who is not signed in."""
    access: Access | None = getattr(view, "access", None)
    if access is None:
        request.max_content_length = STRANGERS
        return None
    if g.person is None and request.method == "POST":
        request.max_content_length = WORDS
        raise SignedOut(ENDED)
    if g.person is None:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    g.things = access.things()
    if access.most:
        request.max_content_length = access.most()
    return None


def is_guarded(app: Flask, endpoint: str) -> bool:
    """Whether the route names a policy or belongs to a library that guards itself."""
    return endpoint.startswith(_LIBRARY) or hasattr(app.view_functions[endpoint], "policy")
