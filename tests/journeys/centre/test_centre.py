"""A centre makes its proof, takes it away, and anybody can check it."""

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portfolio.foundation.db import db
from portfolio.foundation.work import jobs
from tests.fixtures.house import ROOT
from tests.fixtures.sample import Harbour

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def verified(file: Path) -> "subprocess.CompletedProcess[str]":
    """What the auditor's command says of a file."""
    command = [sys.executable, "-m", "exports.verify", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def work(app: Flask) -> None:
    """Do what the worker would do with the jobs that wait: in a thread, for the browser's driver holds this one."""
    with ThreadPoolExecutor(1) as hands:
        hands.submit(_work, app).result()
    db.session.rollback()


def _work(app: Flask) -> None:
    with app.app_context():
        for id in [one.id for one in db.session.query(jobs.Job).filter_by(state="waiting")]:
            jobs.run(id, lambda _name, deed, *given: deed(*given))


def taken(page: Page, folder: Path) -> Path:
    """The file behind the download button."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.mark.parametrize("width", [390, 1440])
def test_a_report_is_two_presses_away_and_holds(harbour: Harbour, width: int, tmp_path: Path) -> None:
    grace = harbour.person("Grace")
    page = harbour.opens("Lesley", f"/learners/{grace.id}", width=width)
    page.get_by_role("button", name="Evidence report").first.click()
    work(harbour.app)
    page.reload()
    report = taken(page, tmp_path)
    told = verified(report)
    assert told.returncode == 3, told.stdout
    assert "signed" in told.stdout


def test_a_pack_is_two_presses_away_and_one_changed_byte_is_found_and_named(harbour: Harbour, tmp_path: Path) -> None:
    page = harbour.opens("Lesley", "/exports")
    page.locator("label", has_text="Only those ticked below").click()
    page.get_by_text("Choose learners").click()
    for name in ("Grace", "Ruth"):
        page.locator("label", has_text=name).click()
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    work(harbour.app)
    page.reload()
    pack = taken(page, tmp_path)
    assert verified(pack).returncode == 3, verified(pack).stdout
    content = bytearray(pack.read_bytes())
    at = content.index(b"%PDF-") + 2000
    content[at] ^= 1
    pack.write_bytes(content)
    told = verified(pack)
    assert told.returncode == 1
    assert "grace-okonkwo-bell" in told.stdout
    assert ".pdf" in told.stdout


def test_the_log_of_a_centre_holds_and_a_rewritten_line_is_named(sample_instance: Path, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    shutil.copytree(sample_instance, folder)
    check = [sys.executable, "-m", "flask", "--app", "app", "audit", "verify"]
    environment = {"MARKWELL_DEMO": "1", "MARKWELL_INSTANCE": str(folder), "PATH": "/usr/bin"}
    told = subprocess.run(check, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    with closing(sqlite3.connect(folder / "markwell.db")) as database, database:
        database.execute("DROP TRIGGER event_stays_at_update")  # somebody who owns it lifts its guard first
        database.execute("UPDATE event SET actor = 'Nobody' WHERE seq = 12 AND centre_id = 1")
    told = subprocess.run(check, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "line 12 does not hold" in told.stderr


def test_an_iqa_reads_the_marking_and_changes_nothing(harbour: Harbour) -> None:
    page = harbour.opens("Gareth", "/marking")
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Save verdict")).to_have_count(0)
