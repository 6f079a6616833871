"""What journeys ask of a page besides its words: did it stay, was it pressed, where is the cursor, what is over it."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.fixtures.browser import PATIENCE

WINDOWS = (320, 390, 768, 1024, 1100, 1280, 1440)
"""Widths in CSS pixels: phones, a tablet held both ways, notebooks, a desk."""
COVERED = """sight => {
  const actions = [...document.querySelectorAll("main .button-primary")].filter((one) => one.checkVisibility());
  return actions.map((one) => {
    if (!sight) one.scrollIntoView({ block: "center" });
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return one.contains(top) ? "" : `${one.textContent.trim()} lies under ${top?.outerHTML.slice(0, 90) ?? "an edge"}`;
  }).filter(Boolean);
}"""
WATCH = "window.pressed = 0; document.addEventListener('pointerdown', () => { window.pressed += 1; }, true);"

UNTIL = """async (it) => {
  const over = Date.now() + %d;
  while (!(await (%s))) {
    if (Date.now() > over) {
      const { currentTime, duration, seeking, readyState, src } = it instanceof HTMLMediaElement ? it : {};
      const here = JSON.stringify({ currentTime, duration, seeking, readyState, src });
      throw new Error(`it did not come true; here is ${here}, the device keeps ${JSON.stringify(localStorage)}`);
    }
    await new Promise((on) => setTimeout(on, 20));
  }
}"""


def until(where: Page | Locator, truth: str, told: Any = None) -> None:
    """Wait until `truth` holds, a JavaScript expression of `it`: what is `told` of a page, else the element."""
    where.evaluate(UNTIL % (PATIENCE, truth), told)


def watch(page: Page) -> None:
    """Count from now on how often somebody presses; the count is lost when another page is loaded."""
    page.evaluate(WATCH)


def presses(page: Page) -> int:
    """How often somebody pressed since `watch`; -1 when the page was loaded anew in between."""
    return int(page.evaluate("window.pressed ?? -1"))


def focused(page: Page, attribute: str = "id") -> str:
    """An attribute of what has the focus, or its text when `attribute` is "text"."""
    if attribute == "text":
        return str(page.evaluate("document.activeElement.textContent"))
    return str(page.evaluate("name => document.activeElement.getAttribute(name)", attribute))


def tab_to(page: Page, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until what `selector` names has the focus; a keyboard that cannot reach it fails."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def every_window(page: Page) -> Iterator[str]:
    """The page in windows of every width, and at 200 %: half the window, or larger letters on a phone."""
    for width in WINDOWS:
        for zoom in (1, 2):
            narrow = width < 640
            size = (width, 844) if narrow else (width // zoom, 900 // zoom)
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.evaluate("size => document.documentElement.style.fontSize = size", f"{100 * zoom}%" if narrow else "")
            yield f"{width} px, {zoom}00 %"
    page.evaluate("document.documentElement.style.fontSize = ''")


def covered(page: Page, *, on_arrival: bool = False) -> list[str]:
    """Main actions with something else, or nothing, at their own centre; `on_arrival` scrolls to none of them."""
    return list(page.evaluate(COVERED, on_arrival))


def hands_in(page: Page, name: str = "Ada Marsh") -> None:
    """A learner declares that it is their own work, and hands the unit in."""
    page.get_by_text("This is my own work").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".page-actions .status")).to_have_text("Handed in")
