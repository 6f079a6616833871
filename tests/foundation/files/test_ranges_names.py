"""A file is saved under its own name in every script, and no name ends the header that carries it."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from portfolio.foundation.requests.ranges import disposition


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("report.pdf", 'attachment; filename="report.pdf"'),
        ("Küche.jpg", "attachment; filename=\"Kuche.jpg\"; filename*=UTF-8''K%C3%BCche.jpg"),
        ("نامه.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%D9%86%D8%A7%D9%85%D9%87.pdf"),
        ('a"b\\c;d%.txt', "attachment; filename=\"a_b_c_d_.txt\"; filename*=UTF-8''a%22b%5Cc%3Bd%25.txt"),
        ("a\r\nSet-Cookie: x=1.txt", 'attachment; filename="a Set-Cookie: x=1.txt"'),
        ("\u202e", 'attachment; filename="file"'),
    ],
)
def test_a_name_stands_whole_beside_what_old_programs_read(name: str, value: str) -> None:
    assert disposition(name) == value


@given(st.text(min_size=1, max_size=60))
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    value = disposition(name)
    assert value.isascii()
    assert value.isprintable()
    kind, options = parse_options_header(value)
    assert (kind, set(options)) == ("attachment", {"filename"})
    if "filename*" in value:
        assert unquote(value.rpartition("''")[2]) == options["filename"]
