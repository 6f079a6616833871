"""Forms of conversations: a comment, and one at a place that is chosen."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from portfolio.assessment.conversations.rules import LONGEST, NO_WORDS
from portfolio.evidence.pointing.forms import PlaceForm
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.requests.numbers import number


class SayingForm(Form):
    """What is said."""

    words = TextAreaField("Comment", [DataRequired(NO_WORDS), Most(LONGEST)])
    received = HiddenField()
    """Id of the file in which it is spoken besides; of several that arrived, the last counts."""

    def spoken(self) -> int | None:
        """The file in which it is spoken besides."""
        return number((self.received.data or "").split()[-1]) if (self.received.data or "").strip() else None


class CommentForm(SayingForm, PlaceForm):
    """What is said at a place."""
