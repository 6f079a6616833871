"""Forms of the kinds that ask for something of their own."""

from collections.abc import Mapping
from dataclasses import replace

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from portfolio.evidence.completeness import (
    NO_ADDRESS,
    NO_CLAUSE,
    NO_DAY_SEEN,
    NO_USE,
    SOURCE_LENGTHS,
    ensure_address,
)
from portfolio.evidence.drafts import Draft, OutsideSource
from portfolio.evidence.forms import EvidenceForm, not_to_come
from portfolio.evidence.models import Version
from portfolio.evidence.rules import Kind
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.words.prose import LONGEST


def whole_address(_form: Form, field: StringField) -> None:
    """Raise `ValidationError` for what is no whole address of a page on the web."""
    try:
        ensure_address(field.data or "")
    except Incomplete as refusal:
        raise ValidationError(refusal.sentence) from refusal


class EmailForm(EvidenceForm):
    """E-mails that were saved as files: their words are read from them."""

    def draft(self, received: tuple[int, ...] = ()) -> Draft:
        """What was typed, without words; see `EvidenceForm.draft`."""
        return replace(super().draft(received), text="")


class WebPageForm(EvidenceForm):
    """A page of the web as somebody saw it."""

    address = StringField(
        "Address",
        [DataRequired(NO_ADDRESS), Most(SOURCE_LENGTHS["address"]), whole_address],
        description="As it stands in your browser, for example: https://www.example.org/returns.",
    )
    happened_on = DateField("Day you saw it", [DataRequired(NO_DAY_SEEN), not_to_come])

    def source(self) -> OutsideSource:
        """The address of the page."""
        return OutsideSource(address=self.address.data or "")

    def show(self, version: Version) -> None:
        """Fill it with what a version says."""
        super().show(version)
        self.address.data = (version.source or {}).get("address", "")


class ProcedureUsedForm(EvidenceForm):
    """A clause of a policy or procedure, and how it was used; `offer` says which there are."""

    procedure = SelectField("Policy or procedure", coerce=int, validate_choice=False)
    clause = StringField(
        "Clause or section",
        [DataRequired(NO_CLAUSE), Most(SOURCE_LENGTHS["clause"])],
        description="Its number or its heading, for example: 4.2, or Returns without a receipt.",
    )
    text = TextAreaField("How you used it", [DataRequired(NO_USE), Most(LONGEST)])
    offered: Mapping[int, tuple[str, str]] = {}
    """Title and version by choice."""

    def offer(self, followed: Mapping[int, tuple[str, str]], before: tuple[str, str] | None = None) -> None:
        """Let one be chosen that is `followed` now, or the one to which the version `before` refers."""
        kept = {0: before} if before and before not in followed.values() else {}
        self.offered = {**kept, **followed}
        names = {id: f"{title}, version {version}" for id, (title, version) in self.offered.items()}
        self.procedure.choices = [(id, name if id else f"{name} (not followed any more)") for id, name in names.items()]
        if self.procedure.data is None:
            same = (id for id, named in self.offered.items() if named == before)
            self.procedure.data = next(same, None)

    def source(self) -> OutsideSource:
        """Title, version and clause, as the register has them now."""
        title, version = self.offered.get(self.procedure.data, ("", ""))
        return OutsideSource(title=title, version=version, clause=self.clause.data or "")

    def show(self, version: Version) -> None:
        """Fill it with what a version says."""
        super().show(version)
        self.clause.data = (version.source or {}).get("clause", "")


FORMS: Mapping[Kind, type[EvidenceForm]] = {
    Kind.EMAIL: EmailForm,
    Kind.WEB_PAGE: WebPageForm,
    Kind.PROCEDURE: ProcedureUsedForm,
}
"""The forms of kinds that ask for something else than `EvidenceForm` does."""
