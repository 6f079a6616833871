"""What the journeys without a line share: a window with the service worker, the cut, and what the device keeps."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.fixtures.house import Street
from tests.journeys.pages import until

KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    if (!name.startsWith("markwell-pages-")) continue;
    for (const { url } of await (await caches.open(name)).keys()) kept[new URL(url).pathname] = name;
  }
  return Object.keys(kept).sort();
}"""
AHEAD = """navigator.serviceWorker.controller && caches.match("/offline/pages")"""


def installed(street: Street, nick: str, path: str, **options: Any) -> Page:
    """A window of `nick` at `path`, whose device keeps by now what the server names."""
    page = street.opens(nick, path, service_workers="allow", **options)
    until(page, AHEAD)
    return page


def kept(page: Page) -> list[str]:
    """The addresses of the pages that the device keeps."""
    return list(page.evaluate(KEPT))


def keeps(page: Page, *addresses: str) -> None:
    """Wait until the device keeps these pages and no others."""
    told = json.dumps(sorted(addresses), separators=(",", ":"))
    until(page, f"({KEPT})().then((kept) => JSON.stringify(kept) === {told!r})")


def cut(page: Page) -> None:
    """Cut the line, of the page and of the service worker."""
    page.context.set_offline(True)


def mended(page: Page) -> None:
    """Let there be a line again."""
    page.context.set_offline(False)
