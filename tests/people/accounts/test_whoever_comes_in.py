"""Whatever administrators, people and intruders do in whatever order: a link of one centre opens no other centre."""

from dataclasses import dataclass
from functools import partial

import pytest
from flask_security import verify_password
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portfolio.foundation.db import db, transaction
from portfolio.people import operations, queries, signing_in
from portfolio.people.models import Account, Person
from portfolio.people.rules import Role
from tests.people.accounts.two_centres import FELL, HARBOUR, OTHERS, THIRD, WORDS, Two
from tests.people.house import Visitor

pytestmark = pytest.mark.slow

CENTRES = st.sampled_from([HARBOUR, FELL])
HERS = st.sampled_from([WORDS, OTHERS])
"""What the people of these addresses choose: they know no other password, and nobody else knows these."""
INTRUDERS = {HARBOUR: THIRD, FELL: "kelp orbit marsh tango"}
"""Who opens the links of an administrator in place of the person, and the password they choose."""
WHICH = st.integers(0, 5)
ROLES = st.sampled_from([Role.LEARNER, Role.IQA])


@dataclass
class Window:
    """A browser in which somebody came in: with which password, and as whose intruder, if they are one."""

    visitor: Visitor
    password: str
    of: str = ""


class Comings(RuleBasedStateMachine):
    """Two addresses at two centres, one of them of somebody who works for both, and all that lets anybody in or out."""

    def __init__(self, two: Two) -> None:
        super().__init__()
        self.two = two
        self.windows: list[Window] = []
        self.links: list[tuple[str, str]] = []
        turn = db.session.query(Person).count()
        self.emails = [f"{nick}{turn}@freelance.example" for nick in ("ann", "bo")]
        for centre in (HARBOUR, FELL):
            two.member(centre, WORDS, email=self.emails[0], role=Role.LEARNER)
        self.centres = {nick: two.house.person(nick).centre_id for nick in (HARBOUR, FELL)}

    def registered(self, centre: str, which: int) -> Person | None:
        self.two.anew()
        return queries.person_by_email(self.emails[which % 2], self.two.house.person(centre).centre)

    def comes_in(self, visitor: Visitor, password: str, of: str = "") -> None:
        if self.two.who(visitor) is not None:
            self.windows.append(Window(visitor, password, of))

    @rule(centre=CENTRES, which=WHICH, role=ROLES)
    def registers_and_makes_a_link(self, centre: str, which: int, role: Role) -> None:
        person = self.registered(centre, which)
        id = person.id if person else self.two.registered(centre, email=self.emails[which % 2], role=role)
        self.two.anew()
        if db.session.get_one(Person, id).active:
            self.links.append((centre, self.two.link(centre, id)))

    @rule(which=WHICH, password=HERS, taken=st.booleans())
    def opens_a_link(self, which: int, password: str, taken: bool) -> None:
        if not self.links:
            return
        centre, link = self.links.pop(which % len(self.links))
        visitor, chosen = self.two.stranger(), INTRUDERS[centre] if taken else password
        if visitor.client.get(link).status_code == 200:
            visitor.reads(link)
            visitor.sends(link, password=chosen, again=chosen)
            self.comes_in(visitor, chosen, centre if taken else "")

    @rule(which=WHICH, password=HERS, of=st.sampled_from(["", "", HARBOUR, FELL]))
    def signs_in(self, which: int, password: str, of: str) -> None:
        tried = INTRUDERS[of] if of else password
        self.comes_in(self.two.signs_in(tried, email=self.emails[which % 2]), tried, of)

    def pick(self, which: int) -> Window | None:
        living = [one for one in self.windows if self.two.who(one.visitor) is not None]
        return living[which % len(living)] if living else None

    @rule(which=WHICH, password=HERS)
    def changes_the_password(self, which: int, password: str) -> None:
        if (window := self.pick(which)) and not window.of:
            window.visitor.reads("/password")
            window.visitor.sends("/password", present=window.password, password=password, again=password)
            window.password = password

    @rule(which=WHICH, whose=WHICH)
    def goes_to_another_centre(self, which: int, whose: int) -> None:
        if window := self.pick(which):
            self.two.anew()
            people = db.session.query(Person).order_by(Person.id.desc()).limit(4).all()
            window.visitor.reads("/sign-ins")
            to = people[whose % len(people)]
            here = db.session.get_one(Person, self.two.who(window.visitor))
            may = to.id != here.id and to.active and to.account_id is not None and to.account_id == here.account_id
            window.visitor.sends(f"/centres/{to.id}", 200 if may else 404)
            assert self.two.who(window.visitor) == (to.id if may else here.id)

    @rule(which=WHICH, everywhere=st.booleans())
    def signs_out(self, which: int, everywhere: bool) -> None:
        if window := self.pick(which):
            window.visitor.reads("/sign-ins")
            window.visitor.sends("/sign-ins/end" if everywhere else "/sign-out")

    @rule(centre=CENTRES, which=WHICH, deed=st.sampled_from(["shut", "open"]))
    def shuts_or_opens(self, centre: str, which: int, deed: str) -> None:
        if person := self.registered(centre, which):
            self.two.offices[centre].sends(f"/people/{person.id}/{deed}")

    @rule(centre=CENTRES, which=WHICH)
    def corrects_an_address(self, centre: str, which: int) -> None:
        person, email = self.registered(centre, which), self.emails[(which + 1) % 2]
        if person and not self.registered(centre, which + 1):
            stated = {"name": person.name, "email": email, "roles": list(person.role_names)}
            self.two.offices[centre].sends(f"/people/{person.id}/change", **stated)

    @rule(centre=CENTRES, which=WHICH)
    def removes(self, centre: str, which: int) -> None:
        if person := self.registered(centre, which):
            with transaction():
                operations.remove(db.session.get_one(Person, person.id), by=self.two.house.person(centre))

    @invariant()
    def a_sign_in_is_of_somebody_whose_account_has_the_password_that_was_given(self) -> None:
        signing_in.unseal()
        for window in self.windows:
            if (id := self.two.who(window.visitor)) is not None:
                account = db.session.get(Account, self.two.account(id) or 0)
                assert account is not None
                assert verify_password(window.password, account.password)

    @invariant()
    def whoever_had_links_of_one_centre_alone_is_never_at_another(self) -> None:
        for window in self.windows:
            if window.of and (id := self.two.who(window.visitor)) is not None:
                person = self.two.person(id)
                assert person.centre_id == self.centres[window.of]
                assert {one.centre_id for one in queries.people_of(person.account_id)} == {person.centre_id}

    @invariant()
    def no_account_is_left_that_opens_nobody(self) -> None:
        self.two.anew()
        held = {one.account_id for one in db.session.query(Person)} - {None}
        assert {one.id for one in db.session.query(Account)} == held


def test_whatever_is_done_a_link_of_one_centre_opens_no_other(two: Two) -> None:
    quick = two.house.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    bounds = settings(
        max_examples=12 if quick else 4, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None
    )
    run_state_machine_as_test(partial(Comings, two), settings=bounds)
