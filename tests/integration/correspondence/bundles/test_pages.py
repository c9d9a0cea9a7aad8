"""The pages of a bundle: from the button to the file, and never past what a person has to look at."""

import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cases import operations as case_operations
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from correspondence import operations, tasks
from correspondence.core.bundles import choices as bundle_choices
from correspondence.models import Bundle, EvidenceFile, Job, KeepOut
from tests import corpus
from tests.integration.correspondence.bundles.making import PRIVATE, begun, content_of, job_of, made

pytestmark = pytest.mark.django_db
AddFile = Callable[..., EvidenceFile]


def url(name: str, bundle: Bundle, *more: str) -> str:
    return reverse(f"correspondence:{name}", args=[bundle.case_id, bundle.pk, *more])


def chosen(bundle: Bundle) -> bundle_choices.Choices:
    bundle.refresh_from_db()
    return bundle_choices.from_json(bundle.choices)


class TestPuttingTogether:
    def test_begins_with_one_press_and_can_be_made_with_the_next(self, client: Client, case: Case) -> None:
        page = client.post(reverse("correspondence:new-bundle", args=[case.pk]), {"purpose": "tribunal"}, follow=True)
        bundle = Bundle.objects.get(case=case)
        assert "rules 19 and 22" in page.content.decode()
        check = client.get(url("check-bundle", bundle)).content.decode()
        assert "the other parent" in check
        client.post(url("check-bundle", bundle))
        assert Job.objects.get(kind="bundle", subject=bundle.pk).state == "queued"

    def test_moves_sections_by_buttons_and_keeps_the_ticks(self, client: Client, rosa: User, case: Case) -> None:
        bundle = begun(rosa, case)
        sections = [one.value for one in chosen(bundle).sections if one != "plans"]
        client.post(url("bundle-sections", bundle), {"sections": sections, "down": "chronology"})
        assert [one.value for one in chosen(bundle).sections] == [
            "schedule", "chronology", "calls", "letters", "evidence",
        ]  # fmt: skip
        client.post(url("bundle-sections", bundle), {"sections": sections, "up": "evidence"})
        assert [one.value for one in chosen(bundle).sections][-2:] == ["evidence", "letters"]

    def test_asks_for_a_section_and_for_dates_in_order(self, client: Client, rosa: User, case: Case) -> None:
        bundle = begun(rosa, case)
        assert "at least one section" in client.post(url("bundle-sections", bundle), {}).content.decode()
        days = {"since_d": 1, "since_m": 7, "since_y": 2025, "until_d": 1, "until_m": 6, "until_y": 2025}
        assert "before the first" in client.post(url("bundle-period", bundle), days).content.decode()

    def test_leaves_out_and_orders_files(self, client: Client, rosa: User, case: Case, add_file: AddFile) -> None:
        keys = [f"file:{add_file(corpus.pdf(words), 'a.pdf', shows=words).pk}" for words in ("One", "Two", "Three")]
        bundle = begun(rosa, case)
        first, *rest = chosen(bundle).exhibits
        client.post(url("bundle-list", bundle, "exhibits"), {"out": [first], "up": rest[1]})
        assert set(chosen(bundle).exhibits) == set(keys) - {first}
        assert chosen(bundle).exhibits == (rest[1], rest[0])

    def test_knows_no_other_list(self, client: Client, rosa: User, case: Case) -> None:
        assert client.get(url("bundle-list", begun(rosa, case), "secrets")).status_code == 404

    def test_keeps_words_out_once_and_takes_them_away(self, client: Client, case: Case) -> None:
        page = reverse("correspondence:keep-out", args=[case.pk])
        for _ in range(2):
            client.post(page, {"text": " 12 Rose Lane "})
        (kept,) = KeepOut.objects.filter(case=case)
        assert "12 Rose Lane" in client.get(page).content.decode()
        assert "at least 3" in client.post(page, {"text": "a b"}).content.decode()
        client.post(reverse("correspondence:stop-keeping-out", args=[case.pk, kept.pk]))
        assert not KeepOut.objects.filter(case=case).exists()


@pytest.mark.usefixtures("_pango")
class TestTakingAway:
    @pytest.fixture
    def bundle(self, rosa: User, case: Case, add_file: AddFile) -> Bundle:
        add_file(corpus.photo(), "photo.jpg", shows="Photo of a letter")
        return made(rosa, begun(rosa, case))

    def test_waits_until_somebody_has_looked_at_what_was_not_read(self, client: Client, bundle: Bundle) -> None:
        assert client.get(url("bundle-pdf", bundle)).status_code == 302
        assert client.get(url("bundle-manifest", bundle)).status_code == 302
        page = client.get(url("release-bundle", bundle)).content.decode()
        assert "Pictures were not read" in page
        assert "The adviser, and the people they work with" in page
        refused = client.post(url("release-bundle", bundle), {"understood": "on"}).content.decode()
        assert "Look at each of these" in refused
        key = re.findall(r'name="looked_at" value="([^"]+)"', page)
        client.post(url("release-bundle", bundle), {"understood": "on", "looked_at": key})
        answer = client.get(url("bundle-pdf", bundle))
        assert answer.content == content_of(bundle)
        assert answer["Content-Disposition"] == 'attachment; filename="bundle-2025-07-10.pdf"'
        assert Event.objects.filter(kind="bundle.taken", case_id=bundle.case_id).count() == 1

    def test_comes_with_a_manifest_that_the_command_checks(
        self, client: Client, rosa: User, bundle: Bundle, tmp_path: Path
    ) -> None:
        Bundle.objects.filter(pk=bundle.pk).update(released_at=bundle.ready_at)
        file, manifest = tmp_path / "bundle.pdf", tmp_path / "bundle.json"
        file.write_bytes(client.get(url("bundle-pdf", bundle)).content)
        manifest.write_bytes(client.get(url("bundle-manifest", bundle)).content)
        said = StringIO()
        call_command("verify_bundle", str(file), str(manifest), stdout=said)
        assert "The bundle is the one that was made: " in said.getvalue()
        assert "Photo of a letter" in said.getvalue()
        file.write_bytes(file.read_bytes() + b"\n")
        with pytest.raises(CommandError, match="file: the file is not the one"):
            call_command("verify_bundle", str(file), str(manifest), stdout=said)
        with pytest.raises(CommandError, match=r"file: .* cannot be read"):
            call_command("verify_bundle", str(tmp_path / "none"), str(manifest), stdout=said)
        manifest.write_text(json.dumps({}))
        with pytest.raises(CommandError, match="manifest: this is no manifest"):
            call_command("verify_bundle", str(file), str(manifest), stdout=said)
        manifest.write_text("no JSON")
        with pytest.raises(CommandError, match="manifest: this is not JSON"):
            call_command("verify_bundle", str(file), str(manifest), stdout=said)
        text = client.get(url("bundle-manifest", bundle) + "?as=text").content.decode()
        assert text.startswith(f"{bundle.pdf_sha256}  bundle-2025-07-10.pdf\n")

    def test_is_stopped_where_the_file_is_not_the_one_that_was_made(self, client: Client, bundle: Bundle) -> None:
        Bundle.objects.filter(pk=bundle.pk).update(released_at=bundle.ready_at)
        (PRIVATE / bundle.pdf_name).write_bytes(b"other")
        assert "The PDF is not there" in client.get(url("bundle-pdf", bundle), follow=True).content.decode()

    def test_cannot_be_changed_once_it_is_made(self, client: Client, rosa: User, bundle: Bundle) -> None:
        page = client.post(url("reopen-bundle", bundle), follow=True).content.decode()
        assert "has been made already" in page
        assert client.get(url("bundle-period", bundle)).status_code == 302
        assert "has been made already" in client.post(url("remove-bundle", bundle), follow=True).content.decode()


class TestTheWork:
    def test_can_be_stopped_while_it_waits(self, client: Client, rosa: User, case: Case) -> None:
        bundle = begun(rosa, case)
        client.post(url("check-bundle", bundle))
        client.post(url("reopen-bundle", bundle))
        bundle.refresh_from_db()
        assert bundle.made_on is None
        assert not Job.objects.filter(subject=bundle.pk).exists()
        tasks.do_what_waits()
        bundle.refresh_from_db()
        assert bundle.pdf_name == ""

    def test_is_not_done_for_somebody_who_may_no_longer(self, rosa: User, case: Case) -> None:
        from cases.models import CaseMembership

        bundle = begun(rosa, case)
        operations.make_bundle(actor=rosa, case=case, bundle_id=bundle.pk, on=bundle.begun_at.date())
        CaseMembership.objects.filter(case=case, user=rosa).update(ended_at=bundle.begun_at)
        tasks.do_what_waits()
        assert (job_of(bundle).state, job_of(bundle).failure) == ("failed", "not_allowed")

    def test_goes_with_the_record(self, rosa: User, case: Case, add_file: AddFile) -> None:
        operations.keep_out(actor=rosa, case=case, text="12 Rose Lane")
        bundle = begun(rosa, case)
        case_operations.delete_case(actor=rosa, case=case)
        assert not Bundle.objects.filter(pk=bundle.pk).exists()
        assert not KeepOut.objects.exists()
