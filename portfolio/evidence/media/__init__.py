"""Copies to show: what can be played, seen and printed of an original, made apart from it; the original stays as it is.

`prepare` runs everything that opens a stranger's file in a process of its own, under limits. Only the worker calls it,
`draw_pages`, `draw_stills` and `hear`; whoever asks for `prepare_logo` or `read_messages` waits for it, so that its
limits are much lower.
"""

from portfolio.evidence.media.confined import draw_pages, draw_stills, hear, prepare, prepare_logo, read_messages
from portfolio.evidence.media.messages.message import Message
from portfolio.evidence.media.office.kinds import READ
from portfolio.evidence.media.pages.page import LONGEST_FILE, DrawnPage
from portfolio.evidence.media.pages.page import MOST as MOST_PAGES
from portfolio.evidence.media.prepared import TOOK_TOO_LONG, Prepared
from portfolio.evidence.media.sniff import MESSAGE, sniff
from portfolio.evidence.media.speech.heard import Heard

__all__ = [
    "LONGEST_FILE", "MESSAGE", "MOST_PAGES", "READ", "TOOK_TOO_LONG", "DrawnPage", "Heard", "Message", "Prepared",
    "draw_pages", "draw_stills", "hear", "prepare", "prepare_logo", "read_messages", "sniff",
]  # fmt: skip
