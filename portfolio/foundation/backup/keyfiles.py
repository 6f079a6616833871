"""The centres' key files in a backup: each is opened before it takes the place of an earlier copy."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app

_EXTENSION = "markwell-key-files"


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of the key files."""

    needed: Mapping[str, str]
    """Name of each file that has to be there → the centre that signs with it."""
    fault: Callable[[str, bytes], str]
    """What is wrong with a file of that name and content (`cannot be opened`); empty for a good one."""


def known_by(app: Flask, records: Callable[[], Known]) -> None:
    """Have every backup of `app` ask `records` what it knows of the key files: the storey that signs does."""
    app.extensions[_EXTENSION] = records


def known() -> Known:
    """What the records say now. Raises `Unset` or `WrongSecret` where there are keys and no secret that opens them."""
    return cast("Callable[[], Known]", current_app.extensions[_EXTENSION])()


def save(house: Path, folder: Path, records: Known) -> tuple[dict[str, str], list[str]]:
    """Copy the key files in `house` to `folder`; an earlier good copy stays where the house's own is not good.

    The SHA-256 of each good one in `folder` by its name, and a sentence for each that is missing or not good.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    found, faults = dict[str, str](), list[str]()
    for name in sorted({path.name for path in house.glob("*.p12")} | {*records.needed}):
        content, fault = _read(house / name, records)
        if fault:
            content, unfit = _read(folder / name, records)
            whose = f", with which {records.needed[name]} signs," if name in records.needed else ""
            stays = "No good copy of it is in the backup" if unfit else "The copy of an earlier backup stays"
            faults.append(f"The key file {house / name}{whose} {fault}. {stays}.")
            if unfit:
                continue
        else:
            write(folder / name, content)
        found[name] = hashlib.sha256(content).hexdigest()
    return found, faults


def write(path: Path, content: bytes) -> None:
    """Put a key file there whole or not at all, for its owner alone, in the place of what was there."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read(path: Path, records: Known) -> tuple[bytes, str]:
    """The content of a key file, and what is wrong with it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b"", "is missing"
    except OSError as fault:
        return b"", f"cannot be read ({fault.strerror})"
    return content, records.fault(path.name, content)
