"""Sign-in: Flask-Security over our tables, its limits and its pages."""

import hashlib
from collections.abc import Callable
from typing import Any, cast

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import Security, SQLAlchemyUserDatastore

from portfolio.foundation.db import db
from portfolio.foundation.settings import Settings
from portfolio.people import queries
from portfolio.people.models import Person, RoleRow

ATTEMPTS = "10 per minute; 60 per hour"
"""Sign-ins from one address."""

limiter = Limiter(get_remote_address)


class _People(SQLAlchemyUserDatastore):
    """Our tables as the library sees them."""

    def find_user(self, case_insensitive: bool = False, **told: Any) -> Person | None:
        """Somebody by one of their columns; whose session it is by our own query."""
        if set(told) == {"fs_uniquifier"}:
            return queries.signed_in(told["fs_uniquifier"])
        return cast("Person | None", super().find_user(case_insensitive=case_insensitive, **told))


def install(app: Flask, settings: Settings) -> None:
    """Let people sign in to `app`."""
    app.config.update(
        SECURITY_PASSWORD_SALT=hashlib.sha256(f"password salt {settings.secret}".encode()).hexdigest(),
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a hash
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/sign-in",
        SECURITY_LOGIN_USER_TEMPLATE="people/sign_in.html",
        SECURITY_CHANGEABLE=True,
        SECURITY_CHANGE_URL="/password",
        SECURITY_POST_CHANGE_VIEW="/",
        SECURITY_CHANGE_PASSWORD_TEMPLATE="people/password.html",  # noqa: S106 - the name of a file
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_PASSWORD_LENGTH_MIN=10,
        SECURITY_ANONYMOUS_USER_DISABLED=False,
        RATELIMIT_STORAGE_URI=settings.limits,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    Security(app, _People(db, Person, RoleRow))
    limiter.init_app(app)
    limited = limiter.limit(ATTEMPTS, methods=["POST"])
    app.view_functions["security.login"] = cast(
        "Callable[..., ResponseReturnValue]", limited(app.view_functions["security.login"])
    )
