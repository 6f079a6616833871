"""Where the built front end lies: names in templates to files with a hash in their name."""

import json
from functools import cache
from pathlib import Path

from flask import current_app, url_for


def asset(name: str) -> str:
    """The address of a built file by the name of its source's output, `app.css`. Raises KeyError for an unknown one."""
    static = Path(current_app.static_folder or "")
    return url_for("static", filename=f"build/{_manifest(static / 'build' / 'manifest.json')[name]}")


@cache
def _manifest(path: Path) -> dict[str, str]:
    if not path.exists():
        raise RuntimeError("The front end is not built. Run `make setup` first.")
    found: dict[str, str] = json.loads(path.read_text())
    return found
