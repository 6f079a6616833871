"""Brings the sample's recordings, photos and papers into the file store, and has their copies to show made at once."""

import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from typing import Any, TypeVar, cast

from flask import Flask, current_app

from portfolio.evidence import logos
from portfolio.evidence.media import sniff
from portfolio.foundation import files
from portfolio.foundation.files import Stored
from portfolio.foundation.work import jobs
from sample import queries

R = TypeVar("R")
RECORDED = ("mp3", "mp4", "webm")
"""Endings of the recordings' names."""
HANDS = 2
"""Processes that work side by side."""


@dataclass(frozen=True, slots=True)
class SampleOriginal:
    """A file in the store, and what it is."""

    stored: Stored
    kind: tuple[str, str]
    """Kind and media type, as sniffed."""
    seconds: float | None = None
    """How long a recording lasts."""


def brought(names: Iterable[str]) -> dict[str, SampleOriginal]:
    """Make the files of these names and keep them in the store."""
    wanted = sorted(set(names), key=_longest_first)
    with ProcessPoolExecutor(HANDS, get_context("spawn"), initializer=_deafen) as makers:
        return {name: _kept(*made) for name, made in zip(wanted, makers.map(_made, wanted), strict=True)}


def logos_of(names: Iterable[str]) -> dict[str, str]:
    """Make the logos of these names, and keep what is printed of each; its SHA-256 by the name."""
    wanted = sorted(names)
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_deafen) as maker:
        return {
            name: logos.kept(BytesIO(content))
            for name, (content, _) in zip(wanted, maker.map(_made, wanted), strict=True)
        }


def prepare() -> int:
    """Make the copies to show of all files that wait for them, and return how many files that were.

    The jobs are those that the worker would begin after its start; what is interrupted here is done there.
    """
    ids = queries.preparations()
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    with ThreadPoolExecutor(HANDS) as hands:
        for _ in hands.map(lambda id: _run(app, id), ids):
            pass
    return len(ids)


def _made(name: str) -> tuple[bytes, float | None]:
    from sample.media import making  # noqa: PLC0415 (its libraries are heavy, and wanted in this process only)

    content = making.made(name)
    return content, making.lasts(content) if name.endswith(RECORDED) else None


def _deafen() -> None:
    """Ctrl-C is for the process that waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _kept(content: bytes, seconds: float | None) -> SampleOriginal:
    stored = files.store().put(BytesIO(content))
    return SampleOriginal(stored, sniff(files.store().path(stored.sha256)), seconds)


def _run(app: Flask, id: str) -> None:
    with app.app_context():
        jobs.run(id, _at_once)


def _at_once(name: str, deed: Callable[..., R], *args: Any) -> R:  # noqa: ARG001 (the shape of `jobs.Steps`)
    """A step that is not kept: a crash leaves the job open, and the worker does it from the start."""
    return deed(*args)


def _longest_first(name: str) -> tuple[int, str]:
    """Films take longest to make, so they begin first."""
    with suppress(ValueError):
        return ("mp4", "webm", "mp3").index(name.rpartition(".")[2]), name
    return 9, name
