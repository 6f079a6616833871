"""Things of the front end are found by their names: small folders, files that say what they do, nothing dead."""

import re
from functools import cache
from os.path import normpath
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, product

SOURCE = ROOT / "static" / "source"
FILES_IN_A_FOLDER = 16
LINES_IN_A_FILE = 250
FOLDERS = sorted(path.relative_to(ROOT).as_posix() for path in [SOURCE, *SOURCE.rglob("*")] if path.is_dir())
FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.suffix in {".ts", ".scss"})
SCRIPTS = [name for name in FILES if name.endswith(".ts")]
SHEETS = [name for name in FILES if Path(name).name.startswith("_")]

WORKERS = {"service-worker.ts", "withdrawn-worker.ts"}
"""Browsers ask for it by an address of its own, no page does."""
OPENING = re.compile(r"/\*\* \S.+ \*/\n|// \S.+\n")
IMPORT = re.compile(r"^(?:im|ex)port (?:type )?(?:\{([^}]*)\}|[^;{]*?) ?from \"(\.[^\"]+)\";", re.MULTILINE)
LATER = re.compile(r"const \{ ([^}]*) \} = await import\(\"(\.[^\"]+)\"\)")
"""What is asked for only when it is needed."""
EXPORT = re.compile(
    r"^export (?:async |abstract )*(?:function|const|let|class|interface|type|enum) (\w+)", re.MULTILINE
)


@cache
def text(name: str) -> str:
    """One file of static/source."""
    return (SOURCE / name).read_text("utf-8")


@cache
def imports(name: str) -> dict[str, set[str]]:
    """What a script takes from other scripts of ours: their paths, and the names."""
    found: dict[str, set[str]] = {}
    for names, path in IMPORT.findall(text(name)) + LATER.findall(text(name)):
        words = {one.strip().removeprefix("type ").split(" as ")[0] for one in names.split(",") if one.strip()}
        found.setdefault(normpath(Path(name).parent / f"{path}.ts"), set()).update(words)
    return found


def circle(name: str, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The way by which a script imports itself; empty where there is none."""
    if name in path:
        return (*path[path.index(name) :], name)
    return next((found for other in imports(name) if (found := circle(other, (*path, name)))), ())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_can_be_read_at_a_glance(folder: str) -> None:
    assert len([path for path in (ROOT / folder).iterdir() if path.is_file()]) <= FILES_IN_A_FOLDER


@pytest.mark.parametrize("name", FILES)
def test_a_file_opens_with_what_it_does_and_is_small(name: str) -> None:
    assert OPENING.match(text(name))
    assert text(name).count("\n") <= LINES_IN_A_FILE


def test_every_import_leads_to_a_file_of_ours() -> None:
    assert {other for name in SCRIPTS for other in imports(name)} <= set(SCRIPTS)


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_imports_itself_by_a_way_round(name: str) -> None:
    assert circle(name) == ()


def test_what_a_script_exports_is_imported_by_another() -> None:
    taken = {(path, word) for name in SCRIPTS for path, words in imports(name).items() for word in words}
    offered = {(name, word) for name in SCRIPTS for word in EXPORT.findall(text(name))}
    assert sorted(offered - taken) == []


def test_every_script_belongs_to_a_page() -> None:
    entries = {name for name in SCRIPTS if "/" not in name}
    reached, ahead = set[str](), set(entries)
    while ahead:
        reached |= ahead
        ahead = {other for name in ahead for other in imports(name)} - reached
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    assert sorted(set(SCRIPTS) - reached) == []
    asked = {name for name in entries if f"asset('{Path(name).stem}.js')" in pages}
    assert entries - asked == WORKERS
    for worker in WORKERS:
        assert any(f'built("{Path(worker).stem}.js")' in module.text for module in product())


def test_every_stylesheet_is_used() -> None:
    used = {
        normpath(Path(name).parent / Path(path).parent / f"_{Path(path).name}.scss")
        for name in FILES
        for path in re.findall(r'^@use "([^"]+)";', text(name), re.MULTILINE)
        if not path.startswith("sass:")
    }
    assert used == set(SHEETS)
