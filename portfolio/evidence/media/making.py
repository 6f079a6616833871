"""Which maker makes the copies of which kind; runs in the confined process only."""

import traceback
from pathlib import Path

from portfolio.evidence.media.documents import document
from portfolio.evidence.media.pictures.logo import logo
from portfolio.evidence.media.pictures.picture import picture
from portfolio.evidence.media.prepared import LACKS_ROOM, NOT_PREPARED, NotPrepared, Prepared
from portfolio.evidence.media.recordings.recording import recording


def made(path: Path, kind: str, media_type: str, into: Path) -> Prepared:
    """The copies of the original at `path`. What a decoder cannot read is a note in the answer.

    Raises `OSError` where the disk is full.
    """
    try:
        match kind:
            case "image":
                return picture(path, media_type, into)
            case "logo":
                return logo(path, media_type, into)
            case "audio" | "video":
                return recording(path, media_type, into)
            case _:
                return document(path)
    except NotPrepared as refusal:
        return Prepared(kind, media_type, note=refusal.sentence)
    except Exception as fault:  # a stranger's file may break a decoder in any way; the original is kept
        if (number := getattr(fault, "errno", None)) in LACKS_ROOM:
            raise OSError(number, "no room for the copies") from fault
        traceback.print_exc()
        return Prepared(kind, media_type, note=NOT_PREPARED)
