"""The people of these tests, and the house they meet in."""

from tests.people.house import app

__all__ = ["app"]
