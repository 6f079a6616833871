"""Stands in for systemctl where no systemd runs: starts and stops the very programs that the units name.

A unit's own command, folder and environment file count, and nothing else of the surroundings. Its user and its
hardening are for the real one; `systemd-analyze verify` reads them when units are loaded.
"""

import os
import select
import shlex
import signal
import subprocess
import sys
from pathlib import Path

SERVER = Path(os.environ["SERVER"])
UNITS = SERVER / "etc/systemd/system"


def read(name: str) -> dict[str, str]:
    """The settings of a unit, without their sections."""
    path = UNITS / (name if "." in name else f"{name}.service")
    lines = (line.partition("=") for line in path.read_text().splitlines() if "=" in line and line[0] != "#")
    return {key: value for key, _, value in lines}


def environment(unit: dict[str, str]) -> dict[str, str]:
    """As systemd gives it to a service."""
    lines = Path(unit["EnvironmentFile"]).read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"} | told


def start(name: str) -> None:
    """Start a service; one that ends by itself is waited for. A timer would start its service later."""
    if name.endswith(".timer"):
        return
    unit = read(name)
    command, folder, told = shlex.split(unit["ExecStart"]), unit["WorkingDirectory"], environment(unit)
    with (SERVER / f"{name}.said").open("a") as said:
        if unit.get("Type") == "oneshot":
            subprocess.run(command, cwd=folder, env=told, check=True, stdout=said, stderr=said)
            return
        begun = subprocess.Popen(command, cwd=folder, env=told, stdout=said, stderr=said, start_new_session=True)
    (SERVER / f"{name}.pid").write_text(str(begun.pid))
    begun.returncode = 0  # it goes on without this program


def stop(name: str) -> None:
    """Ask a service to end, and wait until it has."""
    kept = SERVER / f"{name}.pid"
    if kept.exists():
        ended = os.pidfd_open(int(kept.read_text()))
        signal.pidfd_send_signal(ended, signal.SIGTERM)
        select.select([ended], [], [])
        kept.unlink()


def main() -> None:
    """Do what the words say. Ends with an error for any that docs/operations.md has no use for."""
    verb, *names = [word for word in sys.argv[1:] if word != "--now"]
    if verb == "daemon-reload":
        subprocess.run(["systemd-analyze", "verify", *UNITS.iterdir()], check=True)
    elif verb == "reload":
        assert names == ["caddy"], names
    else:
        deed = {"enable": start, "start": start, "stop": stop}[verb]
        for name in names:
            deed(name)
            if verb == "enable":
                (SERVER / f"{name}.enabled").touch()


if __name__ == "__main__":
    main()
