"""Lines that begin with a time of the recording are notes of it; everything else stays plain words."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.evidence.places.timed_notes import timed_notes


@dataclass
class Sent:
    name: str
    sha256: str
    duration: float | None


CALL, PAPER = Sent("call.mp3", "a" * 64, 90.0), Sent("p.pdf", "c" * 64, None)
FILM = Sent("film (2).mov", "b" * 64, 4000.0)


def told(text: str, *files: Sent) -> list[tuple[float, float, str, str]]:
    return [(one.begins, one.ends, one.words, one.file[:1]) for one in timed_notes(text, files)]


def test_notes_stand_in_the_order_of_the_recording_and_last_until_the_next() -> None:
    text = "What I did.\n0:47 I said what it costs\n0:12.5 I let her finish\n- 1:05 and wrote it down"
    assert told(text, PAPER, CALL) == [
        (12.5, 47.0, "I let her finish", "a"),
        (47.0, 65.0, "I said what it costs", "a"),
        (65.0, 90.0, "and wrote it down", "a"),
    ]


def test_a_note_belongs_to_the_recording_that_it_names() -> None:
    text = (
        "0:10 (film (2).mov) The counter\n0:20 (call.mp3) The call\n"
        "1:00:01 (film (2).mov) Shut\n0:30 (aside) She laughed"
    )
    assert told(text, CALL, FILM) == [
        (20.0, 30.0, "The call", "a"),
        (30.0, 90.0, "(aside) She laughed", "a"),
        (10.0, 3601.0, "The counter", "b"),
        (3601.0, 4000.0, "Shut", "b"),
    ]


def test_a_name_with_brackets_of_its_own_is_read_whole() -> None:
    voice, other = Sent("Voice (1) final.m4a", "d" * 64, 60.0), Sent("Voice (1", "e" * 64, 60.0)
    text = "0:12 (Voice (1) final.m4a) I said\n0:13 (Voice (1) She asked"
    assert told(text, CALL, other, voice) == [(13.0, 60.0, "She asked", "e"), (12.0, 60.0, "I said", "d")]


NO_NOTES = ["9:00 o’clock we opened", "0:75 no such time", "at 0:12 I asked", "0:12", "0:12I asked", "12:30"]


@pytest.mark.parametrize("line", NO_NOTES)
def test_what_is_no_time_of_the_recording_is_no_note(line: str) -> None:
    assert told(line, CALL) == []
    assert told("0:12 I asked") == [], "nor is anything where nothing plays"


def test_two_notes_of_one_second_both_last_until_the_end() -> None:
    assert told("0:05 one\n0:05 two", CALL) == [(5.0, 90.0, "one", "a"), (5.0, 90.0, "two", "a")]


@given(st.text(alphabet="0123456789:.()- \nabc", max_size=300))
def test_a_note_lies_in_its_recording_whatever_is_typed(text: str) -> None:
    for begins, ends, words, _ in told(text, CALL, FILM):
        assert 0 <= begins < ends <= 4000
        assert words.strip()
        assert words in text or words.startswith("(")
