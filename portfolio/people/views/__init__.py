"""Pages about people: the start page, the list, one person, and the one-time links by which people join."""

from portfolio.people.views import centre, drafts, keys, links, mailing, people
from portfolio.people.views.blueprint import bp

__all__ = ["bp", "centre", "drafts", "keys", "links", "mailing", "people"]
