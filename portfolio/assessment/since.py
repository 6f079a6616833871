"""What changed of an item since it was handed in before: its words, what is said about it, its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portfolio.assessment.panes import Pane
from portfolio.evidence.models import File, Version
from portfolio.evidence.places.differences import changes, shown

STATED = {"title": "Title", "context": "Where and when", "confirmer": "Who can confirm it", "third_parties": "Who else"}
"""What is said about an item in a line."""
FIELDS = ("testimony", "source", "minutes")
"""What is filled in of a statement, of a source and of a meeting."""
CALLED = {"audio": "recording", "video": "film", "image": "picture"}


@dataclass(frozen=True, slots=True)
class Altered:
    """Something that is said about an item, before and now; empty where nothing is."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Since:
    """The differences between two versions of an item."""

    stated: tuple[Altered, ...]
    told: tuple[str, ...]
    """Sentences about its files, and about what is filled in of it."""
    text: Markup
    """The text with its claims, in which what is new and what went are marked; empty where no word changed."""

    @property
    def nothing(self) -> bool:
        """Whether nothing of it can be told."""
        return not (self.stated or self.told or self.text)


def since(pane: Pane, before: Version) -> Since:
    """Hold what a pane shows against the version that was handed in `before`."""
    now = pane.version
    pairs = [(label, getattr(before, name), getattr(now, name)) for name, label in STATED.items()]
    pairs.append(("Date", str(before.happened_on or ""), str(now.happened_on or "")))
    found, told = changes(before.plain, now.plain), list(_files(before.files, now.files))
    if any(getattr(before, name) != getattr(now, name) for name in FIELDS):
        told.append("What is filled in of it besides is not the same.")
    return Since(
        tuple(Altered(*one) for one in pairs if one[1] != one[2]),
        tuple(told),
        shown(pane.html, found, len(now.plain)) if found else Markup(),
    )


def _files(before: Sequence[File], now: Sequence[File]) -> Iterator[str]:
    """What became of files: one that went and one that came of the same kind took each other's place."""
    kept = {one.sha256 for one in before} & {one.sha256 for one in now}
    gone, come = ([one for one in files if one.sha256 not in kept] for files in (before, now))
    for one in gone:
        instead = next((other for other in come if other.kind == one.kind), None)
        if instead:
            come.remove(instead)
            yield f"The {_called(one)} “{one.name}” was replaced by “{instead.name}”."
        else:
            yield f"The {_called(one)} “{one.name}” was taken out."
    for one in come:
        yield f"The {_called(one)} “{one.name}” was added."


def _called(file: File) -> str:
    return CALLED.get(file.kind, "file")
