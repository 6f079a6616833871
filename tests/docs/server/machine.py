"""A bare server in a folder: what docs/operations.md says at its terminal runs there, below that folder."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.faults.programs import free_port

ROOT = Path(__file__).resolve().parents[3]
PLACES = "opt|etc|var|usr/local|mnt|tmp"
"""Folders that the commands name and the server has of its own."""
PUBLISHED = "https://git.example/markwell.git"
NAMED = ("git", "-c", "user.name=Tests", "-c", "user.email=tests@house.example")
STANDING_IN = {
    "apt-get": "exec /usr/bin/apt-get --simulate \"$@\"",
    "runuser": "shift 3\nexec \"$@\"",
    "systemctl": f"exec {sys.executable} {Path(__file__).with_name('systemctl.py')} \"$@\"",
    "systemd-sysusers": "exec /usr/bin/systemd-sysusers --root=$SERVER \"$@\"",
    "systemd-tmpfiles": "exec /usr/bin/systemd-tmpfiles --root=$SERVER \"$@\"",
    "provide": "for each in .venv node_modules static/build; do ln -sfn $OURS/$each $SERVER/opt/markwell/$each; done",
}  # fmt: skip
"""What would change this machine, in a way that changes the folder only; `provide`: what `make setup` would bring."""


@dataclass
class Server:
    """The folder of a server, and the port of its web server."""

    folder: Path
    port: int

    def run(self, script: str) -> str:
        """What the commands of one block say, given one after the other; the first that fails ends the test."""
        told = {"PATH": f"{self.folder}/bin:{self.folder}/usr/local/bin:{os.environ['PATH']}", "LANG": "C.UTF-8"}
        told |= {"SERVER": str(self.folder), "OURS": str(ROOT), "HOME": str(self.folder)}
        if "TMPDIR" in os.environ:
            told["TMPDIR"] = os.environ["TMPDIR"]
        command = ["sh", "-e", "-u", "-c", self._below(script)]
        done = subprocess.run(command, cwd=self.folder, env=told, capture_output=True, text=True, check=False)
        said = "\n".join(f"{each.name}: {each.read_text()[-1500:]}" for each in self.folder.glob("*.said"))
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}\n{said}"
        return done.stdout

    def publish(self, file: str) -> None:
        """A release: all that is kept of ours now, and another file."""
        there = self.folder / "published"
        if not there.exists():
            listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
            for name in subprocess.check_output(listed, cwd=ROOT, text=True).split("\0"):
                if name and (ROOT / name).is_file():
                    (there / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(ROOT / name, there / name)
            subprocess.run(["git", "init", "-q", "-b", "main"], cwd=there, check=True)
        (there / file).touch()
        subprocess.run(["git", "add", "--all"], cwd=there, check=True)
        subprocess.run([*NAMED, "commit", "-q", "-m", file], cwd=there, check=True)

    def _below(self, script: str) -> str:
        """The commands as they stand, with the folder before each place and the port of this test."""
        script = re.sub(rf"(?<![\w.:/])/(?={PLACES})", f"{self.folder}/", script)
        script = script.replace(PUBLISHED, f"{self.folder}/published").replace("8000", str(self.port))
        script = re.sub(
            r"^make (-C \S+) setup$", r"provide\nmake --silent \1 --dry-run setup", script, flags=re.MULTILINE
        )
        port = f" --port {self.port}"
        return re.sub(
            r"^(.*system install.*?)( --host \S+ --port \S+)?$",
            rf"\1 --to {self.folder}{port}\nrelocate", script, flags=re.MULTILINE,
        )  # fmt: skip


def bare(folder: Path) -> Server:
    """A server on which nothing of ours is installed."""
    server = Server(folder, free_port())
    (folder / "bin").mkdir()
    for name in ("tmp", "mnt/other-disk", "opt", "etc/caddy", "var"):
        (folder / name).mkdir(parents=True)
    relocate = (
        "cd $SERVER && sed -i -E '\\#'$SERVER'/(etc|var|mnt)#! s#(=|\\. | )/(etc|var|mnt)/#\\1'$SERVER'/\\2/#g' "
        "etc/markwell/environment etc/systemd/system/* usr/local/bin/markwell"
    )
    for name, script in (STANDING_IN | {"relocate": relocate}).items():
        path = folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    return server
