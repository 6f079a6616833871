"""What must hold in a house after any number of crashes, whoever did what."""

import hashlib
from datetime import timedelta

from sqlalchemy import text

from portfolio.assessment.models import Judgement
from portfolio.evidence.arrivals import landing
from portfolio.evidence.models import Claim, Evidence, File, Version
from portfolio.foundation import clock, files
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.settings import current
from portfolio.foundation.work.jobs import Job
from portfolio.people.models import Centre

LATER = timedelta(days=3)


def ensure_sound() -> None:
    """Records, log and files agree with one another; nothing half-written is to be seen. Needs a context."""
    db.session.rollback()
    assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
    _ensure_logged()
    _ensure_versions_follow()
    _ensure_files_kept()


def ensure_swept() -> None:
    """What crashes left half written is gone once its time is over."""
    with clock.at(clock.now() + LATER):
        landing.sweep()
        files.store().sweep()
    assert list((files.store().root / "arriving").iterdir()) == []
    assert list(current().uploads.iterdir()) == []


def ensure_jobs_done_once() -> None:
    """Every file that came in was prepared by one job."""
    db.session.rollback()
    jobs = db.session.query(Job).filter_by(kind="prepare").all()
    assert {job.state for job in jobs} <= {"done"}
    assert sorted(job.args["file_id"] for job in jobs) == sorted(file.id for file in db.session.query(File))
    assert {file.prepared for file in db.session.query(File)} <= {"ready", "failed"}


def _ensure_logged() -> None:
    """Each centre's chain holds, and each deed that can be seen has its line, and each line its deed."""
    for centre in db.session.query(Centre):
        assert audit.check(audit.lines(centre.id), audit.head(centre.id)) is None
    lines = [line for centre in db.session.query(Centre) for line in audit.lines(centre.id)]
    told = {deed: [one["facts"] for one in lines if one["deed"] == deed] for deed in {one["deed"] for one in lines}}
    verdicts = sorted((one["number"], one["feedback_sha256"]) for one in told.get("judged", ()))
    assert verdicts == sorted((one.number, _hash(one.feedback.encode())) for one in db.session.query(Judgement))
    claims = sorted(id for one in told["place claimed"] for id in one["claims"])
    assert claims == sorted(id for (id,) in db.session.query(Claim.id))
    versions = [one["sha256"] for deed in ("evidence added", "evidence saved") for one in told.get(deed, ())]
    assert sorted(versions) == sorted(sha256 for (sha256,) in db.session.query(Version.sha256))


def _ensure_versions_follow() -> None:
    for evidence in db.session.query(Evidence):
        assert [version.number for version in evidence.versions] == list(range(1, evidence.latest + 1))
    numbers: dict[tuple[int, int], list[int]] = {}
    for judgement in db.session.query(Judgement).order_by(Judgement.number):
        numbers.setdefault((judgement.assessment_id, judgement.point_id), []).append(judgement.number)
    assert all(given == list(range(1, len(given) + 1)) for given in numbers.values())


def _ensure_files_kept() -> None:
    for file in db.session.query(File):
        content = files.store().path(file.sha256).read_bytes()
        assert (len(content), _hash(content)) == (file.size, file.sha256)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
