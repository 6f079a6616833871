"""Names for the files of a pack: safe on every system, never the same twice, the same each time."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from exports.facts.frozen import EvidenceFacts, Facts, FileFacts, PersonFacts, ShownPageFacts

LONGEST = 100
"""Bytes of UTF-8 in one name: short enough for every file system, with room for the folders above it."""
BROWSERS_SHOW = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
"""Media types of photos that browsers show; beside every other photo stands the picture that we made of it."""
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"/\\|?*%]')


def safe(name: str) -> str:
    """A name that is one plain file on Windows, macOS and Linux: NFC, no path, no control or bidirectional marks.

    `%` goes as well: RFC 8493 has it encoded in manifests, and readers in use forget to decode it.
    """
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    shown = "".join(
        sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    plain = _shortened(_UNSAFE.sub("_", shown).strip(" .")) or "file"
    return f"_{plain}" if _RESERVED.match(plain) else plain


def folder(person: PersonFacts) -> str:
    """The folder of a person's work: their name in plain letters, and their id, which makes it theirs alone."""
    letters = unicodedata.normalize("NFKD", person.name).encode("ascii", "ignore").decode().lower()
    return f"{re.sub('[^a-z0-9]+', '-', letters).strip('-')[:40] or 'learner'}-{person.id}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where in the pack one learner's evidence stands: paths from the bag's folder, beginning with `data/`."""

    report: str
    texts: dict[str, tuple[str, str]]
    """Evidence ref → the Markdown as written, and the plain text in which the offsets of passages count."""
    files: dict[tuple[str, str], str]
    """Evidence ref and SHA-256 of an original → its path."""
    pages: dict[tuple[str, int, int], str]
    """Evidence ref, id of a file, number of a claimed page or still of it → the path of its picture or words."""
    pictures: dict[tuple[str, int], str]
    """Evidence ref and id of a photo that browsers do not show → the path of the picture that stands for it."""
    captions: dict[tuple[str, int], str]
    """Evidence ref and id of a recording → the path of its captions, beside it: one sent twice may have others."""

    def of(self, evidence: EvidenceFacts) -> Iterator[str]:
        """Every path of one version: what a claim on the whole of it points at."""
        yield from self.texts.get(evidence.ref, ())[1:]
        yield from (self.files[evidence.ref, file.sha256] for file in evidence.files)

    def file(self, evidence: EvidenceFacts, sha256: str) -> str:
        """The path of one original; the only one where no hash is given. Empty where there is none."""
        chosen = sha256 or next((file.sha256 for file in evidence.files), "")
        return self.files.get((evidence.ref, chosen), "")


def shelf(facts: Facts) -> Shelf:
    """The places of everything that one learner's facts name."""
    learner, taken = folder(facts.learner), dict[str, str]()
    stand = Shelf(f"data/reports/{learner}.pdf", {}, {}, {}, {}, {})
    for item in facts.evidence:
        if item.text or item.plain:
            stem = f"data/evidence/{learner}/{item.id}/{safe(item.kind).replace(' ', '-')}-v{item.version}"
            stand.texts[item.ref] = f"{stem}.md", f"{stem}.txt"
            taken |= {_folded(f"{stem}.md"): "", _folded(f"{stem}.txt"): ""}
    for item in facts.evidence:
        for file in item.files:
            path = _own(f"data/evidence/{learner}/{item.id}", safe(file.name), file.sha256, taken)
            stand.files[item.ref, file.sha256] = path
            if file.kind == "image" and file.picture and file.media_type not in BROWSERS_SHOW:
                called = f"{file.sha256[:16]}-{file.picture.sha256[:8]}.jpg"  # one sent twice may have two
                stand.pictures[item.ref, file.id] = f"data/pages/{learner}/{item.id}/{called}"
            for page in file.pages:
                called = f"{file.sha256[:16]}-{_page(file, page)}.{'jpg' if page.width else 'txt'}"
                stand.pages[item.ref, file.id, page.number] = f"data/pages/{learner}/{item.id}/{called}"
    _put_captions(stand, facts, taken)
    return stand


def _page(file: FileFacts, page: ShownPageFacts) -> str:
    if file.kind == "video":
        return f"second-{page.number / 10:.1f}-{page.sha256[:8]}"  # a film sent twice may have two
    return f"page-{page.number}"


def _put_captions(stand: Shelf, facts: Facts, taken: dict[str, str]) -> None:
    """Beside each recording with captions, under its name; after all originals, which keep their names."""
    for item in facts.evidence:
        for file in (one for one in item.files if one.transcript):
            directory, _, name = stand.files[item.ref, file.sha256].rpartition("/")
            captions = f"{name.rpartition('.')[0] or name}.vtt"
            stand.captions[item.ref, file.id] = _own(directory, captions, f"captions of file {file.id}", taken)


def _own(directory: str, name: str, whose: str, taken: dict[str, str]) -> str:
    """The first free path for a file; the one it has already, if the same one (by `whose`) came under the same name."""
    stem, dot, ending = name.rpartition(".")
    count, path = 1, f"{directory}/{name}"
    while taken.setdefault(_folded(path), whose) != whose:
        count += 1
        path = f"{directory}/{stem} ({count}).{ending}" if dot and stem else f"{directory}/{name} ({count})"
    return path


def _folded(path: str) -> str:
    """What two paths have in common that a file system may take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def _shortened(name: str) -> str:
    """Cut in the middle of a long name, so that its ending stays."""
    ending = name[-12:] if "." in name[-12:] else ""
    room = LONGEST - len(ending.encode())
    if len(name.encode()) <= LONGEST:
        return name
    return name[: len(name) - len(ending)].encode()[:room].decode(errors="ignore").strip(" .") + ending
