"""The form about a policy or procedure in the register."""

from wtforms import DateField, StringField
from wtforms.validators import DataRequired, Optional

from portfolio.evidence.procedures.models import Procedure
from portfolio.evidence.procedures.rules import LENGTHS, NO_TITLE, NO_VERSION, Stated
from portfolio.foundation.forms import Form, Most


class ProcedureForm(Form):
    """What is stated about one version of it."""

    title = StringField("Title", [DataRequired(NO_TITLE), Most(LENGTHS["title"])])
    version = StringField(
        "Version",
        [DataRequired(NO_VERSION), Most(LENGTHS["version"])],
        description="As it stands on the document, for example: 3.1, or March 2026.",
    )
    place = StringField(
        "Where it is kept",
        [Optional(), Most(LENGTHS["place"])],
        description="An address, or words, for example: the binder at the service desk.",
    )
    since = DateField("Followed since", [Optional()])

    def stated(self) -> Stated:
        """The answers as the domain takes them."""
        return Stated(self.title.data or "", self.version.data or "", self.place.data or "", self.since.data)


def like(procedure: Procedure) -> ProcedureForm:
    """The form for the next version of one: its title and place, and room for the new version and day."""
    form = ProcedureForm(formdata=None)
    form.title.data, form.place.data = procedure.title, procedure.place
    return form
