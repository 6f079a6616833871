"""Prepares a machine for Markwell: system parts, `.venv`, front end; each step again only when what it reads changed.

Standard library only: it runs before anything is installed.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
TRIES = 4  # a registry that stumbles once should not end a set-up


def main() -> None:
    """Prepare the machine, or end with one sentence that says what is missing and what mends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--for-tests", action="store_true", help="also what `make test` and `make bench` need")
    parser.add_argument("--with-model", action="store_true", help="also the model of sentences; the tests have it, too")
    asked = parser.parse_args()
    for_tests = asked.for_tests
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Markwell needs Python 3.11 or newer: run `make PYTHON=…` with the path of one.")
    ensure_system_parts(NEEDED | NEEDED_BY_TESTS if for_tests else NEEDED)
    ensure_environment()
    more = {"requirements-dev.txt": for_tests, "requirements-model.txt": for_tests or asked.with_model}
    for lock in ["requirements.txt", *(lock for lock, wanted in more.items() if wanted)]:
        once(lock, [ROOT / lock], partial(install_locked, ROOT / lock))
    ensure_node()
    manifests = [ROOT / "package.json", ROOT / "package-lock.json"]
    once("npm", manifests, lambda: persist(["npm", "ci", "--ignore-scripts"]), makes=ROOT / "node_modules")
    sources = [*manifests, ROOT / "static/build.mjs", *files_under(ROOT / "static/source")]
    once("front-end", sources, lambda: persist(["npm", "run", "--silent", "build"], 1), makes=ROOT / "static/build")


# ---- system parts: Debian package → is it there?


def has_module(name: str) -> bool:
    """Whether this Python has the module (Debian splits some of the standard library into packages)."""
    return importlib.util.find_spec(name) is not None


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_command(name: str) -> bool:
    """Whether a command stands on PATH."""
    return shutil.which(name) is not None


NEEDED: dict[str, Callable[[], bool]] = {
    "python3-venv": lambda: has_module("ensurepip") or PYTHON.exists(),
    "ca-certificates": lambda: "SSL_CERT_FILE" in os.environ or Path("/etc/ssl/certs/ca-certificates.crt").exists(),
    "libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
}
NEEDED_BY_TESTS: dict[str, Callable[[], bool]] = {
    "chromium-headless-shell": lambda: has_command("chromium-headless-shell"),
    "default-jre-headless": lambda: has_command("java"),  # the HTML validator and veraPDF run on it
    "libjaxb-java": lambda: Path("/usr/share/java/jaxb-runtime.jar").exists(),  # veraPDF reads its rules with it
    "libatomic1": lambda: has_library("libatomic.so.1"),  # the driver of the browser
    "poppler-utils": lambda: has_command("pdfinfo") and has_command("pdfsig"),
    "openssl": lambda: has_command("openssl"),
    "qpdf": lambda: has_command("qpdf"),
    "nginx-light": lambda: has_command("nginx"),  # the proxies of docs/operations.md
    "caddy": lambda: has_command("caddy"),
    "systemd": lambda: has_command("systemd-analyze"),  # reads the units that docs/operations.md installs
    "curl": lambda: has_command("curl"),  # as docs/operations.md asks for the health of the house
    "unzip": lambda: has_command("unzip"),
}


def ensure_system_parts(needed: dict[str, Callable[[], bool]]) -> None:
    """Install the Debian packages that are missing when we may; otherwise name them and the command that mends it."""
    missing = [package for package, is_there in needed.items() if not is_there()]
    if not missing:
        return
    if os.geteuid() != 0 or not has_command("apt-get"):
        sys.exit(f"This machine lacks {', '.join(missing)}: run `sudo apt-get install -y {' '.join(missing)}`.")
    say(f"Installing {', '.join(missing)} …")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    persist(["apt-get", "update", "-qq"])
    persist(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], stdout=subprocess.DEVNULL)


# ---- Python


def ensure_environment() -> None:
    """Make `.venv`, anew when its Python no longer runs."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:  # noqa: S603
        return
    say("Making .venv …")
    persist([sys.executable, "-m", "venv", "--clear", str(VENV)], 1)


def install_locked(lock: Path) -> None:
    """Install exactly what a lock file names, every file checked against its hash."""
    say(f"Installing {lock.name} …")
    locked = ["--quiet", "--no-deps", "--require-hashes", "-r"]
    if not (VENV / "bin" / "uv").exists():
        persist([str(PYTHON), "-m", "pip", "install", *locked, "tools/uv.txt"])
    persist(["uv", "pip", "install", "--compile-bytecode", "--python", str(PYTHON), *locked, str(lock)])


# ---- front end


def ensure_node() -> None:
    """See that node and npm stand on PATH or in `.venv`; a machine without gets them from a locked Python package."""
    if has_command("npm") and node_version() >= OLDEST_NODE:
        return
    install_locked(ROOT / "tools" / "node.txt")


def node_version() -> int:
    """Major version of the node that would run; 0 when there is none."""
    if not has_command("node"):
        return 0
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S607
    return int(said.lstrip("v").partition(".")[0] or 0)


# ---- steps


def once(name: str, reads: Iterable[Path], deed: Callable[[], None], *, makes: Path = VENV) -> None:
    """Do a step unless it was done for exactly these contents and what it makes still stands."""
    stamp = STAMPS / name
    contents = hashlib.sha256(b"".join(path.read_bytes() for path in reads)).hexdigest()
    if makes.exists() and stamp.exists() and stamp.read_text() == contents:
        return
    deed()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(contents)


def files_under(folder: Path) -> list[Path]:
    """All files below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def persist(command: list[str], tries: int = TRIES, *, stdout: int | None = None) -> None:
    """Run a command in the project's folder, again after a pause when it fails; end with its own words at last."""
    for attempt in range(1, tries + 1):
        if subprocess.run(command, cwd=ROOT, stdout=stdout, check=False).returncode == 0:  # noqa: S603
            return
        if attempt < tries:
            time.sleep(3 * attempt)
    sys.exit(f"Set-up stopped: `{' '.join(command)}` failed; its own message is above.")


def say(sentence: str) -> None:
    """Tell the person what is going on."""
    print(sentence, flush=True)


if __name__ == "__main__":
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    os.environ.setdefault("UV_SYSTEM_CERTS", "true")
    main()
