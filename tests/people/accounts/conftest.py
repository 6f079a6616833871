"""Two centres for these tests."""

from tests.people.accounts.two_centres import two

__all__ = ["two"]
