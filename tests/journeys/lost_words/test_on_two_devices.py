"""What was typed on one device is there on another; words of two devices are shown side by side, and none are lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portfolio.evidence.models import Evidence
from portfolio.foundation.db import db, transaction
from portfolio.foundation.drafts.models import Sitting
from tests.fixtures.house import Street
from tests.journeys.lost_words.losing import hold, kept, offers
from tests.journeys.pages import until

pytestmark = pytest.mark.browser
NEW = "/evidence/new/account"
SHOP, OFFICE = "Typed in the shop, on the phone.", "Typed in the office, at the desk."
SAFE = re.compile("safe at the centre, ")


def what(page: Page) -> Locator:
    return page.get_by_label("What happened")


def line(page: Page) -> Locator:
    return page.locator("[data-safe]")


def typed(page: Page, words: str) -> None:
    """Type words, and wait until the page says that the centre has them."""
    what(page).fill(words)
    expect(line(page)).to_contain_text(SAFE)


def drafts(street: Street) -> int:
    db.session.rollback()
    return db.session.query(Sitting).filter_by(person_id=street.people["ada"], ended=False).count()


def test_a_text_goes_on_where_another_device_left_it_and_is_gone_when_it_is_saved(street: Street) -> None:
    phone = street.opens("ada", NEW, width=390)
    typed(phone, SHOP)
    phone.context.close()
    desk = street.opens("ada", NEW)
    expect(offers(desk)).to_contain_text("on another device")
    offers(desk).get_by_role("button", name="Put it back").click()
    expect(what(desk)).to_have_value(SHOP)
    desk.get_by_label("Title").fill("In the shop")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("h1")).to_have_text("In the shop")
    assert drafts(street) == 0
    desk.goto(NEW)
    until(desk, "document.readyState === 'complete'")
    expect(offers(desk)).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_two_devices_that_type_at_the_same_account_are_shown_both_texts_and_lose_neither(
    street: Street, width: int, scheme: str, check_accessible: Callable[[Page], None]
) -> None:
    phone, desk = street.opens("ada", NEW, width=390), street.opens("ada", NEW, width=width, scheme=scheme)
    typed(phone, SHOP)
    desk.get_by_label("Title").fill("A repair")
    typed(desk, OFFICE)
    expect(offers(desk)).to_contain_text(SHOP)
    expect(offers(desk)).to_contain_text(OFFICE)
    expect(what(desk)).to_have_value(OFFICE)
    check_accessible(desk)
    what(phone).fill(f"{SHOP} And more.")
    expect(offers(phone)).to_contain_text(OFFICE)
    expect(offers(phone)).to_contain_text("A repair")
    offers(phone).get_by_role("button", name="Add it below what is here").click()
    expect(what(phone)).to_have_value(f"{SHOP} And more.\n\n{OFFICE}")
    expect(phone.get_by_label("Title")).to_have_value("A repair")
    expect(line(phone)).to_contain_text(SAFE)
    assert drafts(street) == 1
    what(desk).fill(f"{OFFICE} Not yet done.")
    expect(offers(desk).last).to_contain_text("And more.")
    offers(desk).last.get_by_role("button", name="Put it back instead").click()
    expect(what(desk)).to_have_value(f"{SHOP} And more.\n\n{OFFICE}")
    expect(offers(desk).last).to_contain_text("Not yet done.")


def test_a_text_that_was_saved_before_is_gone_on_with_on_another_device(street: Street) -> None:
    phone = street.opens("ada", NEW, width=390)
    phone.get_by_label("Title").fill("The kettle")
    what(phone).fill("As it was saved.")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("h1")).to_have_text("The kettle")
    db.session.rollback()
    item = db.session.query(Evidence).filter_by(learner_id=street.people["ada"]).one().id
    phone.goto(f"/evidence/{item}/change")
    typed(phone, "As it was changed on the phone.")
    desk = street.opens("ada", f"/evidence/{item}/change")
    expect(what(desk)).to_have_value("As it was saved.")
    expect(offers(desk)).to_contain_text("As it was changed on the phone.")
    offers(desk).get_by_role("button", name="Put it back instead").click()
    expect(what(desk)).to_have_value("As it was changed on the phone.")


def test_what_was_saved_on_one_device_is_not_offered_on_the_other_any_more(street: Street) -> None:
    phone = street.opens("ada", NEW, width=390)
    typed(phone, SHOP)
    phone.goto("/evidence")
    desk = street.opens("ada", NEW)
    offers(desk).get_by_role("button", name="Put it back").click()
    desk.get_by_label("Title").fill("In the shop")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("h1")).to_have_text("In the shop")
    phone.goto(NEW)
    until(phone, "!Object.keys(localStorage).some(key => key.includes('draft:'))")
    expect(offers(phone)).to_have_count(0)


def test_without_a_line_the_page_says_so_and_the_words_go_up_when_there_is_one(street: Street) -> None:
    page = street.opens("ada", NEW)
    page.route("**/drafts", lambda route: route.abort())
    what(page).fill(SHOP)
    expect(line(page)).to_contain_text("Only on this device: no connection to the centre")
    page.unroute("**/drafts")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(line(page)).to_contain_text(SAFE)
    assert drafts(street) == 1


def test_words_of_a_device_that_had_no_line_go_up_from_any_later_page(street: Street) -> None:
    page = street.opens("ada", NEW)
    page.route("**/drafts", lambda route: route.abort())
    what(page).fill(SHOP)
    kept(page, SHOP)
    page.goto("/evidence")
    page.unroute("**/drafts")
    with page.expect_response("**/drafts") as sent:
        page.reload()
    assert sent.value.ok
    assert drafts(street) == 1


def test_a_device_that_keeps_nothing_has_its_words_at_the_centre(street: Street) -> None:
    page = street.opens("ada", NEW)
    full = "throw new DOMException('full', 'QuotaExceededError')"
    page.evaluate(f"() => {{ Storage.prototype.setItem = () => {{ {full} }} }}")
    what(page).fill(SHOP)
    expect(line(page)).to_contain_text("Safe at the centre, ")
    expect(line(page)).to_contain_text("this device keeps nothing")
    page.reload()
    offers(page).get_by_role("button", name="Put it back").click()
    expect(what(page)).to_have_value(SHOP)


def test_what_is_thrown_away_is_thrown_away_everywhere(street: Street) -> None:
    phone, desk = street.opens("ada", NEW, width=390), street.opens("ada", "/evidence")
    typed(phone, SHOP)
    desk.goto(NEW)
    with desk.expect_response("**/drafts/ended"):
        offers(desk).get_by_role("button", name="Throw away").click()
    assert drafts(street) == 0
    phone.goto("/evidence")
    phone.goto(NEW)
    until(phone, "!Object.keys(localStorage).some(key => key.includes('draft:'))")


def test_what_is_thrown_away_while_the_line_is_cut_is_gone_everywhere_with_the_next_page(street: Street) -> None:
    phone = street.opens("ada", NEW, width=390)
    typed(phone, SHOP)
    desk = street.opens("ada", NEW)
    desk.route("**/drafts/ended", lambda route: route.abort())
    with desk.expect_event("requestfailed"):
        offers(desk).get_by_role("button", name="Throw away").click()
    assert drafts(street) == 1
    desk.unroute("**/drafts/ended")
    with desk.expect_response("**/drafts?**"):
        desk.goto(NEW)
    assert drafts(street) == 0
    until(desk, "!Object.keys(localStorage).some(key => key.includes('thrown'))")
    expect(offers(desk)).to_have_count(0)


def test_what_is_typed_on_after_another_window_threw_it_away_without_a_line_stays(street: Street) -> None:
    here = street.opens("ada", NEW)
    typed(here, SHOP)
    other = here.context.new_page()
    other.route("**/drafts/ended", lambda route: route.abort())
    other.goto(NEW)
    with other.expect_event("requestfailed"):
        offers(other).get_by_role("button", name="Throw away").click()
    typed(here, f"{SHOP} And more.")
    here.close()
    other.unroute("**/drafts/ended")
    with other.expect_response("**/drafts/ended"):
        other.goto("/evidence")
    until(other, "!Object.keys(localStorage).some(key => key.includes('thrown'))")
    other.goto(NEW)
    expect(offers(other)).to_contain_text("We kept what you typed")
    offers(other).get_by_role("button", name="Put it back").click()
    expect(what(other)).to_have_value(f"{SHOP} And more.")


def test_words_that_an_older_backup_does_not_have_are_sent_again_and_not_let_go_before(street: Street) -> None:
    page = street.opens("ada", NEW)
    typed(page, SHOP)
    with transaction():
        db.session.query(Sitting).filter_by(person_id=street.people["ada"]).delete()
    with page.expect_response("**/drafts?**"):
        sign_out(page)
    expect(page.get_by_role("button", name="keep it here for me")).to_be_visible()
    expect(page.get_by_role("button", name="keep it at the centre alone")).to_have_count(0)
    with page.expect_response(lambda it: it.url.endswith("/drafts")) as sent:
        page.goto("/evidence")
    assert sent.value.ok
    assert drafts(street) == 1
    sign_out(page)
    page.get_by_role("button", name="keep it at the centre alone").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    assert not page.evaluate("Object.keys(localStorage).some(key => key.includes('draft:'))")


def sign_out(page: Page) -> None:
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_a_late_sending_does_not_bring_back_what_was_saved_meanwhile(street: Street) -> None:
    page = street.opens("ada", NEW)
    held = hold(page, "**/drafts")
    what(page).fill(SHOP)
    until(page, "document.querySelector('[data-safe]') !== null")
    page.get_by_label("Title").fill("In the shop")
    with page.expect_request("**/drafts"):
        what(page).press("End")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("In the shop")
    assert held
    assert drafts(street) == 0


def test_who_types_without_a_pause_is_kept_here_and_at_the_centre_all_the_same(street: Street) -> None:
    page = street.opens("ada", "/evidence")
    page.clock.install()
    page.goto(NEW)
    what(page).focus()
    with page.expect_request("**/drafts") as sent:
        for _ in range(50):
            page.keyboard.type("on ")
            page.clock.run_for(200)
        assert page.evaluate("Object.values(localStorage).some(it => it.includes('on on on on'))")
    assert "on+on" in (sent.value.post_data or "")
