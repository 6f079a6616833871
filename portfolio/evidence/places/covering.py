"""How two places of one version lie to each other: whether one holds all of the other."""

from portfolio.evidence.places.areas import Area
from portfolio.evidence.places.locators import Locator, Page, Passage, Region, Span, Whole


def covers(outer: Locator, inner: Locator) -> bool:
    """Whether all of `inner` lies in `outer`, or is the same; both lie in one version.

    A place without a file lies in the only one that there is.
    """
    match outer, inner:
        case Whole(), _:
            return True
        case Passage(), Passage():
            return _holds(outer, inner)
        case Span(), Span():
            return _same_file(outer, inner) and _holds(outer, inner) and _frames(outer.area, inner.area)
        case Page(), Page():
            return _same_file(outer, inner) and outer.page == inner.page and _on_page(outer, inner)
        case Region(), Region():
            return _same_file(outer, inner) and _frames(outer.area, inner.area)
    return False


def _on_page(outer: Page, inner: Page) -> bool:
    if outer.quote:
        return inner.quote is not None and _holds(outer.quote, inner.quote)
    return not outer.region or (inner.quote is None and _frames(outer.area, inner.area))


def _holds(outer: Passage | Span, inner: Passage | Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _same_file(one: Span | Page | Region, other: Span | Page | Region) -> bool:
    return one.file == other.file or not (one.file and other.file)


def _frames(outer: Area | None, inner: Area | None) -> bool:
    """Whether a rectangle holds another; none is the whole picture."""
    if outer is None or inner is None:
        return outer is None
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2] and inner[1] + inner[3] <= outer[1] + outer[3]
    )  # fmt: skip
