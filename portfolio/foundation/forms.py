"""The base of all forms: answers are stripped; what the domain refuses returns to the form with all that was typed."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, StringField, TextAreaField, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Incomplete, Refused, Unavailable
from portfolio.foundation.words.lengths import too_long


def strip(value: object) -> object:
    """Text without the white space around it; anything else as it is."""
    return value.strip() if isinstance(value, str) else value


class Most:
    """Refuses an answer of more than `most` characters; the page takes it whole, so that its end is not lost unseen."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise `ValidationError` for an answer that is too long."""
        if sentence := too_long(field.data or "", self.most):
            raise ValidationError(sentence)


class Form(FlaskForm):
    """A form of the product."""

    status = 422
    """HTTP status of the page that shows the form again."""
    saved_before = ""
    """Where that is which was saved with this form before, when it comes back because of that."""

    class Meta:
        """Every text answer is stripped; files are taken only where a file is asked for."""

        def wrap_formdata(self, form: "Form", formdata: Any) -> Any:
            """The answers that were sent, each of the kind that its field is for."""
            given = super().wrap_formdata(form, formdata)  # type: ignore[misc]
            if not isinstance(given, CombinedMultiDict):
                return given
            asked = {name for name, field in form._fields.items() if isinstance(field, FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in asked]
            return CombinedMultiDict([MultiDict(files), request.form])

        def bind_field(self, form: "Form", unbound_field: UnboundField, options: dict[str, Any]) -> Any:
            """Add the stripping to text fields, not to passwords."""
            if issubclass(unbound_field.field_class, StringField | TextAreaField):
                filters = [strip, *unbound_field.kwargs.get("filters", ())]
                return unbound_field.bind(form=form, filters=filters, **options)
            return unbound_field.bind(form=form, **options)

    def attempt(self, deed: Callable[[], Any]) -> bool:
        """Do `deed` in one transaction; what it refuses becomes an error of this form. Whether it was done."""
        try:
            with transaction():
                deed()
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refused) -> None:
        """Show the sentence at the field that lacks something, or over the form."""
        self.status = self.status_of(refusal)
        self.saved_before = getattr(refusal, "address", "")
        named = [self[name] for name in getattr(refusal, "lacks", ()) if name in self] if _names(refusal) else []
        if named:
            named[0].errors = [*named[0].errors, refusal.sentence]
        else:
            self.form_errors.append(refusal.sentence)

    @staticmethod
    def status_of(refusal: Refused) -> int:
        """503 for what can be sent again as it is, in a while; 422 for what has to be mended."""
        return 503 if isinstance(refusal, Unavailable) else 422


def _names(refusal: Refused) -> bool:
    return isinstance(refusal, Incomplete) and bool(refusal.lacks)
