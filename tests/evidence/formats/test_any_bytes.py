"""Whatever bytes a file has that is not shown, somebody is told one thing of it, and nothing of it is run."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.evidence.media import sniff, unshown

BEGINNINGS = (
    b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<!doctype html>", b"{\\rtf", b"#!/bin/sh\n", b"\x1f\x8b",
    b"\x00\x00\x00\x18ftypcrx ", b"MThd", "Ŵ".encode()[:1],
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begins=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=2000))
def test_one_sentence_is_said_of_it_and_one_of_its_macros(tmp_path: Path, begins: bytes, rest: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(begins + rest)
    first, *others = unshown.said(path)
    assert "here; the original is kept. " in first
    assert others in ([], [unshown.MACROS])
    assert sniff(path)[0] in ("image", "audio", "video", "document", "other")
