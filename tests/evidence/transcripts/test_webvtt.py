"""Captions are read whole, or refused with the line that is wrong and what to do; what is written is read again."""

from contextlib import suppress
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import verify
from portfolio.evidence.transcripts.rules import MOST_CUES, Cue, lined
from portfolio.evidence.transcripts.webvtt_text import read, write
from portfolio.foundation.errors import Refused
from portfolio.foundation.words.text import cleaned

WHOLE = """WEBVTT - Call\r
\r
STYLE\r
::cue { color: red }\r
\r
NOTE who: Ada\r
\r
1\r
00:01.000 --> 00:02.500 align:start position:10%\r
<v Ada Byrne>Good <i>morning</i>, Tidewater &amp; Sons.</v>\r
\r
00:00:03.000 --> 00:00:04.000\r
- One &lt;kettle&gt;\r
- A red one\r
"""


def test_times_and_words_are_kept_and_styles_are_not() -> None:
    assert read(b"\xef\xbb\xbf" + WHOLE.encode(), 60.0) == [
        Cue(1.0, 2.5, "Ada Byrne: Good morning, Tidewater & Sons."),
        Cue(3.0, 4.0, "- One <kettle>\n- A red one"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Line 1: a file of captions begins with the word WEBVTT"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello", "Line 1: a file of captions begins with the word WEBVTT"),
        (b"WEBVTTX\n\n00:01.000 --> 00:02.000\nHello", "Line 1: a file of captions begins with the word WEBVTT"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nCafé".encode("latin-1"), "Line 4: this is not text in UTF-8"),
        (b"WEBVTT", "There are no words in it"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "There are no words in it"),
        (b"WEBVTT\n\n00:01,000 --> 00:02,000\nHello", "Line 3: the times are not as WebVTT writes them"),
        (b"WEBVTT\n\n00:01.000 -> 00:02.000\nHello", "There are no words in it"),
        (b"WEBVTT\n\n00:61.000 --> 00:62.000\nHello", "Line 3: the times are not as WebVTT writes them"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nHello", "Line 3: the caption ends before it begins"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n09:00.000 --> 09:01.000\nB", "Line 6: the caption begins at 9:00"),
        (b"WEBVTT\n\nNOTE\n00:01.000 --> 00:02.000\nHello", ""),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 501, "Caption 1 has 501 characters"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 5001, "Line 4: it has more than 5,000 characters"),
        (b"WEBVTT\n" + b"\n" * 1024**2, "A file of captions has at most"),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nHi\n\n" * (MOST_CUES + 1), "more than 6,000 captions"),
    ],
)
def test_what_is_no_captions_is_refused_with_the_line_and_what_to_do(content: bytes, said: str) -> None:
    if not said:
        assert read(content, 60.0)
        return
    with pytest.raises(Refused) as refusal:
        read(content, 60.0)
    assert said in refusal.value.sentence


@given(st.binary(max_size=300) | st.text("WEBVT \n-->0123:.<>&;vNOTE", max_size=300).map(lambda text: text.encode()))
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(content: bytes) -> None:
    with suppress(Refused):
        cues = read(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n\n" + content, 60.0)
        assert all(cue.begins < cue.ends and cue.words == lined(cue.words) for cue in cues)


WORDS = st.text(max_size=60).map(cleaned).map(lined).filter(bool)
MOMENTS = st.lists(st.integers(0, 60_000), min_size=2, max_size=12, unique=True).map(sorted)


@given(MOMENTS, st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_again_and_is_what_an_auditor_makes_of_it(
    moments: list[int], data: st.DataObject
) -> None:
    cues = [Cue(one / 1000, other / 1000, data.draw(WORDS)) for one, other in pairwise(moments)]
    text = write(cues)
    assert read(text.encode(), 60.0) == cues
    assert text == verify.captions_of([{"begins": cue.begins, "ends": cue.ends, "words": cue.words} for cue in cues])
    assert len(webvtt.from_string(text).captions) == len(cues)
    assert read(write(cues, "Made by a machine; nobody has read it yet.").encode(), 60.0) == cues
