"""`python -m bench`: builds the houses, measures, and prints the table; `--quick` only sees that all of it runs."""

import argparse
import os
import platform
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from bench.filled_centre import instances
from bench.measures import (
    large_packs,
    log_and_opening,
    page_pictures,
    pages,
    report_and_pack,
    saves,
    several_workers,
    siblings,
    start,
    transcript,
    typesetting,
    upload,
)
from bench.sizes import FULL, QUICK, Sizes
from bench.table import Line, drawn
from bench.yardsticks import disk

PROVED = 5
"""Learners in the house whose reports and pack are made; the last still gathers evidence for a unit."""


PARTS = (
    "start", "pages", "saves", "upload", "pictures", "transcript", "proof", "packs", "workers", "typesetting",
    "siblings",
)  # fmt: skip


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = _asked(words)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that every server is ended
    sizes = QUICK if asked.quick else FULL
    with tempfile.TemporaryDirectory(prefix="markwell-bench-", dir=asked.folder) as folder:
        print(_machine(), flush=True)
        lines = []
        for line in measured(sizes, Path(folder), say=_say, parts=frozenset(asked.only or PARTS)):
            print(line.told(), flush=True)  # a long run that is ended early has told something
            lines.append(line)
    print(drawn(lines))
    print(f"Processors were asked for by {os.getloadavg()[0]:.1f} programs on average at the end.")


def measured(sizes: Sizes, folder: Path, *, say: Callable[[str], object], parts: AbstractSet[str]) -> Iterator[Line]:
    """The lines of the parts that are asked for, in the table's order."""
    if "start" in parts:
        say("the start of commands")
        yield from start.measured(instances.built(1, folder / "start"))
    if parts & {"pages", "saves"}:
        yield from _everyday(sizes, folder, say=say, parts=parts)
    if parts & {"upload", "proof", "packs"}:
        house = instances.built(PROVED, folder / "proof", more=sizes.more)
    if "upload" in parts:
        say("upload")
        yield from upload.measured(house, disk.noise(folder / "large.bin", sizes.upload))
    if "pictures" in parts:
        say("page pictures")
        yield from page_pictures.measured(folder / "pictures", sizes.pictures)
    if "transcript" in parts:
        say("transcript")
        yield from transcript.measured(folder / "transcript", sizes.spoken, say=say)
    if "proof" in parts:
        say("report and pack")
        yield from report_and_pack.measured(house)
        say("a long log, and the page of a memory stick")
        yield from log_and_opening.measured(folder / "proving", sizes)
    if "packs" in parts:
        say("large packs")
        yield from large_packs.measured(house, sizes)
    if "workers" in parts:
        say("several workers on PostgreSQL and a bucket")
        yield from several_workers.measured(folder / "crews", sizes)
    if "typesetting" in parts:
        say("typesetting")
        yield from typesetting.measured(sizes, folder)
    if "siblings" in parts:
        say("siblings")
        yield from siblings.measured(sizes.units)


def _everyday(sizes: Sizes, folder: Path, *, say: Callable[[str], object], parts: AbstractSet[str]) -> Iterator[Line]:
    """What assessors wait for, in centres of every size."""
    filled = []
    for learners in sizes.centres:
        say(f"a centre of {learners:,} learners")
        filled.append(instances.built(learners, folder / f"{learners}"))
    if "pages" in parts:
        say("marking view and queue against H, in turns")
        yield from pages.measured(filled, sizes)
    if "saves" in parts:
        for house in dict.fromkeys((filled[0], filled[-1])):
            say(f"saves at {house.learners:,} learners")
            yield from saves.measured(house, sizes)


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that it runs, says nothing about speed")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured; default: the temporary folder")
    return parser.parse_args(words)


def _say(words: str) -> None:
    print(f"… {words}", flush=True)


def _machine() -> str:
    return (
        f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors, "
        f"asked for by {os.getloadavg()[0]:.1f} programs on average at the beginning"
    )


if __name__ == "__main__":
    main()
