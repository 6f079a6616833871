"""How an edition is made of the facts it may show: what draws it, what it holds besides, how it is finished."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from exports.document import report
from exports.typesetting import pdf


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an edition is made where it differs from the plain full report."""

    render: Callable[..., str] = report.render
    """Facts, and `withheld` by name, to HTML."""
    attached: Sequence[pdf.Attachment] = ()
    """What it holds besides its record."""
    finish: Callable[[bytes], bytes] = bytes
    """What is done to the typeset file before it is signed."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """By SHA-256, pictures made for it, besides those of the house."""

    def drawing(self, pictures: pdf.Pictures) -> pdf.Pictures:
        """Its own pictures and those of the house."""
        read = pictures if callable(pictures) else pictures.__getitem__
        return lambda digest: self.pictures[digest] if digest in self.pictures else read(digest)
