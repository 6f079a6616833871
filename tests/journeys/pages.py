"""What the journeys ask of a page besides its words: did it stay, how often was it pressed, where is the cursor."""

from playwright.sync_api import Page

WATCH = "window.pressed = 0; document.addEventListener('pointerdown', () => { window.pressed += 1; }, true);"


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
