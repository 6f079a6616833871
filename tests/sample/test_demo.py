"""Whoever comes first finds a house that works: the demo, and the commands of production, on an empty instance."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.faults.programs import free_port
from tests.fixtures.browser import Window
from tests.fixtures.house import until_it_answers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
CERTIFICATE = "centre.pem"
PATIENCE = 600
"""Seconds after which a demo on a busy machine counts as stuck."""
EDITIONS = (
    "Full report",
    "Full report with the uploaded documents inside",
    "Summary on two pages",
    "Learner’s own copy",
    "Reading copy with the pages of uploaded documents",
)
ASKED = """
import sys
from exports.verify import main
certificate, *files = sys.argv[1:]
sys.exit(max(main([file, "--certificate", certificate]) for file in files))
"""
SECRET = secrets.token_urlsafe(48)


@contextmanager
def demo(instance: Path, port: int, host: str = "127.0.0.1") -> Iterator[subprocess.Popen[str]]:
    """`flask demo` in a session of its own, ended whatever happens."""
    surroundings = os.environ | {"MARKWELL_DEMO": "1", "MARKWELL_INSTANCE": str(instance)}
    command = [sys.executable, "-m", "flask", "--app", "app", "demo", "--host", host, "--port", str(port)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, start_new_session=True, **streams) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def told_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """What the demo says, up to the line with these words."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if words in line:
            return lines
    raise AssertionError("\n".join(["the demo ended early:", *lines]))


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=PATIENCE) as page:
            return page.status == 200
    except OSError:
        return False


def test_whoever_visits_the_demo_at_its_first_start_takes_every_export_and_then_it_stops(
    window: Window, tmp_path: Path
) -> None:
    instance, port, told = tmp_path / "instance", free_port(), list[str]()
    with demo(instance, port) as process:
        told += told_until(process, f"http://127.0.0.1:{port}")
        page = window(base_url=f"http://127.0.0.1:{port}")
        page.goto("/sign-in")
        page.get_by_role("button", name="Sign in as Lesley Hartnoll").click()
        ensure_all_is_made(page, "Callum Reid", tmp_path)
        told += stopped(process, signal.SIGINT)
    with demo(instance, port) as process:
        told += told_until(process, f"http://127.0.0.1:{port}")
        assert answers(port)
        told += stopped(process, signal.SIGTERM)
    assert "Traceback" not in "\n".join(told)
    assert not answers(port)
    taken = [path for path in tmp_path.iterdir() if path.suffix in {".pdf", ".zip"}]
    ensure_hold([*taken, *(instance / "demo" / name for name in ("evidence-report.pdf", "audit-pack.zip"))], tmp_path)


def ensure_hold(files: list[Path], folder: Path) -> None:
    """As an auditor asks who was given the centre's certificate, in a process without a browser's loop."""
    assert len(files) > len(EDITIONS)
    asked = [sys.executable, "-c", ASKED, str(folder / CERTIFICATE), *map(str, files)]
    checked = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def stopped(process: subprocess.Popen[str], end: signal.Signals) -> list[str]:
    """What it says when it is told to end."""
    process.send_signal(end)
    rest = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0, rest
    return [rest]


def ensure_all_is_made(page: Page, learner: str, folder: Path) -> None:
    """Ask for each edition about a learner, and for a pack of the centre; take all of them."""
    page.goto(f"/people?q={learner}")
    person = page.get_by_role("link", name=learner).first.get_attribute("href") or ""
    editions = f"/exports/learners/{person.rsplit('/', 1)[1]}"
    for asked in EDITIONS:
        page.goto(f"{editions}/editions")
        page.locator("label", has_text=re.compile(f"^{asked}$")).click()
        page.get_by_role("button", name="Make this edition").click()
        ensure_taken(page, folder)
    page.goto(f"{editions}/redacted")
    page.get_by_role("group", name="Words 1").get_by_label("Name or words").fill(learner)
    page.get_by_role("group", name="Words 1").get_by_label("Why").fill("Does not want to be named")
    page.get_by_role("button", name="Make the redacted edition").click()
    ensure_taken(page, folder)
    page.goto("/exports")
    page.get_by_role("button", name="Make the pack").click()
    ensure_taken(page, folder)


def ensure_taken(page: Page, folder: Path) -> None:
    """What was asked for comes by itself."""
    expect(page.get_by_role("button", name="Make it again")).to_be_visible(timeout=PATIENCE * 1000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    (folder / CERTIFICATE).write_bytes(page.request.get("/exports/certificate.pem").body())


def test_the_documented_commands_serve_the_first_visitor_of_an_empty_instance(window: Window, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    run(tmp_path, "flask --app app db upgrade")
    run(tmp_path, "flask --app app centre open --name Quayside --number 4711")
    person = "flask --app app person register --name {0} --email {0}@quay.example --role {1}"
    invited = run(tmp_path, person.format("Dee", "administrator"))
    run(tmp_path, person.format("Ada", "learner"))
    web = f"granian --interface wsgi --factory app:create_app --workers 2 --port {port}"
    with begun(tmp_path, web) as server, begun(tmp_path, "flask --app app worker"):
        until_it_answers(url, server, tmp_path / "said")
        page = window(base_url=url)
        page.goto(invited[invited.index("/join/") :].split()[0])
        for label in ("Password", "The same password again"):
            page.get_by_label(label, exact=True).fill("seventeen blue lanterns")
        page.get_by_role("button", name="Save and sign in").click()
        ensure_all_is_made(page, "Ada", tmp_path)
    ensure_hold([path for path in tmp_path.iterdir() if path.suffix in {".pdf", ".zip"}], tmp_path)


def surroundings(instance: Path) -> dict[str, str]:
    """What docs/operations.md has set, on a machine without HTTPS."""
    told = {"MARKWELL_INSTANCE": str(instance), "MARKWELL_SECRET": SECRET, "MARKWELL_HTTPS": "0"}
    return {name: value for name, value in os.environ.items() if name != "MARKWELL_DEMO"} | told


def run(instance: Path, command: str) -> str:
    """What a command says."""
    words = [sys.executable, "-m", *command.split()]
    done = subprocess.run(words, cwd=ROOT, env=surroundings(instance), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def begun(instance: Path, command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs until it is told to end."""
    words = [sys.executable, "-m", *command.split()]
    with (
        (instance / "said").open("a") as said,
        subprocess.Popen(words, cwd=ROOT, env=surroundings(instance), stdout=said, stderr=said) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()


def test_an_address_of_another_machine_is_no_place_to_listen(tmp_path: Path) -> None:
    with demo(tmp_path, free_port(), "192.0.2.1") as process:  # an address for documents only (RFC 5737)
        said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
    assert "cannot be used: Cannot assign requested address" in said


def test_a_taken_port_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with demo(tmp_path, port) as process:
            said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"Port {port} cannot be used" in said
