"""The drill: a backup is made while somebody writes, and put back elsewhere; one that is not whole is refused."""

import fcntl
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cms_tracker.settings.files import Bucket
from cms_tracker.web import storage
from tests.faults.installation import Installation, empty_databases, new_keys
from tests.s3_store import variables

PASSPHRASE = "seven herons over the estuary"
ENOUGH = 20  # payments, before the backup begins


def payments(of: Installation) -> set[str]:
    """Return the payments that its database holds."""
    return set(of.start("tests.faults.writing", "kept").communicate()[0].split())


@pytest.fixture(scope="module")
def databases() -> Iterator[list[str]]:
    """Four empty databases."""
    with empty_databases(4) as found:
        yield found


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    return {**new_keys(), "BACKUP_PASSPHRASE": PASSPHRASE}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, databases: list[str], keys: dict[str, str]) -> Installation:
    found = Installation(tmp_path_factory.mktemp("source"), databases[0], **keys)
    assert found.run("migrate", "--verbosity=0", "--skip-checks").returncode == 0  # the tests' server keeps nothing
    return found


@pytest.fixture(scope="module")
def drill(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """Return the backup, made while payments came in, and the payments that were kept before it began."""
    file = tmp_path_factory.mktemp("backups") / "night.backup"
    with source.start("tests.faults.writing") as writer:
        assert writer.stdout is not None
        before = {writer.stdout.readline().strip() for _ in range(ENOUGH)}
        made = source.run("backup", str(file))
        writer.kill()
    assert made.returncode == 0, made.stderr
    return file, before


class TestTheDrill:
    def test_puts_back_what_was_kept_and_proves_it(
        self,
        drill: tuple[Path, set[str]],
        source: Installation,
        databases: list[str],
        keys: dict[str, str],
        tmp_path: Path,
    ) -> None:
        file, before = drill
        elsewhere = Installation(tmp_path / "elsewhere", databases[1], **keys)
        found = elsewhere.run("restore", str(file))
        assert found.returncode == 0, found.stderr
        assert "all as they were written" in found.stdout
        assert "every one follows from the one before" in found.stdout
        assert "all as their facts give" in found.stdout
        assert before <= payments(elsewhere) <= payments(source)
        files = [path for path in (elsewhere.folder / "files").glob("*/*") if path.suffix != ".copy"]
        assert len(files) == len(payments(elsewhere))

        again = elsewhere.run("restore", str(file))
        assert again.returncode == 1
        assert "is not empty, and nothing is ever written over" in again.stderr

    def test_goes_from_a_folder_to_a_store_of_files_and_back(
        self, drill: tuple[Path, set[str]], databases: list[str], keys: dict[str, str], bucket: Bucket, tmp_path: Path
    ) -> None:
        in_store = Installation(tmp_path / "store", databases[2], **keys, **variables(bucket))
        found = in_store.run("restore", str(drill[0]))
        assert found.returncode == 0, found.stderr
        assert "all as they were written" in found.stdout
        there = {one.stored_as for one in storage.every_file()}
        assert len(there) >= ENOUGH
        assert not list(in_store.folder.glob("files/*"))
        again = in_store.run("restore", str(drill[0]), DATABASE_URL="", CMS_DATA_DIR=str(tmp_path / "third"))
        assert "is not empty, and nothing is ever written over" in again.stderr

        assert in_store.run("backup", str(tmp_path / "of-store.backup")).returncode == 0
        back = Installation(tmp_path / "back", databases[3], **keys)
        found = back.run("restore", str(tmp_path / "of-store.backup"))
        assert found.returncode == 0, found.stderr
        files = {f"{path.parent.name}/{path.name}" for path in back.folder.glob("files/*/*")}
        assert (files, payments(back)) == (there, payments(in_store))


class TestABackup:
    def test_holds_nothing_that_can_be_read(self, drill: tuple[Path, set[str]]) -> None:
        content = drill[0].read_bytes()
        assert not [word for word in (b"Paid in", b"arrears", b"sqlite", b"PGDMP", b"manifest") if word in content]
        assert drill[0].stat().st_mode & 0o077 == 0

    def test_is_never_written_over(self, drill: tuple[Path, set[str]], source: Installation) -> None:
        content = drill[0].read_bytes()
        found = source.run("backup", str(drill[0]))
        assert (found.returncode, drill[0].read_bytes()) == (1, content)
        assert "is there already" in found.stderr

    def test_wants_a_passphrase_that_nobody_guesses(self, source: Installation, tmp_path: Path) -> None:
        found = source.run("backup", str(tmp_path / "short"), BACKUP_PASSPHRASE="Rosa1985")
        assert found.returncode == 1
        assert "at least 20 characters" in found.stderr
        assert not (tmp_path / "short").exists()

    def test_takes_its_passphrase_from_a_file(self, source: Installation, tmp_path: Path) -> None:
        tmp_path.joinpath("phrase").write_text(f"{PASSPHRASE}\n")
        found = source.run(
            "backup", str(tmp_path / "b"), f"--passphrase-file={tmp_path / 'phrase'}", BACKUP_PASSPHRASE=""
        )
        assert found.returncode == 0, found.stderr


class TestABackupThatIsKilled:
    def test_leaves_a_copy_that_the_next_one_deletes_and_no_other_one_meanwhile(
        self, drill: tuple[Path, set[str]], source: Installation, tmp_path: Path
    ) -> None:
        nobody_reads = tmp_path / ".night.unfinished"
        os.mkfifo(nobody_reads)
        full = os.open(nobody_reads, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(full, fcntl.F_SETPIPE_SZ, 4096)  # whoever writes more waits, with the copy on the disk
        with source.start("manage", "backup", str(tmp_path / "night")) as killed:
            end = time.monotonic() + 60
            while not list(source.folder.glob(".copying-*/copy/*")):
                assert time.monotonic() < end, "no copy was begun"
                time.sleep(0.1)
            assert source.run("backup", str(tmp_path / "beside")).returncode == 0
            (left,) = source.folder.glob(".copying-*")
            killed.kill()
        os.close(full)

        assert list(left.glob("copy/*"))
        assert source.run("backup", str(tmp_path / "next")).returncode == 0
        assert not list(source.folder.glob(".copying-*"))

    def test_does_not_stop_the_next_one_where_what_it_left_cannot_be_deleted(
        self, source: Installation, tmp_path: Path
    ) -> None:
        in_the_way = source.folder / ".copying-of-another"
        in_the_way.joinpath("held").mkdir(parents=True)  # as a folder of another user, it cannot be opened
        assert source.run("backup", str(tmp_path / "next")).returncode == 0
        assert [in_the_way] == list(source.folder.glob(".copying-*"))
        shutil.rmtree(in_the_way)


class TestABackupIsRefused:
    @pytest.fixture
    def empty(self, keys: dict[str, str], tmp_path: Path) -> Installation:
        """An empty installation with a file for a database: what is refused is refused before it is asked for."""
        found = Installation(tmp_path / "empty", "", **keys)
        found.environment.pop("DATABASE_URL", None)
        return found

    def test_where_one_bit_is_another(self, drill: tuple[Path, set[str]], empty: Installation, tmp_path: Path) -> None:
        content = bytearray(drill[0].read_bytes())
        content[len(content) // 2] ^= 1
        tmp_path.joinpath("changed.backup").write_bytes(content)
        self.refused(tmp_path / "changed.backup", empty, "was changed")

    def test_for_another_passphrase(self, drill: tuple[Path, set[str]], empty: Installation) -> None:
        self.refused(drill[0], empty, "The passphrase is another one", BACKUP_PASSPHRASE="seven swans over the estuary")

    def test_where_the_keys_that_it_needs_are_not_there(
        self, drill: tuple[Path, set[str]], empty: Installation
    ) -> None:
        self.refused(drill[0], empty, "FIELD_KEYS lacks the key", FIELD_KEYS=secrets.token_urlsafe(32))

    def refused(self, file: Path, empty: Installation, because: str, **variables: str) -> None:
        """Say why, and leave nothing: no file, and no table."""
        found = empty.run("restore", str(file), **variables)
        assert found.returncode == 1
        assert because in found.stderr
        assert "Traceback" not in found.stderr
        assert [path.name for path in empty.folder.rglob("*") if path.is_file()] == ["records.sqlite3"]
        with closing(sqlite3.connect(empty.folder / "records.sqlite3")) as database, database:
            assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
