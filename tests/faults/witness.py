"""Somebody who holds witnesses' links: they write and sign until the server dies, and go on when it is back."""

import http.client

from tests.evidence.witnesses.asking import SAW
from tests.evidence.witnesses.holding import TYPED
from tests.faults.visitors import Door, Visitor


class Witness(Visitor):
    """Holds several links: writes some times at each, signs, and goes on with the next; at the last they only write."""

    DRAFTS = 4

    def __init__(self, door: Door, name: str, links: dict[int, str]) -> None:
        super().__init__(door, name)
        self.links, self.tried = list(links.items()), 0
        self.signed: set[int] = set()
        """Requests whose signing was acknowledged."""
        self.kept: dict[int, int] = {}
        """Acknowledged drafts: request → the number of the last one."""

    def sign_in(self) -> None:
        """There is no account: the link is opened."""
        assert self.ask("GET", self._place())[0].status == 200

    def act(self) -> None:
        self.tried += 1
        if self.tried > self.DRAFTS and len(self.links) > 1:
            return self._sign()
        answer = self._send("/draft", turn=self.tried)
        assert answer.status == 302, f"a draft was refused: {answer.status}"
        self.kept[self.links[0][0]] = self.tried
        return None

    def _sign(self) -> None:
        """One that was cut off is sent again: signed by then, the page is shown."""
        answer = self._send("")
        assert answer.status == 302, f"a signature was refused: {answer.status}"
        request, _ = self.links.pop(0)
        self.signed.add(request)
        self.tried = 0

    def _send(self, below: str, **more: object) -> http.client.HTTPResponse:
        words = TYPED | {"whole": f"{SAW} Look {self.tried}.", "once": f"sitting-{self.links[0][0]:012}"}
        return self.send(f"{self._place()}{below}", **words, **more)

    def _place(self) -> str:
        return f"/witness/{self.links[0][1]}"
