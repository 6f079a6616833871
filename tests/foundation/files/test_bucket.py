"""A bucket as the file store: what one machine keeps, all machines have; a bucket that is away is said to be."""

import io
import os
from pathlib import Path

import pytest

from portfolio.foundation import clock, errors
from portfolio.foundation.files.bucket import BucketStore
from portfolio.foundation.files.local import STALE
from tests.fixtures.bucket import seaweed

pytestmark = pytest.mark.slow


@pytest.fixture
def bucket(bucket_url: str, tmp_path: Path) -> BucketStore:
    return BucketStore(bucket_url, tmp_path / "near")


def test_what_one_machine_kept_another_reads_from_the_bucket(bucket: BucketStore, tmp_path: Path) -> None:
    content = os.urandom(20 << 20)
    stored = bucket.put(io.BytesIO(content))
    other = BucketStore(bucket.url, tmp_path / "other machine")
    with other.open(stored.sha256) as distant:
        assert distant.read(9) == content[:9]
        distant.seek(-(5 << 20), io.SEEK_END)
        assert distant.read() == content[-(5 << 20) :]
    assert list(other.near.root.glob("??/??/*")) == [], "a stream is kept nowhere"
    assert other.path(stored.sha256).read_bytes() == content
    assert len(list(other.near.root.glob("??/??/*"))) == 1


def test_a_changed_object_is_not_taken_for_the_file_that_was_kept(bucket: BucketStore, tmp_path: Path) -> None:
    stored = bucket.put(io.BytesIO(b"what was kept"))
    other = BucketStore(bucket.url, tmp_path / "other machine")
    other._objects.put(f"{stored.sha256[:2]}/{stored.sha256[2:4]}/{stored.sha256}", b"what was slid in")
    with pytest.raises(errors.Missing, match="other bytes"):
        other.path(stored.sha256)


def test_near_copies_that_nobody_used_for_a_day_go_and_the_file_stays(bucket: BucketStore) -> None:
    used, unused = bucket.put(io.BytesIO(b"used")), bucket.put(io.BytesIO(b"unused"))
    long_ago = clock.now().timestamp() - STALE - 1
    for one in (used, unused):
        os.utime(bucket.near.path(one.sha256), (long_ago, long_ago))
    assert bucket.path(used.sha256).is_file()
    assert bucket.sweep() == 1
    assert [bucket.near.has(one.sha256) for one in (used, unused)] == [True, False]
    assert bucket.path(unused.sha256).read_bytes() == b"unused"


def test_a_bucket_that_does_not_answer_is_told_of_in_a_sentence_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with seaweed() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        store = BucketStore("s3://markwell/lost", tmp_path / "near")
        kept = store.put(io.BytesIO(b"kept before"))
        server.stop()
        for deed in (lambda: store.put(io.BytesIO(b"new")), lambda: store.has(kept.sha256)):
            with pytest.raises(errors.Unavailable, match="does not answer"):
                deed()
        server.start()
        assert store.has(kept.sha256)
        assert store.has(store.put(io.BytesIO(b"new")).sha256)
