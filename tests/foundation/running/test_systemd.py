"""`markwell system install` writes units that systemd takes, and a secret that only root reads and nothing replaces."""

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from markwell import Commands
from portfolio.foundation.running import systemd
from portfolio.foundation.settings import read

ADDRESS = "https://markwell.example"


def install(to: Path, *words: str) -> str:
    """What the command says."""

    said = CliRunner().invoke(Commands(), ["system", "install", "--to", str(to), *words])
    return said.output


def environment(to: Path) -> dict[str, str]:
    lines = (to / "etc/markwell/environment").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    install(tmp_path, "--address", ADDRESS)
    units = sorted((tmp_path / "etc/systemd/system").iterdir())
    assert len(units) == 4
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_what_was_started_comes_back_after_a_restart_and_after_a_fault(tmp_path: Path) -> None:
    install(tmp_path, "--address", ADDRESS, "--host", "0.0.0.0", "--port", "8123")
    folder = tmp_path / "etc/systemd/system"
    for name in ("markwell-web", "markwell-worker"):
        unit = (folder / f"{name}.service").read_text()
        assert "\nWantedBy=multi-user.target\n" in unit
        assert "\nRestart=always\n" in unit
        assert "\nUser=markwell\n" in unit
        assert "\nProtectSystem=strict\n" in unit
        assert not re.search(r"@\w+@", unit)
    assert "--host 0.0.0.0 --port 8123" in (folder / "markwell-web.service").read_text()
    timer = (folder / "markwell-backup.timer").read_text()
    assert "\nPersistent=true\n" in timer
    assert "\nWantedBy=timers.target\n" in timer


def test_the_secret_is_roots_alone_and_is_never_replaced(tmp_path: Path) -> None:
    said = install(tmp_path, "--address", ADDRESS)
    place = tmp_path / "etc/markwell/environment"
    assert "A new secret is in" in said
    assert place.stat().st_mode & 0o777 == 0o600
    told = environment(tmp_path)
    assert told["MARKWELL_SECRET"] not in said
    assert read(told).address == ADDRESS
    again = install(tmp_path, "--address", "https://other.example")
    assert "was there and is as it was" in again
    assert environment(tmp_path) == told


@pytest.mark.parametrize("wrong", ["markwell.example", "https://markwell.example/here", "https://mark well.example"])
def test_an_address_that_is_none_writes_nothing(tmp_path: Path, wrong: str) -> None:
    assert "Error:" in install(tmp_path, "--address", wrong)
    assert [*tmp_path.iterdir()] == []


def test_every_file_of_ours_has_a_place() -> None:
    named = {*systemd.PLACES, "environment", "hardening"}
    assert {path.name for path in systemd.TEMPLATES.iterdir()} == named
