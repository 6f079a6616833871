"""The promises of the colours: what must be read can be read, by day and by night."""

import itertools
import re
from pathlib import Path

import pytest

TOKENS = Path("static/source/styles/foundations/_tokens.scss").read_text(encoding="utf-8")


def palette(theme: str) -> dict[str, str]:
    """The colours of `light` or `dark` by token name, as `#rrggbb`."""
    block = re.search(rf"@mixin {theme} \{{(.*?)\n\}}", TOKENS, re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("paper", "sheet", "well")
READ = [
    *itertools.product(
        ("ink", "ink-2", "ink-3", "accent", "accent-2", "met", "partly", "not", "sent", "open"), GROUNDS
    ),
    *itertools.product(("ink", "ink-2", "accent"), ("wash",)),
    *itertools.product(("ink", "mark-ink"), ("mark",)),
    ("ink", "mark-2"),
    ("on-accent", "accent"),
    ("on-accent", "accent-2"),
    *((hue, f"{hue}-tint") for hue in ("met", "partly", "not", "sent", "open")),
    *(("ink", f"{hue}-tint") for hue in ("met", "partly", "not", "sent", "open")),
    *(("paper", hue) for hue in ("ink", "met", "partly", "not")),
]
SEEN = [*itertools.product(("rule-2", "mark-edge", "focus"), ("paper", "sheet"))]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_words_are_readable_on_every_ground_they_stand_on(theme: str, text: str, ground: str) -> None:
    colours = palette(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), SEEN)
def test_edges_and_symbols_can_be_seen(theme: str, edge: str, ground: str) -> None:
    colours = palette(theme)
    assert contrast(colours[edge], colours[ground]) >= 3


def test_both_themes_name_the_same_colours() -> None:
    assert palette("light").keys() == palette("dark").keys()


def test_no_other_stylesheet_invents_a_colour() -> None:
    for sheet in Path("static/source/styles").rglob("_*.scss"):
        if sheet.name not in {"_tokens.scss", "_recordings-pictures.scss"}:
            assert not re.search(r"#[0-9a-f]{3,6}\b(?!\{)", sheet.read_text(encoding="utf-8")), sheet.name
