"""Reads of the words that can be looked for."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, undefer

from portfolio.evidence.models import File, FilePage
from portfolio.evidence.places import calling
from portfolio.evidence.searching.rules import Text
from portfolio.evidence.transcripts import queries as transcripts
from portfolio.foundation.db import db
from portfolio.foundation.words.display import clock


def pages(files: Collection[int]) -> Iterator[tuple[int, Text]]:
    """The words of the pages of these documents, by the id of each, one after the other."""
    query = select(FilePage).join(FilePage.file).where(FilePage.file_id.in_(files), FilePage.text != "")
    query = query.options(contains_eager(FilePage.file), undefer(FilePage.text))
    query = query.order_by(FilePage.file_id, FilePage.number).execution_options(yield_per=100)
    with closing(db.session.scalars(query)) as read:
        for page in read:
            label = calling.label(page.text) if page.file.is_text else ""
            where = f"{calling.told(label, page.number)} of {page.file.name}"
            yield page.file_id, Text(page.text, where, file=page.file_id, page=page.number)


def said(files: Mapping[int, File]) -> Iterator[tuple[int, Text]]:
    """What is said in these recordings, cue by cue, as their captions show it, by the id of each."""
    for id, one in transcripts.shown_of(files.values()).items():
        for cue in one.said:
            yield id, Text(cue.words, f"{clock(cue.begins)} in {files[id].name}", one.unread_note)
