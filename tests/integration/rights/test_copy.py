"""A person takes everything away: complete, theirs alone, for a day, and only while they may."""

import datetime as dt
import hashlib
import io
import json
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from arrears.core import case_file
from cases import operations as case_operations
from cases.core.roles import Role
from cases.models import Case, CaseMembership
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.rights import operations
from cms_tracker.rights.archive.rows import LEFT_OUT, OF_A_PERSON, OF_A_RECORD
from cms_tracker.rights.archive.zipped import MANIFEST, Entry, zipped
from cms_tracker.rights.models import AccountCopy
from cms_tracker.rights.tasks import sweep
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import tasks
from correspondence.models import Job
from tests.cast import PAUL, ROSA, SAM
from tests.factories import let_in, make_case, make_user
from tests.integration.access_world import one_row_of_each

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa, other_parent="Canary parent")
    one_row_of_each(case, rosa, mark="Canary")
    Job.objects.all().delete()  # what the world says is ready is ready
    AccountCopy.objects.all().delete()
    storage.remove_all(rosa.pk)
    return case


def asked(rosa: User) -> AccountCopy:
    return operations.ask_for_copy(actor=rosa, at=NOON)


def made(copy: AccountCopy) -> AccountCopy:
    tasks.do_what_waits()
    copy.refresh_from_db()
    return copy


def opened(copy: AccountCopy) -> zipfile.ZipFile:
    assert copy.stored_as
    return zipfile.ZipFile(Path(settings.PRIVATE_FILES_DIR) / copy.stored_as)


class TestTheFile:
    def test_holds_every_record_paper_file_and_line_of_who_did_what(self, rosa: User, case: Case) -> None:
        content = opened(made(asked(rosa)))
        names = set(content.namelist())
        assert {"index.html", "account.json", MANIFEST} <= names
        pages = ("index.html", "record.json", "every-entry.json", "who-did-what.json")
        assert {f"records/1/{name}" for name in pages} <= names
        for kind in ("letter", "statement"):
            assert f"records/1/papers/{kind}-001.pdf" in names
        for folder in ("as-it-came", "to-share"):
            assert [name for name in names if name.startswith(f"records/1/files/{folder}/")], folder
        again = case_file.parse(content.read("records/1/record.json").decode())
        assert again.other_parent == "Canary parent"
        acts = json.loads(content.read("records/1/who-did-what.json"))
        assert {"what": "case.opened", "who": "You"}.items() <= acts[0].items()
        page = content.read("records/1/index.html").decode()
        for said in ("Canary call", "Canary promise", "Canary file", "Deadlines"):
            assert said in page

    def test_holds_every_row_and_nothing_that_opens_something(self, rosa: User, case: Case) -> None:
        content = opened(made(asked(rosa)))
        rows = json.loads(content.read("records/1/every-entry.json"))
        for app, names in OF_A_RECORD.items():
            for name in names:
                model = apps.get_model(app, name)
                assert len(rows[name]) == model._default_manager.filter(case_id=case.pk).count(), name
        everything = content.read("account.json") + content.read("records/1/every-entry.json")
        assert ROSA.email.encode() in everything
        assert not re.search(rb'"(?:password|\w+_hash|stored_as|pdf_name)"', everything)

    def test_can_be_read_without_scripts_and_without_the_internet(self, rosa: User, case: Case) -> None:
        content = opened(made(asked(rosa)))
        pages = [name for name in content.namelist() if name.endswith(".html")]
        assert len(pages) == 2
        for page in pages:
            text = content.read(page).decode()
            assert not re.search(r"<script|<link|<img|<iframe|<style|javascript:|https?:|//\w", text)
            for target in re.findall(r'href="([^"]+)"', text):
                folder = page.rpartition("/")[0]
                path = Path(folder, target).as_posix()
                assert ("index.html" if "../.." in path else path) in content.namelist()

    def test_names_the_sha256_of_every_file_in_it(self, rosa: User, case: Case) -> None:
        content = opened(made(asked(rosa)))
        lines = dict(reversed(line.split("  ")) for line in content.read(MANIFEST).decode().splitlines())
        assert set(lines) == set(content.namelist()) - {MANIFEST}
        for name, sha256 in lines.items():
            assert hashlib.sha256(content.read(name)).hexdigest() == sha256

    def test_holds_nothing_of_a_record_that_belongs_to_somebody_else(self, rosa: User, case: Case) -> None:
        paul = make_user(PAUL)
        his = make_case(paul, other_parent="Somebody's canary")
        one_row_of_each(his, paul, mark="Foreign")
        let_in(rosa, his, by=paul, role=Role.HELPER, at=NOON)
        content = opened(made(asked(rosa)))
        assert {name.split("/")[1] for name in content.namelist() if name.startswith("records/")} == {"1"}
        for name in content.namelist():
            assert b"Foreign" not in content.read(name), name
            assert PAUL.email.encode() not in content.read(name), name

    def test_says_which_file_is_lost_instead_of_failing(self, rosa: User, case: Case) -> None:
        lost = Path(settings.PRIVATE_FILES_DIR) / f"{case.pk.hex}/one.pdf"
        lost.write_bytes(b"not what was written")
        content = opened(made(asked(rosa)))
        assert "records/1/papers/letter-001.pdf" not in content.namelist()
        assert "lost or damaged" in content.read("records/1/index.html").decode()

    def test_is_written_in_pieces_however_large_a_file_is(self) -> None:
        handed_on = []

        def pieces() -> Any:
            for number in range(64):
                handed_on.append(number)
                yield bytes([number]) * 2**20

        largest = max(len(piece) for piece in zipped([Entry("large.bin", pieces(), packs=False)]))
        assert len(handed_on) == 64
        assert largest < 3 * 2**20


class TestOfARecordThatIsDeleted:
    @pytest.mark.parametrize("days", [0, 14])
    def test_is_deleted_at_once(
        self, rosa: User, case: Case, days: int, django_capture_on_commit_callbacks: Any
    ) -> None:
        """It lies with what is the person's own, and would outlive the record; that of another record stays."""
        hers = made(asked(rosa))
        other = make_case(rosa)
        one_row_of_each(other, rosa, mark="Other")
        left = AccountCopy.objects.exclude(pk=hers.pk).get()
        there = Path(settings.PRIVATE_FILES_DIR)
        assert (there / hers.stored_as).is_file()
        operations.choose_days(actor=rosa, days=days)
        with django_capture_on_commit_callbacks(execute=True):
            operations.delete_record(actor=rosa, case=case, at=NOON)
        assert list(AccountCopy.objects.all()) == [left]
        assert not (there / hers.stored_as).exists()
        assert (there / left.stored_as).is_file()


class TestEveryKindOfRow:
    def test_is_handed_out_or_left_out_with_a_reason(self) -> None:
        """A new model that names a record or a person belongs into ``archive/rows.py``."""
        kinds = [*OF_A_RECORD.items(), *OF_A_PERSON.items()]
        said = {f"{app}.{name}" for app, names in kinds for name in names}
        found = set()
        for model in apps.get_models():
            points = {field.related_model._meta.label for field in model._meta.concrete_fields if field.related_model}
            if {"cases.Case", "users.User"} & points:
                found.add(model._meta.label)
        assert found - said - set(LEFT_OUT) == set()
        assert all(LEFT_OUT.values())


class TestWhoMayHaveIt:
    def test_nobody_else_is_given_the_file(self, rosa: User, case: Case) -> None:
        copy = made(asked(rosa))
        sam = Client()
        sam.force_login(make_user(SAM))
        url, never = (reverse("rights:copy-file", args=[key]) for key in (copy.pk, uuid.uuid4()))
        assert sam.get(url).status_code == sam.get(never).status_code == 404

    def test_it_fails_where_a_record_was_lost_between_asking_and_making(self, rosa: User, case: Case) -> None:
        copy = asked(rosa)
        CaseMembership.objects.filter(case=case, user=rosa).update(ended_at=NOON)
        made(copy)
        assert copy.stored_as == ""
        assert Job.objects.get(subject=copy.pk).failure == "not_allowed"
        assert not list(Path(settings.PRIVATE_FILES_DIR).glob(f"{rosa.pk.hex}/*"))

    def test_it_fails_where_a_record_is_lost_while_it_is_being_made(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from correspondence.tasks import claims

        copy, publish = asked(rosa), claims.publish

        def and_then_lost(job: Job, paper: Any) -> None:
            CaseMembership.objects.filter(case=case, user=rosa).update(ended_at=NOON)
            publish(job, paper)

        monkeypatch.setattr(claims, "publish", and_then_lost)
        made(copy)
        assert copy.stored_as == ""
        assert Job.objects.get(subject=copy.pk).failure == "not_allowed"

    def test_it_fails_where_the_sign_in_was_closed(self, rosa: User, case: Case) -> None:
        copy = asked(rosa)
        User.objects.filter(pk=rosa.pk).update(is_active=False)
        assert made(copy).stored_as == ""

    def test_it_is_not_handed_out_once_a_record_of_it_is_lost(self, client: Client, rosa: User, case: Case) -> None:
        with time_machine.travel(NOON, tick=False):
            copy = made(asked(rosa))
            client.force_login(rosa)
            url = reverse("rights:copy-file", args=[copy.pk])
            assert client.get(url).status_code == 200
            case_operations.set_aside(actor=rosa, case=case, at=NOON)
            assert client.get(url).status_code == 404
        assert not AccountCopy.objects.filter(pk=copy.pk).exists()


class TestTheDownload:
    def test_is_a_file_that_no_browser_shows_under_a_name_that_says_nothing(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        with time_machine.travel(NOON, tick=False):
            copy = made(asked(rosa))
            client.force_login(rosa)
            answer = client.get(reverse("rights:copy-file", args=[copy.pk]))
            content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == copy.sha256
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        assert answer["Content-Disposition"] == 'attachment; filename="copy-2026-11-20.zip"'
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_ends_after_a_day_and_the_file_is_deleted(
        self, client: Client, rosa: User, case: Case, django_capture_on_commit_callbacks: Any
    ) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            copy = made(asked(rosa))
            path = Path(settings.PRIVATE_FILES_DIR) / copy.stored_as
            url = reverse("rights:copy-file", args=[copy.pk])
            clock.shift(dt.timedelta(hours=23, minutes=59))
            sweep()
            client.force_login(rosa)
            assert client.get(url).status_code == 200
            clock.shift(dt.timedelta(minutes=1))
            client.force_login(rosa)
            assert client.get(url).status_code == 404
            with django_capture_on_commit_callbacks(execute=True):
                sweep()
                sweep()
        assert not path.exists()
        assert not AccountCopy.objects.exists()
        assert not Job.objects.filter(subject=copy.pk).exists()

    def test_leaves_rows_in_the_audit(self, client: Client, rosa: User, case: Case) -> None:
        with time_machine.travel(NOON, tick=False):
            copy = made(asked(rosa))
            client.force_login(rosa)
            client.get(reverse("rights:copy-file", args=[copy.pk]))
        kinds = Event.objects.filter(subject=str(copy.pk)).values_list("kind", flat=True)
        assert sorted(kinds) == ["account.copy_asked", "account.copy_taken", "case.exported"]


class TestHowOften:
    def test_is_counted_in_the_database_and_limited_by_day(self, rosa: User) -> None:
        for _ in range(3):
            asked(rosa)
        with pytest.raises(Refusal, match="Try again tomorrow"):
            asked(rosa)
        assert AccountCopy.objects.count() == 3
        later = operations.ask_for_copy(actor=rosa, at=NOON + dt.timedelta(days=1, seconds=1))
        assert later.pk

    def test_a_form_sent_twice_asks_once(self, client: Client, rosa: User) -> None:
        key = str(uuid.uuid4())
        client.force_login(rosa)
        for _ in range(2):
            assert client.post(reverse("rights:copy"), {"entry": key}).status_code == 302
        assert AccountCopy.objects.count() == Job.objects.count() == 1

    def test_the_key_of_somebody_elses_copy_gives_a_copy_of_ones_own(self, rosa: User) -> None:
        foreign = asked(make_user(PAUL))
        mine = operations.ask_for_copy(actor=rosa, at=NOON, entry_id=foreign.pk)
        assert mine.pk != foreign.pk
        assert mine.user == rosa


class TestThePage:
    def test_says_how_far_it_is_and_offers_the_file(self, client: Client, rosa: User, case: Case) -> None:
        client.force_login(rosa)
        client.post(reverse("rights:copy"), {})
        assert "being made" in client.get(reverse("rights:copy")).content.decode()
        made(AccountCopy.objects.get())
        page = client.get(reverse("rights:copy")).content.decode()
        assert "Download the file" in page
