"""`python -m bench.programs.resources_used COMMAND…`: a command of Markwell, then what all its processes took, as JSON.

The typesetter works in children of a server that nobody waits for; here that server is ended and waited for, so that
wait4(2) counts them.
"""

import json
import resource
import sys
from dataclasses import asdict, dataclass
from multiprocessing import forkserver

from flask.cli import main

from exports.typesetting.child import Child


@dataclass(frozen=True, slots=True)
class Counted:
    """What the processes of a command took together: seconds of processor; and the most that one of them held."""

    processor: float
    peak: int
    """Bytes of resident memory."""
    typeset: int = 0
    """How many children were begun that typeset, as the process that asked for them counts."""


def counted() -> Counted:
    """So far, of this process and every child that has ended; the fork server is ended first."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    spent, most = sum(each.ru_utime + each.ru_stime for each in used), max(each.ru_maxrss for each in used)
    return Counted(spent, most * 1024, Child.begun)


if __name__ == "__main__":
    sys.argv = ["flask", "--app", "app", *sys.argv[1:]]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
    found = counted()
    print(json.dumps(asdict(found)), file=sys.stderr)
