"""Makes WeasyPrint 70.0 (pydyf 0.13.0) quicker without changing one byte of what it prints.

Each is to be dropped once a later version needs it no more.
"""

import re
from typing import Any

from exports.typesetting.patches import shared_styles
from exports.typesetting.patches.replacing import replace, replace_everywhere

_PARAGRAPHS = re.compile("[\n\v\f\r\x85\u2028\u2029]")
_ENOUGH = 2.8
"""So many characters of the font's size as the line is wide are more than fit into it, with a word of the next."""
_FEET = re.compile(r"^::(?:footnote|note)-.*$", re.MULTILINE)


def hasten(weasyprint: Any) -> None:
    """Put all of them into the loaded package. Raises `NotPatched` where it is not as it was."""
    shared_styles.share(weasyprint.css)
    _keep_lines(weasyprint.text.line_break)
    _know_fonts(weasyprint.text.line_break)
    _know_struts(weasyprint)
    _break_lines_once(weasyprint)
    _resolve_lengths_once(weasyprint.layout)
    _pass_floats_above(weasyprint.layout.inline)


def plain_rules(weasyprint: Any) -> Any:
    """The rules of every browser but for footnotes, which make six styles for each element that has none."""
    html = weasyprint.html
    return weasyprint.CSS(string=_FEET.sub("", html.UA), counter_style=html.UA_COUNTER_STYLE)


def _keep_lines(line_break: Any) -> None:
    """A line is shaped when it is broken; it is kept to be drawn, instead of being shaped anew."""
    layout, pango, ffi = line_break.Layout, line_break.pango, line_break.ffi
    ffi.cdef("PangoLayout* pango_layout_copy(PangoLayout*);")
    set_up, set_text, reactivate = layout.setup, layout.set_text, layout.reactivate
    lasting = ("language", "ascent", "underline_position", "strikethrough_position")

    def setup(self: Any, style: Any) -> None:
        pattern = vars(style).get("_pattern")
        if pattern is None:
            set_up(self, style)
            kept = {name: getattr(self, name) for name in lasting}
            pattern = style._pattern = _owned(line_break, self.layout), kept
            if style["text_decoration_line"] != "none":
                del style._pattern
            return
        vars(self).update(pattern[1], style=style, first_line_direction=0, layout=_owned(line_break, pattern[0]))

    def set_words(self: Any, text: str, justify: bool = False) -> None:
        set_text(self, text, justify)
        pango.pango_layout_set_single_paragraph_mode(self.layout, not _PARAGRAPHS.search(self.text))

    def draw_again(self: Any, style: Any) -> None:
        if self.justification_spacing:
            reactivate(self, style)

    def stay(_self: Any) -> None:
        """Until the page is drawn."""

    replace(layout, setup=setup, set_text=set_words, reactivate=draw_again, deactivate=stay)


def _owned(line_break: Any, layout: Any) -> Any:
    """A copy of a layout that goes when nobody holds it any more."""
    return line_break.ffi.gc(line_break.pango.pango_layout_copy(layout), line_break.gobject.g_object_unref)


def _know_fonts(line_break: Any) -> None:
    """The name under which a style's font is known is made once for each style."""
    made = line_break._font_style_cache_key

    def key(style: Any, include_size: bool = False) -> str:
        name = "_sized_font" if include_size else "_font"
        known = vars(style).get(name)
        if known is None:
            known = vars(style)[name] = made(style, include_size)
        return str(known)

    replace(line_break, _font_style_cache_key=key)


def _know_struts(weasyprint: Any) -> None:
    """How high a line of a style is at least is found once for each style."""
    found = weasyprint.text.line_break.strut

    def strut(style: Any) -> Any:
        known = vars(style).get("_strut")
        if known is None:
            known = style._strut = found(style)
        return known

    replace_everywhere(weasyprint.text.line_break, found, strut)
    replace_everywhere(weasyprint.layout, found, strut)


def _break_lines_once(weasyprint: Any) -> None:
    """A line is shaped to be broken and to be drawn, not also to try a next word that is too long for it anyway.

    Pango breaks before a word that fits only without the space behind it, so WeasyPrint tries it again without. A word
    that is wider by itself than what the line leaves is left out here; wherever anything else is to be weighed up, the
    line is broken as WeasyPrint does it.
    """
    line_break = weasyprint.text.line_break
    broken, pango, ffi = line_break.split_first_line, line_break.pango, line_break.ffi
    ffi.cdef("void pango_layout_line_index_to_x(PangoLayoutLine *line, int index, int trailing, int *x);")

    def split_first_line(text: str, style: Any, context: Any, width: Any, *rest: Any, **more: Any) -> Any:
        if width is None or len(text) * style["font_size"] < width or not _is_plain(text, style):
            return broken(text, style, context, width, *rest, **more)
        beginning = text[: int(width / style["font_size"] * _ENOUGH)]
        layout = line_break.create_layout(beginning, style, context, width, *rest[:1])
        line, end = layout.get_first_line()
        if end is not None and layout.first_line_direction == 0:
            second = beginning.encode()[end:].decode()
            word = second.partition(" ")[0]
            left = width - line_break.line_size(line, style)[0]
            if len(word) < len(second) and 0 <= left < reach(layout, end, word):
                return line_break.first_line_metrics(line, text, layout, end, True, style)
        return broken(text, style, context, width, *rest, **more)

    def reach(layout: Any, start: int, word: str) -> float:
        """How wide the word is that begins the second line."""
        x = ffi.new("int *")
        line = pango.pango_layout_get_line_readonly(layout.layout, 1)
        pango.pango_layout_line_index_to_x(line, start + len(word.encode()), False, x)
        return float(x[0] * line_break.FROM_UNITS)

    for package in (line_break, weasyprint.layout):
        replace_everywhere(package, broken, split_first_line)


def _is_plain(text: str, style: Any) -> bool:
    """Whether a text can be broken at its spaces and nothing else matters."""
    known = vars(style).get("_plain")
    if known is None:
        known = style._plain = (
            style["white_space"] == "normal"
            and style["hyphens"] != "auto"
            and style["word_break"] == "normal"
            and style["letter_spacing"] == "normal"
            and style["direction"] == "ltr"
        )
    return bool(known) and "\n" not in text and "\xad" not in text


def _resolve_lengths_once(layout: Any) -> None:
    """Margins, borders and sizes without percentages are the same for every box of a style."""
    resolve = layout.percent.resolve_percentages
    sides = ("top", "right", "bottom", "left")
    lengths = (
        *(f"{edge}_{side}" for edge in ("margin", "padding") for side in sides),
        *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
    )
    names = (*lengths, *(f"border_{side}_width" for side in sides))

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        kept = vars(box.style).get("_used")
        if kept:
            vars(box).update(kept)
            return
        resolve(box, containing_block)
        if kept is None:
            style = box.style
            fixed = style["border_collapse"] != "collapse" and all(_is_fixed(style[name]) for name in lengths)
            style._used = {name: getattr(box, name) for name in names} if fixed else {}

    replace_everywhere(layout, resolve, resolve_percentages)


def _is_fixed(length: Any) -> bool:
    return length == "auto" or getattr(length, "unit", None) == "px"


def _pass_floats_above(inline: Any) -> None:
    """How narrow a line may become is asked only beside a float, no longer below it."""
    width = inline.inline_min_content_width

    def inline_min_content_width(context: Any, box: Any, **rest: Any) -> Any:
        beside = (shape.position_y + shape.margin_height() >= box.position_y for shape in context.excluded_shapes)
        return width(context, box, **rest) if any(beside) else 0

    replace(inline, inline_min_content_width=inline_min_content_width)
