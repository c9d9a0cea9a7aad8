"""A private file is there whole or not at all, and goes with its case: in a folder, and in a store that speaks S3."""

import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cms_tracker.settings.files import Bucket
from cms_tracker.web import file_checks, storage
from cms_tracker.web.storage import s3 as in_s3
from tests.s3_store import S3Store

CASE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


class InFolder:
    """The bytes as they lie in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self, case: uuid.UUID = CASE) -> list[str]:
        folder = self._path / case.hex
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def change(self, stored_as: str, content: bytes) -> None:
        (self._path / stored_as).write_bytes(content)


class InBucket:
    """The bytes as they lie in a bucket, seen by another client than ours."""

    def __init__(self, store: S3Store, bucket: Bucket) -> None:
        self._store, self._bucket = store, bucket

    def names(self, case: uuid.UUID = CASE) -> list[str]:
        start = f"{self._bucket.prefix}{case.hex}/"
        found = self.client.list_objects_v2(Bucket=self._bucket.name, Prefix=start).get("Contents", [])
        return sorted(one["Key"].removeprefix(start) for one in found)

    def change(self, stored_as: str, content: bytes) -> None:
        self._store.put(content, Bucket=self._bucket.name, Key=self._bucket.prefix + stored_as)

    def begin_upload(self, case: uuid.UUID) -> None:
        self.client.create_multipart_upload(Bucket=self._bucket.name, Key=f"{self._bucket.prefix}{case.hex}/a.made")

    def uploads(self) -> int:
        found = self.client.list_multipart_uploads(Bucket=self._bucket.name).get("Uploads", [])
        return len([one for one in found if one["Key"].startswith(self._bucket.prefix)])

    @property
    def client(self) -> Any:
        return self._store.client


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.PRIVATE_FILES_DIR = tmp_path / "files"
    return tmp_path / "files" / CASE.hex


@pytest.fixture
def in_bucket(s3: S3Store, bucket: Bucket) -> InBucket:
    return InBucket(s3, bucket)


@pytest.fixture(params=["folder", "S3"])
def place(request: pytest.FixtureRequest, folder: Path) -> InFolder | InBucket:
    if request.param == "folder":
        return InFolder(folder.parent)
    found: InBucket = request.getfixturevalue("in_bucket")
    return found


def broken() -> Iterator[bytes]:
    yield b"sec"
    raise ConnectionError


class TestEitherPlace:
    def test_keeps_the_old_file_or_the_new_one_and_nothing_between(self, place: InFolder | InBucket) -> None:
        storage.put([b"first"], case_id=CASE, name="a.pdf")
        kept = storage.put([b"sec", b"ond"], case_id=CASE, name="a.pdf")
        assert place.names() == ["a.pdf"]
        assert kept == (f"{CASE.hex}/a.pdf", 6, hashlib.sha256(b"second").hexdigest())
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) == b"second"

    def test_keeps_the_old_file_where_writing_breaks_off(self, place: InFolder | InBucket) -> None:
        kept = storage.put([b"first"], case_id=CASE, name="a.pdf")
        with pytest.raises(ConnectionError):
            storage.put(broken(), case_id=CASE, name="a.pdf")
        assert place.names() == ["a.pdf"]
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) == b"first"

    def test_takes_an_empty_file(self, place: InFolder | InBucket) -> None:
        kept = storage.put([], case_id=CASE, name="a.pdf")
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) == b""

    def test_gives_each_file_a_name_of_its_own(self, place: InFolder | InBucket) -> None:
        stored = {storage.keep([b"a"], case_id=CASE).stored_as, storage.keep([b"a"], case_id=CASE).stored_as}
        stored |= {storage.keep_copy(b"a", case_id=CASE).stored_as, storage.keep_made([b"a"], case_id=CASE).stored_as}
        assert stored == {f"{CASE.hex}/{name}" for name in place.names()}
        assert len(stored) == 4

    def test_gives_back_only_the_very_file_that_was_written(self, place: InFolder | InBucket) -> None:
        kept = storage.put([b"words"], case_id=CASE, name="a.pdf")
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) == b"words"
        place.change(kept.stored_as, b"other")
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) is None
        assert storage.sha256_of(kept.stored_as) == hashlib.sha256(b"other").hexdigest()
        assert storage.read_kept("", sha256=kept.sha256) is None
        assert storage.read_kept(f"{CASE.hex}/none.pdf", sha256=kept.sha256) is None
        assert storage.sha256_of(f"{CASE.hex}/none.pdf") is None
        with pytest.raises(FileNotFoundError):
            storage.open_kept(f"{CASE.hex}/none.pdf")

    def test_is_read_in_pieces(self, place: InFolder | InBucket) -> None:
        content = os.urandom(2 * 2**20 + 1)
        kept = storage.put([content], case_id=CASE, name="a.zip")
        with storage.open_kept(kept.stored_as) as file:
            pieces = [file.read(10), *file.pieces()]
        assert file.size == len(content)
        assert b"".join(pieces) == content
        assert max(map(len, pieces)) <= 2**20
        with storage.open_kept(kept.stored_as) as file:
            assert file.read() == content

    def test_lists_every_file_with_when_it_was_written(self, place: InFolder | InBucket) -> None:
        assert storage.is_empty()
        names = [storage.put([b"12345"], case_id=case, name="a.made").stored_as for case in (CASE, OTHER)]
        found = list(storage.every_file())
        assert [one.stored_as for one in found] == names
        assert all(abs(one.written - time.time()) < 60 for one in found)
        assert [one.size for one in found] == [5, 5]
        assert all(one.can_be_made_again for one in found)
        assert not storage.is_empty()

    def test_counts_against_a_case_what_was_handed_in_to_it(
        self, place: InFolder | InBucket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(storage, "MOST_FILES", 2)
        monkeypatch.setattr(storage, "MOST_BYTES", 10)
        storage.keep_copy(b"x" * 20, case_id=CASE)
        storage.keep_made([b"x" * 20], case_id=CASE)
        storage.keep([b"x" * 20], case_id=OTHER)
        assert storage.has_room(10, case_id=CASE)
        assert not storage.has_room(11, case_id=CASE)
        storage.keep([b"x" * 4], case_id=CASE)
        assert storage.has_room(6, case_id=CASE)
        assert not storage.has_room(7, case_id=CASE)
        storage.keep([b"x"], case_id=CASE)
        assert not storage.has_room(1, case_id=CASE)

    def test_removes_one_file_and_then_all_of_a_case(self, place: InFolder | InBucket) -> None:
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            storage.put([b"words"], case_id=CASE, name=name)
        other = storage.put([b"words"], case_id=OTHER, name="a.pdf")
        for _ in range(2):  # gone already
            storage.remove(f"{CASE.hex}/a.pdf")
        assert place.names() == ["b.pdf", "c.pdf"]
        for _ in range(2):
            storage.remove_all(CASE)
        assert (place.names(), place.names(OTHER)) == ([], ["a.pdf"])
        storage.discard(other.stored_as)
        assert storage.is_empty()

    def test_takes_over_a_folder_that_is_laid_out_in_the_same_way(
        self, place: InFolder | InBucket, tmp_path: Path
    ) -> None:
        for case in (CASE, OTHER):
            tmp_path.joinpath("unpacked", case.hex).mkdir(parents=True)
            tmp_path.joinpath("unpacked", case.hex, "a.made").write_bytes(case.bytes)
        assert storage.take_in(tmp_path / "unpacked") == 2
        assert (place.names(), place.names(OTHER)) == (["a.made"], ["a.made"])
        assert storage.sha256_of(f"{OTHER.hex}/a.made") == hashlib.sha256(OTHER.bytes).hexdigest()

    def test_has_no_door_that_is_open(self, place: InFolder | InBucket) -> None:
        storage.keep([b"a"], case_id=CASE)
        assert storage.doors_left_open() == []


class TestAFolder:
    def test_holds_files_that_only_their_owner_may_read(self, folder: Path) -> None:
        storage.put([b"words"], case_id=CASE, name="a.pdf")
        assert (folder.stat().st_mode & 0o777, (folder / "a.pdf").stat().st_mode & 0o777) == (0o700, 0o600)

    def test_goes_with_the_last_file(self, folder: Path) -> None:
        storage.remove(storage.put([b"words"], case_id=CASE, name="a.pdf").stored_as)
        assert not folder.exists()

    def test_is_cleared_of_what_a_killed_writer_left_long_ago(self, folder: Path) -> None:
        storage.put([b"whole"], case_id=CASE, name="a.pdf")
        old, new = folder / ".old", folder / ".new"
        for path in (old, new):
            path.write_bytes(b"half")
        for path in (old, folder / "a.pdf"):
            os.utime(path, (1_000_000, 1_000_000))
        storage.remove_unfinished(before=1_000_001)
        assert sorted(path.name for path in folder.iterdir()) == [".new", "a.pdf"]
        assert [one.stored_as for one in storage.every_file()] == [f"{CASE.hex}/a.pdf"]

    def test_says_what_the_disk_says_and_not_where(self, folder: Path) -> None:
        folder.parent.mkdir()
        folder.write_bytes(b"a file where the folder should be")
        with pytest.raises(storage.StorageError) as error:
            storage.put([b"words"], case_id=CASE, name="a.pdf")
        assert str(error.value) == "[Errno 17] File exists"
        assert error.value.__suppress_context__


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_s3, "PART", 5 * 2**20)  # the least that a store takes as a part that is not the last


FIVE = b"x" * (5 * 2**20)


class TestALargeFileInS3:
    @pytest.mark.usefixtures("small_parts")
    def test_comes_in_parts_and_is_one_file(self, in_bucket: InBucket) -> None:
        kept = storage.keep_made([FIVE, b"and", b" more"], case_id=CASE)
        assert kept.size == len(FIVE) + 8
        assert storage.sha256_of(kept.stored_as) == hashlib.sha256(FIVE + b"and more").hexdigest() == kept.sha256
        assert in_bucket.uploads() == 0

    @pytest.mark.usefixtures("small_parts")
    def test_that_breaks_off_leaves_nothing(self, in_bucket: InBucket) -> None:
        def chunks() -> Iterator[bytes]:
            yield FIVE + b"y"
            assert in_bucket.uploads() == 1
            raise ConnectionError

        with pytest.raises(ConnectionError):
            storage.keep_made(chunks(), case_id=CASE)
        assert (in_bucket.names(), in_bucket.uploads()) == ([], 0)

    def test_whose_writer_was_killed_is_swept_when_it_is_old(self, in_bucket: InBucket) -> None:
        in_bucket.begin_upload(CASE)
        storage.remove_unfinished(before=1_000_000)
        assert in_bucket.uploads() == 1
        storage.remove_unfinished(before=4_000_000_000)
        assert in_bucket.uploads() == 0

    def test_that_is_on_its_way_goes_with_the_case(self, in_bucket: InBucket) -> None:
        for case in (CASE, OTHER):
            in_bucket.begin_upload(case)
        storage.remove_all(CASE)
        assert in_bucket.uploads() == 1

    @pytest.mark.usefixtures("small_parts")
    def test_whose_store_is_killed_under_it_is_not_there_and_can_be_sent_again(
        self, s3: S3Store, in_bucket: InBucket
    ) -> None:
        def chunks() -> Iterator[bytes]:
            yield FIVE + b"y"
            s3.kill()
            yield FIVE

        with pytest.raises(storage.StorageError):
            storage.keep_made(chunks(), case_id=CASE)
        s3.go_on()
        assert (in_bucket.names(), in_bucket.uploads()) == ([], 0)
        kept = storage.keep_made([FIVE, FIVE], case_id=CASE)
        assert storage.sha256_of(kept.stored_as) == kept.sha256


class TestALongListInS3:
    def test_is_asked_for_page_by_page(self, in_bucket: InBucket, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(in_s3, "A_PAGE", 2)
        names = [storage.keep([b"a"], case_id=CASE).stored_as for _ in range(5)]
        assert [one.stored_as for one in storage.every_file()] == sorted(names)
        monkeypatch.setattr(storage, "MOST_FILES", 5)
        assert not storage.has_room(1, case_id=CASE)
        storage.remove_all(CASE)
        assert storage.is_empty()


class TestTheWayToS3:
    def test_refuses_what_was_changed_on_it(self, s3: S3Store, in_bucket: InBucket) -> None:
        s3.misbehave("changed")
        with pytest.raises(storage.StorageError, match="BadDigest"):
            storage.keep([b"words"], case_id=CASE)
        s3.misbehave("none")
        assert in_bucket.names() == []

    def test_gives_nothing_that_came_short(self, s3: S3Store, bucket: Bucket) -> None:
        kept = storage.keep([b"words" * 100], case_id=CASE)
        s3.misbehave("cut")
        with pytest.raises(storage.StorageError):
            storage.read_kept(kept.stored_as, sha256=kept.sha256)
        s3.misbehave("none")
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) == b"words" * 100

    def test_asks_for_encryption_where_it_is_wished(self, in_bucket: InBucket, bucket: Bucket, settings: Any) -> None:
        settings.S3 = replace(bucket, encryption="AES256")
        kept = storage.keep([b"words"], case_id=CASE)
        found = in_bucket.client.head_object(Bucket=bucket.name, Key=bucket.prefix + kept.stored_as)
        assert found["ServerSideEncryption"] == "AES256"

    def test_says_nothing_of_where_it_leads(
        self, s3: S3Store, bucket: Bucket, caplog: pytest.LogCaptureFixture
    ) -> None:
        s3.misbehave("refuses")
        with pytest.raises(storage.StorageError) as refused:
            storage.keep([b"words"], case_id=CASE)
        s3.kill()
        with pytest.raises(storage.StorageError) as gone:
            storage.keep([b"words"], case_id=CASE)
        assert "AccessDenied" in str(refused.value)
        for error in (refused.value, gone.value):
            assert error.__cause__ is None
            assert error.__context__ is None or error.__suppress_context__
            said = str(error) + caplog.text
            assert not [word for word in (bucket.name, bucket.endpoint, "127.0.0.1", CASE.hex) if word in said]

    def test_is_given_up_where_it_stands_still_under_a_reader(self, s3: S3Store, bucket: Bucket) -> None:
        kept = storage.keep([FIVE] * 6, case_id=CASE)  # more than the connection itself can hold of it by then
        with storage.open_kept(kept.stored_as) as file:
            s3.stand_still()
            with pytest.raises(storage.StorageError, match="ReadTimeoutError"):
                file.read()
        s3.go_on()
        assert storage.sha256_of(kept.stored_as) == kept.sha256


class TestABucketThatIsOpen:
    def test_is_found_with_each_of_its_doors(self, s3: S3Store, bucket: Bucket) -> None:
        kept = storage.keep([b"words"], case_id=CASE)
        s3.misbehave("public")
        s3.client.put_object_acl(Bucket=bucket.name, Key=bucket.prefix + kept.stored_as, ACL="public-read")
        assert storage.doors_left_open() == ["list its files", "read its files"]
        found = file_checks.private_files(app_configs=None)
        assert [(one.id, one.is_serious()) for one in found] == [("web.E010", True)] * 2
        s3.misbehave("refuses")
        (warned,) = file_checks.private_files(app_configs=None)
        assert (warned.id, warned.is_serious()) == ("web.W001", False)
