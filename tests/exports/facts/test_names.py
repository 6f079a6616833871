"""Whatever a file was called, it has a name of its own that is safe everywhere."""

import re
import unicodedata
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.facts.annotations import page
from exports.facts.frozen import PersonFacts
from exports.facts.names import LONGEST, folder, safe, shelf
from portfolio.evidence.rules import Kind
from tests.exports.samples.pack import LEILA

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


@given(st.text(max_size=300))
def test_every_name_becomes_one_plain_file_on_every_system(name: str) -> None:
    made = safe(name)
    assert made
    assert not set(made) & set('<>:"/\\|?*%\r\n\0')
    assert made.strip(" .") == made
    assert made == unicodedata.normalize("NFC", made)
    assert len(made.encode()) <= LONGEST + 1
    assert not RESERVED.fullmatch(made)


@given(st.text(max_size=60))
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    assert safe(safe(name)) == safe(name)


@pytest.mark.parametrize(
    ("given_", "made"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\call.wav", "call.wav"),
        ("CON.txt", "_CON.txt"),
        ("lpt1", "_lpt1"),
        ("..", "file"),
        ("", "file"),
        ("50% off.pdf", "50_ off.pdf"),
        ("harmless\u202egnp.exe", "harmlessgnp.exe"),
        ("cafe\u0301.jpg", "caf\u00e9.jpg"),
        ("Tŵm’s call.wav", "Tŵm’s call.wav"),
        ("x" * 300 + ".docx", "x" * 95 + ".docx"),
    ],
)
def test_names_that_mean_harm_or_trouble(given_: str, made: str) -> None:
    assert len(safe(given_).encode()) <= LONGEST
    assert safe(given_)[-5:] == made[-5:] if len(given_) > LONGEST else safe(given_) == made


@given(
    st.lists(
        st.sampled_from(["a.txt", "A.TXT", "a (2).txt", "ａ.txt", "account-v1.md", "account-v1.txt", "b"]), max_size=9
    )
)
def test_no_two_files_of_an_item_share_a_path(names: list[str]) -> None:
    first = LEILA.evidence[1].files[0]
    files = tuple(replace(first, name=name, sha256=f"{number:064x}") for number, name in enumerate(names))
    item = replace(LEILA.evidence[0], kind="account", version=1, files=files)
    places = shelf(replace(LEILA, evidence=(item,)))
    paths = [*places.files.values(), *places.texts["E1"]]
    assert len({unicodedata.normalize("NFKC", path).casefold() for path in paths}) == len(names) + 2


@pytest.mark.parametrize("kind", Kind)
def test_the_text_of_every_kind_has_a_name_that_is_safe_and_that_annotations_lead_to(kind: Kind) -> None:
    item = replace(LEILA.evidence[0], kind=kind)
    facts = replace(LEILA, evidence=(item, *LEILA.evidence[1:]))
    places = shelf(facts)
    paths = places.texts["E1"]
    assert all(path == path.strip() and re.fullmatch(r"data/evidence/leila-haddad-7/41/[a-z-]+-v2\.(md|txt)", path)
               for path in paths)  # fmt: skip
    claimed = next(one for one in page(facts, places)["items"] if one["id"] == f"#claim-{LEILA.claims[0].id}")
    assert "data/" + unquote(claimed["target"]["source"]).removeprefix("../") == paths[1]


def test_two_learners_of_one_name_have_a_folder_each() -> None:
    assert folder(PersonFacts(1, "Ada Ŵyn", "learner")) == "ada-wyn-1"
    assert folder(PersonFacts(2, "Ada Ŵyn", "learner")) == "ada-wyn-2"
    assert folder(PersonFacts(3, "李小龙", "learner")) == "learner-3"
