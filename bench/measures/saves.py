"""The save of a verdict against one fsync of the same disk, in turns."""

import time
from collections.abc import Iterator
from itertools import islice
from statistics import median

from bench.filled_centre import instances
from bench.filled_centre.instances import House
from bench.measures.pages import ASSESSOR
from bench.programs import http_client, servers, signed_in
from bench.sizes import Sizes
from bench.table import Line
from bench.yardsticks import disk


def measured(house: House, sizes: Sizes) -> list[Line]:
    """The line about saving, over one connection that is kept."""
    with house.open():
        found = {id: instances.points_of(id) for id in instances.waiting(ASSESSOR)}
    with servers.house(house.environment) as server:
        ben = signed_in.sign_in(server.port, ASSESSOR)
        line, saves, syncs = http_client.Line(server.port), list[float](), list[float]()
        for save in islice(_saves(ben, found), sizes.saves + 2):
            syncs.append(disk.fsync_once(house.folder))
            saves.append(_timed(line, save))
        line.close()
    took, sync = median(saves[2:]), median(syncs[2:])
    measured = f"{took * 1000:.1f} ms; one fsync {sync * 1000:.2f} ms"
    size = f"{house.learners:,} learners, {sizes.saves} saves"
    return [Line("save of a verdict", size, measured, f"{took / sync:.1f} × fsync")]


def _saves(ben: signed_in.Visitor, found: dict[int, dict[int, int]]) -> Iterator[bytes]:
    """Verdicts on all points in turn, each based on the last one."""
    while True:
        for id, points in found.items():
            for point, seen in points.items():
                fields = {"seen": seen, "verdict": "met", "feedback": "Clear and complete."}
                yield ben.post(f"/marking/{id}/points/{point}", fields, "X-Piece: 1")
                points[point] += 1


def _timed(line: http_client.Line, save: bytes) -> float:
    began = time.perf_counter()
    line.send(save)
    while not line.receive():
        pass
    if not line.answer.startswith(b"HTTP/1.1 200") or b"Saved" not in line.answer:
        raise http_client.Wrong(bytes(line.answer[:300]).decode(errors="replace"))
    return time.perf_counter() - began
