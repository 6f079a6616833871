"""An ear at a page: every sentence that its live regions say, in the order in which they say it."""

from playwright.sync_api import Page

from tests.journeys.pages import until

LISTEN = """() => {
  window.heard = [];
  const live = "[role=status], [role=alert], [aria-live]";
  const words = (one) => one.textContent.replace(/\\s+/g, " ").trim();
  const say = (one) => words(one) && window.heard.push(words(one));
  new MutationObserver((changes) => {
    const said = new Set();
    for (const { target, addedNodes } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest(live);
      if (region) said.add(region);
      for (const one of addedNodes) {
        if (!(one instanceof Element)) continue;
        for (const fresh of [one, ...one.querySelectorAll("*")]) if (fresh.matches("[role=alert]")) said.add(fresh);
      }
    }
    for (const one of said) if (one.checkVisibility()) say(one);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def listen(page: Page) -> None:
    """Hear from now on what the page says of itself."""
    page.evaluate(LISTEN)


def heard(page: Page, last: str) -> list[str]:
    """All that was said since, up to what holds the words `last`, and whatever was about to be said by then."""
    until(page, "window.heard.some((one) => one.includes(it))", last)
    page.evaluate("new Promise((on) => setTimeout(on, 50))")  # as long as what is said waits
    said = page.evaluate("window.heard.splice(0)")
    return [str(one) for one in said]
