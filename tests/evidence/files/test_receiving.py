"""A plain form sends a file whole, and it is kept as one that came in pieces is."""

from pathlib import Path

import pytest
from flask import Flask

from portfolio.evidence.views import uploads
from portfolio.foundation import errors
from tests.faults.house import furnished, person


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return furnished(tmp_path / "house", upload_limit=5_000_000)


def test_a_form_without_javascript_sends_a_file_whole(house: Flask, tmp_path: Path) -> None:
    letter, nothing = tmp_path / "letter", tmp_path / "nothing"
    letter.write_bytes(b"%PDF-1.7 not really")
    nothing.touch()
    with house.app_context(), letter.open("rb") as whole, nothing.open("rb") as empty:
        ada = person("ada")
        file = uploads.receive(whole, "../../etc/letter.pdf", by=ada)
        assert (file.name, file.kind, file.media_type, file.owner_id) == (
            "letter.pdf", "document", "application/pdf", ada.id,
        )  # fmt: skip
        with pytest.raises(errors.TooBig):
            uploads.receive(_Endless(), "endless", by=ada)
        with pytest.raises(errors.Refused, match="empty"):
            uploads.receive(empty, "nothing", by=ada)


class _Endless:
    def read(self, size: int, /) -> bytes:
        return bytes(size)
