"""Files on their way in, as the page sends them: in one piece each."""

import base64

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.evidence.models import File
from portfolio.foundation.db import db

PIECE = "application/offset+octet-stream"


def sent(who: FlaskClient, name: str | None, content: bytes) -> TestResponse:
    """The answer to an upload of that name and content."""
    named = "" if name is None else f"filename {base64.b64encode(name.encode()).decode()}"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": named}
    return who.post("/uploads", headers=headers, data=content, content_type=PIECE)


def arrived(who: FlaskClient, name: str | None, content: bytes = b"work") -> File:
    """The file that came of it."""
    answer = sent(who, name, content)
    assert answer.status_code == 201, answer.text
    db.session.rollback()
    return db.session.query(File).order_by(File.id.desc()).limit(1).one()
