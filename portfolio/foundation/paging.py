"""Long lists, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func

from portfolio.foundation.db import db

SIZE = 25
"""Lines of a list on one page."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """One page of a list."""

    rows: list[Row]
    number: int
    """From 1 on."""
    pages: int
    total: int
    """Lines of the whole list."""


def page(number: int, *, total: int, rows: Callable[[int, int], list[Row]], size: int = SIZE) -> ListPage[Row]:
    """Page `number` of a list of `total` lines, or the nearest that there is; `rows` is given offset and limit."""
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    return ListPage(rows((number - 1) * size, size), number, pages, total)


def page_of(query: Select[Row], number: int, *, size: int = SIZE) -> ListPage[Row]:
    """Page `number`, or the nearest that there is, of what `query` finds; `size` lines to a page."""
    counted: Select[Any] = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    rows = lambda offset, limit: list(db.session.scalars(query.offset(offset).limit(limit)))  # noqa: E731
    return page(number, total=db.session.scalar(counted) or 0, rows=rows, size=size)
