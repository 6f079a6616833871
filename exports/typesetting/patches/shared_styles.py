"""Lets elements of one look share one style in WeasyPrint 70.0: what is computed for the first is known for all.

WeasyPrint shares styles itself, but an element with an id has a style of its own, and so has all that stands in it;
pseudo-elements and pages never share. In a report, where every place can be led to, that is most of the document.
Not one byte of what is printed changes. It is to be dropped once a later version needs it no more.
"""

from builtins import id as identity
from typing import Any

from exports.typesetting.patches.replacing import replace, shadow

_ANCHOR = "anchor"
_LASTING = (
    "parent_style", "cascaded", "pseudo_type", "root_style", "base_url", "font_config", "initial_page_sizes", "cache",
    "specified", "is_root_element",
)  # fmt: skip


def share(css: Any) -> None:
    """Put it into the loaded `weasyprint.css`."""
    anchored = _anchored(css.Style)
    computed = css.StyleFor.set_computed_styles

    def set_computed_styles(self: Any, element: Any, parent: Any, **rest: Any) -> None:
        pseudo, collector = rest.get("pseudo_type"), rest.pop("target_collector", None)
        styles, declared = self._computed_styles, self._cascaded_styles.get((element, pseudo), {})
        anchor, _ = declared.pop(_ANCHOR, (None, None))
        look = (
            pseudo,
            None if parent is None else like(styles[parent, None]),
            *((name, identity(value), str(weight)) for name, (value, weight) in declared.items()),
        )
        known = vars(self).setdefault("_looks", {})
        if look not in known:
            computed(self, element, parent, **rest)
            known[look] = styles[element, pseudo]
        styles[element, pseudo] = anchored(known[look], anchor) if anchor else known[look]
        if collector and anchor:
            collector.collect_anchor(anchor)

    def like(thing: Any) -> int:
        """The identity of a style, leaving aside the name by which its element is led to; of all else, its own."""
        return identity(thing.base if isinstance(thing, anchored) else thing)

    shadow(css, css.StyleFor.__init__, id=like)
    replace(css.StyleFor, set_computed_styles=set_computed_styles)


def _anchored(style: Any) -> Any:
    class Anchored(style):  # type: ignore[misc]
        """A style that others have, too, and the name by which this one's element is led to."""

        def __init__(self, base: Any, anchor: str) -> None:
            self.base = base
            self[_ANCHOR] = anchor
            self.__dict__ |= {name: getattr(base, name) for name in _LASTING}

        def __missing__(self, key: str) -> Any:
            value = self[key] = self.base[key]
            return value

        def copy(self) -> Any:
            """One that may be changed."""
            copy = self.base.copy()
            copy.update(self)
            return copy

    return Anchored
