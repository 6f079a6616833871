"""The house that these tests meet in, and the people in it."""

from tests.fixtures.cast import database, house, postgres_original, sqlite_original
from tests.fixtures.frugal import frugal

__all__ = ["database", "frugal", "house", "postgres_original", "sqlite_original"]
