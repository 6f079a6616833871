"""Commands of the foundation: the worker, and what whoever runs the house does with its jobs."""

import os
import signal
import sys
import threading
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portfolio.foundation import files, sealing, terminal
from portfolio.foundation.backup import commands as backup
from portfolio.foundation.running import commands as running
from portfolio.foundation.settings import Settings
from portfolio.foundation.work import alive, chores


def install(app: Flask) -> None:
    """Give `app` these commands, and the worker its chores."""
    app.cli.add_command(worker)
    backup.install(app)
    running.install(app)
    chores.every_hour(app, lambda: files.store().sweep())


@click.command(cls=terminal.Command)
@click.option("--name", default="", help="Name of this worker where one machine runs several; letters and digits.")
@with_appcontext
def worker(name: str) -> None:
    """Do the jobs that wait, until it is stopped. Unfinished jobs are resumed at the next start."""
    from portfolio.foundation.work import worker as engine  # noqa: PLC0415 (its library takes seconds to load)

    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    stop = threading.Event()
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, lambda *_: stop.set())
    _settings().ensure_secret()
    sealing.ensure_opens()
    with alive.identity(_settings().instance, name if name.isalnum() else "") as identity:
        click.echo("The worker is ready.")
        sys.stdout.flush()
        engine.work(app, url=_settings().jobs, name=identity, stop=stop)
        os._exit(0)  # what still runs is resumed at the next start; nobody waits an hour for a film


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["markwell"])
