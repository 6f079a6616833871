"""Sign-in: Flask-Security over our tables; what it does is limited and on record; what we do not use is off."""

import hashlib
import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, Response, current_app, flash, g, request, session
from flask_login import user_logged_out
from flask_security import (
    RoleMixin,
    Security,
    SQLAlchemyUserDatastore,
    UserMixin,
    hash_password,
    user_authenticated,
)

from portfolio.foundation import sealing
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.settings import Settings, current
from portfolio.foundation.work import chores
from portfolio.people import queries
from portfolio.people.entering import operations
from portfolio.people.entering import queries as entering
from portfolio.people.entering.forms import SignInForm
from portfolio.people.entering.limits import Counter
from portfolio.people.entering.passwords import SHORTEST, Passwords
from portfolio.people.entering.rules import KEPT, REMEMBERED
from portfolio.people.entering.trying import LIMITS, LINK_LIMITS
from portfolio.people.entering.views import bp
from portfolio.people.library import LibraryRole, LibraryUser, complete
from portfolio.people.models import Person, RoleRow

SALT = "password salt"
"""Name of the sealed value that every password is mixed with before it is hashed."""
HASHING = {"security.login", "entering.change_password", "people.choose_password"}
"""Endpoints where a password is hashed."""
WAYS = {"security.login": "password", "entering.switch": "switch"}
"""Endpoint → how somebody came in by it, as the log says; by any other, with a link."""
WORDS = {
    "GENERIC_AUTHN_FAILED": "That address and password do not belong together. Look at both again.",
    "EMAIL_NOT_PROVIDED": "Write your e-mail address.",
    "PASSWORD_NOT_PROVIDED": "Write your password.",
    "INVALID_EMAIL_ADDRESS": "That is not an e-mail address.",
    "PASSWORD_INVALID_LENGTH": "Take at least %(length)s characters.",
}
"""What the library says, in our words."""


class _People(SQLAlchemyUserDatastore):
    """Our tables as the library sees them."""

    def find_user(self, case_insensitive: bool = False, **told: Any) -> Person | None:
        """Somebody by one of their columns; whose session it is by the key of their sign-in."""
        if set(told) == {"fs_uniquifier"}:
            return _signed_in(told["fs_uniquifier"])
        return cast("Person | None", super().find_user(case_insensitive=case_insensitive, **told))


def install(app: Flask, settings: Settings) -> None:
    """Let people sign in to `app`."""
    app.config.update(
        SECURITY_PASSWORD_SALT="sealed; known once it is opened",  # noqa: S106 - see `unseal`
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a hash
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/sign-in",
        SECURITY_LOGIN_USER_TEMPLATE="people/sign_in.html",
        SECURITY_FRESHNESS=timedelta(minutes=-1),  # no page that asks for the password once more
        SECURITY_STATIC_FOLDER=None,
        SECURITY_CLI_USERS_NAME="",  # accounts are changed by `flask person`, which writes the log
        SECURITY_CLI_ROLES_NAME="",
        SECURITY_FLASH_MESSAGES=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST,
        SECURITY_ANONYMOUS_USER_DISABLED=False,
        REMEMBER_COOKIE_DURATION=REMEMBERED,
        **{f"SECURITY_MSG_{name}": (sentence, "error") for name, sentence in WORDS.items()},
        SECURITY_MSG_UNAUTHENTICATED=("Sign in to go on.", "info"),
    )
    complete(LibraryUser, UserMixin)
    complete(LibraryRole, RoleMixin)
    people = _People(db, Person, cast("type[RoleMixin]", RoleRow))
    Security(app, people, login_form=SignInForm, password_util_cls=Passwords)
    app.extensions[LIMITS] = Counter(settings.limits, settings.secret)
    app.extensions[LINK_LIMITS] = Counter(settings.limits, settings.secret, of="link ")
    app.before_request(_unsealed)
    app.register_blueprint(bp)
    app.context_processor(_counterparts)
    app.after_request(_failed)
    app.after_request(_stay_here)
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    chores.every_hour(app, _forget)
    chores.once_restored(app, operations.end_all)


def hashed(password: str) -> str:
    """`password` as it is kept: mixed with a value that the secret seals, then argon2id. Raises `WrongSecret`."""
    unseal()
    return str(hash_password(password))


def unseal() -> None:
    """Let the library know what passwords are mixed with; it outlives the secret. Raises as `sealing.kept` does."""
    current_app.config["SECURITY_PASSWORD_SALT"] = sealing.kept(SALT, _first_salt)


def _first_salt() -> str:
    """What passwords were mixed with before it was a value of its own: a house keeps those that it has."""
    return hashlib.sha256(f"password salt {current().secret}".encode()).hexdigest()


def _unsealed() -> None:
    """Before a request: with another secret there is one sentence on every page, and nothing else."""
    if request.endpoint in ("static", "health"):  # the latter says so itself
        return
    sealing.ensure_opens()
    if request.method == "POST" and request.endpoint in HASHING:
        unseal()


def _signed_in(key: str) -> Person | None:
    found = entering.signed_in(operations.key_hash(key))
    if found is None:
        return None
    person, g.sign_in, g.has_counterparts = found
    return person


def _counterparts() -> dict[str, Any]:
    """For every page: whom somebody with several centres can be instead; nobody else's page asks for it."""
    return {"counterparts": queries.counterparts(g.person) if g.get("person") and g.get("has_counterparts") else []}


def _begin(_app: Flask, user: Person, **_told: Any) -> None:
    """The library has let somebody in: their cookies hold the key of a sign-in that can be ended."""
    way = WAYS.get(request.endpoint or "", "link")
    news = [_link_made(user, way), _password_changed(user, way)]
    with transaction():
        if "opened" in g:  # who comes by a link has chosen the password just now
            operations.ensure_opened(user, g.pop("opened"))
        session["_user_id"] = operations.begin(user, remembered=session.get("_remember") == "set", way=way)
    for sentence in filter(None, news):
        flash(sentence, "warning")


def _link_made(person: Person, way: str) -> str:
    """The last link to the account that somebody else made since its person was here, in a sentence.

    Whoever comes by a link is told of the one before it: who used that one need not have been the person.
    """
    last = entering.last_sign_in(person)
    since = now() - KEPT if way == "link" else last.begun_at if last else now()
    lines = entering.news_of(person, since=stamp(since), deeds=(Deed.PERSON_INVITED,))
    others = [line for line in lines if line["actor_id"] != person.id][way == "link" :]
    if not others:
        return ""
    when = _when(others[0], person)
    return f"{others[0]['actor']} made a link to your account on {when}. If you did not ask for it, tell your centre."


def _password_changed(person: Person, way: str) -> str:
    """The last password that was chosen in another sign-in and that nobody was told of, in a sentence.

    Who chose it, the log cannot know: whoever knew the one before, or had a link.
    """
    lines = entering.passwords_of(person, since=stamp(now() - KEPT))[way == "link" :]
    if not lines:
        return ""
    done = "was chosen by a link" if lines[0]["deed"] == Deed.PASSWORD_SET else "was changed"
    return (
        f"Your password {done} on {_when(lines[0], person)}. If that was not you, change it now and tell your centre."
    )


def _when(line: dict[str, Any], person: Person) -> str:
    """The moment of a line in the time zone of a person's centre."""
    at = datetime.fromisoformat(line["at"]).astimezone(ZoneInfo(person.centre.timezone))
    return f"{at.day} {at:%B %Y, %H:%M}"


def _end(_app: Flask, user: Any, **_told: Any) -> None:
    if isinstance(user, Person) and "sign_in" in g:
        with transaction():
            operations.end(g.sign_in, by=user)


def _failed(response: Response) -> Response:
    """Put a failure on record once the answer has gone: its time tells nobody whether there is such an account."""
    if "failed" in g:
        app, ids = current_app._get_current_object(), g.failed  # type: ignore[attr-defined]
        response.call_on_close(partial(_record_failure, app, ids))
    return response


def _stay_here(response: Response) -> Response:
    """Whoever signed in goes on in this house, whatever the address they came by says."""
    if request.endpoint == "security.login" and response.location and not is_here(response.location):
        response.location = "/"
    return response


def is_here(location: str) -> bool:
    """Whether an address to go on to is a path of this house: browsers take two slashes of either kind for a host."""
    return bool(re.match(r"/(?![/\\]|%5c)[^\\\x00-\x20]*$", location, re.IGNORECASE))


def _record_failure(app: Flask, ids: list[int]) -> None:
    if not ids:
        app.logger.info("a sign-in failed; nobody has that address")
        return
    with app.app_context(), transaction():
        operations.fail([db.session.get_one(Person, id) for id in ids])


def _forget() -> None:
    with transaction():
        operations.forget()
