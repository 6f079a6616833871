"""The fields of the form that a witness fills in, by what they are asked for."""

from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, InputRequired, Optional

from portfolio.evidence.drafts import LENGTHS, WITNESS_LENGTHS
from portfolio.evidence.forms import TIE_CHOICES, not_to_come
from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses.rules import HEADINGS, LONGEST_WORDS, WANTED, is_customer
from portfolio.foundation.forms import Most

YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
_LABELS = {
    "witness": "Your full name", "job": "Your job or role", "employer": "Your employer",
    "relationship": "How you know each other", "contact": "How you can be reached",
    "expert": "Are you an expert in this occupation?", "knows_standards": "Are you familiar with the standards?",
    "tie": "Does family or another interest tie you to the learner?",
}  # fmt: skip
_HINTS = {
    "job": "For example: shift supervisor.",
    "relationship": "For example: I was their line manager that week.",
    "contact": "A telephone number or an address at work. The portfolio shows it, so that your words can be checked.",
    "expert": "You do this work yourself, or have done it, and could teach it.",
    "knows_standards": "You have read the unit that the learner works on, or one like it.",
}
_TO_CUSTOMERS = {
    "contact": "A telephone number or an e-mail address. The portfolio shows it, so that your words can be checked.",
    "relationship": "For example: customer.",
}


def of_witness(kind: str) -> dict[str, UnboundField]:
    """The fields about who they are, and until when they saw it: what this kind wants, and what may be left out."""
    made = dict[str, UnboundField]()
    hints = {**_HINTS, **_TO_CUSTOMERS} if is_customer(kind) else _HINTS
    for name, sentence in WANTED[kind].items():
        label, hint = _LABELS[name], hints.get(name, "")
        if name in ("expert", "knows_standards", "tie"):
            choices = TIE_CHOICES if name == "tie" else YES_NO
            made[name] = RadioField(label, [InputRequired(sentence)], choices=choices, description=hint)
        else:
            checks = [DataRequired(sentence), Most(WITNESS_LENGTHS[name])]
            made[name] = StringField(label, checks, description=hint)
    left_open = "relationship" if is_customer(kind) else "employer"
    checks = [Optional(), Most(WITNESS_LENGTHS[left_open])]
    made[left_open] = StringField(_LABELS[left_open], checks, description=hints.get(left_open, ""))
    if kind != Kind.SUPERVISOR:
        made["until"] = DateField("Until", [Optional(), not_to_come], description="If it was more than one day.")
    return made


def of_words(kind: str, learner: str) -> dict[str, UnboundField]:
    """The fields for what they saw, or how it was for them, and where."""
    most = Most(LONGEST_WORDS)
    if is_customer(kind):
        question = "Answer this question in a sentence or two."
        return {
            "first": TextAreaField(f"What did {learner} do for you?", [DataRequired(question), most]),
            "second": TextAreaField("How was it for you?", [DataRequired(question), most]),
            "whole": TextAreaField(HEADINGS[-1], [Optional(), most]),
        }
    whole = TextAreaField(f"What you saw {learner} do, in your own words", [Optional(), most])
    if kind == Kind.SUPERVISOR:
        return {"whole": whole}
    return {"context": StringField("Where it was", [Optional(), Most(LENGTHS["context"])]), "whole": whole}
