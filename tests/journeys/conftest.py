"""Work that is handed in, for every journey that asks for it."""

from tests.journeys.judging import assessment

__all__ = ["assessment"]
