"""Places in columns: which kind of place, and the fields that this kind has."""

from exports.facts.frozen import ClaimFacts, GroundFacts
from exports.facts.statement_rows import Row
from portfolio.evidence.places.locators import Astray, Page, Passage, Region, Span, Whole


def placed(one: ClaimFacts | GroundFacts) -> Row:
    """The place of a claim or of a ground in columns: which kind of place, and the fields that this kind has."""
    empty: Row = {
        "start": None, "end": None, "exact": "", "prefix": "", "suffix": "", "page": None, "xywh": "", "file": "",
    }  # fmt: skip
    match one.locator:
        case Passage() as passage:
            return {"place": "passage", **empty, **_words(passage)}
        case Span(start, end, file, region):
            return {"place": "span", **empty, "start": start, "end": end, "xywh": region, "file": file}
        case Page(page, file, region, quote):
            words = _words(quote) if quote else {}
            return {"place": "page", **empty, **words, "page": page, "xywh": region, "file": file}
        case Region(xywh, file):
            return {"place": "region", **empty, "xywh": xywh, "file": file}
        case Whole():
            return {"place": "whole", **empty}
        case Astray() as astray:
            return {"place": astray.told, **empty}


def _words(passage: Passage) -> Row:
    return {name: getattr(passage, name) for name in ("start", "end", "exact", "prefix", "suffix")}
