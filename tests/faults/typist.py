"""Somebody who types at several forms: their page keeps the words at the centre until the server dies, and goes on."""

import json
from urllib.parse import urlencode

from portfolio.foundation.drafts.rules import MOST
from tests.faults.visitors import FORM, Door, Visitor


class Typist(Visitor):
    """Types at one form after the other, and throws every third draft away, or each where many are kept."""

    TURNS = 5

    def __init__(self, door: Door, name: str) -> None:
        super().__init__(door, name)
        self.opened, self.turn = 1, 0
        self.kept: dict[str, int] = {}
        """Acknowledged drafts: sitting → the last turn."""
        self.ended: set[str] = set()
        """Sittings that were thrown away, as was acknowledged."""

    def act(self) -> None:
        if self.turn >= self.TURNS:
            return self._leave()
        self.turn += 1
        said = self.words(self._sitting(), self.turn)
        told = {"place": "decision-1-1", "sitting": f"{self._sitting()}@{self.turn}", "words": said}
        answer, _ = self.ask("POST", "/drafts", urlencode(told).encode(), Content_Type=FORM)
        assert answer.status == 200, f"a draft was refused: {answer.status}"
        self.kept[self._sitting()] = self.turn
        return None

    def _leave(self) -> None:
        """Open another form; one that was cut off while it was thrown away is thrown away again."""
        if self.opened % 3 == 0 or len(self.kept) > MOST // 2:
            self.kept.pop(self._sitting(), None)
            assert self.send("/drafts/ended", sitting=self._sitting()).status == 200
            self.ended.add(self._sitting())
        self.opened, self.turn = self.opened + 1, 0

    def _sitting(self) -> str:
        return f"sitting-of-{self.name}-{self.opened:08}"

    def words(self, sitting: str, turn: int) -> str:
        """What is typed by then."""
        return json.dumps({"values": {"feedback": f"{sitting}: " + "One more sentence. " * turn}})
