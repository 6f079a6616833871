"""Anyone can check a pack alone, and whatever was changed is found and named."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import verify
from exports.pack import bag
from exports.pack.bag import Member, stream, written
from tests.exports.samples.log import canonical, chained
from tests.exports.samples.pack import LEILA, LOG, pack, packed
from tests.exports.verify.verifying import CHAIN, DEEDS, WHOLE, annotation, checked, said, small


def test_an_honest_pack_holds_and_says_what_was_checked() -> None:
    result = checked(WHOLE)
    assert result.faults == []
    assert any(f"{len(LOG)} events of the log" in text for text in result.checked)
    assert any("14 versions of evidence have the hash" in text for text in result.checked)
    assert any("is what the log's lines tell and bind" in text for text in result.checked)
    assert any("29 claims point" in text for text in result.checked)
    assert any("The pack is signed by" in text for text in result.checked)


def _owners(content: bytes) -> list[str]:
    """For every byte of a pack, the file whose content it is; empty for the ZIP's own records."""
    owners = [""] * len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        for entry in read.infolist():
            start = entry.header_offset + 30 + len(entry.filename.encode())
            owners[start : start + entry.file_size] = [entry.filename.removeprefix("p/")] * entry.file_size
    return owners


@pytest.mark.slow
def test_every_single_changed_byte_of_a_pack_is_found_and_its_file_named() -> None:
    content = small()
    unseen = []
    for at, owner in enumerate(_owners(content)):
        changed = bytearray(content)
        changed[at] ^= 1 << (at % 8)
        faults = checked(bytes(changed)).faults
        if not faults or (owner and owner not in {fault.where for fault in faults}):
            unseen.append((at, owner))
    assert unseen == []


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_anywhere_in_a_large_signed_pack_is_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    changed = WHOLE[:at] + bytes([WHOLE[at] ^ data.draw(st.integers(1, 255))]) + WHOLE[at + 1 :]
    assert not checked(changed).holds


@pytest.mark.parametrize(
    "path", ["data/evidence/leila-haddad-7/42/call 2026-03-11 0915.wav", "data/reports/leila-haddad-7.pdf"]
)
def test_the_changed_file_is_the_one_that_is_named(path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as read:
        entry = next(entry for entry in read.infolist() if entry.filename.endswith(path))
    at = entry.header_offset + 200 + len(entry.filename)
    found = checked(WHOLE[:at] + bytes([WHOLE[at] ^ 1]) + WHOLE[at + 1 :]).faults
    assert {fault.where for fault in found} == {path}


@given(st.binary(min_size=1, max_size=40), st.booleans())
def test_bytes_before_or_after_a_pack_are_found(added: bytes, before: bool) -> None:
    assert not checked(added + small() if before else small() + added).holds


@given(st.binary(max_size=300))
def test_any_other_file_is_refused_without_a_traceback(content: bytes) -> None:
    assert not checked(content).holds


@pytest.mark.parametrize("cut", [1, 22, 500, 3000])
def test_a_pack_cut_short_is_refused(cut: int) -> None:
    assert not checked(small()[:-cut]).holds


# Hostile ZIPs, each whole in itself


def _hostile(paths: list[str], content: bytes = b"x") -> str:
    sound = bag.bag([written("data/a", b"a")], "p", info={})
    return said(b"".join(stream([*sound, *(written(path, content) for path in paths)])))


@pytest.mark.parametrize("path", ["p/../../x", "p//x", "p/./x", "p/a\\b", "p/C:/x/..", "p/a\u202eb", "p/a\nb"])
def test_a_path_that_leads_elsewhere_is_named(path: str) -> None:
    assert path in _hostile([path])


def test_a_file_twice_is_named_even_in_another_case() -> None:
    assert "p/data/A: stands in the pack twice" in _hostile(["p/data/A"])
    assert "p/data/a: stands in the pack twice" in _hostile(["p/data/a"])


def test_a_second_top_folder_is_refused() -> None:
    assert "should hold one folder and holds p, q" in _hostile(["q/x"])
    assert "should hold one folder" in _hostile(["/etc/passwd"])


def _made_by_others(mode: int, *, compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        entry = zipfile.ZipInfo("p/data/link")
        entry.external_attr = mode << 16
        made.writestr(entry, b"/etc/passwd" * 1000, compress_type=compression)
    return out.getvalue()


def test_links_and_compressed_files_are_refused() -> None:
    assert "p/data/link: its record" in said(_made_by_others(0o120777))
    assert "p/data/link: its record" in said(_made_by_others(0o100644, compression=zipfile.ZIP_DEFLATED))


def test_an_absurd_number_or_size_of_files_is_refused_without_reading_them() -> None:
    assert "absurd number" in said(b"PK" + bag._end(1 << 40, 1 << 50, 7))
    member = Member("p/data/huge", 1 << 60, 0, "", tuple)
    pieces = [piece for piece in bag.pieces([member]) if isinstance(piece, bytes)]
    lying = pieces[1] + bag._end(1, len(pieces[1]), 0)
    assert "p/data/huge: is said to be larger" in said(lying)


def test_a_file_that_was_added_dropped_or_swapped_is_named() -> None:
    members = pack()
    assert "data/log/head.json: is listed in manifest" in said(
        b"".join(stream(member for member in members if not member.path.endswith("head.json")))
    )
    extra = sorted([*members, written(f"{members[0].path.split('/')[0]}/data/new.txt", b"")], key=lambda m: m.path)
    assert "data/new.txt: is in the pack and not listed" in said(b"".join(stream(extra)))


# The event log, in packs whose hashes were all made right again


def _lines(change: Callable[[list[bytes]], object]) -> str:
    lines = [canonical(line) for line in CHAIN]
    change(lines)
    return said(small(lines))


def test_the_least_pack_holds() -> None:
    assert said(small()) == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: lines.pop(2), "event 3: is missing, or lines changed places: number 4"),
        (lambda lines: lines.insert(2, lines[1]), "event 3: is missing, or lines changed places: number 2"),
        (lambda lines: lines.reverse(), "event 1: is missing, or lines changed places: number 5"),
        (lambda lines: lines.__setitem__(3, lines[3].replace(b"Ada", b"Eve")), "event 4: was changed"),
        (lambda lines: lines.__setitem__(1, lines[1].replace(b":", b": ", 1)), "event 2: is not one canonical"),
        (lambda lines: lines.pop(), "ends at event 4, and the head names event 5"),
        (lambda lines: lines.clear(), "ends at event 0, and the head names event 5"),
        (lambda lines: lines.__setitem__(0, b"[" * 100_000), "event 1: is not one canonical"),
    ],
)
def test_a_fault_in_the_event_log_is_found_at_its_line(change: Callable[[list[bytes]], object], named: str) -> None:
    assert named in _lines(change)


def test_a_rewritten_end_of_the_log_does_not_meet_the_head() -> None:
    rewritten = chained([*DEEDS[:-1], {**DEEDS[-1], "deed": "refer"}])
    assert "its end was cut, extended or rewritten" in said(small([canonical(line) for line in rewritten]))


def test_records_that_tell_another_story_than_the_log_are_named() -> None:
    other = canonical([{"seq": 2, "hash": "0" * 64}])
    assert "event 2: is not the event of that number in the log" in said(small(data__records__events=other))
    assert "data/records/events.json: is not a table of records" in said(small(data__records__events=b"[["))


def _told_by_facts(**changed: object) -> str:
    """A pack whose facts were changed, everything else of it made right again."""
    return said(packed(replace(LEILA, **changed)))  # type: ignore[arg-type]


def test_a_verdict_that_the_log_does_not_tell_of_is_named() -> None:
    first, *others = LEILA.judgements
    for changed in (
        replace(first, verdict="not met"), replace(first, feedback="Well done."), replace(first, assessor="Eve"),
        replace(first, vacsr=()), replace(first, missing=("something",)), replace(first, fails=("current",)),
        replace(first, vacsr_form="ticked in advance"),
    ):  # fmt: skip
        told = _told_by_facts(judgements=(changed, *others))
        assert "CS-301, point 1, round 1: " in told
        assert "is not what the log tells" in told
    assert "CS-301, point 1, round 1: the verdicts are not" in _told_by_facts(judgements=tuple(others))


def test_a_version_whose_text_or_file_is_not_what_its_hash_is_of_is_named() -> None:
    first, second, *others = LEILA.evidence
    text = replace(first, third_parties="Somebody else")
    assert "E1: its hash is not that of its text" in _told_by_facts(evidence=(text, second, *others))
    file = replace(second, files=(replace(second.files[0], name="another.wav"),))
    assert "E2: its hash is not that of its text" in _told_by_facts(evidence=(first, file, *others))


def test_a_line_that_the_facts_tell_otherwise_than_the_log_is_named() -> None:
    first, *others = LEILA.events
    told = _told_by_facts(events=(replace(first, actor="Eve"), *others))
    assert f"event {first.seq}: is not told as it stands in the log" in told
    assert f"event {first.seq}: is not told as it was written" in told
    assert "a line about the learner before it is left out" in _told_by_facts(events=tuple(others))
    assert "event 99: does not stand in the log" in _told_by_facts(events=(replace(first, seq=99), *others))


@pytest.mark.parametrize(
    ("annotation", "named"),
    [
        (annotation("slept", 3, 7), "does not say “slept” at 3 to 7"),
        (annotation("wept", 4, 8), "does not say “wept” at 4 to 8"),
        ({"id": "#claim-1", "target": ["../evidence/ada-1/1/gone.txt"]}, "gone.txt: is claimed as evidence and is not"),
        ({"id": "#claim-1", "target": {}}, "#claim-1: is not an annotation"),
        ("nonsense", "is not an annotation"),
    ],
)
def test_a_claim_that_points_at_what_is_not_there_is_named(annotation: object, named: str) -> None:
    assert named in said(small(**{"data__annotations__ada-1.jsonld": canonical({"items": [annotation]})}))


def test_seconds_beyond_a_recordings_end_are_named() -> None:
    rows = [{"path": "data/evidence/ada-1/1/a.mp3", "sha256": verify.hashlib.sha256(b"").hexdigest(), "duration": 10.0}]
    target = {"source": "../evidence/ada-1/1/a.mp3", "selector": {"value": "t=9,12"}}
    more = {
        "data__evidence__ada-1__1__a.mp3": b"",
        "data__records__files.json": canonical(rows),
        "data__annotations__ada-1.jsonld": canonical({"items": [{"id": "#claim-2", "target": target}]}),
    }
    assert "lasts 10 s, and the claim is for 9 to 12 s" in said(small(**more))


def test_a_version_that_a_round_names_and_no_line_tells_of_is_named() -> None:
    """The hashes of a round are bound in order; which version each is of is told by the line that kept it."""
    unit, *others = LEILA.units
    one, *rounds = unit.rounds
    (ref, number, digest), *versions = one.versions
    for other in ((ref, number + 1, digest), ("E9", number, digest)):
        changed = replace(unit, rounds=(replace(one, versions=(other, *versions)), *rounds))
        assert f"{unit.code}, round 1: which versions were handed in is not" in _told_by_facts(units=(changed, *others))
