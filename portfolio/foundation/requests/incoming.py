"""What browsers send, as the product takes it: every text cleaned in one place, before anything reads it."""

from typing import Any

from flask import Flask
from flask import Request as FlaskRequest
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.routing import UnicodeConverter, ValidationError

from portfolio.foundation.words.text import cleaned


class Answers(ImmutableMultiDict[str, Any]):
    """Values of an address or of a form; their texts, and the names of files, are cleaned.

    A part of a multipart body without a name answers nothing.
    """

    def __init__(self, given: Any = None) -> None:
        pairs = given.items(multi=True) if isinstance(given, MultiDict) else given or ()
        super().__init__([(cleaned(name), _cleaned(value)) for name, value in pairs if name is not None])


class CleanRequest(FlaskRequest):
    """A request whose `args`, `form` and `files` are clean. Nothing is read before it is asked for."""

    parameter_storage_class = Answers

    @property
    def is_json(self) -> bool:
        """False: nothing that the product's pages send is JSON, so nobody's is parsed."""
        return False

    def get_json(self, *_given: Any, **_named: Any) -> None:
        """None, likewise; libraries ask for it."""


class Plain(UnicodeConverter):
    """A part of an address; one that holds what no text may hold names nothing."""

    def to_python(self, value: str) -> str:
        """The part, as it is. Raises `ValidationError`, and so gives 404, for one that is not clean."""
        if cleaned(value) != value:
            raise ValidationError
        return str(super().to_python(value))


def take_clean_addresses(app: Flask) -> None:
    """Have `app` know no address with a text that is not clean; to be called before its routes are laid."""
    app.url_map.converters |= {"default": Plain, "string": Plain}


def _cleaned(value: Any) -> Any:
    if isinstance(value, FileStorage) and value.filename is not None:
        value.filename = cleaned(value.filename)
    return cleaned(value) if isinstance(value, str) else value
