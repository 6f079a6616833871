"""The words at a place: of a text, of a page, or of what is said in a recording once somebody confirmed it."""

from portfolio.evidence.models import File, Version
from portfolio.evidence.places.locators import Locator, Page, Passage, Span
from portfolio.evidence.transcripts import queries


def said_at(place: Locator, version: Version) -> str:
    """The words there, as far as they are known; empty where there are none, and for a picture."""
    match place:
        case Passage():
            return place.exact
        case Page(quote=Passage() as quote):
            return quote.exact
        case Page(region=""):
            document = version.document(place.file)
            return (document and document.words_of(place.page)) or ""
        case Span():
            return _heard(place, version)
    return ""


def _heard(span: Span, version: Version) -> str:
    file = _recording(span.file, version)
    words = queries.standing(file) if file else None
    cues = words.said if words else []
    return " ".join(cue.words for cue in cues if cue.begins < span.end and cue.ends > span.start)


def _recording(sha256: str, version: Version) -> File | None:
    """The file of that hash; without one the only recording there is."""
    played = [file for file in version.files if file.kind in queries.PLAYED and sha256 in ("", file.sha256)]
    return played[0] if len(played) == 1 or (played and sha256) else None
