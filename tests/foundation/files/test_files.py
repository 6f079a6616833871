"""The store keeps every file once, whole, under its hash, and leaves nothing half done: in a folder and in a bucket."""

import hashlib
import io
import os
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.foundation import clock, errors
from portfolio.foundation.files import STALE, LocalStore, Store
from portfolio.foundation.files.bucket import BucketStore
from tests.fixtures.disk import small_disk

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Each promise is kept by both."""
    if request.param == "folder":
        return LocalStore(tmp_path / "files")
    return BucketStore(request.getfixturevalue("bucket_url"), tmp_path / "files")


def everything(store: Store) -> list[Path]:
    folder = store.near if isinstance(store, BucketStore) else store
    assert isinstance(folder, LocalStore)
    return [path for path in folder.root.rglob("*") if path.is_file()]


@given(st.binary(max_size=3000))
def test_what_was_put_comes_back_byte_for_byte(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    store = LocalStore(tmp_path_factory.mktemp("files"))
    stored = store.put(io.BytesIO(content))
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.crc32, stored.size) == (zlib.crc32(content), len(content))
    with store.open(stored.sha256) as kept:
        assert kept.read() == content


def test_a_finished_file_is_adopted_without_a_copy_and_loses_its_old_name_safely(
    folder: LocalStore, tmp_path: Path
) -> None:
    arrived = tmp_path / "arrived"
    arrived.write_bytes(b"a recording")
    inode = arrived.stat().st_ino
    stored = folder.put(arrived)
    arrived.unlink()
    assert folder.path(stored.sha256).stat().st_ino == inode
    assert folder.path(stored.sha256).read_bytes() == b"a recording"


def test_a_finished_file_on_another_disk_is_copied(store: Store, tmp_path: Path) -> None:
    disks = [folder for folder in (Path("/dev/shm"), Path("/var/tmp")) if folder.is_dir()]
    elsewhere = next((folder for folder in disks if folder.stat().st_dev != tmp_path.stat().st_dev), None)
    if elsewhere is None:
        pytest.skip("there is only one disk here")
    arrived = elsewhere / f"markwell-{os.getpid()}"
    arrived.write_bytes(b"from far away")
    try:
        assert store.path(store.put(arrived).sha256).read_bytes() == b"from far away"
    finally:
        arrived.unlink()


def test_the_same_bytes_are_kept_once_and_never_overwritten(store: Store) -> None:
    first = store.put(io.BytesIO(b"twice"))
    inode = store.path(first.sha256).stat().st_ino
    assert store.put(io.BytesIO(b"twice")) == first
    assert store.path(first.sha256).stat().st_ino == inode
    assert everything(store) == [store.path(first.sha256)]


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_an_address_that_names_no_kept_file_is_missing(store: Store, address: str) -> None:
    with pytest.raises(errors.Missing):
        store.path(address)


def test_a_stream_that_breaks_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ConnectionError):
        store.put(_Breaking())
    assert everything(store) == []


class _Breaking:
    came = False

    def read(self, size: int, /) -> bytes:
        if self.came:
            raise ConnectionError
        self.came = True
        return bytes(min(size, 5000))


FULL = """
import io, resource, signal, sys
from pathlib import Path
from portfolio.foundation import errors
from portfolio.foundation.files import LocalStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    LocalStore(Path(sys.argv[1])).put(io.BytesIO(bytes(3_000_000)))
except errors.Unavailable as refusal:
    print(refusal.sentence)
"""


def test_when_no_room_is_left_the_person_is_told_and_nothing_stays_behind(folder: LocalStore) -> None:
    said = subprocess.run([sys.executable, "-c", FULL, folder.root], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("There is no room left")
    assert everything(folder) == []


def test_a_disk_that_is_really_full_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "300k") as disk:
        store = LocalStore(disk / "files")
        kept = store.put(io.BytesIO(b"small"))
        with pytest.raises(errors.Unavailable, match="no room left"):
            store.put(io.BytesIO(bytes(3_000_000)))
        assert everything(store) == [store.path(kept.sha256)]


def test_files_leave_the_last_of_a_disk_to_the_database(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        store, free = LocalStore(disk / "files"), os.statvfs(disk)
        (disk / "ballast").write_bytes(bytes(free.f_bavail * free.f_frsize - 60_000))
        with pytest.raises(errors.Unavailable, match="no room left"):
            store.put(io.BytesIO(bytes(5_000)))
        (disk / "house.db").write_bytes(bytes(40_000))
        (disk / "ballast").unlink()
        assert store.put(io.BytesIO(bytes(5_000))).size == 5_000


def test_what_a_crash_left_half_written_is_swept_and_what_is_being_written_stays(folder: LocalStore) -> None:
    old, young = folder.root / "arriving" / "old", folder.root / "arriving" / "young"
    old.mkdir()
    (old / "copy.mp4").touch()
    young.touch()
    long_ago = clock.now().timestamp() - STALE - 1
    os.utime(old, (long_ago, long_ago))
    assert folder.sweep() == 1
    assert everything(folder) == [young]


def test_a_workshop_is_on_the_disk_of_the_store_and_gone_afterwards(store: Store) -> None:
    with store.workshop() as folder:
        (folder / "shown.jpg").write_bytes(b"picture")
        stored = store.put(folder / "shown.jpg")
    assert not folder.exists()
    assert store.has(stored.sha256)


def test_a_large_file_is_taken_in_little_memory(store: Store) -> None:
    class Large:
        left = 60 << 20

        def read(self, size: int, /) -> bytes:
            size = min(size, self.left)
            self.left -= size
            return bytes(size)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert store.put(Large()).size == 60 << 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 << 10


def test_any_part_of_a_kept_file_can_be_read(store: Store) -> None:
    content = os.urandom(3 << 20)
    stored = store.put(io.BytesIO(content))
    assert store.size(stored.sha256) == len(content)
    with store.open(stored.sha256) as kept:
        for start in (0, 1, (1 << 20) + 7, len(content) - 3, len(content), 5):
            kept.seek(start)
            assert kept.read(70_000) == content[start : start + 70_000]
