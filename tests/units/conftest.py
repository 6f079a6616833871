"""The people of these tests, and the house they meet in."""

from tests.people.house import ada, app, ben, cy, dee, guest

__all__ = ["ada", "app", "ben", "cy", "dee", "guest"]
