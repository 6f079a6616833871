"""What the tests of a centre's logo share: pictures, and the administrator's browser."""

import io

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from portfolio.foundation.db import db
from portfolio.people.models import Centre
from tests.fixtures.cast import House

GREEN, RED = (10, 110, 60), (170, 20, 40)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(size: tuple[int, int] = (640, 200), *, kind: str = "PNG", mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    colour = more.pop("colour", GREEN)
    Image.new("RGB", size, colour).convert(mode).save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def sends(who: FlaskClient, content: bytes, name: str = "logo.png") -> TestResponse:
    boundary, body = encode_multipart({"picture": FileStorage(io.BytesIO(content), name)})
    return who.post("/centre/logo", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def centre(house: House, nick: str = "dee") -> Centre:
    db.session.rollback()
    db.session.expire_all()
    return house.person(nick).centre


def shown(who: FlaskClient) -> Image.Image:
    answer = who.get("/centre/logo")
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    return Image.open(io.BytesIO(answer.data))
