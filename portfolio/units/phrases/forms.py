"""Forms about sentences for feedback that a centre shares."""

from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portfolio.foundation.forms import Form, Most
from portfolio.units.models import Edition
from portfolio.units.phrases.rules import LONGEST, NO_WORDS, WHOLE_UNIT


class WordingForm(Form):
    """What a shared sentence says."""

    words = TextAreaField("Sentence", [DataRequired(NO_WORDS), Most(LONGEST)])
    seen = IntegerField("Seen", [InputRequired("Load the page again and change it once more.")])


class PhraseForm(Form):
    """A sentence to be shared, and what it is for."""

    point = SelectField("For")
    words = TextAreaField(
        "Sentence", [DataRequired(NO_WORDS), Most(LONGEST)], description="As learners are to read it in their feedback."
    )

    def offer(self, edition: Edition) -> None:
        """Set the points that there are to choose from."""
        self.point.choices = [
            SelectChoice(WHOLE_UNIT, "The whole unit"),
            *(SelectChoice(point.ref, f"{point.ref} {point.text}"[:80]) for point in edition.points),
        ]
