"""Writes the sample's two-page complaints procedure as PDF (ISO 32000-1), text as text, with pikepdf alone."""

import io
import textwrap
from collections.abc import Iterator

import pikepdf

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
LEFT, TOP = 64, 770
LEADING = {"h1": 30, "h2": 30, "p": 18, "li": 18}
STYLE = {"h1": ("/Bold", 22), "h2": ("/Bold", 13), "p": ("/Plain", 12), "li": ("/Plain", 12)}
Block = tuple[str, str]

PAGES: tuple[tuple[Block, ...], ...] = (
    (
        ("h1", "Putting it right"),
        ("p", "Brightwell Home: how we deal with complaints. Issue 4, 1 September 2026. Owner: Customer Care Manager."),
        ("h2", "1. What counts as a complaint"),
        (
            "p",
            (
                "Any time a customer tells us, in any words, that we have let them down and would like us to do something "
                "about it. The customer does not have to use the word. A question about opening hours is not a complaint; "
                "a question asked for the third time usually is."
            ),
        ),
        ("h2", "2. The six steps"),
        ("li", "1. Listen to the end. Say back what you have heard before you say anything else."),
        ("li", "2. Say sorry for what happened to the customer. Do not guess at whose fault it was."),
        ("li", "3. Look into it: the order, the log, the item, the colleague who was there."),
        ("li", "4. Put it right, within the limits in section 3, and agree it with the customer."),
        ("li", "5. Pass it up the same day if it is outside those limits, and stay the customer's contact."),
        ("li", "6. Ring or write within five working days to ask whether it worked. Then, and only then, close it."),
        ("h2", "3. What you may decide"),
        ("li", "Colleague: exchange, refund of the price paid, or a goodwill gesture up to £25."),
        ("li", "Complaints coordinator: the above, plus costs caused by our mistake up to £150."),
        ("li", "Customer Care Manager: anything above £150, any injury, any threat of court, any press enquiry."),
    ),
    (
        ("h2", "4. Write it down"),
        (
            "p",
            (
                "Every complaint has a line in the log before the customer leaves or the call ends: who, what, when, what "
                "they would like, what we agreed, and who is to do it by when. Write what was said, not what you thought "
                "of it. The customer may ask to read it."
            ),
        ),
        ("h2", "5. Personal details"),
        (
            "p",
            (
                "Note only what is needed to put the matter right. Never leave details on an answering machine or with a "
                "neighbour. Log lines are kept for two years and then destroyed."
            ),
        ),
        ("h2", "6. The customer's rights"),
        (
            "p",
            (
                "A customer may reject faulty goods within 30 days for a full refund; after that we may repair or replace "
                "once. Nothing in this procedure takes a legal right away. Customers who need us to do things "
                "differently, for example in large print, by text or with a companion, have only to say so."
            ),
        ),
        ("h2", "7. Learning from it"),
        (
            "p",
            (
                "On the first Monday of the month the coordinator counts the log by product, cause and outcome. Any cause "
                "that appears three times or more is taken to the store meeting with a proposal: what to change, who "
                "will do it, and the number that should fall."
            ),
        ),
        ("h2", "8. Time limits"),
        ("li", "Acknowledge: the same day. Answer: five working days. Cannot answer yet? Say so, and say when."),
    ),
)


def complaints_procedure() -> bytes:
    """The procedure of Brightwell Home, two pages of A4."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(Plain=_font("/Helvetica"), Bold=_font("/Helvetica-Bold"))
    for number, blocks in enumerate(PAGES, start=1):
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = pdf.make_stream("\n".join(_drawn(blocks, number)).encode("cp1252"))
    pdf.Root.Lang = pikepdf.String("en-GB")
    pdf.docinfo.Title = pikepdf.String("Putting it right: how Brightwell Home deals with complaints")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _font(base: str) -> pikepdf.Dictionary:
    name = pikepdf.Name
    return pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name(base), Encoding=name.WinAnsiEncoding)


def _drawn(blocks: tuple[Block, ...], number: int) -> Iterator[str]:
    """The operators of one page's content stream, top to bottom."""
    yield f"0.13 0.26 0.33 rg 0 {HEIGHT - 18} {WIDTH} 18 re f 0.1 0.1 0.12 rg"
    at = TOP
    for kind, text in blocks:
        at -= LEADING[kind] - 16
        for line in _lines(kind, text):
            yield _shown(line, kind, LEFT + 14 * (kind == "li"), at)
            at -= LEADING[kind] if kind[0] != "h" else 20
        at -= 4
    yield _shown(f"Brightwell Home · Putting it right · page {number} of {len(PAGES)}", "p", LEFT, 40)


def _lines(kind: str, text: str) -> list[str]:
    return textwrap.wrap(text, 84 if kind == "p" else 80)


def _shown(line: str, kind: str, x: int, y: int) -> str:
    font, size = STYLE[kind]
    safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("'", "’")
    return f"BT {font} {size} Tf {x} {y} Td ({safe}) Tj ET"
