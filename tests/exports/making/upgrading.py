"""Our sources as they stand after an upgrade."""

from pathlib import Path

import pytest

from exports.making import cache_key


class upgraded:  # noqa: N801 (read as a word)
    """Our sources as they stand in another folder."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root, self.patch = root, patch

    def __enter__(self) -> None:
        self.patch.setattr(cache_key, "ROOT", self.root)
        self._forget()

    def __exit__(self, *_: object) -> None:
        self.patch.undo()
        self._forget()

    def _forget(self) -> None:
        for known in (
            cache_key.programs,
            cache_key.drawn_with,
            cache_key.modules,
            cache_key.imported,
            cache_key.libraries,
        ):
            known.cache_clear()
