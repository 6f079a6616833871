"""Ten pages of reports as pictures under docs/: `python -m tests.exports.document.pictures` draws them anew."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.exports.document import printed

FOLDER = Path(__file__).parents[3] / "docs" / "pictures" / "report"
DOTS = 90
"""To the inch."""
MOST = 120_000
"""Bytes of one picture."""


@dataclass(frozen=True, slots=True)
class Shot:
    """The last page of one report on which a line begins with these words."""

    name: str
    words: str
    paper: str = "A4"


SHOTS = (
    Shot("cover", "Made with"),
    Shot("contents", "Contents"),
    Shot("location-sheet", "Marked by Ben"),
    Shot("judgements", "Two points short of the unit"),
    Shot("index", "Witness status list"),
    Shot("account", "What happened"),
    Shot("recording", "Telephone call about a cot"),
    Shot("picture", "Whiteboard with four rows"),
    Shot("welsh-letter", "Taflen lleoli tystiolaeth", "Letter"),
    Shot("large-print", "What happened", "large print"),
)


def drawn(content: bytes, words: str) -> Image.Image:
    """The last page on which a line begins with `words`, as poppler draws it, in 256 colours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(content)
        page = str(max(line.page for line in printed.lines(file) if line.words.startswith(words)))
        command = [
            "pdftoppm",
            "-r",
            str(DOTS),
            "-f",
            page,
            "-l",
            page,
            "-singlefile",
            "-png",
            file,
            file.with_suffix(""),
        ]
        subprocess.run(command, check=True, timeout=60)
        with Image.open(file.with_suffix(".png")) as picture:
            return picture.convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures of one size are from each other: 0 for the same, 255 for black beside white."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return sum(ImageStat.Stat(difference).mean) / 3


def main() -> None:
    """Draw all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        drawn(printed.on(shot.paper), shot.words).save(FOLDER / f"{shot.name}.png", optimize=True)


if __name__ == "__main__":
    main()
