"""Everything that people send is taken and shown, or taken and said why it cannot be shown and what to do."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from portfolio.evidence import media
from portfolio.evidence.media import Prepared
from portfolio.evidence.media.prepared import from_json
from tests.evidence.formats import documents, pictures, recordings
from tests.evidence.formats.sending import arrived, sent
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

TABLE = tomllib.loads(Path(__file__).with_name("formats.toml").read_text())
ROWS: dict[str, dict[str, Any]] = {row["file"]: row for row in TABLE["rows"]}
MADE = {**pictures.MADE, **recordings.MADE, **documents.MADE}
REFUSED = {"empty"}
SECRETS = (pictures.CAMERA, pictures.PLACE, recordings.PLACE)
"""What is in the originals and nobody meant to tell."""
QUIET = {"voice_amr_wide_band"}
"""Recordings in which nothing is said."""

Original = Callable[[str], Path]
Prepare = Callable[[str], Prepared]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    folder = tmp_path_factory.mktemp("originals")

    def made(name: str) -> Path:
        path = folder / name
        if not path.exists():
            MADE[name](path)
        return path

    return made


@pytest.fixture(scope="module")
def forks() -> Iterator["subprocess.Popen[str]"]:
    """What confines a process for each file."""
    command = [sys.executable, "-m", "tests.evidence.formats.forks"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:
        yield program
        assert program.stdin
        program.stdin.close()


@pytest.fixture
def prepare(forks: "subprocess.Popen[str]", original: Original, tmp_path: Path) -> Prepare:
    def made(name: str) -> Prepared:
        path = original(name)
        kind, media_type = media.sniff(path)
        if kind == "other":
            return media.prepare(path, tmp_path)
        assert forks.stdin
        assert forks.stdout
        forks.stdin.write(json.dumps([str(path), kind, media_type, str(tmp_path)]) + "\n")
        forks.stdin.flush()
        status, answer = json.loads(forks.stdout.readline())
        assert status == 0, "it stayed within its limits"
        return from_json(json.loads(answer))

    return made


def seen(made: Prepared) -> str:
    """What people see of a file."""
    if made.pages:
        return "pages" if made.media_type == "application/pdf" else "text"
    shown = {"image": "picture", "video": "film", "audio": "sound"}
    return shown[made.shown_type.partition("/")[0]] if made.shown else "nothing"


def red_side(made: Prepared) -> str:
    """On which side the copy is red."""
    if made.kind == "image":
        with Image.open(made.shown or "") as picture:
            image = picture.convert("RGB")
    else:
        with av.open(str(made.shown)) as film:
            frame = next(film.decode(video=0))
            image = frame.to_image().rotate(frame.rotation, expand=True)
    pixels = np.asarray(image).astype(int)
    red = pixels[:, :, 0] - pixels[:, :, 2]
    down, across = red.shape[0] // 2, red.shape[1] // 2
    sides = {"above": red[:down], "below": red[down:], "left": red[:, :across], "right": red[:, across:]}
    return max(sides, key=lambda side: float(sides[side].mean()))


def test_the_table_has_a_row_for_every_file_and_uses_every_sentence() -> None:
    assert set(ROWS) | REFUSED == set(MADE)
    assert {key for row in ROWS.values() for key in row.get("said", ())} == set(TABLE["sentences"])


@pytest.mark.parametrize("name", ROWS)
def test_it_is_shown_or_said_why_not(prepare: Prepare, name: str) -> None:
    row, made = ROWS[name], prepare(name)
    media_type = TABLE["types"].get(row["type"], row["type"])
    told = [*filter(None, [made.note]), *made.remarks]
    assert (made.media_type, seen(made)) == (media_type, row["shown"])
    assert told == [TABLE["sentences"][key] for key in row.get("said", ())]
    assert told or row["shown"] != "nothing", "somebody is told why"
    assert made.pages == row.get("pages")
    if size := row.get("size"):
        assert [made.width, made.height] == size
    if seconds := row.get("seconds"):
        assert made.duration == pytest.approx(seconds, abs=0.3)
        with av.open(str(made.shown)) as shown:
            assert (shown.duration or 0) / av.time_base == pytest.approx(seconds, abs=0.4)
    if row["shown"] == "sound" and name not in QUIET:
        assert max(made.peaks) > 0.3
    if side := row.get("red"):
        assert red_side(made) == side
    copies = b"".join(copy.read_bytes() for copy in (made.shown, made.picture) if copy)
    assert not [secret for secret in SECRETS if secret.encode() in copies]


@pytest.mark.parametrize("form", ["photo_jpeg", "photo_heic", "photo_webp", "photo_avif", "screenshot_png", "bmp"])
def test_photos_of_the_table_tell_camera_and_place_before_they_are_copied(original: Original, form: str) -> None:
    kept = original(form).read_bytes()
    assert (pictures.CAMERA.encode() in kept) == (form != "bmp"), "else nothing would be shown by their copies"
    assert (pictures.PLACE.encode() in kept) == (form != "bmp")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_all_of_it_is_taken_and_only_nothing_is_refused(house: House, original: Original) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada = house.browser("ada")
    for name in ROWS:
        content = original(name).read_bytes()
        file = arrived(ada, name, content)
        assert (file.name, file.size, file.sha256) == (name, len(content), hashlib.sha256(content).hexdigest())
        assert (file.kind, file.media_type) == media.sniff(original(name))
    answer = sent(ada, "empty", original("empty").read_bytes())
    assert answer.status_code == 422
    assert "This file is empty." in answer.text


def test_no_coder_gives_the_tests_the_first_claim_on_the_processors(tmp_path: Path) -> None:
    recordings.MADE["film_webm_av1"](tmp_path / "film")
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
