"""Real files made from nothing, the same in every run: a call that plays, a photo of a whiteboard, a PDF."""

import io
import math
import wave

import pikepdf
from PIL import Image, ImageDraw


def loudness(second: float) -> float:
    """Two people take turns: swells with pauses between them."""
    turn = abs(math.sin(second / 9)) * (0.55 + 0.45 * math.sin(second * 1.7) ** 2)
    return round(0.06 + 0.9 * turn * (1 if math.sin(second / 3.1) > -0.6 else 0.12), 3)


def call_recording(seconds: int = 312) -> bytes:
    """A WAV file that plays: a hum as loud as `loudness` says, 400 samples a second."""
    rate = 400
    samples = bytes(
        int(128 + 100 * loudness(n / rate) * math.sin(2 * math.pi * 97 * n / rate)) for n in range(seconds * rate)
    )
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return out.getvalue()


def whiteboard(size: tuple[int, int]) -> bytes:
    """A photo of a whiteboard with four tallies, as JPEG."""
    picture = Image.new("RGB", (1600, 1200), "#c9cfca")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((90, 80, 1510, 1120), 18, fill="#fbfcf9", outline="#7c8a86", width=14)
    for row, (count, colour) in enumerate([(11, "#0b5d52"), (7, "#8a4b08"), (5, "#284b7a"), (2, "#6b2f5b")]):
        draw.rectangle((200, 250 + row * 190, 520, 262 + row * 190), fill="#39423f")
        for tally in range(count):
            left = 600 + tally * 72
            draw.line((left, 210 + row * 190, left + 14, 310 + row * 190), fill=colour, width=13)
    out = io.BytesIO()
    picture.resize(size).save(out, "JPEG", quality=82)
    return out.getvalue()


def desk(jacket: str, format: str = "JPEG") -> bytes:
    """A photo of a service desk, 900 by 675 pixels; from 22 to 42 per cent across stands somebody in a jacket."""
    picture = Image.new("RGB", (900, 675), "#b9c4c0")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 420, 900, 675), fill="#6b4a2f")
    draw.rectangle((560, 300, 760, 430), fill="#e8ecea", outline="#39423f", width=9)
    draw.ellipse((245, 90, 331, 200), fill="#d9a066", outline=jacket, width=4)
    draw.rectangle((215, 205, 360, 335), fill=jacket)
    out = io.BytesIO()
    picture.save(out, format, quality=82)
    return out.getvalue()


def complaints_log() -> bytes:
    """A PDF of three empty A4 pages, without dates or a random identifier."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
