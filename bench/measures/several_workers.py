"""Reports made by one, two and four workers on PostgreSQL and an S3 bucket: how many a minute, and the same bytes."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.filled_centre import instances
from bench.filled_centre.instances import House
from bench.measures import report_and_pack
from bench.programs import servers
from bench.sizes import Sizes
from bench.table import Line, judged
from exports import operations, queries
from exports.models import Export, Report
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import jobs
from portfolio.people import queries as people
from tests.fixtures import bucket, postgres


def measured(folder: Path, sizes: Sizes) -> Iterator[Line]:
    """A line for each crew, and one about their bytes."""
    made = []
    with _house(folder, sizes.proved) as house:
        for crew in sizes.crews:
            seconds, hashes = _made(house, crew)
            made.append(hashes)
            told = f"{60 * len(hashes) / seconds:.1f} reports a minute on {os.cpu_count()} processors"
            what = f"{len(hashes)} learners, PostgreSQL, bucket"
            yield Line(f"reports, {crew} worker{'s' * (crew > 1)}", what, told)
    same = all(hashes == made[0] for hashes in made)
    told = "the same bytes" if same else "other bytes"
    yield Line("reports, many workers", "before the signature", told, "", "the same", judged(same))


@contextmanager
def _house(folder: Path, learners: int) -> Iterator[House]:
    """A house whose records are in PostgreSQL and whose files are in a bucket, both of the bench's own."""
    with tempfile.TemporaryDirectory(prefix="markwell-postgres-") as cluster, bucket.seaweed() as server:
        told = {**server.environment, "MARKWELL_FILES": "s3://bench/files"}
        with surrounded(told), postgres.server(Path(cluster)) as url:
            yield instances.built(learners, folder, database=url, further=told)


@contextmanager
def surrounded(told: dict[str, str]) -> Iterator[None]:
    """The environment of this process with `told`, and afterwards as it was."""
    before = dict(os.environ)
    os.environ.update(told)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _made(house: House, crew: int) -> tuple[float, dict[int, str]]:
    """Seconds until so many workers have made everybody's report anew, and the reports' hashes by learner."""
    with house.open():
        asked = _asked()
    began = time.perf_counter()
    with ExitStack() as workers:
        for number in range(crew):
            words = ("flask", "--app", "app", "worker", "--name", f"w{number}")
            workers.enter_context(servers.running(*words, environment=house.environment))
        with house.open():
            _wait(asked)
            took = time.perf_counter() - began
            return took, {one.learner_id: one.unsigned_sha256 for one in db.session.query(Report)}


def _asked() -> list[int]:
    """Forget every report, and ask for all of them again."""
    person = people.person_by_email(report_and_pack.ADMINISTRATOR)
    assert person is not None
    learners = queries.learners(person.centre_id)
    with transaction():
        db.session.query(Report).delete()
        return [operations.ask_report(learner, by=person).id for learner in learners]


def _wait(asked: list[int]) -> None:
    until = time.monotonic() + report_and_pack.PATIENCE
    while time.monotonic() < until:
        db.session.rollback()
        states = {export.job.state for export in db.session.query(Export).filter(Export.id.in_(asked)) if export.job}
        if not states & set(jobs.OPEN):
            if states != {"done"}:
                raise RuntimeError(f"a report ended {states}")
            return
        time.sleep(0.1)
    raise RuntimeError("the workers did not finish in time")
