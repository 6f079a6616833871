"""Each room does its one thing: reads in queries, writes in operations, words in forms."""

import ast
from collections.abc import Iterator

from tests.architecture.source import PRODUCT, Module, check, modules, product

READING = {"select", "exists"}
VAGUE = {"util", "utils", "helper", "helpers", "common", "core", "misc", "manager", "managers", "base", "lib", "stuff"}


def names_of(module: Module) -> set[str]:
    """Every imported name and the packages it stands in."""
    return {
        ".".join(name.split(".")[: depth + 1]) for name, _ in module.imports() for depth in range(name.count(".") + 1)
    }


def calls(module: Module) -> Iterator[tuple[str, int]]:
    """Every called name, `a.b` for attributes, with its line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def test_only_queries_say_select() -> None:
    check(
        "only queries say select",
        {
            module.path: f"line {line} says {name}(…)"
            for module in product()
            if module.room != "queries"
            for name, line in calls(module)
            if name in READING or name in {"sa.select", "sqlalchemy.select", "db.select"}
        },
    )


def test_operations_know_neither_forms_nor_the_request() -> None:
    for module in modules(*PRODUCT):
        if module.room == "operations":
            assert names_of(module) & {"flask", "flask_wtf", "wtforms", "werkzeug"} == set(), module.path


def test_models_hold_tables_and_neither_read_nor_commit() -> None:
    for module in modules(*PRODUCT):
        if module.room == "models":
            sessions = [name for name, _ in calls(module) if "session" in name.split(".")]
            assert sessions == [], f"{module.path} uses the session: {sessions}"


def test_only_the_edge_opens_a_transaction() -> None:
    inner = {"rules", "lifecycle", "models", "policy", "queries", "operations", "forms"}
    check(
        "only the edge commits",
        {
            module.path: f"line {line} says {name}(…)"
            for module in modules("portfolio", "exports")
            if module.room in inner and not module.name.startswith("portfolio.foundation")
            for name, line in calls(module)
            if name in {"transaction", "db.session.commit"}
        },
    )


def test_no_room_has_a_name_that_says_nothing() -> None:
    vague = [module.path for module in product() if VAGUE & set(module.name.split("."))]
    assert vague == []
