"""Whatever people type, take over, save and throw away in whatever order: no words are lost that were called safe."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.foundation.db import db, transaction
from portfolio.foundation.drafts.models import Sitting
from tests.fixtures.cast import House
from tests.foundation.drafts.drafting import Page, told, words

DEEDS = st.sampled_from(
    ["types", "types", "types late", "takes over", "saves", "saves and types on", "throws away", "opens anew"]
)
DEVICES = 3

pytestmark = pytest.mark.slow


class Told:
    """What has to be there: the words that a page was told are safe, by their sitting, until they are done with."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.pages = [self.opened() for _ in range(DEVICES)]
        self.safe: dict[str, tuple[int, str]] = {}
        self.count = 0

    def opened(self) -> Page:
        return Page(self.house.browser("ada"))

    def does(self, deed: str, device: int, other: int) -> None:
        page = self.pages[device]
        if deed == "opens anew":
            self.pages[device] = self.opened()
        elif deed == "types":
            self.types(device)
        elif deed == "types late":
            page.keeps(max(page.turn - 1, 1), words("Late.")) if page.turn else None
        elif deed == "takes over":
            self.takes_over(device, other)
        elif deed.startswith("saves"):
            self.saves(device, typing=deed != "saves")
        else:
            page.browser.post("/drafts/ended", data={"sitting": f"{page.sitting}@{max(page.turn, 1)}"})
            if self.safe.get(page.sitting, (0,))[0] == max(page.turn, 1):
                del self.safe[page.sitting]
                self.pages[device] = self.opened()

    def types(self, device: int, *instead: str) -> None:
        """A sitting that ended elsewhere goes on as a new one."""
        self.count += 1
        text = f"Text {self.count}"
        if self.pages[device].types(text, *instead).status_code == 410:
            self.pages[device] = self.opened()
            assert self.pages[device].types(text, *instead).status_code == 200
        page = self.pages[device]
        self.safe[page.sitting] = (page.turn, text)

    def takes_over(self, device: int, other: int) -> None:
        """Of a draft that this device was shown; meanwhile its own page may have typed on."""
        shown = [
            one for one in told(self.pages[device].browser)["drafts"] if one["sitting"] != self.pages[device].sitting
        ]
        if not shown:
            return
        taken = shown[other % len(shown)]
        if other % 2:
            typing = [at for at, page in enumerate(self.pages) if page.sitting == taken["sitting"]]
            for at in typing:
                self.types(at)
        self.types(device, f"{taken['sitting']}@{taken['turn']}")
        if self.safe.get(taken["sitting"], (0,))[0] == taken["turn"]:
            del self.safe[taken["sitting"]]

    def saves(self, device: int, *, typing: bool) -> None:
        """What is sent is the next turn, which the centre may not have; what is typed before the answer stays."""
        page = self.pages[device]
        page.turn += 1
        turn, sent = page.turn, {"title": "The kettle", "text": "Saved.", "once": f"key-{page.sitting}"}
        if typing:
            self.types(device)
        sent["sitting"] = f"{page.sitting}@{turn}"
        assert page.browser.post("/evidence/new/account", data=sent).status_code == 302
        if not typing or self.pages[device] is not page:
            self.safe.pop(page.sitting, None)
        self.pages[device] = self.opened()

    def ensure_safe(self) -> None:
        there = {one["sitting"]: (one["turn"], text_of(one["words"])) for one in told(self.pages[0].browser)["drafts"]}
        assert there == self.safe


def text_of(said: str) -> str:
    return str(json.loads(said)["values"]["text"])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DEEDS, st.integers(0, DEVICES - 1), st.integers(0, 5)), min_size=4, max_size=14))
def test_what_was_called_safe_is_there_until_it_is_done_with(house: House, deeds: list[tuple[str, int, int]]) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        db.session.query(Sitting).delete()
    one = Told(house)
    for deed in deeds:
        one.does(*deed)
        one.ensure_safe()
