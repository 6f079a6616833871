"""The houses that journeys walk through: one with a small cast of the test's own, and the sample centre."""

from tests.fixtures.house import served, street
from tests.fixtures.sample import harbour, harbour_served, sample_instance

__all__ = ["harbour", "harbour_served", "sample_instance", "served", "street"]
