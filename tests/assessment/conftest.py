"""The house that these tests meet in, and the people in it."""

from tests.fixtures.cast import database, house, postgres_original, sqlite_original

__all__ = ["database", "house", "postgres_original", "sqlite_original"]
