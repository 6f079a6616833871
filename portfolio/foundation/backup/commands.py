"""`flask backup` and `flask restore`."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portfolio.foundation import terminal
from portfolio.foundation.backup import manifest
from portfolio.foundation.backup.restoring import restore
from portfolio.foundation.backup.saving import backup
from portfolio.foundation.settings import current

_FOLDER = click.Path(file_okay=False, path_type=Path)


def install(app: Flask) -> None:
    """Give `app` these commands."""
    app.cli.add_command(make)
    app.cli.add_command(put_back)


@click.command("backup", cls=terminal.Command)
@click.argument("folder", metavar="TO", type=_FOLDER)
@with_appcontext
def make(folder: Path) -> None:
    """Write the database, the files and the keys to the folder TO, each by its hash, while people work.

    What is there from an earlier backup is checked and not copied again. The secret is not in it: keep that elsewhere.
    """
    made = backup(folder, say=click.echo)
    if made.secret:
        click.echo(f"It needs the secret with the fingerprint {made.secret}, which is not in it. Keep that elsewhere.")
    if current().bucket:
        click.echo(f"The files were read from {current().bucket}.")
    for fault in made.faults:
        click.echo(fault, err=True)
    if made.lacking:
        raise click.ClickException(f"{made.lacking}, and so not in it; {folder}/manifest.json names them.")
    if not made.is_whole:
        raise click.ClickException(f"{folder} is a backup, but not of a whole house: {folder}/manifest.json says why.")
    manifest.note(current().instance, made)
    click.echo(f"{folder}: a whole backup")


@click.command("restore", cls=terminal.Command)
@click.argument("folder", metavar="FROM", type=_FOLDER)
@with_appcontext
def put_back(folder: Path) -> None:
    """Fill an empty house from the backup in the folder FROM, check every hash, and walk the logs.

    Cut off, it goes on when it is given again with the same backup. Until it is done nobody can sign in.
    """
    kept = restore(folder, upgrade=_upgrade, say=click.echo)
    click.echo(f"Restored as it was at {kept.made_at}. Start the web servers and the worker.")
    if kept.lacking:
        click.echo(f"Of this house, when the backup was made, {kept.lacking}: {folder}/manifest.json names them.")
    for fault in kept.faults:
        click.echo(f"Of this house, when the backup was made: {fault}")


def _upgrade() -> None:
    from flask_migrate import upgrade  # noqa: PLC0415 (nobody else needs it)

    upgrade(directory=str(Path(current_app.root_path) / "migrations"))
