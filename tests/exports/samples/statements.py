"""What others state of Leila Haddad and what was minuted with her: witnesses, meetings, signatures, checks, sources.

The shop has a workshop, so some of it is joiner's work.
"""

import io
import wave

from exports.facts import frozen as f

SWORN = "What I have written is true and is what I saw myself. I know that the centre may contact me and that it keeps my words."
READ = "I have read this record and it is what happened."
WROTE = "This record is what I saw and heard, and I wrote it down at the time."
NOBODY_ELSE = {"agrees": True, "comment": "", "reached": "", "request": 0}


def talk() -> bytes:
    """Four minutes of quiet at a rate that browsers play."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(3000)
        sound.writeframes(b"\x80" * 3000 * 240)
    return out.getvalue()


def _signed(id: int, who: str, name: str, at: str, **more: object) -> f.SignatureFacts:
    words = {"witness": SWORN, "learner": READ, "assessor": WROTE}[who]
    said = NOBODY_ELSE | more
    return f.SignatureFacts(id=id, signer=who, name=name, at=at, sha256="", words=words, **said)  # type: ignore[arg-type]


def _by_witness(id: int, name: str, at: str, request: int, reached: str) -> tuple[f.SignatureFacts, ...]:
    return (_signed(id, "witness", name, at, reached=reached, request=request),)


def _witness(name: str, job: str, employer: str, relationship: str, contact: str, **more: object) -> f.TestimonyFacts:
    known = {"expert": False, "knows_standards": False, "entered_by": ""} | more
    return f.TestimonyFacts(name, job, employer, relationship, contact, **known)  # type: ignore[arg-type]


GWEN = _witness(
    "Gwen Parry", "Shift manager", "Tidewater Furniture Ltd", "Line manager since 2024",
    "gwen.parry@tidewater.example, 029 2018 0199", expert=True, signed_at="2026-03-20T17:42:10Z", until="2026-03-13",
    tie="none", points=(("CS-301", "1"), ("CS-301", "4")),
)  # fmt: skip
GWEN_SIGNED = _by_witness(301, "Gwen Parry", "2026-03-20T17:42:10Z", 12, "by e-mail")
GWEN_CHECKED = (
    f.CheckFacts(401, "contacted", "2026-03-24", "by telephone, at the shop’s own number",
                 "She named both customers and the day of the call without being asked.", "Ben Adeyemi",
                 "2026-03-24T09:15:00Z"),
)  # fmt: skip
TOMOS = _witness(
    "Tomos Rees", "Workshop foreman", "Tidewater Furniture Ltd", "Her supervisor on workshop days",
    "Workshop office, 029 2018 0144", expert=True, knows_standards=True, signed_at="2026-04-13T06:58:00Z",
    tie="other", interest="We sing in the same choir.", points=(("CS-303", "5"),),
)  # fmt: skip
TOMOS_SIGNED = _by_witness(302, "T. Rees", "2026-04-13T06:58:00Z", 13, "by a link that Leila Haddad handed over")
TOMOS_CHECKED = (
    f.CheckFacts(402, "known", "2026-04-14", "", "", "Ben Adeyemi", "2026-04-14T11:05:00Z"),
    f.CheckFacts(403, "contacted", "2026-04-15", "at the workshop",
                 "I asked him about the choir; he says that it does not touch the work.", "Ben Adeyemi",
                 "2026-04-15T12:40:00Z"),
)  # fmt: skip
FEEDBACK = _witness(
    "Ifeoma Okoro", "", "", "A customer", "i.okoro@post.example", signed_at="2026-04-11T20:15:00Z",
    points=(("CS-303", "5"),),
)  # fmt: skip
FEEDBACK_SIGNED = _by_witness(303, "Ifeoma Okoro", "2026-04-11T20:15:00Z", 14, "by e-mail")
SUPERVISED = """Leila had the oak table in the workshop for three days. Each evening she rang Mr Whitlock and told him how far it was.

On the second day the oil had not dried. **She told him so herself, before he could ask**, and gave him a new day. She kept to it.
"""
PRAISED = """**What did she do for you?** She rang on the Thursday and again on the Friday, so I never had to wonder.

**What could have been better?** Nobody had told her that the lift was broken.
"""
_STEPS = (
    ("step", "10:34", "Looks at the scratch in side light and feels it with a fingernail before she touches a tool.", "", ()),
    ("question", "10:41", "Why do you not sand it out?", "Because the veneer is half a millimetre. I would be through it before the scratch is gone.", ()),
    ("step", "10:47", "Melts hard wax of two colours and lays the darker one first, along the grain.", "", (("CS-303", "3"),)),
    ("product", "11:08", "A strip of forty centimetres, level to the finger, and a photo from before and after.", "", (("CS-303", "3"), ("CS-303", "7"))),
    ("step", "11:12", "Writes what she did, with which wax, on the table’s card, so that a colleague could do it again.", "", (("CS-303", "7"),)),
)  # fmt: skip
OBSERVED = f.MinutesFacts(
    starts="10:30", ends="11:15", medium="face to face", present="Tomos Rees, workshop foreman; two fitters at other benches",
    planned="Leila puts right the scratch in Mr Whitlock’s table while I watch. I ask questions and do not help.",
    agreed=(("CS-303", "3"), ("CS-303", "7")),
    entries=tuple(
        f.EntryFacts(sort, words, answer, at, None, None, "", points) for sort, at, words, answer, points in _STEPS
    ),
    conclusion="Leila works without hurry and writes down what she does. The wax will want a second coat.",
)  # fmt: skip
OBSERVED_SIGNED = (
    _signed(304, "assessor", "Ben Adeyemi", "2026-04-09T11:02:00Z"),
    _signed(305, "learner", "Leila Haddad", "2026-04-10T18:20:00Z", agrees=False,
            comment="I waited twenty minutes for the first coat, not ten. The rest is right."),
)  # fmt: skip


def composed(minutes: f.MinutesFacts) -> str:
    """The entries as the text of the item, each a paragraph of its own."""
    lines = [
        f"**{one.at}** {one.words}" + (f"\n\n*Answer:* {one.answer}" if one.answer else "") for one in minutes.entries
    ]
    return "\n\n".join([*lines, minutes.conclusion]) + "\n"


def discussed(file: str) -> f.MinutesFacts:
    """The minutes of the discussion of which `file` is the recording."""
    limit, choice = (("CS-303", "4"),), (("CS-303", "4"), ("CS-303", "5"))
    return f.MinutesFacts(
        starts="12:02", ends="12:07", medium="by video", present="",
        planned="Bring the case of the oak table, and the list of what you may decide yourself.", agreed=choice,
        entries=(
            f.EntryFacts("topic", "What the limits of her authority are, and where they are written", "", "", 4.0, 58.5, file, limit),
            f.EntryFacts("question", "Why did you not settle it yourself?",
                         "The amount was above my limit, and the carrier disputed the photo.", "", 58.5, 131.0, file, limit),
            f.EntryFacts("topic", "What she told the customer while Gwen decided", "", "", 131.0, 204.0, file, choice),
            f.EntryFacts("topic", "What she will bring next time", "", "12:06", None, None, "", ()),
        ),
        conclusion="She knows the limit, and what to do with what lies beyond.",
    )  # fmt: skip


DISCUSSED_SIGNED = (
    _signed(306, "assessor", "Ben Adeyemi", "2026-04-16T11:15:00Z"),
    _signed(307, "learner", "Leila Haddad", "2026-04-16T17:31:00Z"),
)
PAGE = f.SourceFacts(address="https://returns.tidewater.example/furniture?part=tables", title="", version="", clause="")
PAGE_NOTE = """I wrote this page with the web team. It tells customers what happens to a table that comes back, **and by when they hear from us**.
"""
PROCEDURE = f.SourceFacts(
    address="", title="Oils, waxes and solvents in the workshop", version="7 (January 2026)", clause="3.2"
)
PROCEDURE_NOTE = """Rags with oil go into the steel bin with the lid, and the bin goes out every evening. I do so before I ring the customer.
"""
MAIL = b"""From: Leila Haddad <leila.haddad@tidewater.example>\r
To: Claims <claims@carrier.example>\r
Date: Thu, 2 Apr 2026 12:10:00 +0100\r
Subject: Oak table, depot photo\r
\r
The photo was taken at 06:12, before loading. Please send me your driver's own record of it.\r
"""
MAIL_TEXT = """- From: Leila Haddad
- To: Claims
- Subject: Oak table, depot photo

The photo was taken at 06:12, before loading. Please send me your driver’s own record of it.
"""
