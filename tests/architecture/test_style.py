"""The style that a person relies on when reading: small, explained, in one voice."""

import ast

from tests.architecture.source import EVERYTHING, check, modules, product

LONGEST_FILE = 250
LONGEST_FUNCTION = 40
MOST_POSITIONAL = 4


def test_every_module_says_first_what_it_alone_does() -> None:
    silent = [
        module.path for module in modules(*EVERYTHING, "app.py") if module.text.strip() and not opening(module.tree)
    ]
    assert silent == []


def opening(tree: ast.Module) -> str:
    """The docstring of a module, when its first line is a sentence."""
    first = (ast.get_docstring(tree) or "").split("\n\n")[0]
    return first if first.endswith((".", ":", "…")) else ""


def test_files_are_small() -> None:
    check(
        "files are small",
        {
            module.path: f"{length} lines"
            for module in modules(*EVERYTHING, "app.py")
            if (length := module.text.count("\n")) > LONGEST_FILE
        },
    )


def test_functions_are_small() -> None:
    check(
        "functions are small",
        {
            f"{module.path}::{function.name}": f"{length} lines"
            for module in modules(*EVERYTHING, "app.py")
            for function in module.functions()
            if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
        },
    )


def test_no_function_takes_more_than_four_things_by_position() -> None:
    check(
        "few positional parameters",
        {
            f"{module.path}::{function.name}": f"{len(taken)} positional parameters: {', '.join(taken)}"
            for module in product()
            for function in module.functions()
            if len(taken := positional(function)) > MOST_POSITIONAL
        },
    )


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names a caller may give by position; `self` and `cls` are not counted."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return [name for name in names if name not in {"self", "cls"}]
