"""The door: every route names the policy that opens it and the loader of the thing behind it; unseen is 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portfolio.foundation.errors import Missing
from portfolio.people.models import Person

Policy = Callable[..., bool]
View = Callable[..., ResponseReturnValue]
_LIBRARY = ("static", "security.")
"""Endpoints of libraries that guard themselves."""


def allow(policy: Policy, load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Open a view to whom `policy` allows. `load(…, viewer=person)` is given the address's values; the view its result.

    A person who is not signed in is asked to sign in; one who may not see the thing is told there is none.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(**values: Any) -> ResponseReturnValue:
            if g.person is None:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            things = () if load is None else (load(**values, viewer=g.person),)
            if None in things or not policy(g.person, *things):
                raise Missing
            return view(*things)

        gated.policy = policy  # type: ignore[attr-defined]
        return gated

    return decorate


def open_to_all(view: View) -> View:
    """A view that needs nobody to be signed in."""
    view.policy = open_to_all  # type: ignore[attr-defined]
    return view


def guard(app: Flask) -> None:
    """Know who calls before each request, and refuse any route that names no policy."""

    @app.before_request
    def who() -> None:
        g.person = None
        if request.endpoint == "static":
            return
        user = current_user._get_current_object()
        g.person = user if isinstance(user, Person) and user.active else None
        if request.endpoint and not is_guarded(app, request.endpoint):
            app.logger.error("the route %s names no policy", request.endpoint)
            raise Missing


def is_guarded(app: Flask, endpoint: str) -> bool:
    """Whether the route names a policy or belongs to a library that guards itself."""
    return endpoint.startswith(_LIBRARY) or hasattr(app.view_functions[endpoint], "policy")
