"""A centre that exports every week finds what it made last year."""

import pytest

from exports import operations
from portfolio.foundation.db import transaction
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_every_export_of_a_centre_is_on_some_page_of_its_list(house: House) -> None:
    deeds.handed_in(house.enrolment())
    with transaction():
        made = [operations.ask_pack([house.person("ada")], by=house.person("dee")) for _ in range(51)]
    dee = house.browser("dee")
    pages = [dee.get(f"/exports?page={number}").text for number in (1, 2, 3)]
    assert "Page 3 of 3" in pages[2]
    assert all(any(f'href="/exports/{export.id}"' in page for page in pages) for export in made)
    assert dee.get("/exports?page=99").text.count("Page 3 of 3") == 1
