"""Loads what opens files once, then confines a process for each file: the limits are those of the product.

It is told a list in JSON in each line (path, kind, media type, folder), and answers with how the process ended and what
it said, in a line of JSON.
"""

import json
import os
import sys
from pathlib import Path

from portfolio.evidence.media import making
from portfolio.evidence.media.__main__ import confine, main

assert making  # loaded here for all processes to come


def tend() -> None:
    """Prepare what the lines say until there are no more."""
    for line in sys.stdin:
        path, kind, media_type, into = json.loads(line)
        answer = Path(into) / "answer"
        child = os.fork()
        if not child:
            try:
                os.dup2(os.open(answer, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
                confine(kind)
                main(Path(path), kind, media_type, Path(into))
                sys.stdout.flush()
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        print(json.dumps([os.waitstatus_to_exitcode(status), answer.read_text()]), flush=True)  # noqa: T201


if __name__ == "__main__":
    tend()
