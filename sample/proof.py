"""Does the main job once: an evidence report and an audit pack, made by the commands that anyone uses, and verified."""

from pathlib import Path

import click

from exports import queries, verify
from exports.commands import proof
from portfolio.foundation.settings import current
from portfolio.people import queries as people
from sample.story.reading import centres, learner

SHOWN = "amina"
"""Key of the learner whose report is made."""


def make_once() -> None:
    """Make and verify what is not there yet, under `instance/demo/`; say where everything is.

    Raises `ClickException` when something that was made does not hold.
    """
    folder = current().instance / "demo"
    folder.mkdir(exist_ok=True)
    person, centre = learner(SHOWN), centres()[0]
    _once(_near(folder / "evidence-report.pdf"), proof.report, learner=person.number, codes=())
    _once(_near(folder / "audit-pack.zip"), proof.pack, learners=(), centre=centre.number)


def _once(path: Path, command: click.Command, **given: object) -> None:
    if path.exists():
        click.echo(f"{path} (made and verified before)")
        return
    click.echo(f"Making {path} …")
    draft = path.with_name(f"unverified-{path.name}")
    click.get_current_context().invoke(command, **given, output=draft)
    result = verify.check(draft, trusted=_certificates())
    told = verify.spoken(result).splitlines()
    if not result.holds:
        raise click.ClickException("\n".join(told))
    draft.replace(path)
    click.echo(f"{path}: {told[-1]}")


def _certificates() -> frozenset[str]:
    """SHA-256 of those that sign for the centre of the story."""
    centre = people.centre_by_number(centres()[0].number)
    return frozenset(one.sha256 for one in queries.certificates(centre.id)) if centre else frozenset()


def _near(path: Path) -> Path:
    """The path as short as a person at this terminal can use it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
