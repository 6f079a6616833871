"""Forms of sign-in: sign in, choose a password, change it. Each counts its failures."""

from collections.abc import Sequence
from typing import Any

from flask import after_this_request, current_app, g
from flask.wrappers import Response
from flask_security.forms import LoginForm
from wtforms import PasswordField, ValidationError
from wtforms.validators import EqualTo, InputRequired

from portfolio.foundation.errors import TooOften
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.words.text import alike
from portfolio.people import queries
from portfolio.people.entering.passwords import LONGEST
from portfolio.people.entering.queries import accounts_of, begins_as
from portfolio.people.entering.rules import Opened
from portfolio.people.entering.trying import address, counter, succeeded, tried
from portfolio.people.models import Person

HINT = "At least 10 characters. Three or four words that do not belong together are easy to remember."
WRONG = "This is not your password now."


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
    """Flask-Security's form, with our accounts and a limit on failures; only learners are remembered."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether somebody may come in; counted, unless nothing was filled in."""
        email, password = self.email.data or "", self.password.data or ""
        if not email.strip() or not password:
            return bool(super().validate(**kwargs))
        known = queries.people_by_email(email)
        found = tried(password, accounts_of(known), spelt=alike(email[: queries.LONGEST]))
        if found.wait and not found.made:
            slow_down(self, found.wait)
            return False
        self.user = begins_as(found.opened)
        if not super(LoginForm, self).validate(**kwargs) or self.user is None:
            counter().failed(address())
            g.failed = [one.id for one in known if one.has_joined]
            if found.wait:
                slow_down(self, found.wait)
                return False
            self.password.errors = [*self.password.errors, WRONG]  # the library says the same of all that fails
            return False
        succeeded(found.opened)
        g.opened = found.opened
        self.remember.data = bool(self.remember.data) and not self.user.is_staff
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

    def opened(self) -> Sequence[Opened]:
        """The accounts of the person's address that the password opens already; counted as tries at them."""
        return self._opened()

    def _opened(self, *, but: int | None = None) -> Sequence[Opened]:
        found = accounts_of(queries.people_by_email(self.person.email))
        accounts = [one for one in found if one.id != but]
        return tried(self.password.data, accounts, spelt=alike(self.person.email)).opened


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
        own = accounts_of([self.person])
        found = tried(self.present.data, own, spelt=alike(self.person.email))
        if found.wait:
            slow_down(self, found.wait)
            return False
        if found.opened:
            succeeded(found.opened)
            return True
        counter().failed(address())
        g.failed = [self.person.id]
        self.present.errors = [*self.present.errors, WRONG]
        return False

    def opened(self) -> Sequence[Opened]:
        """The other accounts of the person's address that the new password opens already."""
        return self._opened(but=self.person.account_id)
