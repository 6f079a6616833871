"""Registers the commands about proof; apart from them, so that each is loaded alone."""

from flask import Flask

from exports.commands import audit, key, proof, secret
from exports.making import jobs
from exports.typesetting import there
from portfolio.foundation.backup import keyfiles
from portfolio.foundation.running import doctor
from portfolio.foundation.work import chores


def install(app: Flask) -> None:
    """Give `app` these commands, and the worker what it does about proof every hour."""
    for command in (proof.report, proof.pack, audit.group, key.key, secret.group):
        app.cli.add_command(command)
    keyfiles.known_by(app, jobs.known_keys)
    doctor.also(app, "documents", there.lacking)
    chores.every_hour(app, jobs.know_keys)
    chores.every_hour(app, jobs.countersign)
