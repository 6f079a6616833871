"""Units as a competency framework that other systems read: a CFPackage of 1EdTech CASE 1.1, as plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from criteria.unit import Unit

NAMESPACE = uuid5(NAMESPACE_URL, "https://markwell.example/case")
"""All identifiers are made in it (RFC 9562 §5.5), so that the same unit has the same one everywhere, always."""


@dataclass(frozen=True, slots=True)
class UnitEdition:
    """A published unit: which edition of it, and the hash of its content, which is what its identifier is made of."""

    unit: Unit
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Framework:
    """What a package is about."""

    title: str
    creator: str
    """Who answers for it: a centre with its number."""
    language: str
    """ISO 639 code of its texts."""
    at: str
    """When it was put together, ISO 8601 in UTC."""
    editions: tuple[UnitEdition, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    """One item below its parent: a unit, a marking point or a part."""

    id: UUID
    kind: str
    code: str
    text: str
    parent: "_Node | None" = None
    place: int = 1
    level: str = ""
    notes: str = ""


def package(framework: Framework) -> dict[str, Any]:
    """The CFPackage: a document, an item for each unit, point and part, and `isChildOf` from each to what it is in."""
    editions = sorted(framework.editions, key=lambda one: (one.unit.code, one.number))
    named = "\n".join([framework.creator, *(one.sha256 for one in editions)])
    document = _Node(uuid5(NAMESPACE, named), "CFDocument", "", framework.title)
    nodes = [node for place, one in enumerate(editions, start=1) for node in _nodes(one, document, place)]
    return {
        "CFDocument": {
            **_named(document),
            "caseVersion": "1.1",
            "creator": framework.creator,
            "title": framework.title,
            "language": framework.language,
            "lastChangeDateTime": framework.at,
        },
        "CFItems": [_item(node, framework) for node in nodes],
        "CFAssociations": [_child(node, framework.at) for node in nodes],
    }


def _nodes(edition: UnitEdition, document: _Node, place: int) -> Iterator[_Node]:
    unit = edition.unit
    top = _Node(
        _id(edition), "Unit", unit.code, unit.title, document, place, unit.level, f"Edition {edition.number}."
    )  # fmt: skip
    yield top
    for number, point in enumerate(unit.points, start=1):
        notes = f"Permitted methods: {', '.join(point.methods)}." if point.methods else ""
        code = f"{unit.code}.{point.ref}"
        whole = _Node(_id(edition, point.ref), "Marking point", code, point.text, top, number, unit.level, notes)
        yield whole
        for count, part in enumerate(point.parts, start=1):
            yield _Node(_id(edition, point.ref, part.ref), "Part", f"{code}.{part.ref}", part.text, whole, count)


def _id(edition: UnitEdition, *refs: str) -> UUID:
    return uuid5(NAMESPACE, "/".join([edition.unit.code, edition.sha256, *refs]))


def _named(node: _Node) -> dict[str, str]:
    return {"identifier": str(node.id), "uri": node.id.urn}


def _item(node: _Node, framework: Framework) -> dict[str, Any]:
    more = {"notes": node.notes, "educationLevel": [node.level] if node.level else []}
    return {
        **_named(node),
        "fullStatement": node.text,
        "humanCodingScheme": node.code,
        "CFItemType": node.kind,
        "language": framework.language,
        **{name: value for name, value in more.items() if value},
        "lastChangeDateTime": framework.at,
    }


def _child(node: _Node, at: str) -> dict[str, Any]:
    assert node.parent is not None
    link = uuid5(NAMESPACE, f"{node.id} isChildOf {node.parent.id}")
    return {
        "identifier": str(link),
        "uri": link.urn,
        "associationType": "isChildOf",
        "sequenceNumber": node.place,
        "originNodeURI": {"title": _title(node), **_named(node)},
        "destinationNodeURI": {"title": _title(node.parent), **_named(node.parent)},
        "lastChangeDateTime": at,
    }


def _title(node: _Node) -> str:
    return " ".join(f"{node.code} {node.text}".split())[:120]


def distinct(editions: Sequence[UnitEdition]) -> tuple[UnitEdition, ...]:
    """Each edition once, however many learners work on it."""
    return tuple({(one.unit.code, one.number, one.sha256): one for one in editions}.values())
