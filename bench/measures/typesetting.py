"""Reports a minute against the plain WeasyPrint call, what a page of a long report costs, and a second pack."""

import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import pikepdf
from sqlalchemy import select

from bench.filled_centre import instances
from bench.measures import second_pack
from bench.programs import servers
from bench.programs.resources_used import counted
from bench.sizes import Sizes
from bench.table import Line, judged
from exports.document import report
from exports.facts.snapshot import facts_of
from exports.typesetting import pdf
from portfolio.foundation import files
from portfolio.foundation.db import db
from portfolio.people.models import Person

AT_ONCE = 2
COPIES = 4
"""Reports of one turn."""
QUICKER, DEARER, LARGEST = 3.0, 1.1, 600
"""Targets: × the plain call; × a page's cost; MB of any process."""


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered report on disk, its pictures in the folder beside it."""

    html: Path
    pictures: Path


@dataclass(frozen=True, slots=True)
class Took:
    """What typesetting took."""

    seconds: float
    pages: int
    processor: float = 0
    peak: int = 0


def measured(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """The lines about typesetting."""
    ordinary, long = (_document(folder / f"{more}", more) for more in (sizes.ordinary, sizes.long))
    yield _against_plain(ordinary, folder, sizes.rounds)
    yield _compiled(ordinary, folder, sizes.rounds)
    yield from _long_against_ordinary(ordinary, long)
    yield from second_pack.measured(instances.built(sizes.packed, folder / "second"))


def _against_plain(document: Document, folder: Path, rounds: int) -> Line:
    """By the clock, and in processor time, which a busy machine leaves as it is."""
    idle = _ours(document, 0).processor
    turns = [(_plain(document, folder / "plain.pdf"), _ours(document, COPIES)) for _ in range(rounds)]
    plain, ours = median(one.seconds for one, _ in turns), median(two.seconds / COPIES for _, two in turns)
    ratio = median(one.seconds / (two.seconds / COPIES) for one, two in turns)
    costs = min(one.processor for one, _ in turns), min((two.processor - idle) / COPIES for _, two in turns)
    said = f"{60 / ours:.1f} reports/min, {costs[1]:.1f} s of processor each; a plain WeasyPrint call each: "
    said += f"{60 / plain:.1f}, {costs[0]:.1f} s"
    size = f"{turns[0][1].pages // COPIES} pages, {AT_ONCE} at a time"
    met = judged(ratio >= QUICKER)
    return Line("reports, typeset", size, said, f"{ratio:.1f} × the plain call", f"≥ {QUICKER:g} ×", met)


def _compiled(document: Document, folder: Path, rounds: int) -> Line:
    """What a compiled typesetter needs for the same words: how far a leaner page could still go."""
    turns = [_beside(document, folder / "beside.pdf") for _ in range(rounds)]
    took, processor = median(turn.seconds for turn in turns), min(turn.processor for turn in turns)
    said = f"{60 / took:.0f} reports/min, {processor:.2f} s of processor each"
    return Line("the same words by typst", f"{turns[0].pages} pages", said, "no margins, no records", "", "")


def _long_against_ordinary(ordinary: Document, long: Document) -> Iterator[Line]:
    idle = _ours(ordinary, 0).processor
    short, large = _ours(ordinary, COPIES), _ours(long, 1)
    costs = [(took.processor - idle) / took.pages for took in (short, large)]
    ratio, peak = costs[1] / costs[0], large.peak / 1e6
    size = f"{large.pages} pages against {short.pages // COPIES}"
    said = f"{costs[1] * 1000:.0f} ms against {costs[0] * 1000:.0f} ms of processor a page"
    yield Line("long report, cost of a page", size, said, f"{ratio:.2f} ×", f"≤ {DEARER} ×", judged(ratio <= DEARER))
    most = f"{peak:,.0f} MB in the largest process"
    yield Line("long report, memory", f"{large.pages} pages", most, "", f"≤ {LARGEST} MB", judged(peak <= LARGEST))


def _document(folder: Path, more: int) -> Document:
    """The report of a learner with so many accounts beyond the usual."""
    house = instances.built(1, folder, more=more)
    pictures = folder / "pictures"
    pictures.mkdir()
    with house.open():
        learner = db.session.scalars(select(Person).where(Person.number.like("L0%"))).one()
        facts = facts_of(learner)
        (folder / "report.html").write_text(report.render(facts), "utf-8")
        for file in (file for item in facts.evidence for file in item.files if file.picture):
            with files.store().open(file.picture.sha256) as source:
                (pictures / file.picture.sha256).write_bytes(source.read())
    return Document(folder / "report.html", pictures)


def _plain(document: Document, out: Path) -> Took:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [
        sys.executable,
        "-m",
        "bench.yardsticks.plain_weasyprint",
        str(document.html),
        str(document.pictures),
        str(out),
    ]
    subprocess.run(words, cwd=servers.ROOT, check=True, capture_output=True)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with pikepdf.open(out) as printed:
        return Took(took, len(printed.pages), processor)


def _beside(document: Document, out: Path) -> Took:
    words = [
        sys.executable,
        "-m",
        "bench.yardsticks.typst_report",
        str(document.html),
        str(document.pictures),
        str(out),
    ]
    done = subprocess.run(words, cwd=servers.ROOT, check=True, capture_output=True, text=True)
    with pikepdf.open(out) as printed:
        return Took(pages=len(printed.pages), **json.loads(done.stdout))


def _ours(document: Document, copies: int) -> Took:
    program = (
        "from bench.measures.typesetting import main; main()"  # no module of its own, which each child would load anew
    )
    words = [sys.executable, "-c", program, str(document.pictures), *[str(document.html)] * copies]
    done = subprocess.run(words, cwd=servers.ROOT, check=True, capture_output=True, text=True)
    return Took(**json.loads(done.stdout.splitlines()[-1]))


def _typeset(pictures: Path, documents: list[Path]) -> Took:
    """Typeset documents, two at a time, in a house where the typesetter has been at work before."""

    def typeset(path: Path) -> bytes:
        return pdf.typeset(path.read_text("utf-8"), pictures=lambda name: (pictures / name).read_bytes())

    pdf.typeset("<p>", pictures={})
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as hands:
        pages = sum(map(_pages, hands.map(typeset, documents)))
    took = time.perf_counter() - began
    found = counted()
    return Took(took, pages, found.processor, found.peak)


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as printed:
        return len(printed.pages)


def main() -> None:
    """Typeset the documents that are named after the folder of their pictures, and tell as JSON what it took."""
    print(json.dumps(asdict(_typeset(Path(sys.argv[1]), list(map(Path, sys.argv[2:]))))))
