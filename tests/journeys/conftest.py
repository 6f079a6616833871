"""Work that is handed in, for every journey that asks for it."""

from tests.journeys.assessor.judging import assessment

__all__ = ["assessment"]
