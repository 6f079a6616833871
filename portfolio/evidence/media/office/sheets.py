"""Spreadsheets: the cells of each sheet as rows of text, as they were last worked out; no formula is run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from portfolio.evidence.media.office.dividing import LONGEST
from portfolio.evidence.places import calling
from portfolio.foundation.words.text import listed

MOST_SHEETS = 200
MOST_ROWS = 5_000
"""Rows of one sheet that are shown, from its first on."""
MOST_COLUMNS = 100
"""Cells of one row that are shown."""
LONGEST_CELL = 2_000
"""Code points of one cell that are shown."""

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(slots=True)
class Workbook:
    """The pages of a spreadsheet, and what is said of it."""

    pages: list[str] = field(default_factory=list)
    """Words of each, with its label in the first line."""
    remarks: list[str] = field(default_factory=list)
    is_cut: bool = False
    """Whether a row or a cell says more than is shown of it."""


def read(path: Path) -> Workbook:
    """The sheets of a spreadsheet of Excel or Calc, hidden ones too."""
    made, cut = Workbook(), list[str]()
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        known = book.sheets_metadata
        for number, one in enumerate(known[:MOST_SHEETS]):
            sheet = book.get_sheet_by_index(number)
            made.pages += _pages(one.name, _rows(sheet, made))
            if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                cut.append(calling.told(calling.sheet(one.name), 0))
        hidden = [one.name for one in known if one.visible != SheetVisibleEnum.Visible]
    if hidden:
        made.remarks.append(f"Sheets that are hidden in the original are shown too: {_some(hidden)}.")
    if cut:
        most = f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns of a sheet"
        made.remarks.append(f"At most {most} are shown; the original has more in {_some(cut)}.")
    if made.is_cut:
        made.remarks.append(f"Of cells and rows that are longer, the first {LONGEST_CELL:,} characters are shown.")
    if len(known) > MOST_SHEETS:
        made.remarks.append(f"The first {MOST_SHEETS} of its {len(known):,} sheets are shown; the original has all.")
    return made


def _some(names: list[str]) -> str:
    """The names, the first ten of them where there are more."""
    shown = [" ".join(name.split())[:60] for name in names[:10]]
    return listed([*shown, f"{len(names) - 10:,} others"] if len(names) > 10 else shown)


def _rows(sheet: CalamineSheet, made: Workbook) -> Iterator[tuple[int, str]]:
    """The number of each row that says something, counted from 1, and its cells with bars between them."""
    before = sheet.start[0] if sheet.start else 0
    for number, row in enumerate(sheet.to_python(nrows=MOST_ROWS), start=before + 1):
        cells = [_cell(cell) for cell in row[:MOST_COLUMNS]]
        words = " | ".join(cell[:LONGEST_CELL] for cell in cells).rstrip(" |")
        made.is_cut |= len(words) >= LONGEST or any(len(cell) > LONGEST_CELL for cell in cells)
        if words.strip():
            yield number, words[: LONGEST - 1]


def _cell(value: Cell) -> str:
    """A cell as people write it, in one line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
        case _:
            return " ".join(str(value).split())


def _pages(name: str, rows: Iterable[tuple[int, str]]) -> list[str]:
    """The words of a sheet: on one page, or where they are too many for one, some rows on each."""
    pages = list[list[tuple[int, str]]]([[]])
    length = 0
    for row in rows:
        if pages[-1] and length + len(row[1]) > LONGEST:
            pages.append([])
            length = 0
        pages[-1].append(row)
        length += len(row[1]) + 1
    whole = len(pages) == 1
    return [
        "\n".join((calling.sheet(name, None if whole else (page[0][0], page[-1][0])), *(words for _, words in page)))
        for page in pages
    ]
