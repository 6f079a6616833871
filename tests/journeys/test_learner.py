"""Ada's side in a real browser: she writes, points at places, sends files that break off, and hands in."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from portfolio.evidence import locators, operations, queries, uploads
from portfolio.evidence.content import Draft, compose
from portfolio.evidence.locators import Span
from portfolio.evidence.models import Evidence
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from tests.fixtures import deeds
from tests.fixtures.house import Street, tone
from tests.journeys.pages import focused, presses, tab_to, watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ACCOUNT = """## The kettle on Saturday

Mr Doyle brought a kettle back. 🙂 I *listened until he had said it all* & repeated it <b>once</b>. Two leaks, 5 > 3.

- A repair would cost eight pounds.
- A new one would cost twenty-two.

| way | days |
| --- | ---- |
| repair | two |

On Friday I rang him. He said that it worked.
"""
WIDTHS = pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
PIECE = 5 * 1024**2


def account(street: Street) -> Evidence:
    """Ada's account."""
    return deeds.write(street.person("ada"), ACCOUNT, title="The kettle")


def recording(street: Street, seconds: int = 30, *, kind: Kind = Kind.RECORDING) -> Evidence:
    """A recording of ada's that can be played."""
    ada = street.person("ada")
    with street.app.test_request_context():
        file = uploads.receive(io.BytesIO(tone(seconds)), "call.wav", by=ada)
    content = compose(Draft("The call", text="I recorded this at the desk.", files=(file.id,)))
    with transaction():
        item = operations.add(kind, content, learner=ada, by=ada)
    street.do_jobs()
    return item


class Line:
    """A line that is cut after the first piece of a file, for so many requests."""

    def __init__(self, cuts: int = 1000) -> None:
        self.cuts = cuts
        self.begun: list[str] = []
        """Where each piece that somebody tried to send begins."""

    def carry(self, route: Route) -> None:
        """Let a request pass, or cut it off."""
        if route.request.method == "PATCH":
            self.begun.append(route.request.headers["upload-offset"])
        if len(self.begun) > 1 and self.cuts:
            self.cuts -= 1
            return route.abort("connectionreset")
        return route.continue_()


@WIDTHS
def test_a_sentence_proves_two_points_of_two_units_after_four_presses_on_the_same_page(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    check_accessible(page)
    watch(page)
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    point(page, "CS-301/2").click()
    check_accessible(page)
    point(page, "CS-302/1").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#account mark.passage[data-n='1']")).to_have_text("A repair would cost eight pounds.")
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 2", "CS-302 · 1"])
    expect(page.locator("#said")).to_have_text("Saved: claimed for 2 points.")
    assert presses(page) == 4
    check_accessible(page)


def test_the_keyboard_alone_claims_two_sentences_and_stays_where_it_was(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    watch(page)
    tab_to(page, ".sentence")
    for key in ("End", "ArrowUp", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert focused(page, "data-key") == "CS-301/1"
    for key in ("Space", "ArrowDown", "Space", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#places .chip-point")).to_have_text(["CS-301 · 1", "CS-301 · 2"])
    assert focused(page, "text") == "On Friday I rang him."
    assert deeds_of(item) == {"On Friday I rang him. He said that it worked."}
    assert presses(page) == 0


def test_escape_lets_go_of_the_place_and_returns_to_it(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="A repair would cost eight pounds.").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("[data-chooser]")).to_be_hidden()
    assert focused(page, "text") == "A repair would cost eight pounds."


def test_any_words_can_be_chosen_exactly_with_the_mouse(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    drag_over(page, "until he had said it all & repeated")
    expect(page.locator("[data-chosen]")).to_have_text("until he had said it all & repeated")
    point(page, "CS-301/3").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .place")).to_have_count(1)
    assert deeds_of(item) == {"until he had said it all & repeated"}


def test_pressing_with_shift_reaches_from_one_sentence_to_another(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    page.get_by_role("button", name="A new one would cost twenty-two.").click(modifiers=["Shift"])
    expect(page.locator("[data-chosen]")).to_have_text(
        "A repair would cost eight pounds. A new one would cost twenty-two."
    )


def test_the_browser_and_the_records_count_the_same_characters(street: Street) -> None:
    item = account(street)
    page = street.opens("ada", f"/evidence/{item.id}")
    assert page.locator("[data-account]").evaluate("it => it.textContent") == queries.latest(item).plain


def test_a_ticked_point_names_its_siblings_and_one_press_ticks_them_too(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="A repair would cost eight pounds.").click()
    point(page, "CS-301/2").click()
    expect(page.locator(".near")).to_contain_text("Also asks nearly this: CS-301 · 3")
    page.get_by_role("button", name="Tick these").click()
    expect(page.locator("[data-count]")).to_have_text("5 points")


def test_a_ticked_point_warns_at_once_when_it_asks_for_another_kind_of_evidence(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, kind=Kind.WORK_PRODUCT).id}")
    page.get_by_role("button", name="Claim the whole item").click()
    warning = page.get_by_text("This point asks for role-play or account.", exact=True)
    expect(warning).to_be_hidden()
    point(page, "CS-301/3").click()
    expect(warning).to_be_visible()


def test_typing_into_the_filter_leaves_the_points_that_have_these_words(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{account(street).id}")
    page.get_by_role("button", name="Claim the whole item").click()
    page.get_by_label("Find a point").fill("weigh cost")
    expect(page.locator(".choice:visible")).to_have_count(1)
    page.get_by_label("Find a point").fill("giraffe")
    expect(page.get_by_text("No point has these words.")).to_be_visible()


def test_a_claim_that_is_taken_back_can_be_put_back(street: Street) -> None:
    item = account(street)
    deeds.claim(item, deeds.place_of(item, "On Friday I rang him."), street.enrolment("CS-305").edition.points[:1])
    page = street.opens("ada", f"/evidence/{item.id}")
    watch(page)
    page.get_by_role("button", name="Take back the claim for CS-305 point 1").click()
    expect(page.locator("#account mark.passage")).to_have_count(0)
    assert focused(page) == "undo"
    page.keyboard.press("Enter")
    expect(page.locator("#account mark.passage")).to_have_text("On Friday I rang him.")
    assert presses(page) == 1


def test_a_mark_and_its_line_in_the_list_show_each_other(street: Street) -> None:
    item = account(street)
    for words, number in (("On Friday I rang him.", 0), ("A repair would cost eight pounds.", 1)):
        deeds.claim(item, deeds.place_of(item, words), [street.enrolment("CS-305").edition.points[number]])
    page = street.opens("ada", f"/evidence/{item.id}")
    page.locator("#account mark.passage[data-n='2']").click()
    expect(page.locator("#places [data-place='2']")).to_have_class("is-current")
    page.locator("#places [data-place='1'] a.place").click()
    expect(page.locator("#account mark.is-current")).to_have_text("A repair would cost eight pounds.")


@WIDTHS
def test_seconds_of_a_recording_are_marked_and_claimed_without_leaving_the_page(
    street: Street, check_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    item = recording(street)
    page = street.opens("ada", f"/evidence/{item.id}", width=width, scheme=scheme)
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    watch(page)
    page.get_by_label("From, minutes and seconds").fill("0:05")
    page.get_by_label("To, minutes and seconds").fill("0:12.5")
    page.keyboard.press("Enter")
    assert focused(page, "data-key") == "CS-301/1"
    check_accessible(page)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#places .place-time")).to_contain_text("0:05")
    expect(page.locator("[part~=region] >> nth=0")).to_have_text("1")
    assert presses(page) == 0
    check_accessible(page)
    db.session.rollback()
    (claim,) = queries.claims_on(item.id)
    place = locators.read(claim.locator)
    assert isinstance(place, Span)
    assert (place.start, place.end) == (5, 12.5)


def test_the_player_gives_its_second_to_keys_and_buttons(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    page.locator("audio").evaluate("it => { it.currentTime = 3.25 }")
    page.locator("h1").click()
    page.keyboard.press("[")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="To here").click()
    expect(page.locator("[data-chosen]")).to_have_text("0:03.3–0:09.3")


def test_drawing_on_the_waveform_marks_what_was_drawn(street: Street) -> None:
    page = street.opens("ada", f"/evidence/{recording(street, 40).id}")
    expect(page.locator("[data-wave] canvas").first).to_be_attached()
    box = page.locator("[data-wave]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30, steps=5)
    page.mouse.up()
    expect(page.locator("[data-chosen]")).to_contain_text("0:20.0–0:2")


def test_what_was_typed_is_kept_on_the_device_until_it_is_saved(street: Street) -> None:
    page = street.opens("ada", "/evidence/new/account")
    page.get_by_label("Title").fill("A hard day")
    page.get_by_label("What happened").fill("First I listened.")
    expect(page.locator("[data-words]")).to_have_text("3 words")
    kept = "Object.values(localStorage).some(it => it.includes('First I listened'))"
    page.evaluate(
        f"new Promise(kept => {{ const look = () => {kept} ? kept() : requestAnimationFrame(look); look() }})"
    )
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What happened")).to_have_value("First I listened.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("A hard day")
    assert not page.evaluate(kept)


def test_an_account_can_be_looked_at_before_it_is_saved(street: Street) -> None:
    page = street.opens("ada", "/evidence/new/account")
    page.get_by_label("What happened").fill("## Monday\n\n<script>alert(1)</script> I *rang*.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-shown] em")).to_have_text("rang")
    expect(page.locator("[data-preview-shown] script")).to_have_count(0)
    page.get_by_role("button", name="Go on writing").click()
    expect(page.get_by_label("What happened")).to_be_focused()


def test_saving_waits_for_a_file_and_a_cut_line_goes_on_where_it_stopped(street: Street) -> None:
    page = street.opens("ada", "/evidence/new/work-product")
    line = Line(cuts=1)
    page.route("**/uploads/*", line.carry)
    page.get_by_label("Title").fill("The log")
    page.locator("input[type=file]").set_input_files(
        {"name": "log.bin", "mimeType": "application/octet-stream", "buffer": bytes(range(256)) * 4096 * 6}
    )
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("The log")
    expect(page.locator(".file-name")).to_have_text("log.bin")
    assert line.begun == ["0", str(PIECE), str(PIECE)]


def test_a_file_that_broke_off_is_not_sent_twice_after_the_page_was_loaded_again(
    street: Street, tmp_path: Path
) -> None:
    page = street.opens("ada", "/evidence/new/work-product")
    file = tmp_path / "log.bin"
    file.write_bytes(bytes(6 * 1024**2))
    line = Line()
    page.route("**/uploads/*", line.carry)
    with page.expect_event("requestfailed"):
        page.locator("input[type=file]").set_input_files(file)
    page.reload()
    line.cuts = 0
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".arrival")).to_contain_text("received")
    assert line.begun == ["0", str(PIECE), str(PIECE)]


@WIDTHS
def test_ada_writes_claims_and_hands_in(street: Street, width: int, scheme: str) -> None:
    page = street.opens("ada", "/evidence/new/account", width=width, scheme=scheme)
    page.get_by_label("Title").fill("The kettle")
    page.get_by_label("What happened").fill(ACCOUNT)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="On Friday I rang him.").click()
    point(page, "CS-305/4").click()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#places .chip-point")).to_have_text("CS-305 · 4")
    page.goto(f"/portfolio/{street.enrolment('CS-305').id}/hand-in")
    for field in page.locator("input[name^=gap-]").all():
        field.fill("I have not done this yet.")
    page.get_by_text("This is my own work").click()
    page.get_by_label("Your name").fill("Ada Marsh")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".page-actions .status")).to_have_text("Handed in")


def point(page: Page, key: str):  # type: ignore[no-untyped-def]
    """The line of a point in the chooser, `CS-301/2`."""
    return page.locator(f".choice:has([data-key='{key}']) label")


def deeds_of(item: Evidence) -> set[str]:
    """The words that are claimed in an item, as they are recorded."""
    db.session.rollback()
    return {str(locators.read(one.locator).exact) for one in queries.claims_on(item.id)}  # type: ignore[union-attr]


def drag_over(page: Page, words: str) -> None:
    """Select exactly these words of the account with the mouse."""
    ends = page.evaluate(
        """words => {
            const account = document.querySelector("[data-account]");
            const start = account.textContent.indexOf(words), end = start + words.length;
            const walk = document.createTreeWalker(account, NodeFilter.SHOW_TEXT), range = document.createRange();
            for (let at = 0, node; (node = walk.nextNode()); at += node.length) {
                if (at <= start && start < at + node.length) range.setStart(node, start - at);
                if (at < end && end <= at + node.length) range.setEnd(node, end - at);
            }
            const rects = [...range.getClientRects()], first = rects[0], last = rects.at(-1);
            return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
        }""",
        words,
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=8)
    page.mouse.up()
