"""Units leave the house as a competency framework that other systems read (1EdTech CASE 1.1)."""

from dataclasses import replace
from uuid import UUID

from criteria import case, catalogue
from criteria.edition import content_hash

EDITIONS = tuple(case.UnitEdition(unit, 1, content_hash(unit)) for unit in catalogue.units())
FRAMEWORK = case.Framework(
    "Level 3 Diploma", "Harbourside Training (51234)", "en", "2026-04-20T15:00:00Z", EDITIONS
)  # fmt: skip
PACKAGE = case.package(FRAMEWORK)
ITEM = {"identifier", "uri", "fullStatement", "lastChangeDateTime"}
LINK = {"identifier", "uri", "associationType", "originNodeURI", "destinationNodeURI", "lastChangeDateTime"}
OPTIONAL = {"humanCodingScheme", "CFItemType", "language", "educationLevel", "notes"}


def test_a_package_has_what_the_specification_demands_and_nothing_that_it_does_not_know() -> None:
    assert set(PACKAGE) == {"CFDocument", "CFItems", "CFAssociations"}
    demanded = {"identifier", "uri", "creator", "title", "lastChangeDateTime"}
    assert set(PACKAGE["CFDocument"]) == demanded | {"caseVersion", "language"}
    assert PACKAGE["CFDocument"]["caseVersion"] == "1.1"
    for item in PACKAGE["CFItems"]:
        assert ITEM <= set(item) <= ITEM | OPTIONAL
    for link in PACKAGE["CFAssociations"]:
        assert set(link) == LINK | {"sequenceNumber"}
        assert set(link["originNodeURI"]) == set(link["destinationNodeURI"]) == {"title", "identifier", "uri"}


def test_every_unit_point_and_part_is_in_it_once_under_an_identifier_of_its_own() -> None:
    points = [point for edition in EDITIONS for point in edition.unit.points]
    count = len(EDITIONS) + len(points) + sum(len(point.parts) for point in points)
    things = [PACKAGE["CFDocument"], *PACKAGE["CFItems"], *PACKAGE["CFAssociations"]]
    assert len(PACKAGE["CFItems"]) == len(PACKAGE["CFAssociations"]) == count
    assert len({thing["identifier"] for thing in things}) == len(things)
    assert all(UUID(thing["identifier"]).version == 5 and thing["uri"].startswith("urn:uuid:") for thing in things)


def test_every_item_leads_to_the_document() -> None:
    above = {link["originNodeURI"]["uri"]: link["destinationNodeURI"]["uri"] for link in PACKAGE["CFAssociations"]}
    for item in PACKAGE["CFItems"]:
        at, steps = item["uri"], 0
        while at in above and steps < 4:
            at, steps = above[at], steps + 1
        assert at == PACKAGE["CFDocument"]["uri"]
        assert steps == {"Unit": 1, "Marking point": 2, "Part": 3}[item["CFItemType"]]


def test_the_same_unit_has_the_same_identifier_at_every_centre_and_a_new_edition_another() -> None:
    first, *_ = EDITIONS
    elsewhere = replace(FRAMEWORK, creator="Somebody else (1)", at="2027-01-01T00:00:00Z", editions=(first,))
    revised = replace(FRAMEWORK, editions=(replace(first, number=2, sha256="0" * 64),))
    own = {item["humanCodingScheme"]: item["identifier"] for item in PACKAGE["CFItems"]}
    for item in case.package(elsewhere)["CFItems"]:
        assert own[item["humanCodingScheme"]] == item["identifier"]
    for item in case.package(revised)["CFItems"]:
        assert own[item["humanCodingScheme"]] != item["identifier"]


def test_an_edition_on_which_many_work_is_there_once() -> None:
    assert case.distinct([*EDITIONS, *EDITIONS]) == EDITIONS
