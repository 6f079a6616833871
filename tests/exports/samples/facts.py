"""Rich facts of one learner for tests of reports and packs: two units, twelve points, every kind of evidence, real files.

`FACTS` are the facts; `ORIGINALS` and `PICTURES` hold the bytes they name, by SHA-256. All of it is the same in every run.
"""

import re
import zlib
from hashlib import sha256

from exports.facts import frozen as f
from portfolio.evidence.places.locators import Locator, Page, Passage, Region, Span, Whole
from portfolio.foundation.words.marks import plain
from portfolio.foundation.words.prose import to_html
from tests.exports.samples import files, pages, statements, texts, verdicts, words
from tests.exports.samples.log import GENESIS, true
from tests.exports.samples.programmes import programmes

ORIGINALS: dict[str, bytes] = {}
PICTURES: dict[str, bytes] = {}


def _kept(content: bytes, shelf: dict[str, bytes]) -> str:
    digest = sha256(content).hexdigest()
    shelf[digest] = content
    return digest


def _file(name: str, kind: str, media_type: str, content: bytes, **more: object) -> f.FileFacts:
    digest = _kept(content, ORIGINALS)
    return f.FileFacts(name, kind, media_type, len(content), digest, zlib.crc32(content), **more)  # type: ignore[arg-type]


CALL = _file(
    "call 2026-03-11 0915.wav", "audio", "audio/wav", files.call_recording(), duration=312.0,
    peaks=tuple(files.loudness(second / 2) for second in range(624)),
)  # fmt: skip
PHOTO = _file(
    "IMG_2041.jpg", "image", "image/jpeg", files.whiteboard((1600, 1200)),
    picture=f.PictureFacts(_kept(files.whiteboard((900, 675)), PICTURES), "image/jpeg", 900, 675, texts.PHOTO_ALT),
)  # fmt: skip
LOG = _file("complaints log weeks 9-13.pdf", "document", "application/pdf", files.complaints_log(), pages=(pages.SECOND,))  # fmt: skip
ORIGINALS[_kept(pages.PICTURE, PICTURES)] = pages.PICTURE
TALK = _file("discussion 2026-04-16.wav", "audio", "audio/wav", statements.talk(), duration=240.0, id=77, transcript=words.SAID)  # fmt: skip
MAIL = _file("oak table.eml", "other", "message/rfc822", statements.MAIL)


def _evidence(ref: str, kind: str, title: str, text: str, **more: object) -> f.EvidenceFacts:
    html = to_html(text)
    held: tuple[f.FileFacts, ...] = more.get("files", ())  # type: ignore[assignment]
    version = sha256("\n".join([text, *(file.sha256 for file in held)]).encode()).hexdigest()
    defaults: dict[str, object] = {
        "version": 1,
        "confirmer": "Gwen Parry, shift manager",
        "context": "Service desk, Tidewater Furniture, Cardiff",
    }
    return f.EvidenceFacts(
        id=40 + int(ref[1:]), ref=ref, title=title, kind=kind, sha256=version, text=text, html=html, plain=plain(html),
        **(defaults | more),  # type: ignore[arg-type]
    )  # fmt: skip


_FORMAT: dict[str, object] = {"hash_format": 2}
EVIDENCE = (
    _evidence("E1", "account", "The wardrobe that came with half its screws", texts.WARDROBE, version=2,
              happened_on="2026-03-04", received_at="2026-03-06T18:20:11Z"),
    _evidence("E2", "recording", "Telephone call about a cot that did not come", texts.CALL_NOTES, files=(CALL,),
              happened_on="2026-03-11", received_at="2026-03-11T10:02:45Z",
              context="Recorded with the customer’s consent, given at 00:00:12"),
    _evidence("E3", "work product", "The whiteboard: March complaints by cause", texts.WHITEBOARD_NOTES, files=(PHOTO,),
              happened_on="2026-03-31", received_at="2026-03-31T16:31:00Z"),
    _evidence("E4", "work product", "Complaints log, weeks 9 to 13", "", files=(LOG,),
              happened_on="2026-03-31", received_at="2026-03-31T16:40:27Z", record=17, record_ref="E1"),
    _evidence("E5", "witness testimony", "What Gwen Parry saw on 4 and 11 March", texts.TESTIMONY, **_FORMAT,
              testimony=statements.GWEN, signatures=statements.GWEN_SIGNED, checks=statements.GWEN_CHECKED,
              happened_on="2026-03-11", received_at="2026-03-20T17:42:10Z"),
    _evidence("E6", "account", "Passing the scratched table on to the carrier", texts.TABLE,
              happened_on="2026-04-02", received_at="2026-04-03T19:05:33Z"),
    _evidence("E7", "professional discussion", "Why I chose to hand the carrier’s case up", texts.DISCUSSION,
              **_FORMAT, happened_on="2026-04-16", received_at="2026-04-16T11:15:00Z", context="Video call with Ben Adeyemi",
              files=(TALK,), minutes=statements.discussed(TALK.sha256), signatures=statements.DISCUSSED_SIGNED),
    _evidence("E8", "observation", "Filling the scratch in Mr Whitlock’s table", statements.composed(statements.OBSERVED),
              **_FORMAT, happened_on="2026-04-09", received_at="2026-04-09T11:02:00Z", context="Workshop, Tidewater Furniture",
              minutes=statements.OBSERVED, signatures=statements.OBSERVED_SIGNED, confirmer=""),
    _evidence("E9", "supervisor statement", "Three days of the oak table", statements.SUPERVISED, **_FORMAT,
              happened_on="2026-04-08", received_at="2026-04-13T06:58:00Z", testimony=statements.TOMOS, confirmer="",
              signatures=statements.TOMOS_SIGNED, checks=statements.TOMOS_CHECKED),
    _evidence("E10", "customer feedback", "What Mrs Okoro says", statements.PRAISED, **_FORMAT,
              happened_on="2026-04-10", received_at="2026-04-11T20:15:00Z", testimony=statements.FEEDBACK, confirmer="",
              signatures=statements.FEEDBACK_SIGNED),
    _evidence("E11", "web page", "Our page about returns", statements.PAGE_NOTE, source=statements.PAGE, **_FORMAT,
              happened_on="2026-04-12", received_at="2026-04-12T08:00:00Z"),
    _evidence("E12", "policy or procedure", "What I do with oily rags", statements.PROCEDURE_NOTE, **_FORMAT,
              source=statements.PROCEDURE, happened_on="2026-04-09", received_at="2026-04-12T08:10:00Z"),
    _evidence("E13", "e-mail", "To the carrier, about the photo", statements.MAIL_TEXT, files=(MAIL,), **_FORMAT,
              happened_on="2026-04-02", received_at="2026-04-12T08:20:00Z"),
)  # fmt: skip

_QUOTES: tuple[tuple[str, str, str, str | Locator, str], ...] = (
    ("CS-301", "1", "E1", "I let her finish before I said anything, and wrote down the three things that had gone wrong.",
     "Shows that I listened before I answered."),
    ("CS-301", "1", "E2", Span(18, 64.5), "He talks for forty seconds; I only repeat back what he said."),
    ("CS-301", "1", "E5", "stayed calm and let the customer speak", ""),
    ("CS-301", "2", "E1", "I said sorry for the wasted evening, not only for the screws",
     "The apology names what it cost her."),
    ("CS-301", "2", "E2", Span(64.5, 91), "The apology, and why I put it before the question about the order number."),
    ("CS-301", "3", "E1", "Replacing the pack costs us £6 and two days; sending a fitter costs £45 but is done tomorrow",
     "Cost and time of both ways."),
    ("CS-301", "3", "E1", "sending a fitter costs £45 but is done tomorrow. With a baby due, tomorrow mattered more to her than the money did to us",
     "Adds what each way would mean for the customer."),
    ("CS-301", "3", "E2", Span(130, 225), "I compare both offers aloud, cost and time first, then what each would mean for the family."),
    ("CS-301", "4", "E2", Span(262, 300.4), "I agree a time to ring back and repeat it."),
    ("CS-301", "4", "E5", "rang the customer back on the Friday, without being reminded", ""),
    ("CS-301", "5", "E3", Region("percent:8,14,88,30"), "Missing parts lead with eleven of twenty-five."),
    ("CS-301", "5", "E4", Page(2), "The log behind the tally."),
    ("CS-301", "5", "E3", "weigh every flat-pack box before it leaves, and refuse it if it is more than 50 g light",
     "A change that can be measured."),
    ("CS-303", "1", "E6", "The shop had already promised a refund it could not give",
     "What was already tried, and what it had led the customer to expect."),
    ("CS-303", "2", "E6", "I rang him the same morning", ""),
    ("CS-303", "2", "E6", "told him who I was, what I had read and what I did not know yet", "He did not have to tell it twice."),
    ("CS-303", "3", "E6", "the photo from the depot shows the scratch before loading", "Evidence, not opinion."),
    ("CS-303", "4", "E6", "I may agree up to £100 myself; above that Gwen decides", "Where my authority ends."),
    ("CS-303", "4", "E7", "the amount was above my limit, and the carrier disputed the photo", ""),
    ("CS-303", "5", "E2", Span(225, 262), "Same habit on another case: what happens next, and by when."),
    ("CS-303", "7", "E6", Whole(), ""),
    ("CS-303", "3", "E8", "Melts hard wax of two colours and lays the darker one first", ""),
    ("CS-303", "7", "E8", "so that a colleague could do it again", ""),
    ("CS-303", "4", "E7", Span(58.5, 131, TALK.sha256), "Why she did not settle it herself."),
    ("CS-303", "5", "E9", "She told him so herself, before he could ask", ""),
    ("CS-303", "5", "E10", "She rang on the Thursday and again on the Friday", ""),
    ("CS-303", "5", "E11", Whole(), "What customers are promised."),
    ("CS-303", "7", "E12", Whole(), ""),
    ("CS-303", "3", "E13", "Please send me your driver’s own record of it", ""),
)  # fmt: skip


def _place(ref: str, where: str | Locator) -> Locator:
    """The passage that a quote stands for, whatever its line breaks, with some context; other places as they are."""
    if not isinstance(where, str):
        return where
    text = next(item.plain for item in EVIDENCE if item.ref == ref)
    found = re.search(r"\s+".join(map(re.escape, where.split())), text)
    if found is None:
        raise ValueError(f"{where!r} is not in {ref}")
    start, end = found.span()
    return Passage(found.group(), start, end, text[max(start - 32, 0) : start], text[end : end + 32])


CLAIMS = tuple(
    f.ClaimFacts(100 + number, number, unit, point, ref, _place(ref, where), reason)
    for number, (unit, point, ref, where, reason) in enumerate(_QUOTES, start=1)
)

VACSR = ("valid", "authentic", "current", "sufficient", "reliable")
SHORT = ("valid", "authentic", "current", "reliable")
TICKED = {"vacsr": VACSR, "vacsr_form": f.TICKED}  # as judgements were made before the fourth format


def _judgement(place: tuple[int, str, str, int], verdict: str, feedback: str, **more: object) -> f.JudgementFacts:
    number, unit, point, round_ = place
    at = f"2026-04-08T09:{number:02}:00Z" if number < 6 else f"2026-04-20T13:{number:02}:00Z"
    held = ("sufficient",) if verdict == "met" else ()
    facts = {"missing": (), "vacsr": held, "reason": "", "current": True, "vacsr_form": f.BY_EXCEPTION} | more
    return f.JudgementFacts(
        id=number, unit=unit, point=point, round=round_, verdict=verdict, feedback=feedback,
        assessor="Ben Adeyemi", at=at, **facts,  # type: ignore[arg-type]
    )  # fmt: skip


JUDGEMENTS = (
    _judgement((1, "CS-301", "1", 1), "met", "You let both customers finish. The forty seconds in the call say more than any description."),
    _judgement((2, "CS-301", "2", 1), "met", "The apology names the lost evening. That is what makes it believable."),
    _judgement((3, "CS-301", "3", 1), "partly met", "Cost and time are there. Say what each way would have meant for the customer, too.",
               missing=("impact on the customer",), current=False),
    _judgement((4, "CS-301", "4", 1), "met", "Time agreed, repeated, and kept: Gwen’s testimony confirms the call on Friday."),
    _judgement((5, "CS-301", "5", 1), "not met", "A tally alone shows no trend. Add the log behind it and one change that could be measured.",
               fails=("valid", "current"), reason="One photo without figures over time.", current=False),
    _judgement((6, "CS-301", "3", 2), "met", "Now all three: the baby due settles which way was right, and you say so."),
    _judgement((7, "CS-301", "5", 2), "met", "Five weeks of log, one clear cause, and a limit of 50 g that anyone can check.",
               vacsr_form=f.BY_ITEM, flaws=(1,)),
    _judgement((11, "CS-303", "1", 1), "met", "You found the shop’s promise before you rang.", **TICKED),
    _judgement((12, "CS-303", "2", 1), "met", "He did not have to tell it twice.", **TICKED),
    _judgement((13, "CS-303", "3", 1), "partly met", "The depot photo is good. What did the carrier’s own record say?",
               missing=("the other party’s record",), vacsr=SHORT, fails=("sufficient",), vacsr_form=f.TICKED,
               reason="One side’s record only."),
)  # fmt: skip

_VERDICTS = {(j.unit, j.point): j.verdict for j in JUDGEMENTS if j.current}


def _points(code: str) -> tuple[f.PointFacts, ...]:
    return tuple(
        f.PointFacts(str(n), text, parts, methods, _VERDICTS.get((code, str(n)), ""))
        for n, (text, parts, methods) in enumerate(texts.POINTS[code], start=1)
    )


def _frozen(*refs: str) -> tuple[tuple[str, int, str], ...]:
    return tuple((item.ref, item.version, item.sha256) for item in EVIDENCE if item.ref in refs)


def _round(number: int, times: tuple[str, str], decision: str, feedback: str, refs: tuple[str, ...]) -> f.RoundFacts:
    return f.RoundFacts(
        number=number, handed_in_at=times[0], declaration=texts.DECLARATION, declared_by="Leila Haddad",
        sources="The shop’s returns policy, May 2025 edition", help="Gwen Parry showed me the weighing table",
        ai_use="A spelling checker; nothing was written for me", decision=decision, decided_at=times[1],
        decided_by="Ben Adeyemi" if decision else "", feedback=feedback, versions=_frozen(*refs),
        authenticity=texts.AUTHENTICITY if decision == "achieved" else "",
    )  # fmt: skip


UNITS = (
    f.UnitFacts(
        code="CS-301", title="Monitor and resolve customer complaints", level="3", edition=1,
        edition_sha256=sha256(b"CS-301 edition 1").hexdigest(), state="achieved", assessor="Ben Adeyemi", iqa="Ines Duarte",
        points=_points("CS-301"),
        rounds=(
            _round(1, ("2026-04-06T20:14:00Z", "2026-04-08T09:30:00Z"), "referred", texts.REFERRAL, ("E1", "E2", "E3", "E5")),
            _round(2, ("2026-04-18T17:55:00Z", "2026-04-20T14:10:00Z"), "achieved", texts.AWARD, ("E1", "E2", "E3", "E4", "E5")),
        ),
    ),
    f.UnitFacts(
        code="CS-303", title="Handle referred complaints", level="3", edition=1,
        edition_sha256=sha256(b"CS-303 edition 1").hexdigest(), state="handed in", assessor="Ben Adeyemi", iqa="Ines Duarte",
        points=_points("CS-303"),
        rounds=(_round(1, ("2026-04-19T19:20:00Z", ""), "", "", ("E2", *(f"E{number}" for number in range(6, 14)))),),
        steps=(
            f.StepFacts("withdraw", "2026-04-10T09:00:00Z", "Ruth Ellis", "Left the shop on 9 April."),
            f.StepFacts("reinstate", "2026-04-14T10:30:00Z", "Ruth Ellis", "Stays until the summer after all."),
        ),
        gaps=(("6", "No complaint has gone to the ombudsman while I have worked here; I will bring it to our next discussion."),),
    ),
)  # fmt: skip


MERGED = (
    f.MergedFacts(17, "Leila Hadad", "HT-2026-0058", "2026-04-16T08:30:00Z", "Ruth Ellis",
                  "The shop and the college registered her, and the shop spelled her name with one d."),
)  # fmt: skip
_TOLD = f.Facts(
    centre=f.CentreFacts(1, "Harbourside Training", "51234", "Europe/London", "en-GB"),
    learner=f.PersonFacts(7, "Leila Haddad", "learner", "HT-2026-0042"),
    qualification="Level 3 Diploma in Customer Service",
    units=UNITS, evidence=EVIDENCE, claims=CLAIMS, judgements=JUDGEMENTS, flaws=verdicts.FLAWS, events=(),
    grounds=verdicts.grounds(CLAIMS, EVIDENCE),
    head=f.LogHeadFacts(0, GENESIS), as_at="2026-04-20T15:00:00Z", software="Markwell 0.2.0", merged=MERGED,
    programmes=programmes(UNITS, ("CS-301", "CS-303")),
)  # fmt: skip
(FACTS,) = true(_TOLD)[1]
EVIDENCE, UNITS = FACTS.evidence, FACTS.units
