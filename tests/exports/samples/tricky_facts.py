"""Facts at the edges: a learner who has nothing yet, twelve units and the longest names, photos of any shape."""

from dataclasses import replace
from hashlib import sha256
from itertools import product

from exports.facts.frozen import Facts, PictureFacts, UnitFacts
from portfolio.evidence.places.locators import Passage, Region
from portfolio.foundation.words.marks import plain
from tests.exports.samples import files as sample_files
from tests.exports.samples.facts import FACTS, PHOTO, PICTURES

TITLE = "Monitor, resolve and learn from the complaints of customers who were promised something else by somebody else"
NAME = "Anastasiya-Wilhelmina Featherstonehaugh-Papadopoulos de la Concepción y Wojciechowska"


def untouched(units: int) -> Facts:
    """A learner who was enrolled on so many units and did nothing yet."""
    return replace(
        FACTS,
        units=tuple(map(_untouched, FACTS.units[:units])),
        evidence=(),
        claims=(),
        judgements=(),
        events=(),
        programmes=(),
    )


def _untouched(unit: UnitFacts) -> UnitFacts:
    points = tuple(replace(point, verdict="") for point in unit.points)
    return replace(unit, state="gathering", rounds=(), gaps=(), points=points)


def crowded() -> Facts:
    """Twelve units with long titles, a learner and a centre with long names, a word that will not break."""
    units = tuple(
        replace(FACTS.units[0], code=f"CS-301-{n}", title=f"{TITLE} {n}", assessor=f"{NAME} {n % 3}", rounds=())
        for n in range(12)
    )
    return replace(
        FACTS,
        centre=replace(
            FACTS.centre, name="The Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch School of Service"
        ),
        learner=replace(FACTS.learner, name=NAME, number="X" * 60),
        qualification="Level 3 Diploma in Customer Service for Retail, Transport, Hospitality and the Public Sector",
        units=(*units[:-1], replace(units[-1], title="W" * 90)),
        claims=(),
        judgements=(),
    )


def claimed_everywhere() -> Facts:
    """One account of which nearly every line begins a claimed passage: sentences of a paragraph, and a list."""
    sentences = [
        f"In week {n} I wrote down who rang, what was promised to them, by whom, and when it was to be done."
        for n in range(30)
    ]
    listed = [f"Step {n} is short." for n in range(8)]
    html = f"<p>{' '.join(sentences)}</p>\n<ol>{''.join(f'<li>{one}</li>' for one in listed)}</ol>"
    text = plain(html)
    places = [(text.index(one), one) for one in (*sentences, *listed)]
    claims = [
        replace(FACTS.claims[0], number=n, evidence="E1", locator=Passage(one, at, at + len(one)))
        for n, (at, one) in enumerate(places, start=1)
    ]
    item = replace(FACTS.evidence[0], text=text, html=html, plain=text)
    return replace(FACTS, evidence=(item, *FACTS.evidence[1:]), claims=tuple(claims))


SHAPES = ((900, 675), (900, 506), (900, 900), (675, 900), (506, 900), (415, 900))
"""Width and height in pixels of photos as telephones and cameras make them, and of a telephone's screen."""


def photographed() -> Facts:
    """One item with a photo of every shape, an area of each claimed."""
    files = tuple(
        replace(PHOTO, name=f"{shape}.jpg", sha256=f"{n:064}", picture=_picture(shape))
        for n, shape in enumerate(SHAPES)
    )
    claims = tuple(
        replace(FACTS.claims[0], number=n, evidence="E1", locator=Region("percent:10,10,60,30", file.sha256))
        for n, file in enumerate(files, start=1)
    )
    item = replace(FACTS.evidence[2], ref="E1", files=files)
    return replace(FACTS, evidence=(item,), claims=claims, judgements=())


def _picture(shape: tuple[int, int]) -> PictureFacts:
    content = sample_files.whiteboard(shape)
    digest = sha256(content).hexdigest()
    PICTURES[digest] = content
    return PictureFacts(digest, "image/jpeg", *shape, f"A photo of {shape}")


def five_units() -> Facts:
    """The sample learner on five units, every claim and every judgement of the first unit made for each."""
    codes = [f"CS-30{n}" for n in range(1, 6)]
    unit = FACTS.units[0]
    claims = [claim for claim in FACTS.claims if claim.unit == unit.code]
    judgements = [judgement for judgement in FACTS.judgements if judgement.unit == unit.code]
    return replace(
        FACTS,
        units=tuple(replace(unit, code=code) for code in codes),
        claims=tuple(
            replace(claim, id=500 + number, number=number, unit=code)
            for number, (code, claim) in enumerate(product(codes, claims), start=1)
        ),
        judgements=tuple(
            replace(judgement, id=number, unit=code)
            for number, (code, judgement) in enumerate(product(codes, judgements), start=1)
        ),
    )


def spoken(facts: Facts, language: str) -> Facts:
    """The same at a centre of another language."""
    return replace(facts, centre=replace(facts.centre, language=language))
