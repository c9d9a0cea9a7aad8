"""Every stored file against the row that names it."""

import io
import json
import os
import time
import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from cases.models import Case
from cms_tracker.pages import files, tasks
from cms_tracker.settings.files import Bucket
from cms_tracker.web import storage
from cms_tracker.web.logs import said
from correspondence.models import Letter
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.integration.access_world import DAY
from tests.s3_store import S3Store

#: A SHA-256 that is not of a file which the same row names: of the file that was copied, and of an answer
#: that two people read in a folder of the operator's own.
OF_ANOTHER_FILE = {"cases.SharedCopy.original_sha256", "rights.Release.sha256"}


def test_every_row_that_knows_a_hash_names_the_file_in_a_way_that_is_found() -> None:
    found = set()
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields]
        hashes = {name for name in names if name.endswith("sha256")} - {sha for _, sha in files.pairs(iter(names))}
        found |= {f"{model._meta.label}.{name}" for name in hashes}
    assert found == OF_ANOTHER_FILE
    assert list(files.pairs(iter(["pdf_name", "pdf_sha256", "stored_as", "sha256", "name"]))) == [
        ("pdf_name", "pdf_sha256"),
        ("stored_as", "sha256"),
    ]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    settings.PRIVATE_FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def case() -> Case:
    return make_case(make_user(ROSA))


@pytest.fixture
def letter(case: Case) -> Letter:
    kept = storage.keep_made([b"%PDF-1.7 a letter"], case_id=case.pk)
    return Letter.objects.create(
        case=case, kind="missed-payments", dated_on=DAY, facts={}, html="", template_version="1",
        rates_version="1", pdf_name=kept.stored_as, pdf_sha256=kept.sha256,
    )  # fmt: skip


def old(folder: Path, stored_as: str) -> None:
    two_hours_ago = time.time() - 7200
    os.utime(folder / stored_as, (two_hours_ago, two_hours_ago))


@pytest.mark.django_db
class TestVerifyFiles:
    def answer(self, *options: str) -> dict[str, object]:
        said = io.StringIO()
        call_command("verify_files", "--json", *options, stdout=said)
        return dict(json.loads(said.getvalue()))

    def test_finds_everything_as_it_was_written(self, letter: Letter) -> None:
        assert self.answer() == {"named": 1, "missing": [], "changed": [], "orphaned": []}

    @pytest.mark.parametrize("harm", ["missing", "changed"])
    def test_names_a_file_that_is_lost(
        self, letter: Letter, folder: Path, harm: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = folder / letter.pdf_name
        path.unlink() if harm == "missing" else path.write_bytes(b"another letter")
        with pytest.raises(CommandError, match=f"1 {harm}"):
            call_command("verify_files")
        assert f"{harm:<9} {letter.pdf_name}" in capsys.readouterr().out

    def test_names_what_no_row_names_and_deletes_it_when_told_to(self, letter: Letter, folder: Path) -> None:
        stray = storage.keep([b"a proof"], case_id=letter.case_id)
        assert self.answer()["orphaned"] == []  # its row may be on the way
        old(folder, stray.stored_as)
        assert self.answer()["orphaned"] == [stray.stored_as]
        assert (folder / stray.stored_as).exists()
        self.answer("--remove-orphans")
        assert not (folder / stray.stored_as).exists()
        assert self.answer() == {"named": 1, "missing": [], "changed": [], "orphaned": []}

    def test_deletes_nothing_under_a_database_that_names_none_of_the_files(self, case: Case, folder: Path) -> None:
        self.is_refused(case, folder)
        self.answer("--remove-orphans", "--even-all")
        assert list(storage.every_file()) == []

    def test_deletes_nothing_where_all_that_rows_name_lies_elsewhere(self, letter: Letter, folder: Path) -> None:
        (folder / letter.pdf_name).unlink()
        self.is_refused(letter.case, folder)

    def is_refused(self, case: Case, folder: Path) -> None:
        handed_in = storage.keep([b"a bank statement"], case_id=case.pk)
        old(folder, handed_in.stored_as)
        with pytest.raises(CommandError, match="no row names any of the 1 files"):
            self.answer("--remove-orphans")
        assert (folder / handed_in.stored_as).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("bucket")
class TestInAStore:
    @pytest.fixture
    def key(self, bucket: Bucket, letter: Letter) -> dict[str, str]:
        return {"Bucket": bucket.name, "Key": bucket.prefix + letter.pdf_name}

    def test_a_lost_file_is_named(
        self, s3: S3Store, letter: Letter, key: dict[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("verify_files")
        assert "1 files checked: all as they were written. 0 orphaned." in capsys.readouterr().out
        s3.put(b"another letter", **key)
        with pytest.raises(CommandError, match="1 changed"):
            call_command("verify_files")
        assert f"changed   {letter.pdf_name}" in capsys.readouterr().out
        s3.client.delete_object(**key)
        with pytest.raises(CommandError, match="1 missing"):
            call_command("verify_files")
        assert f"missing   {letter.pdf_name}" in capsys.readouterr().out

    def test_a_store_that_is_down_is_not_taken_for_lost_files(self, s3: S3Store, letter: Letter) -> None:
        s3.misbehave("refuses")
        with pytest.raises(CommandError, match="Nothing can be said of the files now") as error:
            call_command("verify_files")
        assert error.value.returncode == 2

    def test_the_sweep_deletes_what_can_be_made_again_and_never_what_was_handed_in(self, letter: Letter) -> None:
        left = storage.keep_made([b"%PDF- of a worker that was killed"], case_id=letter.case_id)
        handed_in = storage.keep([b"a bank statement"], case_id=letter.case_id)
        assert files.sweep(before=time.time() - 60) == 0  # just written
        assert files.sweep(before=time.time() + 60) == 1
        assert {one.stored_as for one in storage.every_file()} == {handed_in.stored_as, letter.pdf_name}
        assert storage.sha256_of(left.stored_as) is None


@pytest.mark.django_db
class TestTheSweep:
    def test_deletes_what_can_be_made_again_and_never_what_was_handed_in(self, letter: Letter, folder: Path) -> None:
        left = storage.keep_made([b"%PDF- of a worker that was killed"], case_id=letter.case_id)
        fresh = storage.keep_made([b"%PDF- of a worker that is at it"], case_id=letter.case_id)
        handed_in = storage.keep([b"a bank statement"], case_id=uuid.uuid4())
        for one in (left.stored_as, handed_in.stored_as, letter.pdf_name):
            old(folder, one)
        tasks.sweep_files()
        there = {one.stored_as for one in storage.every_file()}
        assert there == {fresh.stored_as, handed_in.stored_as, letter.pdf_name}

    def test_deletes_nothing_where_no_row_names_a_file(
        self, case: Case, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        theirs = [storage.keep([b"a bank statement"], case_id=case.pk)]
        theirs += [storage.keep_made([b"%PDF- of another database"], case_id=case.pk) for _ in range(2)]
        for one in theirs:
            old(folder, one.stored_as)
        tasks.sweep_files()
        assert {one.stored_as for one in storage.every_file()} == {one.stored_as for one in theirs}
        (line,) = caplog.records
        assert line.levelname == "ERROR"
        assert said(line).startswith("files were not swept: no row names 2 of 2 papers and copies;")
        assert not [one for one in theirs if one.stored_as in said(line)]

    def test_deletes_nothing_where_rows_name_other_files_alone(self, letter: Letter, folder: Path) -> None:
        (folder / letter.pdf_name).unlink()  # it lies in the place that belongs to this database
        left = storage.keep_made([b"%PDF- of another database"], case_id=uuid.uuid4())
        old(folder, left.stored_as)
        tasks.sweep_files()
        assert [one.stored_as for one in storage.every_file()] == [left.stored_as]

    @pytest.mark.parametrize(("left", "named", "gone"), [(20, 1, 20), (21, 21, 21), (21, 20, 0), (22, 1, 0)])
    def test_deletes_a_handful_or_the_smaller_half_alone(
        self, letter: Letter, folder: Path, left: int, named: int, gone: int
    ) -> None:
        for number in range(left + named - 1):
            kept = storage.keep_made([b"%PDF- of a letter"], case_id=letter.case_id)
            old(folder, kept.stored_as)
            if number >= left:
                Letter.objects.create(
                    case=letter.case, kind="missed-payments", dated_on=DAY, facts={}, html="", template_version="1",
                    rates_version="1", pdf_name=kept.stored_as, pdf_sha256=kept.sha256,
                )  # fmt: skip
        old(folder, letter.pdf_name)
        tasks.sweep_files()
        assert len(list(storage.every_file())) == left + named - gone
