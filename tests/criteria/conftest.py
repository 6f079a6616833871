"""A unit text of our own, laid out as a centre pastes it."""

import pytest

PASTED = """\
Looking after a shop floor means that goods are where customers look for them and that nobody trips on the wa
Topic Synopsis
Looking after a shop floor means that goods are where customers look for them and that nobody trips on the way. Know it.
Key Concepts & Core Principles
- Rotation: Older goods stand in front.
- A tidy aisle sells.
Exam Tips & Revision Strategies
- Photograph the shelf before and after.
Common Misconceptions & Mistakes to Avoid
- Filling a shelf without looking at dates.
- Leaving a cage in the aisle.
Examiner Marking Points
- Award credit for checking the dates, the prices and the labels of a shelf.
- Credit safe use of a ladder in role-play or written response.
- Learners may bring the customer’s own words as a witness testimony.
- Clear handover at the end of a shift."""


@pytest.fixture
def pasted() -> str:
    return PASTED
