"""Our own Python files and templates, read once, for the tests that read the repository."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("criteria", "portfolio", "exports", "sample")
ROOMS = {"rules", "lifecycle", "models", "policy", "queries", "operations", "forms", "views", "commands"}
EVERYTHING = (*PRODUCT, "bench", "tests", "tools")


@dataclass(frozen=True)
class Module:
    """A Python file of ours: its path below the root, its dotted name, its text and its syntax tree."""

    path: str
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The part of the name that says the layer, also where a room has become a folder (`operations.deciding`)."""
        return next((part for part in self.name.split(".") if part in ROOMS), "")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, inner ones included."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """Every imported name, dotted, with its statement; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """All Python files of the folders (or of the files named), by path."""
    found = (path for folder in folders for path in [ROOT / folder, *(ROOT / folder).rglob("*.py")])
    return tuple(module(path) for path in sorted(found) if path.is_file())


def module(path: Path) -> Module:
    """Read one file."""
    relative = path.relative_to(ROOT)
    text = path.read_text("utf-8")
    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Module(str(relative), name, text, ast.parse(text, relative))


def product() -> tuple[Module, ...]:
    """What runs in production: the rooms and the composition root."""
    return modules(*PRODUCT, "app.py")


@cache
def exceptions(rule: str) -> dict[str, str]:
    """Who may break a rule, and why: `path` or `path::function` → reason, from exceptions.toml beside this file."""
    listed: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("exceptions.toml").read_text("utf-8"))
    return listed.get(rule, {})


def check(rule: str, faults: dict[str, str]) -> None:
    """Fail with every fault that no exception excuses, and with every exception that excuses nothing any more."""
    excused = exceptions(rule)
    unexcused = [f"{place}: {fault}" for place, fault in sorted(faults.items()) if place not in excused]
    idle = [f"{place}: excused in exceptions.toml, but keeps the rule" for place in excused if place not in faults]
    assert not unexcused + idle, "\n" + "\n".join(unexcused + idle)
