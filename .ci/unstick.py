"""Lets a machine go on on which a process spins in the kernel for ever; `.ci/run` has it beside the tests.

Under Linux 6.18 whoever reaps a child may spin in `shrink_dcache_parent`, waiting for entries of `/proc` about the
child that another process is about to let go; where two spin on two processors, that other one gets no time and nothing
ends. Seen with Chromium's zygotes: 150 processes waited, for an hour. Such a process has the whole of a processor and
spends it in the kernel alone. Made to run only when nobody else wants to (SCHED_IDLE), it is done at once.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

LOOK = 10.0
"""Seconds between two looks at the machine."""
BUSY = 0.4
"""Share of the processors' time spent in the kernel from which on it is asked who spends it."""
WATCHED = 3.0
"""Seconds for which each process is watched then."""
SPENT = 0.7
"""Share of that which a process that spins has spent in the kernel."""
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Look for ever."""
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))  # else it would wait with the others
    idle = set[int]()
    while True:
        before = machine()
        time.sleep(LOOK)
        kernel, all_of_it = (now - then for now, then in zip(machine(), before, strict=True))
        spinning = spinners() if kernel > BUSY * all_of_it else set()
        for id in spinning - idle:
            if scheduled(id, os.SCHED_IDLE):
                print(f"{time.strftime('%T')} process {id} spins in the kernel: the others go first", flush=True)  # noqa: T201
        for id in idle - spinning:
            scheduled(id, os.SCHED_OTHER)
        idle = spinning


def machine() -> tuple[int, int]:
    """Ticks of all processors that were spent in the kernel, and all of them."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return fields[2], sum(fields)


def spinners() -> set[int]:
    """The processes that do nothing but spend time in the kernel."""
    before = times()
    time.sleep(WATCHED)
    spent = {id: (now[0] - before[id][0], now[1] - before[id][1]) for id, now in times().items() if id in before}
    return {id for id, (user, kernel) in spent.items() if kernel >= SPENT * WATCHED * TICKS and user <= kernel / 20}


def times() -> dict[int, tuple[int, int]]:
    """Ticks in user and in kernel mode of every process, by its id."""
    found = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError):
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                found[int(place.name)] = int(fields[11]), int(fields[12])
    return found


def scheduled(id: int, policy: int) -> bool:
    """Whether the process is there still and runs under this policy from now on."""
    with suppress(OSError):
        os.sched_setscheduler(id, policy, os.sched_param(0))
        return True
    return False


if __name__ == "__main__":
    main()
