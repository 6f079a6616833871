"""A docstring names what its function raises, so that nobody has to read the body to call it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import check, modules, product

NEVER_CAUGHT = {"AssertionError"}
"""What only a mistake of ours raises."""


def test_a_public_function_names_every_error_that_it_raises() -> None:
    check(
        "docstrings name what is raised",
        {
            f"{module.path}::{name}": f"the docstring does not name {', '.join(sorted(unnamed))}"
            for module in (*product(), *modules("markwell.py"))
            for name, function in public(module.tree)
            if (unnamed := {error for error in raised(function) if not names(ast.get_docstring(function), error)})
        },
    )


def public(scope: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions and methods without a leading underscore; not commands, whose docstring is the help people read."""
    for node in scope.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public(node, f"{within}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not is_command(node):
            yield f"{within}{node.name}", node


def is_command(function: ast.FunctionDef) -> bool:
    """Whether a decorator makes it a command: `@group.command(…)`."""
    return any(".command" in ast.unparse(decorator) for decorator in function.decorator_list)


def raised(scope: ast.AST) -> Iterator[str]:
    """The names of the errors in the `raise` statements of a body, without those of functions inside it."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc:
            error = ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc).split(".")[-1]
            if error[0].isupper() and error not in NEVER_CAUGHT:
                yield error
        yield from raised(node)


def names(docstring: str | None, error: str) -> bool:
    """Whether a docstring has the error in backticks; `Refused` itself may be a sentence: “Refused where …”."""
    told = " ".join((docstring or "").split())
    sentence = error == "Refused" and re.search(r"\bRefused (where|when|for|as) ", told)
    return bool(sentence or re.search(rf"`([\w.]+\.)?{error}`", told))
