"""docs/operations.md, from a bare server to the first marked unit, an upgrade and back: every command as it stands."""

import json
import re
import secrets
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.docs.server.machine import ROOT, Server, bare

TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
MARK = """
from app import create_app
from portfolio.foundation.db import db, transaction
from portfolio.people.queries import person_by_email
from portfolio.units import operations, queries
from tests.fixtures import deeds

with create_app().app_context():
    names = ("lesley", "moira", "idris", "gwen")
    lesley, moira, idris, gwen = (person_by_email(f"{name}@markwell.example") for name in names)
    edition = next(one for one in queries.editions(lesley.centre_id) if one.code == "CS-301")
    with transaction():
        enrolment = operations.enrol(gwen, edition, assessor=moira, iqa=idris, by=lesley)
    item = deeds.write(gwen)
    for point in enrolment.edition.points:
        deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), [point])
    handed = deeds.hand_in(enrolment)
    for point in deeds.points(handed):
        deeds.judge(handed, point, deeds.MET)
    print("marked", len(deeds.points(handed)))
"""
"""What the four do in their browsers, by the operations behind the pages."""
pytestmark = pytest.mark.slow


def blocks() -> Iterator[tuple[str, str]]:
    """Each block of commands with the title of its section."""
    for section in TEXT.split("\n## ")[1:]:
        for block in re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL):
            yield section.partition("\n")[0], block


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = bare(tmp_path)
    made.publish("first")
    caddy = re.findall(r"```caddy\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "etc/caddy/Caddyfile").write_text(caddy[0])
    yield made
    made.run("systemctl stop markwell-web markwell-worker")


def environment(server: Server) -> Path:
    return server.folder / "etc/markwell/environment"


def rotated(server: Server, secret: str) -> None:
    """What is done with an editor."""
    told = environment(server).read_text()
    environment(server).write_text(re.sub(r"MARKWELL_SECRET=.*", f"MARKWELL_SECRET={secret}", told))


def marked(server: Server) -> None:
    """The first unit is marked."""
    script = server.folder / "mark.py"
    script.write_text(MARK)
    lines = environment(server).read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    program = [str(ROOT / ".venv/bin/python"), str(script)]
    said = subprocess.run(
        program, cwd=ROOT, env=told | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert said.stdout.startswith("marked"), said.stderr


def people(server: Server) -> int:
    with sqlite3.connect(server.folder / "var/lib/markwell/markwell.db") as kept:
        return int(kept.execute("SELECT count(*) FROM person").fetchone()[0])


def test_every_command_runs_as_it_stands_from_a_bare_server_to_an_upgrade_and_back(server: Server) -> None:
    secret, said = secrets.token_urlsafe(48), dict[str, str]()
    before: dict[str, Callable[[], None]] = {
        "markwell report": lambda: marked(server),
        "git pull": lambda: server.publish("second"),
    }
    for _, block in blocks():
        for words, deed in before.items():
            if words in block:
                deed()
        said[block] = server.run(block.replace("MARKWELL_NEW_SECRET=…", f"MARKWELL_NEW_SECRET={secret}"))
        if "secret rotate" in block:
            rotated(server, secret)
        if "git pull" in block:
            assert (server.folder / "opt/markwell/second").exists()
    everything = "\n".join(said.values())
    assert len(re.findall(r"^https://markwell\.example/join/\S+$", everything, re.MULTILINE)) == 4
    assert (server.folder / "tmp/gwen-parry.pdf").read_bytes().startswith(b"%PDF")
    assert (server.folder / "tmp/trial/markwell.db").exists()
    assert not (server.folder / "opt/markwell/second").exists(), "the way back is the release before"
    assert people(server) == 4
    with urlopen(f"http://127.0.0.1:{server.port}/health") as answer:
        assert json.load(answer)["well"] is True
    started = {path.name for path in server.folder.glob("*.enabled")}
    assert started == {"markwell-web.enabled", "markwell-worker.enabled", "markwell-backup.timer.enabled"}


def test_no_block_of_commands_is_left_out() -> None:
    assert len([*blocks()]) == TEXT.count("```sh\n") >= 9
