"""A browser that keeps what is typed at the centre, as the scripts of a page do."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NEW = "evidence-new-account"
"""The form of a new account, as its `data-draft` names it."""
sittings = count(1)


@dataclass
class Page:
    """One open form before somebody."""

    browser: FlaskClient
    place: str = NEW
    sitting: str = field(default_factory=lambda: f"sitting-{next(sittings):012}")
    turn: int = 0

    def types(self, text: str, *instead: str) -> TestResponse:
        """Type on, and keep it at the centre; the turns `instead` were taken over."""
        self.turn += 1
        return self.keeps(self.turn, words(text), *instead)

    def keeps(self, turn: int, said: str, *instead: str) -> TestResponse:
        """Keep what is said at the centre as the words of `turn`."""
        told = {"place": self.place, "sitting": f"{self.sitting}@{turn}", "words": said, "instead": list(instead)}
        return self.browser.post("/drafts", data=told)


def words(text: str) -> str:
    """What a script keeps of a form with this text."""
    return json.dumps({"values": {"title": "The kettle", "text": text}})


def told(browser: FlaskClient, place: str = NEW, *sittings: str) -> Any:
    """What the centre gives back."""
    return browser.get("/drafts", query_string={"place": place, "sitting": list(sittings)}).json


def texts(browser: FlaskClient, place: str = NEW) -> list[str]:
    """The texts that are kept for a form, the newest first."""
    return [json.loads(one["words"])["values"]["text"] for one in told(browser, place)["drafts"]]
