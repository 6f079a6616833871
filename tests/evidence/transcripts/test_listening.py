"""Where a model of speech is set, the worker writes down what is said; without one nothing of it is anywhere.

The engine is a stand-in beside the model, as small as a test: all else is what runs with the real one.
"""

import io
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.media.speech.heard import UNHEARD
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.rules import Kind
from portfolio.evidence.transcripts import listening, operations, queries
from portfolio.evidence.transcripts.listening import FOREIGN, NOTHING, PARTLY
from portfolio.evidence.transcripts.rules import UNREAD
from portfolio.foundation.db import db, transaction
from portfolio.foundation.settings import Unset, read
from portfolio.foundation.work import chores, jobs
from portfolio.foundation.work.jobs import Job
from tests.evidence.pages.papers import do_jobs
from tests.evidence.transcripts import spoken
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

ENGINE = '''
"""Hears a sentence every minute, in English unless the model says otherwise."""
import json, pathlib
from types import SimpleNamespace as Is

class WhisperModel:
    def __init__(self, folder, **_options):
        self.says = json.loads((pathlib.Path(folder) / "config.json").read_text())
        self.model = Is(is_multilingual=True)

    def transcribe(self, sound, language=None, **_options):
        if self.says.get("breaks") or len(sound) / 16000 < self.says.get("least", 0):
            raise MemoryError
        lasts, said = len(sound) / 16000, self.says.get("language", "en")
        about = Is(duration_after_vad=lasts if abs(sound).max() > 0.01 else 0, language=said, language_probability=0.9)
        return [self.segment(at, min(at + 59.5, lasts)) for at in range(0, int(lasts), 60)], about

    def segment(self, begins, ends):
        words = [Is(start=begins + 0.5, end=begins + 0.9, word=" It"), Is(start=begins + 1.0, end=ends, word=" works.")]
        return Is(start=begins, end=ends, words=words)
'''


@pytest.fixture
def model(house: House, tmp_path: Path) -> Callable[[str], None]:
    """Sets a model of speech: `model(config)`."""

    def chosen(config: str = "{}") -> None:
        folder = tmp_path / "stand-in"
        (folder / "engine").mkdir(parents=True, exist_ok=True)
        (folder / "engine" / "faster_whisper.py").write_text(ENGINE)
        (folder / "config.json").write_text(config)
        (folder / "model.bin").touch()
        kept = house.app.extensions
        kept["markwell"] = replace(kept["markwell"], speech=folder)

    return chosen


def recording(house: House, *, seconds: int = 3, loud: bool = True) -> Evidence:
    """A recording that ada sent, in her portfolio, with all that the worker makes of it."""
    sent, ada = io.BytesIO(), house.person("ada")
    with wave.open(sent, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = np.sin(np.arange(8000 * seconds) / 8) * 8000 * loud
        sound.writeframes(tone.astype("<i2").tobytes())
    sent.seek(0)
    file = landing.receive(sent, "call.wav", by=ada).id
    content = compose(Draft("The call", files=(file,)))
    with transaction():
        item = evidence.add(Kind.RECORDING, content, learner=ada, by=ada)
    do_jobs()
    db.session.expire_all()
    return item


def file_of(item: Evidence) -> File:
    return gathered.latest(item).files[0]


def test_the_worker_writes_a_draft_with_a_time_for_each_word(house: House, model: Callable[..., None]) -> None:
    model()
    file = file_of(recording(house, seconds=250))
    assert (file.listening, file.unheard) == ("ready", "")
    draft = queries.draft(file)
    assert draft
    assert (draft.origin, draft.model, draft.language, draft.made_by_id) == ("machine", "stand-in", "en", None)
    assert [round(cue.begins) for cue in draft.said] == [0, 60, 120, 180, 240], "the second stretch goes on in time"
    assert {cue.words for cue in draft.said} == {"It works."}
    assert [word.word for word in draft.said[1].timed] == ["It", "works."]
    assert UNREAD in house.browser("ada").get("/evidence/1").text


def test_a_worker_that_is_killed_goes_on_with_the_next_stretch(house: House, model: Callable[..., None]) -> None:
    file = file_of(recording(house, seconds=250))
    model()
    listening.catch_up()
    listening.catch_up()
    (job,) = db.session.query(Job).filter_by(kind=listening.KIND, state="waiting")
    id, kept, heard = job.id, dict[str, Any](), list[str]()

    def steps(name: str, deed: Callable[..., Any], *args: Any) -> Any:  # as the engine does: what is done is kept
        if name == "hear from 180.0" and "killed" not in kept:
            kept["killed"] = True
            raise KeyboardInterrupt
        if name not in kept:  # the last sentence of a stretch may be cut off: the next one begins with it
            heard.append(name)
            kept[name] = deed(*args)
        return kept[name]

    with pytest.raises(KeyboardInterrupt):
        jobs.run(id, steps)
    db.session.rollback()
    jobs.run(id, steps)
    assert [name for name in heard if name.startswith("hear")] == ["hear from 0.0", "hear from 180.0"]
    db.session.rollback()
    draft = queries.draft(file)
    assert draft
    assert len(draft.cues) == 5


@pytest.mark.parametrize(
    ("config", "loud", "said"),
    [
        ('{"language": "cy"}', True, FOREIGN),
        ("{}", False, NOTHING),
        ('{"breaks": true}', True, UNHEARD),
    ],
)
def test_where_nothing_is_written_down_the_page_says_why(
    house: House, model: Callable[..., None], config: str, loud: bool, said: str
) -> None:
    model(config)
    file = file_of(recording(house, loud=loud))
    assert queries.draft(file) is None
    assert said in house.browser("ada").get(f"/files/{file.id}/captions").text


def test_what_has_captions_is_not_listened_to(house: House, model: Callable[..., None]) -> None:
    file = file_of(recording(house))
    with transaction():
        operations.add(file, [spoken.HEARD[0]], language="en", by=house.person("ada"))
    model()
    listening.catch_up()
    assert db.session.query(Job).filter_by(kind=listening.KIND).count() == 0
    db.session.rollback()
    assert [one.origin for one in queries.all_of(file.id)] == ["file"]


def test_what_failed_is_listened_to_again_when_somebody_asks(house: House, model: Callable[..., None]) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    model('{"breaks": true}')
    file = file_of(recording(house))
    model()
    answer = house.browser("ada").post(f"/files/{file.id}/captions/listen", follow_redirects=True)
    assert "A machine will write down what is said." in answer.text
    db.session.rollback()
    do_jobs()
    db.session.expire_all()
    assert queries.draft(file_of(gathered.evidence(1, viewer=house.person("ada"))))  # type: ignore[arg-type]


def test_a_draft_that_stops_in_the_middle_says_so_and_can_be_asked_for_again(
    house: House, model: Callable[..., None]
) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    model('{"least": 100}')
    file, ada = file_of(recording(house, seconds=250)), house.browser("ada")
    said = PARTLY.format("3:00", "4:10")
    draft = queries.draft(file)
    assert draft
    assert max(cue.ends for cue in draft.said) < 180
    for page in ("/evidence/1", f"/files/{file.id}/captions"):
        assert said in ada.get(page).text
    ada.post(f"/files/{file.id}/captions/confirm", data={"basis": draft.sha256, "read": "y"})
    assert said in ada.get("/evidence/1").text
    model()
    again = "Let it be written down again"
    assert again not in ada.get(f"/files/{file.id}/captions").text
    db.session.rollback()
    db.session.expire_all()
    page = ada.post(f"/files/{file.id}/captions/remove", data={"basis": draft.basis}, follow_redirects=True).text
    assert said not in page
    assert again in page
    ada.post(f"/files/{file.id}/captions/listen")
    db.session.rollback()
    do_jobs()
    db.session.expire_all()
    whole = queries.draft(file)
    assert whole
    assert len(whole.cues) == 5
    assert said not in ada.get("/evidence/1").text


def test_without_a_model_nothing_of_it_is_anywhere(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    item = recording(house)
    file, ada = file_of(item), house.browser("ada")
    assert {job.kind for job in db.session.query(Job)} & {listening.KIND} == set()
    assert (file.listening, file.unheard) == ("", "")
    for page in (f"/evidence/{item.id}", f"/files/{file.id}/captions"):
        assert "machine" not in ada.get(page).text
    assert ada.post(f"/files/{file.id}/captions/listen").status_code == 404
    assert listening.catch_up not in chores.chores(house.app)


def test_a_folder_without_a_model_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(Unset, match="make speech"):
        read({"MARKWELL_DEMO": "1", "MARKWELL_INSTANCE": str(tmp_path), "MARKWELL_SPEECH": str(tmp_path)})
