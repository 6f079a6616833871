"""The application without its pages: settings, database and files; `app.create_app` builds the rest on it."""

from pathlib import Path

from flask import Flask

from portfolio.foundation import db, files, permissions
from portfolio.foundation.settings import Settings

ROOT = Path(__file__).absolute().parents[2]
"""The folder that holds templates, static files and migrations."""


def without_pages(config: Settings, *, migrating: bool) -> Flask:
    """An application that answers nobody, for what is done at a terminal; its tables can be laid where `migrating`."""
    permissions.keep_to_ourselves(config)
    app = Flask("markwell", root_path=str(ROOT), template_folder="templates")
    app.extensions["markwell"] = config
    db.connect(app, config.database)
    if migrating:
        from flask_migrate import Migrate  # noqa: PLC0415 (it takes long to load, and few commands need it)

        Migrate(app, db.db, render_as_batch=True, directory=str(ROOT / "migrations"))
    files.connect(app, config.files, bucket=config.bucket)
    return app
