"""How moments, sizes and seconds read on the page: the filters that templates know."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup, escape

from portfolio.foundation.clock import today as day_in
from portfolio.foundation.words.prose import lined
from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.words.text import inner, listed, plural


def install(app: Flask) -> None:
    """Give the templates of `app` the filters below."""
    for name, show in (
        ("when", when),
        ("day", day),
        ("ago", ago),
        ("filesize", filesize),
        ("clock", clock),
        ("address", address),
        ("inner", inner),
        ("web_link", web_link),
    ):
        app.jinja_env.filters[name] = show
    app.jinja_env.filters |= {"plural": plural, "lined": lined, "listed": listed, "moment": datetime.fromisoformat}
    app.jinja_env.filters["iso_day"] = date.fromisoformat
    app.jinja_env.globals["drawn_once"] = drawn_once


def drawn_once(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro that depends on nothing but its few arguments (words, lists of words, facts), drawn once for each."""
    drawn = lru_cache(maxsize=2048)(macro)

    def again(*given: object, **named: object) -> Markup:
        return drawn(*map(_kept, given), **{name: _kept(value) for name, value in named.items()})

    return again


def _kept(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def zone() -> ZoneInfo:
    """The time zone of the centre of whoever looks, or `g.zone` on a page that is for nobody's sign-in; else UTC."""
    person = g.get("person")
    return ZoneInfo(person.centre.timezone if person else g.get("zone", "UTC"))


def today() -> date:
    """What day it is at the centre of whoever looks."""
    return day_in(zone().key)


def when(moment: datetime | None) -> Markup:
    """A moment as a `<time>` in the reader's zone: 4 March 2026, 09:30."""
    if moment is None:
        return Markup("")
    local = moment.astimezone(zone())
    return _time(moment, f"{local.day} {local:%B %Y, %H:%M}")


def day(moment: datetime | date | None) -> Markup:
    """The day alone: 4 March 2026."""
    if moment is None:
        return Markup("")
    local = moment.astimezone(zone()) if isinstance(moment, datetime) else moment
    return _marked(local.strftime("%Y-%m-%d"), f"{local.day} {local:%B %Y}")


def ago(moment: datetime | None) -> Markup:
    """How long since: today, 1 day, 12 days."""
    if moment is None:
        return Markup("")
    days = (today() - moment.astimezone(zone()).date()).days
    return _time(moment, "today" if days < 1 else plural(days, "day"))


def address(email: str) -> Markup:
    """An e-mail address, to be broken before its “@” where a line ends."""
    name, at, domain = email.rpartition("@")
    return Markup("{}<wbr>{}").format(name, at + domain)


def web_link(words: str) -> Markup:
    """An address of the web as a link, whose page is not told from where one came; other words as they are."""
    if not words.startswith(("https://", "http://")):
        return escape(words)
    return Markup('<a href="{0}" rel="noreferrer noopener">{0}</a>').format(words)


def clock(seconds: float | None) -> str:
    """Seconds as m:ss, from an hour on as h:mm:ss."""
    if seconds is None:
        return ""
    hours, rest = divmod(int(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _time(moment: datetime, words: str) -> Markup:
    return _marked(f'{moment.isoformat(timespec="seconds")}" data-zone="{zone().key}', words)


def _marked(machine: str, words: str) -> Markup:
    return Markup(f'<time datetime="{machine}">{words}</time>')  # noqa: S704 - numbers, names of months and zones only
