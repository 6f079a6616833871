"""How much one person keeps at the centre, and how often, has a bound that costs nobody their words."""

from datetime import timedelta

from sqlalchemy import insert

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.drafts import rules
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.work.chores import chores
from tests.fixtures.cast import House
from tests.foundation.drafts.drafting import NEW, Page, told


def test_all_that_one_person_keeps_has_a_bound_and_the_rest_stays_on_the_device(open_house: House) -> None:
    browser = open_house.browser("ada")
    pages = [Page(browser) for _ in range(rules.MOST_CHARACTERS // rules.LONGEST + 1)]
    long = "x" * (rules.LONGEST - 100)
    answers = [page.types(long).status_code for page in pages]
    assert answers == [200] * (len(pages) - 1) + [422]
    assert pages[0].types("It is shorter now.").status_code == 200
    assert pages[-1].types(long).status_code == 200


def test_no_more_ends_are_noted_than_a_person_can_have_and_the_newest_stay_known(open_house: House) -> None:
    browser = open_house.browser("ada")
    with transaction():
        ada, long_ago = open_house.person("ada").id, now() - timedelta(days=1)
        ends = [{"person_id": ada, "key": f"an-earlier-one-{number:05}", "ended": True, "at": long_ago}
                for number in range(rules.MOST_ENDED)]  # fmt: skip
        db.session.execute(insert(Sitting), ends)
    browser.post("/drafts/ended", data={"sitting": [f"never-kept-anywhere-{number:03}" for number in range(100)]})
    page = Page(browser)
    page.types("It is kept, and thrown away.")
    browser.post("/drafts/ended", data={"sitting": page.sitting})
    assert told(browser, NEW, page.sitting)["ended"] == [page.sitting]
    for chore in chores(open_house.app):
        chore()
    assert db.session.query(Sitting).filter_by(ended=True).count() == rules.MOST_ENDED
    assert told(browser, NEW, page.sitting)["ended"] == [page.sitting]


def test_who_throws_away_without_end_is_told_to_wait(open_house: House) -> None:
    browser = open_house.browser("ada")
    answers = [browser.post("/drafts/ended").status_code for _ in range(241)]
    assert answers == [200] * 240 + [429]
