"""Speech written down by the worker's confined child: seconds of it per second, and words that came out wrong.

Only where MARKWELL_SPEECH names a model; espeak-ng (Debian) reads the text aloud.
"""

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench.table import Line
from portfolio.evidence import media

TEXT = (
    "Good morning, this is the service desk at the furniture shop. How can I help you today? I bought a kettle from "
    "you last week and it does not switch off any more. I am sorry to hear that. Do you have the receipt with you? "
    "Let me explain what we can do. We can repair the kettle, which takes two days, or we can give you a new one. "
    "Then I would like the repair, please. May I have your telephone number, so that I can call you on Friday? "
    "I listened to the customer until he had finished, because our policy says that we do not interrupt. "
)


def measured(folder: Path, times: int, *, say: Callable[[str], object]) -> list[Line]:
    """The line about speech: the text, read aloud so many `times`; none where the parts for it are not there."""
    model = os.environ.get("MARKWELL_SPEECH", "")
    if not model or not shutil.which("espeak-ng"):
        say("not measured: MARKWELL_SPEECH is not set, or espeak-ng is not there")
        return []
    folder.mkdir(exist_ok=True)
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", folder / "talk.wav", TEXT * times], check=True)
    copy = media.prepare(folder / "talk.wav", folder)
    assert copy.shown
    assert copy.duration
    began, begins, said = time.perf_counter(), 0.0, list[str]()
    while begins < copy.duration:
        heard = media.hear(copy.shown, Path(model), begins, language="en")
        said += [word for _, _, word in heard.words]
        begins = copy.duration if heard.is_end else heard.until
    took = time.perf_counter() - began
    wrong = _distance(_words(TEXT * times), _words("".join(said))) / len(_words(TEXT * times))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Line(
            "transcript", f"{copy.duration:.0f} s of speech",
            f"{copy.duration / took:.1f} s of speech a second; {100 * wrong:.0f} % of the words wrong; {most:.0f} MB",
            f"{took / copy.duration:.2f} × as long as it lasts",
        )
    ]  # fmt: skip


def _words(text: str) -> list[str]:
    return re.findall("[a-z']+", text.lower())


def _distance(one: list[str], other: list[str]) -> int:
    """Words to be put in, left out or changed, so that both are the same (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, word in enumerate(one, start=1):
        before, row[0] = row[0], at
        for n, heard in enumerate(other, start=1):
            before, row[n] = row[n], min(row[n] + 1, row[n - 1] + 1, before + (word != heard))
    return row[-1]
