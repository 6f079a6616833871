"""Draws the sample's photos: a complaint log, a returns desk, a fishbone, a thank-you card and a chat."""

import random

from PIL import Image, ImageDraw, ImageFilter

from sample.media.brush import (
    INK,
    SIZE,
    Colour,
    grained,
    lay,
    lettering,
    photo,
    stroke,
    wrapped,
    write_hand,
    write_print,
)

LOG = (
    ("2 Sep", "Kettle lid loose (3rd)", "refund, batch noted", "closed"),
    ("5 Sep", "Late delivery, table", "20.00 goodwill", "closed"),
    ("9 Sep", "Kettle leaks at base", "exchange", "closed"),
    ("14 Sep", "Rude on phone", "rang back, sorry", "closed"),
    ("16 Sep", "Kettle leaks at base", "refund + ring Fri", "rang, ok"),
    ("18 Sep", "Wrong size blind", "re-cut, fitter", "closed"),
    ("21 Sep", "Kettle leaks (Hollis)", "to Helen, over limit", "with HB"),
    ("22 Sep", "Table leg missing", "van Thurs, rang 5pm", "rang, ok"),
)
BONES = (
    ("Supplier", "seal: new factory"),
    ("Transport", "boxes dropped"),
    ("Product", "seal too thin"),
    ("Our checks", "nobody opens a box"),
    ("Shelf", "stacked five high"),
    ("Customer", "no sheet: fill line"),
)
CHAT = (
    (0, "Hi, my parcel says delivered. It wasn’t. It’s an interview suit, I need it tomorrow!!"),
    (1, "Hello Beth, I’m Mei-Ling. An interview tomorrow and no suit: that’s a horrible moment. Let me look."),
    (1, "So it was marked as left at 10.42 today, and there was no card or photo. Have I got that right?"),
    (0, "yes. neighbours haven’t got it either"),
    (1, "Thank you. I can send it again for Friday, refund you now, or reserve one at our Saltmere shop today."),
    (0, "the shop!! can I get there by 7?"),
    (1, "They’re open till 8. It’s on the rail under your name, size 12. Shall I do that?"),
    (0, "yes please. thank you so much"),
)


def complaint_log() -> bytes:
    """A page of the complaint log on a clipboard, handwritten."""
    desk = grained((150, 112, 78), seed=1)
    board = Image.new("RGBA", (900, 800), (0, 0, 0, 0))
    pen = ImageDraw.Draw(board)
    pen.rounded_rectangle((20, 30, 880, 790), 22, fill=(104, 72, 48))
    pen.rectangle((52, 82, 848, 768), fill=(252, 250, 242))
    pen.rounded_rectangle((330, 12, 570, 92), 16, fill=(176, 180, 186))
    pen.rounded_rectangle((372, 30, 528, 60), 10, fill=(126, 130, 138))
    write_print(pen, (84, 108), "Complaint log: September 2026", size=34)
    _ruled(pen)
    for row, cells in enumerate(LOG):
        for x, words in zip((84, 196, 472, 738), cells, strict=True):
            write_hand(pen, (x, 232 + row * 62), words, seed=row * 7 + x)
    lay(desk, board, (130, 60), 2.2)
    _pen_on(desk)
    return photo(desk, seed=1, taken="2026:09:25 16:12:40", place=True)


def _ruled(pen: ImageDraw.ImageDraw) -> None:
    for x, title in zip((84, 196, 472, 738), ("Date", "What happened", "What we agreed", "Where it is"), strict=True):
        write_print(pen, (x, 178), title, size=22)
    for row in range(10):
        pen.line((76, 214 + row * 62, 836, 214 + row * 62), fill=(150, 168, 190), width=2)
    for x in (186, 462, 728):
        pen.line((x, 170, x, 772), fill=(198, 208, 220), width=2)


def _pen_on(desk: Image.Image) -> None:
    biro = Image.new("RGBA", (40, 420), (0, 0, 0, 0))
    pen = ImageDraw.Draw(biro)
    pen.rounded_rectangle((10, 20, 30, 360), 9, fill=(30, 62, 140))
    pen.polygon((12, 358, 28, 358, 20, 404), fill=(206, 208, 212))
    pen.rounded_rectangle((24, 26, 32, 120), 4, fill=(206, 208, 212))
    lay(desk, biro, (1056, 330), -14)


def returns_desk() -> bytes:
    """The returns desk with a boxed kettle, its receipt and a sign."""
    shop = Image.new("RGB", SIZE, (214, 206, 190))
    pen = ImageDraw.Draw(shop)
    for shelf in range(3):
        _shelf(pen, 90 + shelf * 150, seed=shelf)
    blurred = shop.filter(ImageFilter.GaussianBlur(7))
    pen = ImageDraw.Draw(blurred)
    pen.rectangle((0, 590, 1200, 900), fill=(120, 84, 58))
    pen.rectangle((0, 570, 1200, 612), fill=(176, 134, 96))
    _kettle_box(blurred)
    pen.rounded_rectangle((820, 330, 1110, 470), 12, fill=(34, 66, 84))
    write_print(pen, (876, 352), "RETURNS", size=42, fill=(255, 255, 255))
    write_print(pen, (868, 412), "We will put it right.", size=22, fill=(206, 224, 230))
    pen.rectangle((955, 470, 975, 576), fill=(88, 92, 98))
    lay(blurred, _receipt(), (640, 600), -9)
    return photo(blurred, seed=2, taken="2026:09:16 11:03:05")


def _shelf(pen: ImageDraw.ImageDraw, y: int, *, seed: int) -> None:
    dice = random.Random(seed)
    tints = ((186, 92, 74), (92, 128, 120), (222, 186, 110), (112, 110, 150), (236, 230, 220))
    x = 20
    while x < 1180:
        wide, tall = dice.randint(40, 96), dice.randint(60, 118)
        pen.rounded_rectangle((x, y + 120 - tall, x + wide, y + 120), 8, fill=dice.choice(tints))
        x += wide + dice.randint(6, 22)
    pen.rectangle((0, y + 120, 1200, y + 136), fill=(150, 128, 104))


def _kettle_box(shop: Image.Image) -> None:
    pen = ImageDraw.Draw(shop)
    pen.polygon((210, 300, 520, 300, 520, 584, 210, 584), fill=(206, 172, 128))
    pen.polygon((520, 300, 600, 262, 600, 548, 520, 584), fill=(170, 136, 96))
    pen.polygon((210, 300, 290, 262, 600, 262, 520, 300), fill=(226, 196, 156))
    pen.rectangle((346, 300, 384, 584), fill=(222, 204, 170))
    write_print(pen, (232, 316), "BRIGHTWELL", size=18, fill=(96, 66, 40))
    _kettle(pen)
    pen.rounded_rectangle((236, 500, 494, 566), 6, fill=(250, 236, 120))
    write_hand(pen, (250, 512), "leaks at base", seed=4, size=32)


def _kettle(pen: ImageDraw.ImageDraw) -> None:
    shade = (120, 60, 44)
    pen.polygon((306, 476, 322, 372, 400, 372, 416, 476), fill=shade)
    pen.ellipse((322, 356, 400, 390), fill=shade)
    pen.ellipse((352, 340, 370, 360), fill=shade)
    pen.polygon((318, 398, 284, 378, 290, 396, 314, 430), fill=shade)
    pen.arc((390, 368, 452, 460), -100, 90, fill=shade, width=12)


def _receipt() -> Image.Image:
    slip = Image.new("RGBA", (150, 200), (252, 252, 248, 255))
    pen = ImageDraw.Draw(slip)
    for row, words in enumerate(("BRIGHTWELL", "Kettle 1.7 L", "34.00 card", "Thank you")):
        write_print(pen, (12, 14 + row * 40), words, size=15, fill=(90, 90, 96))
    return slip


def fishbone() -> bytes:
    """A fishbone diagram on a whiteboard."""
    board = Image.new("RGB", SIZE, (188, 192, 198))
    pen = ImageDraw.Draw(board)
    pen.rounded_rectangle((40, 40, 1160, 830), 14, fill=(248, 250, 250))
    pen.rectangle((180, 824, 1020, 850), fill=(150, 154, 160))
    for x, tint in ((400, (196, 52, 48)), (500, INK), (600, (38, 110, 72))):
        pen.rounded_rectangle((x, 808, x + 78, 826), 8, fill=tint)
    write_hand(pen, (90, 70), "Why do the kettles come back?   11 of 19 returns, Aug-Sept", seed=1, size=38)
    stroke(pen, ((110, 450), (930, 446)), INK, 7)
    pen.rounded_rectangle((930, 392, 1120, 502), 18, outline=(196, 52, 48), width=6)
    write_hand(pen, (956, 408), "leaks at", seed=2, size=36, fill=(196, 52, 48))
    write_hand(pen, (966, 450), "the base", seed=3, size=36, fill=(196, 52, 48))
    for place, (title, cause) in enumerate(BONES):
        _bone(pen, place, title, cause)
    pen.ellipse((704, 268, 886, 326), outline=(196, 52, 48), width=5)
    return photo(board, seed=3, taken="2026:10:05 09:41:18")


def _bone(pen: ImageDraw.ImageDraw, place: int, title: str, cause: str) -> None:
    column, below = place % 3, place >= 3
    tip, root = (150 + column * 250, 690 if below else 210), (290 + column * 250, 448)
    stroke(pen, (tip, root), INK, 5)
    write_hand(pen, (tip[0] - 30, tip[1] + (8 if below else -44)), title, seed=place + 20, size=32)
    y = tip[1] + (-92 if below else 74)
    write_hand(pen, (tip[0] + 76, y), cause, seed=place + 40, size=23, fill=(38, 110, 72))


def thank_you_card() -> bytes:
    """A card from a customer, propped up on a window sill."""
    sill = grained((224, 220, 210), seed=5)
    card = Image.new("RGBA", (760, 600), (250, 244, 230, 255))
    pen = ImageDraw.Draw(card)
    pen.rectangle((22, 22, 738, 578), outline=(196, 160, 110), width=3)
    for x, tint in ((120, (206, 92, 88)), (190, (232, 172, 84)), (262, (140, 110, 168))):
        _flower(pen, (x, 130), tint)
    words = (
        "Dear Amina,",
        "the leg came on Thursday just as you",
        "said, and your driver fitted it. Mum had",
        "her eighty candles on that table! You",
        "rang when you said you would ring.",
        "Nobody does that any more.",
        "Thank you.      Geoff Pemberton",
    )
    for row, line in enumerate(words):
        write_hand(pen, (70, 214 + row * 50), line, seed=row, size=34)
    lay(sill, card, (210, 130), -2.6)
    return photo(sill, seed=4, taken="2026:10:01 08:55:30")


def _flower(pen: ImageDraw.ImageDraw, at: tuple[int, int], tint: Colour) -> None:
    x, y = at
    pen.line((x, y, x + 6, y + 66), fill=(92, 134, 86), width=5)
    for dx, dy in ((0, -24), (22, -8), (14, 18), (-14, 18), (-22, -8)):
        pen.ellipse((x + dx - 17, y + dy - 17, x + dx + 17, y + dy + 17), fill=tint)
    pen.ellipse((x - 12, y - 12, x + 12, y + 12), fill=(250, 220, 130))


def chat() -> bytes:
    """A customer chat on a screen."""
    screen = Image.new("RGB", SIZE, (244, 245, 248))
    pen = ImageDraw.Draw(screen)
    pen.rectangle((0, 0, 1200, 84), fill=(66, 40, 82))
    write_print(pen, (40, 24), "Foxglove & Finch: chat with Beth R.", size=32, fill=(255, 255, 255))
    y = 112
    for mine, words in CHAT:
        y = _bubble(pen, y, words, bool(mine))
    return photo(screen, seed=5, taken="2026:11:03 14:20:00", sharp=True)


def _bubble(pen: ImageDraw.ImageDraw, y: int, words: str, mine: bool) -> int:
    lines = list(wrapped(words, 46))
    wide = max(int(pen.textlength(line, font=lettering(25))) for line in lines) + 48
    left, tall = (1160 - wide if mine else 40), 22 + 32 * len(lines)
    pen.rounded_rectangle((left, y, left + wide, y + tall), 20, fill=(226, 214, 240) if mine else (255, 255, 255))
    for row, line in enumerate(lines):
        write_print(pen, (left + 24, y + 8 + row * 32), line, size=25, fill=(34, 30, 44))
    return y + tall + 14
