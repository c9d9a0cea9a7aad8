"""A private file is there whole or not at all, and goes with its case."""

import os
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from cms_tracker.web import storage

CASE = uuid.UUID(int=1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    settings.PRIVATE_FILES_DIR = tmp_path / "files"
    return tmp_path / "files" / CASE.hex


class TestPut:
    def test_leaves_the_old_file_or_the_new_one_and_nothing_between(self, folder: Path) -> None:
        storage.put([b"first"], case_id=CASE, name="a.pdf")
        storage.put([b"sec", b"ond"], case_id=CASE, name="a.pdf")
        assert [path.name for path in folder.iterdir()] == ["a.pdf"]
        assert (folder / "a.pdf").read_bytes() == b"second"

    def test_leaves_the_old_file_where_writing_breaks_off(self, folder: Path) -> None:
        def broken() -> object:
            yield b"sec"
            raise ConnectionError

        storage.put([b"first"], case_id=CASE, name="a.pdf")
        with pytest.raises(ConnectionError):
            storage.put(broken(), case_id=CASE, name="a.pdf")
        assert [path.name for path in folder.iterdir()] == ["a.pdf"]
        assert (folder / "a.pdf").read_bytes() == b"first"

    def test_makes_a_file_that_only_its_owner_may_read(self, folder: Path) -> None:
        storage.put([b"words"], case_id=CASE, name="a.pdf")
        assert (folder.stat().st_mode & 0o777, (folder / "a.pdf").stat().st_mode & 0o777) == (0o700, 0o600)


class TestReadKept:
    def test_gives_back_only_the_very_file_that_was_written(self) -> None:
        kept = storage.put([b"words"], case_id=CASE, name="a.pdf")
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) == b"words"
        (Path(settings.PRIVATE_FILES_DIR) / kept.stored_as).write_bytes(b"other")
        assert storage.read_kept(kept.stored_as, sha256=kept.sha256) is None
        assert storage.read_kept("", sha256=kept.sha256) is None
        assert storage.read_kept(f"{CASE.hex}/none.pdf", sha256=kept.sha256) is None


class TestRemove:
    def test_takes_the_folder_along_with_the_last_file(self, folder: Path) -> None:
        names = [storage.put([b"words"], case_id=CASE, name=name).stored_as for name in ("a.pdf", "b.pdf")]
        storage.remove(names[0])
        assert [path.name for path in folder.iterdir()] == ["b.pdf"]
        storage.remove(names[1])
        storage.remove(names[1])  # gone already
        assert not folder.exists()


class TestRemoveUnfinished:
    def test_clears_what_a_killed_writer_left_long_ago(self, folder: Path) -> None:
        storage.put([b"whole"], case_id=CASE, name="a.pdf")
        old, new = folder / ".old", folder / ".new"
        for path in (old, new):
            path.write_bytes(b"half")
        for path in (old, folder / "a.pdf"):
            os.utime(path, (1_000_000, 1_000_000))
        storage.remove_unfinished(before=1_000_001)
        assert sorted(path.name for path in folder.iterdir()) == [".new", "a.pdf"]
