"""Forms of sign-in: sign in, choose a password, change it. Each counts its failures."""

from typing import Any, cast

from flask import after_this_request, current_app, g, request
from flask.wrappers import Response
from flask_security.forms import LoginForm
from wtforms import PasswordField, ValidationError
from wtforms.validators import EqualTo, InputRequired

from portfolio.foundation.errors import TooOften
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.words.text import alike
from portfolio.people import queries
from portfolio.people.entering.limits import Counter
from portfolio.people.entering.passwords import LONGEST
from portfolio.people.models import Person

HINT = "At least 10 characters. Three or four words that do not belong together are easy to remember."
LIMITS = "markwell-limits"
WRONG = "This is not your password now."


def counter() -> Counter:
    """The application's counter of failures."""
    found: Counter = current_app.extensions[LIMITS]
    return found


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or ""


def slow_down(form: Any, seconds: int) -> None:
    """Have `form` say how long to wait; the answer is 429."""
    form.form_errors.append(TooOften(seconds).sentence)
    retry_after(seconds)


def retry_after(seconds: int) -> None:
    """Have the answer be 429 with Retry-After (RFC 9110, §10.2.3)."""

    @after_this_request
    def refused(response: Response) -> Response:
        response.status_code = 429
        response.headers["Retry-After"] = str(seconds)
        return response


class SignInForm(LoginForm):
    """Flask-Security's form, with a limit on failures; only learners are remembered."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether somebody may come in; counted, unless nothing was filled in."""
        email, password = self.email.data or "", self.password.data or ""
        if not email.strip() or not password:
            return bool(super().validate(**kwargs))
        self.ifield, self.user = self.email, queries.person_by_email(email)
        spelt = alike(email[: queries.LONGEST])
        account = self.user.email if self.user else spelt  # one count, however the address is spelt
        if seconds := counter().wait(address(), account):
            slow_down(self, seconds)
            return False
        if not super().validate(**kwargs):
            counter().failed(address())
            g.failed = self.user.id if self.user else None
            return False
        counter().succeeded(account)
        self.remember.data = bool(self.remember.data) and not cast("Person", self.user).is_staff
        return True


class JoinForm(Form):
    """The password that somebody chooses who was given a link."""

    password = PasswordField(
        "Password",
        [InputRequired("Choose a password."), Most(LONGEST)],
        description=HINT,
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "The same password again",
        [EqualTo("password", "The two passwords differ. Type the same one twice.")],
        render_kw={"autocomplete": "new-password", "required": True},
    )

    def __init__(self, *, person: Person) -> None:
        super().__init__()
        self.person = person

    def validate_password(self, field: Any) -> None:
        """Raise `ValidationError` with each demand the password does not meet; the field then holds its normal form."""
        rules = current_app.extensions["security"].password_util
        faults, field.data = rules.validate(field.data, False, user=self.person)
        if faults:
            raise ValidationError(" ".join(faults))


class PasswordForm(JoinForm):
    """Another password, for somebody who knows theirs."""

    present = PasswordField(
        "Current password",
        [InputRequired("Write the password that you have now."), Most(LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )

    def validate(self, **kwargs: Any) -> bool:
        """Whether it may be changed; a wrong present password is counted like one at sign-in."""
        if not super().validate(**kwargs):
            return False
        if seconds := counter().wait(address(), self.person.email):
            slow_down(self, seconds)
            return False
        normal = current_app.extensions["security"].password_util.normalize(self.present.data)
        if self.person.password and self.person.verify_and_update_password(normal):
            counter().succeeded(self.person.email)
            return True
        counter().failed(address())
        g.failed = self.person.id
        self.present.errors = [*self.present.errors, WRONG]
        return False
