"""The hash of all that a report is made from, under which it is kept: the same input is never typeset twice."""

import ctypes
import dis
import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from types import CodeType

from exports.typesetting import alphabets, fonts, pdf

ROOT = Path(__file__).parents[2]
"""Where our sources stand."""
OURS = ("criteria", "portfolio", "exports")
MAKERS = ("exports.editions.editing", "exports.making.proof", "exports.typesetting.pdf")
"""The modules that turn facts into the bytes of a report; what they import, and what that imports, counts as well."""
PAPER = ("templates/exports/paper",)
"""Folders of what is read besides: templates, styles, words in other languages."""
SHAPERS = {"libpango-1.0.so.0": "pango_version_string", "libharfbuzz.so.0": "hb_version_string"}
"""Libraries of the system that choose and place letters, and the function by which each tells its version."""
_NAME = re.compile(r"[\w.-]+")


def made_of(edition: bytes) -> str:
    """Hash of a report's facts and its edition, how it is drawn, and with what. Raises `fonts.FontsMissing`."""
    return hashlib.sha256(edition + drawn_with().encode()).hexdigest()


@cache
def programs() -> str:
    """Hash of all that makes facts, reports and packs of rows: what is kept of them holds for these programs alone.

    Raises `fonts.FontsMissing`.
    """
    digest = hashlib.sha256(f"{drawn_with()} {sys.version}".encode())
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    for path in _files("templates/exports"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def drawn_with() -> str:
    """Hash of the modules, templates, fonts and versions of libraries that can change the bytes of a report.

    Where a file lies does not count, what stands in it does. Raises `fonts.FontsMissing`.
    """
    digest = hashlib.sha256(" ".join([fonts.edition(), alphabets.edition(), *libraries()]).encode())
    sources = [source for name in modules() if (source := _source(name))]
    for content in sorted(path.read_bytes() for path in [*sources, *(p for folder in PAPER for p in _files(folder))]):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


@cache
def modules() -> frozenset[str]:
    """Dotted names of our modules that `MAKERS` reach by imports, with the packages they stand in."""
    found, left = set[str](), list(MAKERS)
    while left:
        name = left.pop()
        if name in found or not _source(name):
            continue
        found.add(name)
        left += [name.rpartition(".")[0], *(each for each in imported(name) if each.partition(".")[0] in OURS)]
    return frozenset(found)


@cache
def libraries() -> tuple[str, ...]:
    """`name version` of each distribution that those modules import, or that one of these needs; sorted."""
    tops = {each.partition(".")[0] for name in modules() for each in imported(name)}
    there = metadata.packages_distributions()
    found, left = dict[str, str](), [*pdf.KNOWN, *(name for top in tops - {*OURS} for name in there.get(top, ()))]
    while left:
        name = left.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # needed on other machines only
            continue
        left += [_NAME.findall(need)[0] for need in metadata.requires(name) or () if "extra ==" not in need]
    return (*(f"{name} {version}" for name, version in sorted(found.items())), *_shapers())


def _shapers() -> Iterator[str]:
    for file, function in SHAPERS.items():
        try:
            told = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            yield f"{file} unknown"
            continue
        told.restype = ctypes.c_char_p
        yield f"{file} {told().decode()}"


@cache
def imported(name: str) -> frozenset[str]:
    """Dotted names that a module of ours imports; `from a import b` gives `a` and `a.b`.

    They are read from its code: threads of one process that build syntax trees disturb each other (CPython gh-106905).
    """
    source, found, begun = _source(name), set[str](), ""
    for code in _codes(compile(source.read_text("utf-8"), name, "exec")) if source else ():
        for step in dis.get_instructions(code):
            if step.opname == "IMPORT_NAME":
                found.add(begun := step.argval)
            elif step.opname == "IMPORT_FROM":
                found.add(f"{begun}.{step.argval}")
    return frozenset(found)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A code with those of all functions and classes in it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _source(name: str) -> Path | None:
    """The file of a module of ours; None for what is no module."""
    path = ROOT.joinpath(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _files(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())
