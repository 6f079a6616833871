"""Measures siblings and suggestions on hand-labelled trades, and writes the tables of docs/likeness.md.

`python -m tools.likeness` writes them; with `--print` it only prints. Each threshold is the one that was best for the
other trades.
"""

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from criteria import catalogue, reader
from criteria.likeness import model
from criteria.likeness.meaning import Meaning
from criteria.likeness.points import Points
from criteria.siblings import BY_LETTERS, BY_MEANING, Bounds, siblings, texts
from criteria.suggestions import SHOWN, suggestions
from criteria.unit import Unit

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "tests/criteria/likeness"
PAGE = ROOT / "docs/likeness.md"
BEGINS, ENDS = "<!-- {} -->", "<!-- /{} -->"
STEPS = [round(0.14 + step / 100, 2) for step in range(20)]
"""Thresholds that are tried."""
ALIKE_WELL = 0.005
"""So near to the best F1 a threshold does as well; the one in the middle of these is taken."""

Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Trade:
    """Units of one trade with what a person said of them."""

    name: str
    units: tuple[Unit, ...]
    siblings: Pairs
    sentences: tuple[tuple[str, str], ...]
    """What a learner wrote, and the point that it serves."""
    meanings: tuple[Meaning, ...] = ()

    @property
    def refs(self) -> list[str]:
        """`CODE/ref` of each point."""
        return [f"{unit.code}/{point.ref}" for unit in self.units for point in unit.points]


@dataclass(frozen=True, slots=True)
class Score:
    """How often something was found that is right, of what was found and of what is right."""

    right: int
    found: int
    asked: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found."""
        return self.right / self.asked

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.asked)


def trades(*, by_meaning: bool) -> list[Trade]:
    """All labelled trades, read by the model where that is wanted."""
    found = []
    for folder in sorted(path.parent for path in LABELLED.glob("*/labels.toml")):
        files = sorted(folder.glob("*.txt"))
        units = tuple(reader.read(file.read_bytes()) for file in files) or catalogue.units()
        said = tomllib.loads((folder / "labels.toml").read_text())
        pairs = frozenset(frozenset(pair) for pair in said["siblings"])
        meanings = tuple(model.meanings(texts(units))) if by_meaning else ()
        sentences = tuple((sentence, ref) for sentence, ref in said["sentences"])
        found.append(Trade(folder.name, units, pairs, sentences, meanings))
    return found


def scored(trade: Trade, least: float) -> Score:
    """How well siblings are found in a trade from a likeness on."""
    bounds = Bounds(least, (BY_MEANING if trade.meanings else BY_LETTERS).nearest)
    near = siblings(trade.units, trade.meanings, bounds=bounds)
    found = frozenset(frozenset(("/".join(one), "/".join(other))) for one in near for other in near[one])
    return Score(len(found & trade.siblings), len(found), len(trade.siblings))


def left_out(all_of: Sequence[Trade]) -> dict[str, tuple[float, Score]]:
    """Of each trade by name: the threshold that is best for the others, and how well it does there."""
    tried = {trade.name: [scored(trade, least) for least in STEPS] for trade in all_of}
    found = {}
    for name in tried:
        at = _best([mean(tried[other][at].f1 for other in tried if other != name) for at in range(len(STEPS))])
        found[name] = STEPS[at], tried[name][at]
    return found


def placed(trade: Trade) -> list[int]:
    """At which place, counted from 1, each sentence's point comes."""
    points, refs = Points(texts(trade.units), trade.meanings), trade.refs
    places = []
    for sentence, ref in trade.sentences:
        meaning = model.meanings([sentence])[0] if trade.meanings else None
        order = [one.number for one in suggestions(points, sentence, meaning)]
        places.append(order.index(refs.index(ref)) + 1)
    return places


def table(*, by_meaning: bool) -> str:
    """The table of one way, in Markdown."""
    all_of = trades(by_meaning=by_meaning)
    chosen, bounds = left_out(all_of), BY_MEANING if by_meaning else BY_LETTERS
    heads = ("trade", "points", "pairs", "threshold", "precision", "recall", "F1", f"F1 as set ({bounds.least})")
    lines = [_row(*heads, f"right point among the first {SHOWN}"), _row(*["---"] * 9)]
    ones, sets, hits, asked = list[float](), list[float](), 0, 0
    for trade in all_of:
        (least, score), as_set = chosen[trade.name], scored(trade, bounds.least).f1
        hit = sum(place <= SHOWN for place in placed(trade))
        ones, sets, hits, asked = [*ones, score.f1], [*sets, as_set], hits + hit, asked + len(trade.sentences)
        shares = (f"{share:.2f}" for share in (least, score.precision, score.recall, score.f1, as_set))
        lines.append(_row(trade.name, len(trade.refs), score.asked, *shares, f"{hit} of {len(trade.sentences)}"))
    lines.append(_row("**mean**", *[""] * 5, f"{mean(ones):.2f}", f"{mean(sets):.2f}", f"{hits} of {asked}"))
    return "\n".join(lines)


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _best(values: Sequence[float]) -> int:
    """Which of `values` is in the middle of those that are as good as the largest."""
    good = [at for at, value in enumerate(values) if value >= max(values) - ALIKE_WELL]
    return good[len(good) // 2]


def written(page: str, name: str, words: str) -> str:
    """`page` with other words between the marks of `name`."""
    before, begins, rest = page.partition(BEGINS.format(name))
    _, ends, after = rest.partition(ENDS.format(name))
    return f"{before}{begins}\n{words}\n{ends}{after}"


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.likeness", description=__doc__)
    parser.add_argument("--print", action="store_true", help="leave the page as it is")
    only = parser.parse_args().print
    for name, by_meaning in (("letters", False), ("meaning", True)):
        if by_meaning and not model.is_there():
            print("The model of sentences is not installed: `make model`.")
            continue
        words = table(by_meaning=by_meaning)
        print(f"By {name}\n{words}\n")
        if not only:
            PAGE.write_text(written(PAGE.read_text(), name, words))


if __name__ == "__main__":
    main()
