"""Lets a part of a document wait for the numbers of its pages, and for those of other parts that it names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

SUPPOSED = 100
"""The page on which another part's place is supposed to stand until it is known."""

FAR = -1
"""The index of a page that another part has."""


@dataclass(frozen=True, slots=True)
class LaidPart:
    """What a part tells when its pages stand."""

    pages: int
    places: Mapping[str, int]
    """Id → page within the part, from 1."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a part is told."""

    before: int = 0
    """Pages of the parts before it."""
    total: int = 0
    far: Mapping[str, int] = field(default_factory=dict)
    """Id in another part → page of the document."""
    settled: bool = False
    """True when no part's pages change any more."""


Ask = Callable[[LaidPart], Numbers]


def all_numbers(laid: list[LaidPart], *, settled: bool = False) -> list[Numbers]:
    """For every part: where it stands in the whole, and every place of the whole."""
    total, before = sum(part.pages for part in laid), 0
    starts: list[int] = []
    places: dict[str, int] = {}
    for part in laid:
        starts.append(before)
        places |= {id: before + page for id, page in part.places.items()}
        before += part.pages
    return [Numbers(start, total, places, settled) for start in starts]


def wait_for_numbers(weasyprint: Any, ask: Ask, *, far: tuple[str, ...], strings: Mapping[str, str]) -> None:
    """From now on the loaded package typesets one part: its pages are numbered as `ask` answers.

    `far` are ids in other parts whose pages are printed; `strings` are the named strings (CSS GCPM §2.1) of the parts
    before it. For a child process that does nothing else.
    """
    told = [Numbers()]
    _name_far_places(weasyprint.css.targets, far)

    def asked(laid: LaidPart) -> Numbers:
        told[:] = [ask(laid)]
        return told[0]

    _ask_when_laid(weasyprint.layout, asked)
    _number_margins(weasyprint.layout, lambda: told[0])
    _begin_with(weasyprint.layout.LayoutContext, strings)


def _name_far_places(targets: Any, far: tuple[str, ...]) -> None:
    begin = targets.TargetCollector.__init__

    def know(self: Any) -> None:
        begin(self)
        for id in far:
            item = targets.TargetLookupItem("up-to-date")
            item.target_box = SimpleNamespace(cached_counter_values={})
            item.cached_page_counter_values = {"page": [SUPPOSED]}
            self.target_lookup_items[id] = item

    targets.TargetCollector.__init__ = know


def _ask_when_laid(layout: Any, ask: Ask) -> None:
    make = layout.make_all_pages

    def make_all_pages(context: Any, *rest: Any) -> Iterator[Any]:
        pages = list(make(context, *rest))
        while not _unfinished(context):
            numbers = ask(LaidPart(len(pages), _places(context)))
            if numbers.settled:
                break
            _spread(context, numbers.far)
        yield from pages

    layout.make_all_pages = make_all_pages


def _unfinished(context: Any) -> bool:
    return any(entry[-1]["content_changed"] for entry in context.page_maker)


def _places(context: Any) -> dict[str, int]:
    items = context.target_collector.target_lookup_items
    return {id: item.page_maker_index + 1 for id, item in items.items() if item.page_maker_index not in (None, FAR)}


def _spread(context: Any, far: Mapping[str, int]) -> None:
    """Tell the boxes that print a far page; their pages are made again only if it is another than they print."""
    collector = context.target_collector
    for id, item in collector.target_lookup_items.items():
        if isinstance(item.target_box, SimpleNamespace) and item.cached_page_counter_values != {"page": [far[id]]}:
            collector.cache_target_page_counters(id, {"page": [far[id]]}, FAR, context.page_maker)


def _number_margins(layout: Any, numbers: Callable[[], Numbers]) -> None:
    make = layout.make_margin_boxes

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
        quotes, counters, *rest = state
        told = numbers()
        counters = counters | {"page": [counters["page"][-1] + told.before], "pages": [told.total]}
        return make(context, page, (quotes, counters, *rest))  # type: ignore[no-any-return]

    layout.make_margin_boxes = make_margin_boxes


def _begin_with(context: Any, strings: Mapping[str, str]) -> None:
    named = context.get_string_set_for

    def get_string_set_for(self: Any, page: Any, name: str, keyword: str = "first") -> Any:
        return named(self, page, name, keyword) or strings.get(name, "")

    context.get_string_set_for = get_string_set_for
