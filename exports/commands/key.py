"""Commands about the key with which a centre signs."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from exports import queries
from portfolio.foundation import terminal
from portfolio.foundation.settings import current
from portfolio.people import acting


@click.group("key", cls=terminal.Group)
def key() -> None:
    """The key with which a centre signs, and its certificate."""


@key.command("show")
@click.option("--centre", "number", metavar="NUMBER", help="The centre, where there are several. Default: the first.")
@click.option("--pem", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the certificate.")
@with_appcontext
def show(number: str | None, pem: Path | None) -> None:
    """Show the fingerprint of every certificate that signs, or signed, for a centre, the present one last."""
    by = acting.administrator(None, number=number)
    known = queries.certificates(by.centre_id)
    if not known:
        raise click.ClickException(f"Nothing was signed for {by.centre.name} yet: the key comes with the first report.")
    for one in known:
        click.echo(f"{one.fingerprint}  since {one.since[:10]}: {one.because}")
    if pem:
        pem.write_text(known[-1].pem, "ascii")
        click.echo(f"{pem}: the certificate of {by.centre.name}")


@key.command("new")
@click.option("--centre", "number", metavar="NUMBER", help="The centre, where there are several. Default: the first.")
@click.option("--because", required=True, metavar="REASON", help="Why; it goes on record.")
@acting.AS
@with_appcontext
def new(number: str | None, because: str, email: str | None) -> None:
    """Make a new key on record. The old one signs for it where it is there, and is kept beside it."""
    from exports.signing import keys  # noqa: PLC0415 (signing takes a second to load, and no page signs)

    by = acting.administrator(email, number=number)
    made = keys.renew(by.centre, current(), because=because, by=by)
    click.echo(f"A new key signs for {by.centre.name}. Its certificate's SHA-256, to be given out anew: {made}")
