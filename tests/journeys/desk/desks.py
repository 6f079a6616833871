"""Work that fills a desk: a unit of eight points with parts, a sentence of an account for each of them."""

from portfolio.assessment.models import Assessment
from portfolio.evidence.models import Evidence
from tests.fixtures import deeds
from tests.fixtures.house import Street

UNIT = "CS-302"
"""Of eight points, each of which has parts."""
EXPLAIN = "Explain how you chose between the two."
"""What is shared as a sentence for feedback."""
ANSWERS = tuple(
    f"{told} at the counter on Friday."
    for told in ("I asked", "I listened", "I rang", "I wrote", "I promised", "I checked", "I agreed", "I thanked")
)
"""One for each point."""


def account(street: Street, text: str = "\n\n".join(ANSWERS), *, title: str = "Fridays") -> Evidence:
    """An account of Ada's that says something of every point."""
    item = deeds.write(street.person("ada"), text, title=title)
    for point, words in zip(street.enrolment(UNIT).edition.points, ANSWERS, strict=True):
        deeds.claim(item, deeds.place_of(item, words), [point])
    return item


def filled(street: Street) -> Assessment:
    """Her unit of eight points, handed in, and a sentence for feedback that is shared."""
    account(street)
    assessment = deeds.hand_in(street.enrolment(UNIT))
    deeds.share(assessment.enrolment.edition, EXPLAIN, by=street.person("dee"))
    return assessment
