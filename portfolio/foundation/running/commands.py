"""`flask doctor` says what is wrong with the house; `flask system install` has the system start it."""

from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from portfolio.foundation import terminal
from portfolio.foundation.running import doctor, health, systemd

system = terminal.Group("system", help="Have the system (systemd) start the house and keep it up.")
_FOLDER = click.Path(file_okay=False, path_type=Path)
NEXT = """Next, as root:
  systemd-sysusers
  systemd-tmpfiles --create /etc/tmpfiles.d/markwell.conf
  markwell db upgrade
  systemctl daemon-reload
  systemctl enable --now markwell-web markwell-worker markwell-backup.timer
  markwell doctor"""


def install(app: Flask) -> None:
    """Give `app` these commands and its health."""
    health.install(app)
    app.cli.add_command(examine)
    app.cli.add_command(system)


@click.command("doctor", cls=terminal.Command)
@with_appcontext
def examine() -> None:
    """Look at everything that the house needs, and say in sentences what is wrong and what to do.

    Ends with 1 where something is wrong.
    """
    found = [*doctor.findings()]
    wrong = [one for one in found if one.sentence and not one.is_note]
    for one in found:
        if not one.sentence:
            click.echo(f"well   {one.name}")
    for one in found:
        if one.sentence and one.is_note:
            click.echo(f"note   {one.name}: {one.sentence}")
    for one in wrong:
        click.echo(f"WRONG  {one.name}: {one.sentence}", err=True)
    if wrong:
        raise SystemExit(1)


@system.command("install", with_appcontext=False)
@click.option("--address", required=True, metavar="URL", help="Where people find the house: https://markwell.example")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the web server listens.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--backups", default="/var/backups/markwell", show_default=True, help="Where the timer's backups go.")
@click.option("--to", default="/", type=_FOLDER, metavar="FOLDER", help="Write below FOLDER, to be copied.")
def install_system(to: Path, address: str, **about: Any) -> None:
    """Write the units of systemd, a fresh secret where there is none, and the command `markwell`.

    It has to be given by root, unless --to names another folder. Given again it writes the units anew and leaves the
    environment file, which holds the secret, as it is.
    """
    told = systemd.System(address.rstrip("/"), **about)
    try:
        written, is_new = systemd.install(told, to)
    except PermissionError as fault:
        raise click.ClickException(f"{fault.filename} cannot be written: give this command as root.") from fault
    for path in written:
        click.echo(path)
    if is_new:
        click.echo(f"A new secret is in {written[0]}. Keep a copy elsewhere: no backup holds it.")
    else:
        click.echo(f"{to / 'etc/markwell/environment'} was there and is as it was; what it says counts.")
    click.echo(NEXT)
