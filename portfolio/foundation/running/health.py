"""Whether the house is well, in bounded time and cheaply, however often it is asked."""

import threading
import time
from collections.abc import Callable
from typing import cast

from flask import Flask, current_app

from portfolio.foundation.running import checks

CHECKS: dict[str, Callable[[], str]] = {
    "database": checks.database, "secret": checks.secret, "store": checks.store, "worker": checks.worker,
    "disk": checks.disk,
}  # fmt: skip
"""What is looked at."""
BOUND = 5
"""Seconds after which a check that has not ended counts as one that failed."""
KEPT = 5
"""Seconds in which the same answer is given again, so that whoever asks often costs nothing."""
LATE = f"This gave no answer within {BOUND} seconds."
_EXTENSION = "markwell-health"


class Health:
    """Looks at the house; each check runs in a thread of its own, and none is begun while its last one still hangs."""

    def __init__(self, app: Flask) -> None:
        self._app, self._turn = app, threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        self._found: dict[str, str] = {}
        self._answer: dict[str, str] = {}
        self._until = 0.0

    def findings(self) -> dict[str, str]:
        """What is wrong with each of `CHECKS`, in a sentence; empty where all is well."""
        with self._turn:
            if time.monotonic() >= self._until:
                self._answer = self._look()
                self._until = time.monotonic() + KEPT
            return self._answer

    def _look(self) -> dict[str, str]:
        for name in CHECKS:
            if name not in self._threads or not self._threads[name].is_alive():
                self._found.pop(name, None)
                self._threads[name] = threading.Thread(target=self._check, args=(name,), daemon=True)
                self._threads[name].start()
        end = time.monotonic() + BOUND
        for thread in self._threads.values():
            thread.join(max(0.0, end - time.monotonic()))
        return {name: self._found.get(name, LATE) for name in CHECKS}

    def _check(self, name: str) -> None:
        with self._app.app_context():
            try:
                self._found[name] = CHECKS[name]()
            except Exception:
                self._app.logger.exception("the check of the %s failed", name)
                self._found[name] = "This could not be looked at. The log of the web server says why."


def install(app: Flask) -> None:
    """Give `app` its health."""
    app.extensions[_EXTENSION] = Health(app)


def findings() -> dict[str, str]:
    """What is wrong with the application that runs, by what was looked at; empty sentences where all is well."""
    return cast("Health", current_app.extensions[_EXTENSION]).findings()
