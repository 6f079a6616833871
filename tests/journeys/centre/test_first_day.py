"""The first day of a real centre: two trades, slips and ways back, a restart, a restore, and a pack that holds."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.exports.document.finished import text_of
from tests.fixtures import deeds
from tests.fixtures.browser import Window
from tests.journeys.centre import centre_on_monday as day
from tests.journeys.centre.centre_on_monday import Monday
from tests.journeys.centre.hands import Hands
from tests.journeys.centre.test_centre import verified

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STAFF = {"Ben Okafor": "Assessor", "Eve Tully": "Assessor", "Ivy Lund": "Internal quality assurer"}
LEARNERS = ("Ada Marsh", "Abe Nolan", "Zoe Quill")


def test_a_day_from_an_empty_centre_to_a_verified_pack(window: Window, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    with day.running(first, window) as monday:
        day.opened(monday)
        dee = monday.hands["Dee Abara"]
        published(dee)
        registered(dee)
        joined(monday, dee)
        enrolled(dee)
        merged(monday, dee)
        worked(monday)
        mended(monday, dee)
        left(monday, dee)
    with day.running(first, window) as monday:  # the server was started again
        dee.page.goto(f"{monday.url}/learners")
        expect(dee.page.locator("main")).to_contain_text("Zoe Quill")
        saved = monday.app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup")])
        assert saved.exit_code == 0, saved.output
    day.moved(first, second)
    restored(second, window, tmp_path)


def published(dee: Hands) -> None:
    """Three units from their texts, and two qualifications that they lead to."""
    for text in (day.COOKING, day.KNIVES, day.MENDING):
        dee.page.goto("/units/new")
        dee.types("Text of the unit", text)
        dee.presses("Check the text")
        dee.presses("Publish")
    for title, number, codes in (("Cookery", "600/1", ("K-1", "K-2")), ("Cycle repair", "600/2", ("M-1",))):
        dee.page.goto("/units")
        dee.presses("Publish a qualification", kind="link")
        dee.types("Title", f"Certificate in {title}")
        dee.types("Number", number)
        dee.types("Title of the group", "Mandatory units")
        for code in codes:
            dee.ticks(code)
        dee.presses("Publish")
        expect(dee.page.locator("h1")).to_have_text(f"Certificate in {title}")


def registered(dee: Hands) -> None:
    """Six people; one learner a second time, which is noticed, and one with a slip in the address."""
    for name, role in (STAFF | dict.fromkeys(LEARNERS, "Learner")).items():
        dee.page.goto("/people/new")
        describes(dee, name, role)
        dee.presses("Register")
        expect(dee.page.locator("body")).to_contain_text(f"{name} is registered.")
    dee.page.goto("/people/new")
    describes(dee, "Ada Marsh", "Learner", address="ada.marsh@elsewhere.example")
    dee.presses("Register")
    expect(dee.page.locator("main")).to_contain_text("Perhaps registered already")
    dee.presses("Cancel", kind="link")
    expect(dee.page.get_by_role("link", name="Ada Marsh")).to_have_count(1)


def describes(dee: Hands, name: str, role: str, *, address: str = "") -> None:
    dee.types("Full name", name)
    wrong = "abe@monday.exmaple" if name == "Abe Nolan" else day.address(name)
    dee.types("E-mail address", address or wrong)
    if not dee.page.get_by_label(role, exact=True).is_checked():
        dee.ticks(role)


def joined(monday: Monday, dee: Hands) -> None:
    """A link for each; the one that went to a wrong address is over as soon as that is corrected."""
    links = {name: link(dee, name) for name in (*STAFF, *LEARNERS)}
    dee.presses("Done", kind="link")
    person(dee, "Abe Nolan")
    dee.presses("Change", kind="link")
    dee.types("E-mail address", day.address("Abe"))
    dee.presses("Save")
    stranger = Hands(monday.window(base_url=monday.url))
    stranger.page.goto(links["Abe Nolan"])
    expect(stranger.page.locator("main")).to_contain_text("was used already or has expired")
    for name, made in (links | {"Abe Nolan": link(dee, "Abe Nolan")}).items():
        monday.joins(name, made)


def person(dee: Hands, name: str) -> None:
    dee.page.goto("/people")
    dee.presses(name, kind="link")


def link(dee: Hands, name: str) -> str:
    person(dee, name)
    dee.presses("Make a one-time link")
    return "/join/" + dee.page.get_by_label("One-time link").input_value().rpartition("/")[2]


def enrolled(dee: Hands) -> None:
    """Two cooks and one who mends bicycles: whoever has no unit yet is ticked."""
    for title in ("Cookery", "Cycle repair"):
        dee.page.goto("/units")
        dee.presses(f"Certificate in {title}", kind="link")
        dee.presses("Enrol learners", kind="link")
        if title == "Cookery":
            dee.ticks("Zoe Quill")
        dee.chooses("Assessor", "Ben Okafor")
        dee.chooses("Internal quality assurer", "Ivy Lund")
        dee.presses("Enrol")
        expect(dee.page.locator("body")).to_contain_text(f"enrolled on Certificate in {title}")


def merged(monday: Monday, dee: Hands) -> None:
    """Ada was registered again at another desk, where they were sure, and wrote there: it all becomes hers."""
    stays = monday.person("Ada Marsh").id
    dee.page.goto("/people/new")
    describes(dee, "Ada Marsh", "Learner", address="ada.marsh@elsewhere.example")
    dee.presses("Register")
    dee.ticks("This is somebody else of that name")
    dee.presses("Register")
    expect(dee.page.locator("body")).to_contain_text("Ada Marsh is registered.")
    deeds.write(monday.named("ada.marsh@elsewhere.example"), "The till was two pounds short.", title="The till")
    dee.page.goto(f"/people/{stays}")
    dee.presses("Registered twice?", kind="link")
    dee.page.get_by_role("table").get_by_role("link", name="Ada Marsh").click()
    dee.types("Reason", "Registered at two desks.")
    dee.presses("Merge the records")
    expect(dee.page.locator("body")).to_contain_text("is merged into this one")
    ada = monday.hands["Ada Marsh"]
    ada.page.goto("/evidence")
    expect(ada.page.locator("main")).to_contain_text("The till")


def worked(monday: Monday) -> None:
    """Ada and Zoe write, claim and hand in, Ben awards: by operations, for other journeys walk those pages."""
    for name, code in (("Ada Marsh", "K-1"), ("Zoe Quill", "M-1")):
        enrolment = monday.enrolment(name, code)
        item = deeds.write(enrolment.learner, day.WORK, title="At work")
        for point, words in zip(enrolment.edition.points, day.CLAIMED[code], strict=True):
            deeds.claim(item, deeds.place_of(item, words), [point])
        handed = deeds.hand_in(enrolment)
        deeds.judge_all(handed)
        deeds.award(handed)


def mended(monday: Monday, dee: Hands) -> None:
    """Ada's award was a slip: it is opened again with a reason, which she reads; she hands in once more."""
    enrolment = monday.enrolment("Ada Marsh", "K-1")
    ada = monday.hands["Ada Marsh"]
    ada.page.goto("/portfolio")
    expect(ada.page.locator("main")).to_contain_text("1 of 2 units needed")
    dee.page.goto(f"/enrolments/{enrolment.id}")
    dee.presses("Open the award again", kind="link")
    dee.types("Reason", "The account was somebody else’s.")
    dee.presses("Open the award again")
    ada.page.reload()
    expect(ada.page.locator("main")).to_contain_text("0 of 2 units needed")
    ada.presses("K-1 Keep a kitchen safe", kind="link")
    expect(ada.page.locator("main")).to_contain_text("The account was somebody else’s.")
    deeds.hand_in(monday.enrolment("Ada Marsh", "K-1"))


def left(monday: Monday, dee: Hands) -> None:
    """Ben leaves and hands all over in one step; Abe leaves with a reason."""
    person(dee, "Ben Okafor")
    dee.presses("Close account", kind="link")
    dee.chooses("Who takes over as assessor", "Eve Tully")
    dee.presses("Hand over")
    for code in ("K-1", "K-2"):
        dee.page.goto(f"/enrolments/{monday.enrolment('Abe Nolan', code).id}")
        dee.types("Reason", "Left for another town.")
        dee.presses("Withdraw Abe Nolan")
    person(dee, "Abe Nolan")
    dee.presses("Close account")
    assert not monday.person("Ben Okafor").active
    assert monday.enrolment("Ada Marsh", "K-1").assessor.name == "Eve Tully"  # type: ignore[union-attr]


def restored(folder: Path, window: Window, tmp_path: Path) -> None:
    """In a new house, from the backup: everybody signs in anew, and the pack of everybody holds."""
    with day.running(folder, window, empty=tmp_path / "backup") as monday:
        dee = monday.signs_in("Dee Abara")
        pack = monday.pack(dee, tmp_path)
    told = verified(pack)
    assert told.returncode == 3, told.stdout
    (records,) = (tmp_path / "unpacked").glob("*/data/records")
    rows = json.loads((records / "qualifications.json").read_text("utf-8"))
    counted = {(row["learner"].rpartition("-")[0], row["title"]): (row["units_achieved"], row["units_needed"])
               for row in rows}  # fmt: skip
    assert counted == {
        ("ada-marsh", "Certificate in Cookery"): (0, 2), ("abe-nolan", "Certificate in Cookery"): (0, 2),
        ("zoe-quill", "Certificate in Cycle repair"): (1, 1),
    }  # fmt: skip
    steps = json.loads((records / "steps.json").read_text("utf-8"))
    assert [(row["unit"], row["step"]) for row in steps] == [
        ("K-1", "reopen"),
        ("K-1", "withdraw"),
        ("K-2", "withdraw"),
    ]
    (came,) = json.loads((records / "merged.json").read_text("utf-8"))
    assert came["reason"] == "Registered at two desks."
    (report,) = (tmp_path / "unpacked").glob("*/data/reports/ada-marsh-*.pdf")
    read = text_of(report)
    for words in (
        "Certificate in Cookery",
        "0 of 2",
        "Opened again",
        "The account was somebody else’s.",
        "Registered at two desks.",
    ):
        assert words in read
    (page,) = (tmp_path / "unpacked").glob("*/data/START-HERE.html")
    auditor = window()
    auditor.goto(page.as_uri())
    for words in ("Certificate in Cookery", "Certificate in Cycle repair", "Abe Nolan", "1 of 1 unit needed"):
        expect(auditor.locator("main")).to_contain_text(words)
