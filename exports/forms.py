"""Forms about exports: what a report or a pack is to hold."""

from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import DataRequired

from portfolio.foundation.forms import Form


class PackForm(Form):
    """Whom a pack is about."""

    scope = RadioField(
        "Learners",
        [DataRequired("Choose whether the pack holds everybody or some.")],
        choices=[
            SelectChoice("all", "Every learner of the centre"),
            SelectChoice("achieved", "Every learner who has achieved a unit"),
            SelectChoice("some", "Only those ticked below"),
        ],
        default="all",
    )
    learners = SelectMultipleField("Those", coerce=int)
