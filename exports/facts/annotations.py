"""Claims as the W3C knows them: an AnnotationPage in JSON-LD (Web Annotation Data Model, 23 February 2017)."""

from typing import Any
from urllib.parse import quote

from exports.facts.frozen import ClaimFacts, EvidenceFacts, Facts
from exports.facts.names import Shelf, folder
from portfolio.evidence.places.locators import Astray, Locator, Page, Passage, Region, Span, Whole, write


def page(facts: Facts, shelf: Shelf) -> dict[str, Any]:
    """One learner's claims; sources are addresses relative to the file, `data/annotations/<learner>.jsonld`."""
    known = facts.by_ref
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{folder(facts.learner)}.jsonld",
        "type": "AnnotationPage",
        "partOf": {"id": "../annotations/", "type": "AnnotationCollection", "label": f"Claims of {facts.learner.name}"},
        "startIndex": 0,
        "items": [_claim(claim, known[claim.evidence], shelf) for claim in facts.claims],
    }


def _claim(claim: ClaimFacts, evidence: EvidenceFacts, shelf: Shelf) -> dict[str, Any]:
    """This place is offered for this point: a tag for the point, a comment for the reason.

    A place that does not lie in the evidence is told in words, and the target is all that the item holds.
    """
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": f"{claim.unit} {claim.point}"}]
    if claim.reason:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": claim.reason, "format": "text/plain"})
    if isinstance(claim.locator, Astray):
        told = f"The claim names {claim.locator.told}."
        bodies.append({"type": "TextualBody", "purpose": "describing", "value": told, "format": "text/plain"})
    return {
        "id": f"#claim-{claim.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": bodies,
        "target": _target(claim.locator, evidence, shelf),
    }


def _target(place: Locator, evidence: EvidenceFacts, shelf: Shelf) -> Any:
    """The file in the pack that holds the place, and the selector of the place in it."""
    match place:
        case Whole() | Astray():
            return [_address(path) for path in shelf.of(evidence)]
        case Passage():
            path = shelf.texts[evidence.ref][1]
        case Span(file=""):
            path = shelf.file(evidence, next((file.sha256 for file in evidence.files if file.duration), ""))
        case Page(file=""):
            documents = [file.sha256 for file in evidence.files if file.kind == "document"]
            path = shelf.file(evidence, documents[0] if documents else "")
        case Region(file=""):
            path = shelf.file(evidence, next((file.sha256 for file in evidence.files if file.kind == "image"), ""))
        case _:
            path = shelf.file(evidence, place.file)
    return {"type": "SpecificResource", "source": _address(path), "selector": write(place)["selector"]}


def _address(path: str) -> str:
    """The path as seen from the folder of the annotations, percent-encoded (RFC 3986)."""
    return "../" + quote(path.removeprefix("data/"))
