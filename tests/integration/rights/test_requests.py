"""The register of requests, and the answer to somebody who has no sign-in here."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cases.core.organisations import PostRole
from cases.models import Case, CaseMembership, Check, CheckedCase, Closing
from cms_tracker.audit.models import Event
from cms_tracker.rights.archive.another import NEUTRAL
from cms_tracker.rights.models import Release, RightsRequest
from cms_tracker.users.models import User
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import make_case, make_organisation, make_post, make_user
from tests.integration.access_world import one_row_of_each

pytestmark = pytest.mark.django_db
NAME = "Viktor Haugen"


def run(command: str, *words: str, **options: Any) -> str:
    said = io.StringIO()
    call_command(command, *words, stdout=said, **options)
    return said.getvalue()


def enter(who: str, *words: str) -> RightsRequest:
    run("rights_request", "add", "seven", "--who", who, *words)
    return RightsRequest.objects.latest("received_on")


class TestTheRegister:
    def test_counts_from_the_day_it_came_with_what_we_waited(self) -> None:
        request = enter("another", "--on", "2025-01-31")
        key = str(request.pk)
        assert "answer by 2025-02-28" in run("rights_request", "list")
        assert "paused" in run("rights_request", "pause", key, "--on", "2025-02-03")
        assert "answer by 2025-03-07" in run("rights_request", "resume", key, "--on", "2025-02-10")
        assert "answer by 2025-03-10" in run("rights_request", "identity", key, "--on", "2025-02-05")
        assert "answered 2025-03-01: refused" in run(
            "rights_request", "answer", key, "--on", "2025-03-01", "--how", "refused"
        )
        assert run("rights_request", "list") == ""

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["resume"], "not paused"),
            (["identity", "--on", "2024-01-01"], "before the request came"),
        ],
    )
    def test_refuses_what_cannot_be(self, words: list[str], sentence: str) -> None:
        request = enter("another", "--on", "2025-01-31")
        with pytest.raises(CommandError, match=sentence):
            run("rights_request", words[0], str(request.pk), *words[1:])


class TestAHolder:
    def test_gets_everything_after_showing_who_they_are(self, tmp_path: Path) -> None:
        rosa = make_user(ROSA)
        one_row_of_each(make_case(rosa), rosa, mark="Canary")
        request, file = enter("holder"), tmp_path / "everything.zip"
        words = {"request": str(request.pk), "holder": ROSA.email, "output": str(file)}
        arguments = [f"--{name}={value}" for name, value in words.items()]
        with pytest.raises(CommandError, match="who they are"):
            run("export_subject", *arguments)
        run("rights_request", "identity", str(request.pk))
        run("export_subject", *arguments)
        assert "records/1/record.json" in zipfile.ZipFile(file).namelist()
        assert file.stat().st_mode & 0o077 == 0
        assert Event.objects.filter(kind="account.exported_by_operator", subject=str(request.pk)).exists()
        with pytest.raises(FileExistsError):
            run("export_subject", *arguments)


class TestAnother:
    @pytest.fixture
    def hers(self) -> Case:
        rosa = make_user(ROSA)
        case = make_case(rosa, other_parent=NAME, note=f"{NAME} came to Canary Road", children=["Canary child"])
        one_row_of_each(case, rosa, mark="Canary")
        return case

    def put_together(self, tmp_path: Path, *names: str, folder: str = "answer") -> tuple[Path, str]:
        request, place = enter("another"), tmp_path / folder
        others = [word for name in names for word in ("--other", name)]
        said = run("export_subject", f"--request={request.pk}", *others, f"--output={place}")
        return place, said

    def test_gets_only_what_is_theirs_and_nothing_of_hers(self, hers: Case, tmp_path: Path) -> None:
        folder, _ = self.put_together(tmp_path, NAME.lower())
        own = (folder / "own.json").read_text()
        assert [one["value"] for one in json.loads(own)["your_data"]] == [NAME]
        for word in ("Canary", ROSA.email, hers.reference, str(hers.pk), "2025", "2026"):
            assert word not in own, word
        review = (folder / "review-not-to-hand-on.json").read_text()
        assert f"{NAME} came to Canary Road" in review
        assert (folder / "own.json").stat().st_mode & 0o077 == 0

    def test_is_looked_for_in_what_advisers_write_at_work_too(self, hers: Case, tmp_path: Path) -> None:
        """No copy hands it out, and it is about people all the same: two people choose out of it."""
        member = CaseMembership.objects.get(case=hers)
        Closing.objects.create(case=hers, membership=member, reason="done", note=f"{NAME} rang the office")
        office = make_organisation()
        sam, ada = (
            make_post(make_user(SAM), office, PostRole.SUPERVISOR),
            make_post(make_user(ADA), office, PostRole.ADVISER),
        )
        check = Check.objects.create(organisation=office, supervisor=sam, adviser=ada, seed=1, checklist="1")
        CheckedCase.objects.create(of=check, case=hers, found=NAME)
        folder, _ = self.put_together(tmp_path, NAME)
        review = json.loads((folder / "review-not-to-hand-on.json").read_text())
        written = {one["entry"]: one["text"] for one in review}
        assert written["closing"] == f"{NAME} rang the office"
        assert written["checkedcase"] == NAME
        own = (folder / "own.json").read_text()
        assert "closing" not in own
        assert "checkedcase" not in own

    def test_is_told_nothing_until_two_people_have_decided(self, hers: Case, tmp_path: Path) -> None:
        folder, _ = self.put_together(tmp_path, NAME)
        request = RightsRequest.objects.get()
        words = [f"--request={request.pk}", f"--release={folder}"]
        assert "Another person" in run("export_subject", *words, "--by=Jo Smith")
        assert "Another person" in run("export_subject", *words, "--by= jo  SMITH")
        assert not (folder / "released.json").exists()
        assert "two people" in run("export_subject", *words, "--by=Kit Jones")
        assert (folder / "released.json").read_bytes() == (folder / "own.json").read_bytes()
        assert Release.objects.count() == 2

    def test_needs_two_people_anew_where_the_answer_was_changed(self, hers: Case, tmp_path: Path) -> None:
        folder, _ = self.put_together(tmp_path, NAME)
        words = [f"--request={RightsRequest.objects.get().pk}", f"--release={folder}"]
        run("export_subject", *words, "--by=Jo")
        (folder / "own.json").write_text("{}")
        assert "Another person" in run("export_subject", *words, "--by=Kit")
        assert not (folder / "released.json").exists()

    def test_learns_no_more_where_there_is_nothing(self, hers: Case, tmp_path: Path) -> None:
        """Whoever watches the command, or reads the neutral answer, cannot tell whether anybody is here."""
        found, said = self.put_together(tmp_path, NAME)
        RightsRequest.objects.all().delete()
        nothing, silent = self.put_together(tmp_path, "Nobody Atall", folder="other")
        assert said == silent
        neutral = [(folder / "answer-that-says-nothing.txt").read_text() for folder in (found, nothing)]
        assert neutral == [NEUTRAL, NEUTRAL]
        assert "neither confirm nor deny" in NEUTRAL
        assert json.loads((nothing / "own.json").read_text())["your_data"] == []

    def test_is_not_answered_with_the_sign_in_of_somebody_who_has_one(self, hers: Case, tmp_path: Path) -> None:
        paul: User = make_user(PAUL)
        one_row_of_each(make_case(paul), paul, mark="Foreign")
        folder, _ = self.put_together(tmp_path, NAME)
        for file in folder.iterdir():
            assert "Foreign" not in file.read_text()

    def test_does_not_take_a_part_of_a_word_for_a_name(self, hers: Case, tmp_path: Path) -> None:
        folder, _ = self.put_together(tmp_path, "Haug")
        assert json.loads((folder / "review-not-to-hand-on.json").read_text()) == []


class TestAnIncident:
    def test_is_reported_with_who_what_and_when_and_no_content(self) -> None:
        rosa = make_user(ROSA)
        with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
            case = make_case(rosa, note="Canary")
        report = run("incident_report", "--from=2026-01-01", "--to=2100-01-01", "--learnt=2026-11-20T17:00:00")
        found = json.loads(report)
        assert found["records_touched"] == 1
        assert found["people_who_acted"] == 1
        assert found["tell_the_ico_by"] == "2026-11-23T17:00:00+00:00"
        opened = {"kind": "case.opened", "actor": str(rosa.pk), "record": str(case.pk)}
        assert opened.items() <= found["what"][0].items()
        assert "Canary" not in report
        assert ROSA.email not in report
