"""What is said in a recording, as paper shows it."""

from dataclasses import replace

from exports.document import report
from exports.facts.frozen.transcripts import CueFacts
from tests.exports.document.test_report import HTML, words
from tests.exports.samples.facts import FACTS


def test_words_of_a_recording_have_their_direction_and_say_where_they_end():
    def heard(item):
        (file,) = item.files
        cues = (CueFacts(0.0, 2.0, "سألت مديري أولا"), CueFacts(2.0, 4.0, "I asked my manager first."))
        words_said = replace(file.transcript, origin="machine", cues=cues)
        return replace(item, files=(replace(file, transcript=words_said),))

    facts = replace(FACTS, evidence=tuple(heard(one) if one.ref == "E7" else one for one in FACTS.evidence))
    html = words(report.render(facts))
    assert html.count('dir="rtl">سألت مديري أولا</span>') == 1
    assert "The last of these words end at 00:00:04; the recording lasts 00:04:00." in html
    assert "The last of these words" not in HTML
