"""A pack holds the whole proof of many learners, and tools that are not ours read it."""

import csv
import io
import json
import subprocess
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from exports.pack.bag import NotAsRegistered, length, stream
from exports.pack.members import members
from portfolio.foundation.log import chain
from tests.exports.samples.pack import CALL, LEILA, LOG, REPORT, SOURCES, TOM, kept, opened, pack, packed, shared


def _unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        read.extractall(folder)
    return next(folder.iterdir())


def test_its_length_is_announced_truly_and_the_same_facts_give_the_same_bytes() -> None:
    content = packed()
    assert length(pack()) == len(content)
    assert packed(TOM, LEILA) == content


def test_bagit_validates_it_in_full_and_unzip_finds_no_error(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(packed())
    subprocess.run(["unzip", "-tq", tmp_path / "pack.zip"], check=True, capture_output=True)
    opened_bag = bagit.Bag(str(_unpacked(packed(), tmp_path / "out")))
    assert opened_bag.validate()
    assert opened_bag.info["Source-Organization"] == "Harbourside Training (51234)"


def test_originals_reports_texts_records_and_log_stand_where_an_auditor_looks(tmp_path: Path) -> None:
    data = _unpacked(packed(), tmp_path) / "data"
    assert (data / "reports/leila-haddad-7.pdf").read_bytes() == REPORT
    assert (data / "evidence/leila-haddad-7/42/call 2026-03-11 0915.wav").read_bytes() == CALL
    assert (data / "evidence/leila-haddad-7/41/account-v2.md").read_bytes().decode() == LEILA.evidence[0].text
    assert (data / "evidence/leila-haddad-7/41/account-v2.txt").read_bytes().decode() == LEILA.evidence[0].plain
    assert [json.loads(line) for line in (data / "log/events.jsonl").read_bytes().split(b"\n")[:-1]] == LOG
    assert json.loads((data / "log/head.json").read_bytes()) == {
        "format": 2, "centre": "51234", "seq": len(LOG), "hash": LOG[-1]["hash"],
    }  # fmt: skip
    with (data / "records/claims.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [int(row["id"]) for row in csv.DictReader(file)] == [claim.id for claim in LEILA.claims]


@pytest.mark.parametrize(("stated", "said"), [("", "1 learner"), ("Retail", "1 learner: Retail")])
def test_what_a_centre_did_not_state_leaves_no_hole_in_the_name_of_its_pack(stated: str, said: str) -> None:
    (told,) = (
        one for one in pack(replace(LEILA, qualification=stated, programmes=())) if one.path.endswith("bag-info.txt")
    )
    assert f"External-Description: Audit pack of {said}\n" in b"".join(told.blocks()).decode()


def test_a_pack_is_named_after_all_that_its_learners_work_towards() -> None:
    diploma = LEILA.programmes[0]
    award = replace(diploma, qualification=replace(diploma.qualification, title="Award in Listening"))
    learners = replace(LEILA, programmes=(diploma, award)), replace(TOM, qualification="Retail")
    made = {one.path.partition("/")[2]: b"".join(one.blocks()).decode() for one in pack(*learners)
            if one.path.endswith(("bag-info.txt", "case.json"))}  # fmt: skip
    towards = "Level 3 Diploma in Customer Service; Award in Listening; Retail"
    assert f"External-Description: Audit pack of 2 learners: {towards}\n" in made["bag-info.txt"]
    assert json.loads(made["data/framework/case.json"])["CFDocument"]["title"] == towards


def test_the_log_in_a_pack_is_the_chain_that_the_centre_keeps() -> None:
    assert chain.check(LOG, (LEILA.head.seq, LEILA.head.hash)) is None


def test_a_learner_whose_report_failed_is_listed_and_the_pack_is_finished(tmp_path: Path) -> None:
    data = _unpacked(packed(), tmp_path) / "data"
    assert "no evidence report: its text could not be typeset" in (data / "missing.html").read_text()
    assert not list((data / "reports").glob("*-8.pdf"))


def test_an_original_that_changed_in_the_store_stops_the_pack_and_is_named() -> None:
    def changed(digest: str) -> io.BytesIO:
        content = opened(digest).read()
        return io.BytesIO(b"?" + content[1:] if content == CALL else content)

    with pytest.raises(NotAsRegistered, match=r"call 2026-03-11 0915\.wav"):
        b"".join(stream(pack(open=changed)))


def test_a_pack_of_two_centres_of_nobody_or_of_one_learner_twice_is_refused() -> None:
    other = replace(TOM, centre=replace(TOM.centre, id=2))
    for learners in ([], [LEILA, LEILA], [LEILA, other]):
        with pytest.raises(ValueError, match="one centre"):
            members([shared(each) for each in learners], SOURCES)


def test_memory_stays_small_whatever_the_size_of_the_originals() -> None:
    large = b"\0" * (64 << 20)
    item = replace(LEILA.evidence[1], files=(replace(LEILA.evidence[1].files[0], **_told(kept(large))),))
    facts = replace(LEILA, evidence=(LEILA.evidence[0], item, *LEILA.evidence[2:]))
    made = pack(facts, open=lambda digest: io.BytesIO(large) if digest == item.files[0].sha256 else opened(digest))
    tracemalloc.start()
    total = sum(len(block) for block in stream(made))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == length(made)
    assert peak < 8 << 20


def _told(file: object) -> dict[str, object]:
    return {name: getattr(file, name) for name in ("size", "crc32", "sha256")}
