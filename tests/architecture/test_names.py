"""Things are found by their names: folders that fit a glance, rooms where one expects them, one class for each name."""

import ast
import re
import subprocess
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from tests.architecture.source import EVERYTHING, ROOMS, ROOT, check, product

MOST_FILES = 16
"""In one folder."""
OUTERMOST = {"app"}
"""The only module that lies in no folder."""


def tracked() -> Iterator[PurePosixPath]:
    """Every file that is kept, and every new one that is not ignored."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return (PurePosixPath(line) for line in said.stdout.splitlines() if (ROOT / line).is_file())


def test_a_folder_fits_a_glance() -> None:
    sizes = Counter(str(path.parent) for path in tracked() if path.name != "__init__.py")
    check(
        "folders are small",
        {folder: f"{count} files" for folder, count in sizes.items() if count > MOST_FILES and folder != "."},
    )


@pytest.mark.parametrize(
    ("room", "made_by"),
    [("views", r"(flask\.)?Blueprint"), ("commands", r"click\.(command|group)|\w+\.command")],
)
def test_every_page_and_every_command_is_made_in_a_room_of_that_name(room: str, made_by: str) -> None:
    elsewhere = [
        f"{module.path}:{node.lineno}"
        for module in product()
        if module.room != room
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and re.fullmatch(made_by, ast.unparse(node.func))
    ]
    assert elsewhere == []


def test_no_class_name_stands_for_two_things() -> None:
    named = defaultdict[str, list[str]](list)
    for module in product():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and node.name != "Meta":  # WTForms wants that name
                named[node.name].append(f"{module.path}:{node.lineno}")
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_the_settings_of_the_tools_name_folders_and_rooms_and_no_file() -> None:
    """A file that moves within its folder, or a new one beside it, is held to the same rules without a word."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    contracts = settings["importlinter"]["contracts"]
    named = [*_modules(settings["mypy"]["overrides"], "module"), *_modules(contracts, "source_modules", "containers")]
    files = [one for one in named if _is_file(one) and one.rpartition(".")[2] not in ROOMS | OUTERMOST]
    assert files == []


def _modules(tables: list[dict[str, Any]], *keys: str) -> Iterator[str]:
    """What the tables list under these keys, of our own."""
    listed = (name for table in tables for key in keys for name in table.get(key, []))
    return (name for name in listed if name.partition(".")[0] in {*EVERYTHING, *OUTERMOST})


def _is_file(name: str) -> bool:
    return Path(ROOT, *name.split(".")).with_suffix(".py").is_file()
