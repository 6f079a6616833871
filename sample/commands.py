"""`flask demo`: the sample centres, from nothing to a running house."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portfolio.foundation import terminal
from portfolio.foundation.settings import current
from sample import proof, seed, serving, welcome


def install(app: Flask) -> None:
    """Give `app` this command."""
    app.cli.add_command(demo)


@click.command(cls=terminal.Command)
@click.option("--port", envvar="PORT", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default=serving.HOST, show_default=True, help="Where it listens; 0.0.0.0: everywhere.")
@with_appcontext
def demo(port: int, host: str) -> None:
    """Do the main job once with the sample centres, then serve them until Ctrl-C."""
    if not current().demo:
        raise click.ClickException("The demo is started with `make demo`, or with MARKWELL_DEMO=1 in the environment.")
    serving.ensure_free(port, host)
    _migrate()
    seed.seed(click.echo)
    proof.make_once()
    click.echo(welcome.who_can_sign_in())
    raise SystemExit(serving.serve(port, host, say=click.echo))


def _migrate() -> None:
    from flask_migrate import upgrade  # noqa: PLC0415 (nobody else needs it)

    upgrade(directory=str(Path(current_app.root_path) / "migrations"))
