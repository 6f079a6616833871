"""What is dear is made once in a run, whoever asks for it and however many at the same moment."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.fixtures.once import FOLDER, made, once


@once
def report(diary: Path, size: str) -> bytes:
    with diary.open("a") as written:
        written.write(f"{size}\n")
    return f"a report on {size}".encode()


def test_many_processes_get_what_one_of_them_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    diary, sizes = tmp_path / "diary", ["A4", "Letter"] * 3
    with ProcessPoolExecutor(3, get_context("spawn")) as readers:
        told = list(readers.map(report, [diary] * len(sizes), sizes))
    assert told == [f"a report on {size}".encode() for size in sizes]
    assert sorted(diary.read_text().split()) == ["A4", "Letter"]


def test_what_failed_is_made_anew_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))

    def breaks_off(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        made("house", breaks_off)
    assert list(made("house", lambda folder: (folder / "whole").touch()).iterdir()) == [
        tmp_path / "house" / "content" / "whole"
    ]
