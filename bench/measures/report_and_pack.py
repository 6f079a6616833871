"""The evidence report in pages per second; the audit pack against a plain copy, by command and over HTTP."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass

import pikepdf

from bench.filled_centre.instances import House
from bench.programs import http_client, servers, signed_in
from bench.programs.resources_used import Counted
from bench.programs.servers import ROOT
from bench.table import Line
from bench.yardsticks import disk

ADMINISTRATOR = "dee@bench.example"
LEARNER = "L000000"
PATIENCE = 600
"""Seconds in which a job must be done."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds by the clock, and the most resident bytes of it or of any process it waited for."""

    seconds: float
    peak: int


def measured(house: House) -> list[Line]:
    """The lines about reports and packs of a house."""
    report, pack = house.folder / "report.pdf", house.folder / "pack.zip"
    empty = timed(house, "routes")
    made = timed(house, "report", LEARNER, "-o", str(report))
    with pikepdf.open(report) as document:
        pages = len(document.pages)
    timed(house, "pack", "-o", str(pack))
    packed = timed(house, "pack", "-o", str(pack))
    plain, size = disk.copied(pack, house.folder), pack.stat().st_size
    return [
        Line(
            "evidence report", f"{pages} pages, {report.stat().st_size / 1e6:.1f} MB",
            f"{pages / made.seconds:.1f} pages/s; {pages / (made.seconds - empty.seconds):.1f} but for the start",
        ),
        Line("evidence report, memory", f"{pages} pages", f"{made.peak / 1e6:,.0f} MB at the peak"),
        Line(
            "audit pack, by command", f"{size / 1e6:,.0f} MB, {house.learners} learners, reports made before",
            f"{size / packed.seconds / 1e6:,.0f} MB/s; plain copy {size / plain / 1e6:,.0f} MB/s",
            f"{packed.seconds / plain:.1f} × as long",
        ),
        Line("audit pack, by command, memory", f"{size / 1e6:,.0f} MB", f"{packed.peak / 1e6:,.0f} MB at the peak"),
        *_streamed(house, plain / size),
    ]  # fmt: skip


def timed(house: House, *words: str) -> Run:
    """Run one of Markwell's commands in a house and see what it takes, the typesetter included."""
    command, began = [sys.executable, "-m", "bench.programs.resources_used", *words], time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | house.environment, capture_output=True, text=True, check=True
    )
    return Run(time.perf_counter() - began, Counted(**json.loads(done.stderr.splitlines()[-1])).peak)


def _streamed(house: House, plain: float) -> list[Line]:
    """The same pack, asked for in the browser, made by the worker, taken away over HTTP. `plain`: seconds per byte."""
    with (
        servers.house(house.environment) as server,
        servers.running("flask", "--app", "app", "worker", environment=house.environment),
    ):
        dee = signed_in.sign_in(server.port, ADMINISTRATOR)
        place = pack_asked(dee)
        server.forget_peak()
        before, began = server.memory(), time.perf_counter()
        size = _taken(dee, f"{place}/file")
        took = time.perf_counter() - began
        grown = server.peak() - before
    return [
        Line(
            "audit pack, streamed", f"{size / 1e6:,.0f} MB over HTTP to this machine",
            f"{size / took / 1e6:,.0f} MB/s", f"{took / (plain * size):.1f} × as long",
        ),
        Line("audit pack, streamed, memory", f"{size / 1e6:,.0f} MB", f"the server grew by {grown / 1e6:,.0f} MB"),
    ]  # fmt: skip


def pack_asked(dee: signed_in.Visitor) -> str:
    """Ask for a pack of everybody and wait until the worker has made it; the address of its page."""
    answer = http_client.ask(dee.port, dee.post("/exports", {"scope": "all"}))
    found = re.search(rb"^location: (\S+)", answer, re.IGNORECASE | re.MULTILINE)
    if not found:
        raise http_client.Wrong(answer[:300].decode(errors="replace"))
    place, until = found[1].decode(), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        answer = http_client.ask(dee.port, dee.get(f"{place}/progress"))
        if b'"done"' in answer.partition(b'"state"')[2][:12]:
            return place
        time.sleep(0.2)
    raise http_client.Wrong(answer[-300:].decode(errors="replace"))


def _taken(dee: signed_in.Visitor, path: str) -> int:
    """Take a file away and forget it; its bytes."""
    wire = http_client.Line(dee.port).send(dee.get(path))
    head = wire.recv(1 << 16)
    size = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1])  # type: ignore[index]
    came = len(head) - head.index(b"\r\n\r\n") - 4
    while came < size and (piece := wire.recv(1 << 20)):
        came += len(piece)
    wire.close()
    if came != size:
        raise http_client.Wrong(f"{came} of {size} bytes came.")
    return size
