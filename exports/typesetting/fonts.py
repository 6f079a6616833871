"""The fonts of documents: where they stand, how fontconfig learns of them, and which characters they can show."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts"
"""TrueType fonts from npm packages, so that a document looks the same on every machine."""

_FACES = {
    "source-serif-4": ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic"),
    "source-sans-3": ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic", "700Bold"),
    "noto-sans": ("400Regular", "600SemiBold"),
    "noto-emoji": ("400Regular",),
}
_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


class FontsMissing(RuntimeError):
    """The fonts are not installed: without any font the typesetter would crash, so nothing is begun."""


def faces() -> Iterator[Path]:
    """The font files a document may use, in a fixed order. Raises `FontsMissing` where one is not installed."""
    for family, styles in _FACES.items():
        for style in styles:
            found = sorted((FOLDER / family / style).glob("*.ttf"))
            if not found:
                raise FontsMissing(f"The font {family} {style} is not in {FOLDER}. Run `make setup`.")
            yield found[0]


def home() -> Path:
    """Our own folder for what fontconfig is told and keeps."""
    home = Path(tempfile.gettempdir()) / f"markwell-fonts-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    return home


def configure(more: Sequence[Path] = ()) -> Path:
    """Write a `fonts.conf` that knows our fonts and those in the folders `more`, point fontconfig to it, and return it.

    To be called before WeasyPrint is imported, and before a document of other fonts: fontconfig reads the file that
    `FONTCONFIG_FILE` names whenever a document begins. Raises `FontsMissing`.
    """
    folders = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in [*_folders(), *more])
    text = _CONF.format(folders=folders, cache=escape(str(home() / "cache")))
    conf = home() / f"{sha256(text.encode()).hexdigest()[:16]}.conf"
    if not conf.exists():
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=conf.parent, delete=False) as draft:
            draft.write(text)
        Path(draft.name).replace(conf)
    os.environ["FONTCONFIG_FILE"] = str(conf)
    return conf


@cache
def _folders() -> tuple[Path, ...]:
    return tuple(face.parent for face in faces())


@cache
def covered() -> frozenset[int]:
    """Code points that at least one upright face can show. Raises `FontsMissing`."""
    found: set[int] = set()
    for face in faces():
        if face.parent.name == "400Regular":
            with TTFont(face, lazy=True) as font:
                found.update(font.getBestCmap())
    return frozenset(found)


@cache
def edition() -> str:
    """SHA-256 over all font files: part of the cache key of a report. Raises `FontsMissing`."""
    digest = sha256()
    for face in faces():
        digest.update(face.read_bytes())
    return digest.hexdigest()
