"""Seven fixes of WeasyPrint 70.0 (pydyf 0.13.0), each to be dropped once a later version needs it no more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pydyf

from exports.typesetting.patches.replacing import replace

_SHAPED = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
"""Letters that are drawn otherwise, or elsewhere, than one by one in the order in which they are read."""


def fix(weasyprint: Any) -> None:
    """Put all of them into the loaded package. Raises `NotPatched` where it is not as it was."""
    cache_page_references()
    running_heads_are_artifacts(weasyprint)
    elements_tell_their_language(weasyprint)
    fonts_tell_no_time(weasyprint)
    shaped_words_tell_their_letters(weasyprint)
    pages_wait_for_the_numbers_they_name(weasyprint)
    floats_in_a_line_stay_below_what_they_clear(weasyprint.layout.inline)


def cache_page_references() -> None:
    """`page_references` is built anew for every structure element, quadratic in pages: keep it."""

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        kids = pdf.pages["Kids"]
        known: tuple[int, tuple[bytes, ...]] | None = vars(pdf).get("_references")
        if known is None or known[0] != len(kids):
            known = pdf._references = len(kids), tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
        return known[1]

    replace(pydyf.PDF, page_references=property(page_references))


def running_heads_are_artifacts(weasyprint: Any) -> None:
    """Running heads and feet are content that belongs to nothing and is read aloud on every page: call them artifacts.

    ISO 14289-1 §7.8. `weasyprint` is the loaded package.
    """
    draw, tags = weasyprint.draw, weasyprint.pdf.tags
    margin_box = weasyprint.formatting_structure.boxes.MarginBox
    drawn, tree = draw.draw_stacking_context, tags._build_box_tree

    def draw_stacking_context(stream: Any, context: Any) -> None:
        if stream._tags is None or not isinstance(context.box, margin_box):
            drawn(stream, context)
            return
        kept, stream._tags = stream._tags, None
        pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        try:
            drawn(stream, context)
        finally:
            pydyf.Stream.end_marked_content(stream)
            stream._tags = kept

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        return iter(()) if isinstance(box, margin_box) else tree(box, *rest)

    replace(draw, draw_stacking_context=draw_stacking_context)
    replace(tags, _build_box_tree=build_box_tree)


def elements_tell_their_language(weasyprint: Any) -> None:
    """`lang` inside a document reaches the fonts but not the tags: write it there (ISO 32000-1 §14.9.2).

    `weasyprint` is the loaded package.
    """
    tags = weasyprint.pdf.tags
    tree = tags._build_box_tree

    def told(elements: Iterator[Any], language: str) -> Iterator[Any]:
        for element in elements:
            element["Lang"] = pydyf.String(language)
            yield element

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        language = box.element.get("lang") if box.element is not None and box.element_tag != "html" else None
        return told(tree(box, *rest), language) if language else tree(box, *rest)

    replace(tags, _build_box_tree=build_box_tree)


def fonts_tell_no_time(weasyprint: Any) -> None:
    """A variable font is written anew with the time of day in it; `weasyprint` is the loaded package."""
    module = weasyprint.pdf.fonts
    replace(module, TTFont=partial(module.TTFont, recalcTimestamp=False))


def shaped_words_tell_their_letters(weasyprint: Any) -> None:
    """What is copied of a line of joined or reordered letters are its letters as they were typed.

    ISO 32000-1 §14.9.4. `weasyprint` is the loaded package.
    """
    stream = weasyprint.pdf.stream.Stream
    begun = stream.marked

    @contextmanager
    def marked(self: Any, box: Any, tag: str) -> Iterator[None]:
        text = getattr(box, "text", "")
        if self._tags is None or not text or not _SHAPED.search(text):
            with begun(self, box, tag):
                yield
            return
        told = pydyf.Dictionary({"MCID": len(self._tags), "ActualText": pydyf.String(text)})
        self._tags[box] = {"tag": tag, "mcid": len(self._tags)}
        pydyf.Stream.begin_marked_content(self, tag, told)
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(self)

    replace(stream, marked=marked)


def pages_wait_for_the_numbers_they_name(weasyprint: Any) -> None:
    """A page that names another's number is made again when that number changes, not when the number of pages does.

    Quicker, and needed where a document is divided (`numbering`): a part's pages that name far ones would be done too
    early. `weasyprint` is the loaded package.
    """
    collector = weasyprint.css.targets.TargetCollector
    collect, cache = collector.collect_missing_counters, collector.cache_target_page_counters

    def collect_missing_counters(self: Any, box: Any, token: str, *noted: Any) -> None:
        again, missing, targets = noted
        theirs = any(missing is wanted for wanted in targets.values())
        named = {name or _target(box): wanted for name, wanted in targets.items()}
        collect(self, box, token, again, [] if theirs else missing, named)

    def cache_target_page_counters(self: Any, anchor: str, values: Any, index: int, maker: Any) -> None:
        item = self.target_lookup_items.get(anchor)
        if item and item.page_maker_index == index and item.cached_page_counter_values.get("page") == values["page"]:
            return
        cache(self, anchor, values, index, maker)

    counters = {"collect_missing_counters": collect_missing_counters}
    replace(collector, **counters, cache_target_page_counters=cache_target_page_counters)


def floats_in_a_line_stay_below_what_they_clear(inline: Any) -> None:
    """A float is laid out below those that it clears, and then moved up to the top of its line: leave it there.

    CSS 2.1 §9.5.2. `inline` is the module of the loaded package.
    """
    layout, translate = inline.float_layout, inline.translate_subtree

    def float_layout(context: Any, box: Any, *given: Any, **named: Any) -> Any:
        top = box.position_y
        laid, resume_at = layout(context, box, *given, **named)
        laid.cleared = laid.position_y - top
        return laid, resume_at

    def translate_subtree(box: Any, dy: float) -> None:
        translate(box, dy + getattr(box, "cleared", 0))

    replace(inline, float_layout=float_layout, translate_subtree=translate_subtree)


def _target(box: Any) -> str:
    """The anchor that `target-counter(attr(…), page)` names, which is not seen when missing numbers are noted."""
    names = (value[0][1][0] for kind, value in box.style["content"] if kind == "target-counter()")
    return str(box.element.get(next(names), "")).removeprefix("#")
