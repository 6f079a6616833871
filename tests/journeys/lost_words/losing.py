"""What the journeys about lost words share: waiting for what the browser keeps, and lines that stand still."""

from playwright.sync_api import Locator, Page, Route

from tests.journeys.pages import until


def hold(page: Page, address: str) -> list[Route]:
    """The requests to `address`, which go on only when the test lets them."""
    held: list[Route] = []

    def take(route: Route) -> None:
        held.append(route)

    page.route(address, take)
    return held


def kept(page: Page, words: str) -> None:
    """Wait until these words are kept on the device."""
    until(page, f"Object.values(localStorage).some(it => it.includes('{words}'))")


def offers(page: Page) -> Locator:
    """What was kept from before and is offered over a form."""
    return page.get_by_role("region", name="Kept from before")
