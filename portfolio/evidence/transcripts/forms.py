"""The forms about the words of a recording: captions are uploaded, a draft is corrected, and confirmed."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, FieldList, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from portfolio.evidence.transcripts.rules import LANGUAGES, MOST_WORDS, Cue
from portfolio.evidence.transcripts.webvtt_text import LARGEST
from portfolio.foundation.forms import Form, Most
from portfolio.foundation.words.display import clock
from portfolio.foundation.words.sizes import filesize

AT_ONCE = 50
"""Cues that are corrected on one page."""


_OFFERED = [SelectChoice(tag, name) for tag, name in LANGUAGES.items()]


class CaptionsForm(Form):
    """A file of captions, and the language of its words."""

    language = SelectField("Language of the captions", choices=_OFFERED)
    captions = FileField(
        "Captions",
        [FileRequired("Choose a file of captions.")],
        description=f"A WebVTT file (.vtt), at most {filesize(LARGEST)}. Times and words are kept, styles are not.",
        render_kw={"accept": ".vtt,text/vtt"},
    )


class WordsForm(Form):
    """Some cues of a draft, one answer for the words of each."""

    basis = HiddenField(validators=[Length(max=64)])
    words = FieldList(TextAreaField("Words", [Most(MOST_WORDS)]), max_entries=AT_ONCE)

    def show(self, cues: Sequence[Cue], basis: str) -> None:
        """Fill in what stands there."""
        self.basis.data = basis
        for cue in cues:
            self.words.append_entry(cue.words)

    def name(self, cues: Sequence[Cue]) -> None:
        """Call each answer by the times of its cue."""
        for entry, cue in zip(self.words, cues, strict=False):
            entry.label.text = f"{clock(cue.begins)} to {clock(cue.ends)}"


class ConfirmForm(Form):
    """That somebody has read a draft against its recording."""

    basis = HiddenField(validators=[Length(max=64)])
    read = BooleanField(
        "I have read all of it while I listened to the recording, and it is what is said",
        [DataRequired("Tick this once you have read all of it. Until then it stays a draft.")],
    )
