"""The marking view and the queue against the yardstick H, in turns, at every size of the centre."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, repeat
from statistics import median

from bench.filled_centre import instances
from bench.filled_centre.instances import House
from bench.programs import http_client, servers, signed_in
from bench.programs.servers import Server
from bench.sizes import Sizes
from bench.table import Line, judged

ASSESSOR = "ben@bench.example"
MOST = {"marking view": 20, "mark by point": 20, "queue": 12}
"""H is at most so many times as fast as the page."""
SLOWER = 1.2
"""A page of the largest centre takes at most so many times as long as one of the smallest."""
BEST_KNOWN = {("marking view", 30): 1036, ("marking view", 5000): 2473, ("queue", 30): 359, ("queue", 5000): 966}
"""H ÷ the best-known open system, measured in the same way."""


@dataclass(slots=True)
class Page:
    """One page of one house: who answers, what is asked, which answer is right, and what was found."""

    name: str
    learners: int
    server: Server
    requests: Iterator[bytes]
    right: Callable[[bytearray], bool]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    """Processor seconds of the server and of the client for each answer: the rate of a machine that does only this."""

    def take_turn(self, seconds: float) -> None:
        """Ask for some seconds."""
        before, count = self.server.cpu() + time.process_time(), 0

        def counted() -> Iterator[bytes]:
            nonlocal count
            for one in self.requests:
                count += 1
                yield one

        self.rates.append(http_client.rate(self.server.port, counted(), seconds, right=self.right))
        self.costs.append((self.server.cpu() + time.process_time() - before) / count)


def measured(filled: Sequence[House], sizes: Sizes) -> list[Line]:
    """The lines about the pages of all houses."""
    with ExitStack() as stack:
        server = stack.enter_context(servers.yardstick())
        right = _says([b"Hello"])
        yardstick = Page("H", 0, server, repeat(http_client.request("/")), right)
        pages = [page for house in filled for page in _pages(house, stack)]
        for page in (yardstick, *pages):
            page.take_turn(sizes.seconds)
        for page in (yardstick, *pages):
            page.rates.clear()
            page.costs.clear()
        for _ in range(sizes.rounds):
            for page in (yardstick, *pages):
                page.take_turn(sizes.seconds)
    return [_own_line(yardstick), *(_line(page, yardstick) for page in pages), *_growth(pages)]


def _pages(house: House, stack: ExitStack) -> list[Page]:
    """The pages of a house whose server runs; each answer must hold what the page is for."""
    with house.open():
        shown = instances.waiting(ASSESSOR)
        marks, lines = instances.words_of(shown[0]), instances.queue_length(ASSESSOR)
        points = instances.open_points(ASSESSOR)
    server = stack.enter_context(servers.house(house.environment))
    ben = signed_in.sign_in(server.port, ASSESSOR)
    for word in marks:
        if word not in http_client.ask(server.port, ben.get(f"/marking/{shown[0]}")):
            raise http_client.Wrong(f"The marking view does not show {word!r}.")
    views = cycle([ben.get(f"/marking/{id}") for id in shown])
    walks = cycle([ben.get(f"/marking/points/{id}") for id in points])
    whole = _says([b'class="passage"', b"data-judge", b"</html>"])
    queue = _says([b'scope="row"', b"</html>"], rows=min(lines, 25))
    return [
        Page("marking view", house.learners, server, views, whole),
        Page("mark by point", house.learners, server, walks, whole),
        Page("queue", house.learners, server, repeat(ben.get("/marking")), queue),
    ]


def _says(words: Sequence[bytes], *, rows: int = 0) -> Callable[[bytearray], bool]:
    """Whether an answer is a page with these words, and so many rows of a table."""

    def right(answer: bytearray) -> bool:
        holds = answer.startswith(b"HTTP/1.1 200") and all(word in answer for word in words)
        return holds and (not rows or answer.count(b'scope="row"') == rows)

    return right


def _own_line(page: Page) -> Line:
    measured = f"{median(page.rates):,.0f}/s, {median(page.costs) * 1000:.2f} ms of processor"
    return Line("H: a Flask page of one line", "gunicorn -w 2", measured, "H/1")


def ratio(page: Page, yardstick: Page) -> float:
    """H ÷ the page: the median over the turns."""
    return median(h / own for h, own in zip(yardstick.rates, page.rates, strict=True))


def _line(page: Page, yardstick: Page) -> Line:
    found, most = ratio(page, yardstick), MOST[page.name]
    costs = median(own / h for h, own in zip(yardstick.costs, page.costs, strict=True))
    known = BEST_KNOWN.get((page.name, page.learners))
    target = f"H/{most}" + (f" (best known: H/{known:,})" if known else "")
    measured = f"{median(page.rates):,.1f}/s, {median(page.costs) * 1000:.1f} ms of processor (H × {costs:.1f})"
    return Line(page.name, f"{page.learners:,} learners", measured, f"H/{found:.1f}", target, judged(found <= most))


def _growth(pages: Sequence[Page]) -> Iterator[Line]:
    """How much longer a page takes in the largest centre than in the smallest."""
    for name in MOST:
        own = [page for page in pages if page.name == name]
        small, large = own[0], own[-1]
        longer = median(s / big for s, big in zip(small.rates, large.rates, strict=True))
        cost = median(large.costs) / median(small.costs)
        yield Line(
            f"{name}, growth", f"{large.learners:,} against {small.learners:,} learners",
            f"time × {longer:.2f}, processor × {cost:.2f}", f"{longer:.2f}", f"{SLOWER}", judged(longer <= SLOWER),
        )  # fmt: skip
