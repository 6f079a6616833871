"""Journeys through the whole house, each on a street of its own."""

from tests.fixtures.house import served, street

__all__ = ["served", "street"]
