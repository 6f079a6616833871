"""Every JSON that leaves the house has a published schema, and keeps to it."""

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from exports import verify
from exports.facts.canonical import canonical
from tests.exports.editions.test_redacting import REDACTED
from tests.exports.samples.pack import LEILA, packed
from tests.exports.samples.signature import sign
from tests.exports.signing.test_countersigning import clock as clock
from tests.exports.signing.test_countersigning import stamps
from tests.exports.verify.verifying import checked
from tools import schemas

pytestmark = pytest.mark.slow

PUBLISHED = Path(schemas.ROOT)


def schema(name: str) -> jsonschema.Draft202012Validator:
    told = json.loads((PUBLISHED / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told)


@pytest.fixture(scope="module")
def data(clock: Any) -> dict[str, bytes]:
    """The files of a pack by their path under data/."""
    with zipfile.ZipFile(io.BytesIO(packed(sign=sign, stamps=stamps(clock)))) as read:
        return {name.partition("/data/")[2]: read.read(name) for name in read.namelist() if "/data/" in name}


def named(path: str) -> str:
    """Which schema a JSON of a pack keeps to; empty for one that others publish."""
    folder, _, name = path.rpartition("/")
    if folder == "framework":
        return ""
    told = {"records/facts": "facts", "annotations": "annotations", "records": f"records-{name[:-5]}"}
    return told.get(folder, name[:-5])


def test_what_is_published_is_what_is_written() -> None:
    expected = {name: schemas.written(told) for name, told in schemas.schemas().items()}
    assert {path.name: path.read_text("utf-8") for path in PUBLISHED.glob("*.json")} == expected


def test_every_json_of_a_pack_keeps_to_its_schema(data: dict[str, bytes]) -> None:
    read = [path for path in data if path.endswith((".json", ".jsonld"))]
    used = set()
    for path in read:
        if name := named(path.replace(".jsonld", ".json")):
            name = "annotations" if path.endswith(".jsonld") else name
            schema(name).validate(json.loads(data[path]))
            used.add(name)
    for line in data["log/events.jsonl"].splitlines():
        schema("event").validate(json.loads(line))
    assert used | {"event", "verify-answer", "withheld"} == {path.stem for path in PUBLISHED.glob("*.json")}


def test_the_record_of_a_redacted_edition_and_its_list_keep_to_their_schemas() -> None:
    schema("facts").validate(json.loads(canonical(REDACTED.facts)))
    schema("withheld").validate([asdict(each) | {"items": list(each.items)} for each in REDACTED.withheld])


def test_the_verifiers_own_answer_keeps_to_its_schema() -> None:
    for content in (packed(), packed()[:-9]):
        result = checked(content)
        result.kind, result.sha256 = "audit pack", "0" * 64
        schema("verify-answer").validate(json.loads(verify.as_json(result)))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("facts", {"centre": None}), ("facts", {"more": 1}), ("facts", {"events": [{}]}), ("facts", {"as_at": 7}),
    ],
)  # fmt: skip
def test_a_schema_refuses_what_it_does_not_tell_of(data: dict[str, bytes], name: str, change: dict[str, Any]) -> None:
    (path,) = (path for path in data if path.startswith("records/facts/leila"))
    told = json.loads(data[path])
    assert told["learner"]["name"] == LEILA.learner.name
    assert not schema(name).is_valid(told | change)
