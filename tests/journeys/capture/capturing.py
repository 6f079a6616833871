"""What the journeys of recording share: how a recording is made, and what became of it at the server."""

import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Locator, Page, expect
from sqlalchemy import select

from portfolio.evidence import queries
from portfolio.evidence.models import Evidence, File
from portfolio.foundation.db import db
from tests.fixtures.browser import FLAGS, PATIENCE, PROGRAM
from tests.fixtures.house import Street
from tests.journeys.pages import until

RECORD = "/evidence/record"


def seen(page: Page, name: str) -> Locator:
    """The button of this name that is in sight."""
    return page.get_by_role("button", name=name, exact=True).locator("visible=true")


def records(page: Page, clock: str = "0:02", *, way: str = "Record sound") -> None:
    """Record until the page's clock says so and something of it is there, and stop."""
    begins(page, clock, way=way)
    until(page, f"((one) => one?.state === 'recording' && one.slices > 0)(await {LAST_KEPT})")
    seen(page, "Stop").click()
    expect(page.get_by_label("Title")).to_be_focused()


def begins(page: Page, clock: str, *, way: str = "Record sound") -> None:
    """Record until the page's clock says so, and go on recording."""
    seen(page, way).click()
    reaches(page, clock)


def reaches(page: Page, clock: str) -> None:
    """Wait until the page's clock says so, or more: each second of it is there for a second."""
    until(page.locator("[data-recorded]"), f"it.textContent.trim() >= '{clock}'")


def saves(page: Page, title: str) -> None:
    """Give what was recorded a title, and save it."""
    page.get_by_label("Title").fill(title)
    seen(page, "Save").click()
    expect(page.locator("#done-heading")).to_be_visible()


ALL = """const all = (name, table) => new Promise((on) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => {
      const found = asked.result.transaction(table).objectStore(table).getAll();
      found.onsuccess = () => (asked.result.close(), on(found.result));
    };
  });"""
LAST_KEPT = f"""(async () => {{
  {ALL}
  return (await all("markwell-captures", "captures")).sort((one, other) => (one.begun < other.begun ? -1 : 1)).at(-1);
}})()"""
NOTHING_WAITS = f"""(async () => {{
  {ALL}
  const there = (await indexedDB.databases()).map(({{ name }}) => name);
  const forms = there.includes("markwell-forms") ? await all("markwell-forms", "forms") : [];
  const captures = there.includes("markwell-captures") ? await all("markwell-captures", "captures") : [];
  return [...forms, ...captures.filter(({{ state }}) => state === "queued")].every(({{ thrown }}) => thrown);
}})()"""
"""Whether nothing on the device is to be sent; the tray is hidden also before it was looked for."""


def keeps(page: Page, seconds: float = 0) -> float:
    """How many seconds of what is recorded lie on the device, once there are so many; a slice holds one at most."""
    until(page, f"(await {LAST_KEPT}).seconds >= {seconds}")
    kept = page.evaluate(LAST_KEPT)
    assert kept["slices"] >= int(kept["seconds"])
    return float(kept["seconds"])


def sent(page: Page) -> None:
    """Wait until nothing that is to be sent lies on the device any more."""
    until(page, NOTHING_WAITS)
    expect(page.locator("[data-tray]")).to_be_hidden()


def items(street: Street) -> list[Evidence]:
    """What ada's portfolio holds by now."""
    db.session.rollback()
    return [one.evidence for one in queries.items_of(street.people["ada"])]


def files(street: Street) -> list[File]:
    """Every file of ada's that the server has by now."""
    db.session.rollback()
    return list(db.session.scalars(select(File).where(File.owner_id == street.people["ada"])))


@dataclass
class Device:
    """A browser with a profile of its own, which stays when the browser is killed; somebody signed in with it."""

    street: Street
    profile: Path
    type: BrowserType
    contexts: list[BrowserContext] = field(default_factory=list)

    def opens(self, path: str = RECORD, nick: str = "ada") -> Page:
        """The browser, begun anew, with one page."""
        program = shutil.which(PROGRAM)
        context = self.type.launch_persistent_context(
            self.profile,
            executable_path=program,
            args=FLAGS,
            base_url=self.street.url,
            viewport={"width": 390, "height": 844},
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.pages[0] if context.pages else context.new_page()
        self.street.sign_in(page, nick)
        page.goto(path)
        return page

    def killed(self) -> None:
        """End every process of this browser at once, as a crash does: it is told nothing."""
        context = self.contexts.pop()
        with context.expect_event("close"):
            for id in self._processes():
                with suppress(ProcessLookupError):
                    os.kill(id, signal.SIGKILL)

    def closed(self) -> None:
        """Close whatever is still open."""
        while self.contexts:
            self.contexts.pop().close()

    def _processes(self) -> list[int]:
        """Those whose command names the profile."""
        said = f"--user-data-dir={self.profile}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if said in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
        return found
