"""Proof: taken by its content, kept as it came, handed back only to people of the case."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrears import operations
from arrears.core.facts import Route
from arrears.models import Evidence, Payment
from cases import operations as case_operations
from cases import queries as case_queries
from cases.models import Case
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from cms_tracker.web import storage
from tests.cast import ADA, PAUL, SAM
from tests.corpus import PLACE, accepted, archive, pdf, photo, picture, plain_pdf, png_that_says
from tests.factories import let_in, make_user, monthly_case
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db

PDF = plain_pdf()


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


@pytest.fixture
def payment(rosa: User, case: Case) -> Payment:
    return operations.record_payment(
        actor=rosa, case=case, paid_on=day("2025-03-03"), amount_pence=26000, recorded_on=None, route=Route.DIRECT
    )


@pytest.fixture
def send(client: Client, case: Case, payment: Payment) -> Callable[[str, bytes], object]:
    """Add a file to the payment: ``send("bank.pdf", b"...")``."""

    def sent(name: str, content: bytes) -> object:
        upload = SimpleUploadedFile("x", content, content_type="text/html")
        upload._name = name  # the setter would clean it as a browser's is not
        return client.post(reverse("arrears:add-proof", args=[case.pk, payment.pk]), {"proof": upload})

    return sent


def stored(row: Evidence) -> bytes:
    with storage.open_kept(row.stored_as) as file:
        return file.read()


class TestAddingProof:
    @pytest.mark.parametrize(
        ("content", "name", "kind"),
        [
            (PDF, "bank.pdf", "application/pdf"),
            (picture("PNG"), "bank.png", "image/png"),
            (picture("JPEG"), "bank.jpg", "image/jpeg"),
            (picture("WEBP"), "bank.webp", "image/webp"),
        ],
    )
    def test_keeps_the_file_as_it_came_under_a_random_name(
        self, send: Callable[..., object], case: Case, content: bytes, name: str, kind: str
    ) -> None:
        send("bank.exe", content)
        row = Evidence.objects.get(case_id=case.pk)
        assert (row.name, row.media_type, row.size) == (name, kind, len(content))
        assert row.sha256 == hashlib.sha256(content).hexdigest()
        assert stored(row) == content
        assert re.fullmatch(r"[0-9a-f]{32}/[0-9a-f]{32}", row.stored_as)
        assert not any(part.name.startswith(".") for part in folder(case).iterdir())

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "This file is empty"),
            (b"<html><script>1</script>", "This is a web page"),
            (b"MZ\0" + b"0" * 99, "This is not a photo"),
            (b"\x89PNG\r\n\x1a\n" + b"rubbish" * 9, "damaged"),
            (png_that_says(60000, 60000), "40 million"),
            (PDF + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
            (PDF + archive(), "two kinds of file in one"),
        ],
        ids=lambda value: value if isinstance(value, str) else str(len(value)),
    )
    def test_refuses_in_one_sentence_and_keeps_nothing(
        self, send: Callable[..., object], case: Case, content: bytes, said: str
    ) -> None:
        response = send("bank.pdf", content)
        errors = response.context["form"].errors["proof"]
        assert len(errors) == 1
        assert said in errors[0]
        assert not Evidence.objects.exists()
        assert not folder(case).exists()

    def test_keeps_a_copy_that_tells_no_more_than_it_shows(self, send: Callable[..., object], case: Case) -> None:
        send("photo.jpg", photo())
        made = case_queries.shared_copy_of(case.pk, Evidence.objects.get().sha256)
        assert made is not None
        content = storage.read_kept(made.stored_as, sha256=made.sha256)
        assert PLACE in stored(Evidence.objects.get())
        assert content is not None
        assert PLACE not in content

    def test_sent_twice_keeps_the_first(self, client: Client, case: Case, payment: Payment) -> None:
        url = reverse("arrears:add-proof", args=[case.pk, payment.pk])
        entry = str(client.get(url).context["form"]["entry"].value())
        for content in (PDF, pdf("another")):
            client.post(url, {"entry": entry, "proof": SimpleUploadedFile("a.pdf", content)})
        assert [stored(row) for row in Evidence.objects.all()] == [PDF]

    def test_goes_with_the_payment_that_is_logged(self, client: Client, case: Case) -> None:
        url = reverse("arrears:log-payment", args=[case.pk])
        sent = {"came": "other", "amount": "10", "when": "today", "proof": SimpleUploadedFile("a.png", picture("PNG"))}
        assert client.post(url, sent).status_code == 302
        assert Evidence.objects.get().payment.amount_pence == 1000

    def test_is_refused_with_the_payment_when_the_file_is_wrong(self, client: Client, case: Case) -> None:
        url = reverse("arrears:log-payment", args=[case.pk])
        sent = {"came": "other", "amount": "10", "when": "today", "proof": SimpleUploadedFile("a.png", b"no\0picture")}
        assert list(client.post(url, sent).context["form"].errors) == ["proof"]
        assert not Payment.objects.exists()

    def test_stops_at_as_many_files_as_a_case_may_hold(
        self, send: Callable[..., object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(storage, "MOST_FILES", 1)
        send("a.pdf", PDF)
        response = send("b.pdf", PDF)
        assert "full of files" in response.context["form"].errors["proof"][0]
        assert Evidence.objects.count() == 1

    def test_is_only_for_a_payment_of_the_case(self, rosa: User, case: Case, payment: Payment) -> None:
        proof = accepted()
        other = monthly_case(rosa)
        with pytest.raises(Refusal, match="not in your record"):
            operations.add_proof(actor=rosa, case=other, payment_id=payment.pk, proof=proof)
        assert not folder(other).exists()
        operations.add_proof(actor=rosa, case=case, payment_id=payment.pk, proof=proof)
        assert Evidence.objects.get().payment == payment


class TestHandingItBack:
    @pytest.fixture
    def kept(self, send: Callable[..., object]) -> Evidence:
        send("Kontoauszug März.html", picture("PNG"))
        return Evidence.objects.get()

    def test_is_a_download_that_no_browser_runs(self, client: Client, case: Case, kept: Evidence) -> None:
        response = client.get(reverse("arrears:proof", args=[case.pk, kept.pk]))
        assert handed(response) == picture("PNG")
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''Kontoauszug%20M%C3%A4rz.png"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"

    def test_ignores_a_request_for_a_part(self, client: Client, case: Case, kept: Evidence) -> None:
        url = reverse("arrears:proof", args=[case.pk, kept.pk])
        assert handed(client.get(url, headers={"range": "bytes=0-1"})) == picture("PNG")

    def test_is_only_for_people_of_the_case(self, rosa: User, client: Client, case: Case, kept: Evidence) -> None:
        url = reverse("arrears:proof", args=[case.pk, kept.pk])
        assert handed(client.get(url)) == picture("PNG")
        for person in (PAUL, ADA, SAM):
            stranger = Client()
            stranger.force_login(make_user(person))
            assert stranger.get(url).status_code == 404

    def test_gives_those_who_help_the_copy_alone(self, rosa: User, case: Case, send: Callable[..., object]) -> None:
        send("photo.jpg", photo())
        row = Evidence.objects.get()
        helper = make_user(ADA)
        let_in(helper, case, by=rosa, at=timezone.now())
        browser = Client()
        browser.force_login(helper)
        response = browser.get(reverse("arrears:proof", args=[case.pk, row.pk]))
        assert PLACE not in handed(response)
        assert response.headers["Content-Disposition"] == f'attachment; filename="copy-{row.sha256[:8]}.jpg"'

    def test_makes_the_copy_where_none_was_kept(self, rosa: User, case: Case, payment: Payment) -> None:
        kept = storage.keep([photo()], case_id=case.pk)
        values = {"name": "a.jpg", "media_type": "image/jpeg", "size": kept.size, "sha256": kept.sha256}
        row = Evidence.objects.create(case_id=case.pk, payment=payment, stored_as=kept.stored_as, **values)
        helper = make_user(ADA)
        let_in(helper, case, by=rosa, at=timezone.now())
        browser = Client()
        browser.force_login(helper)
        content = handed(browser.get(reverse("arrears:proof", args=[case.pk, row.pk])))
        assert content.startswith(b"\xff\xd8\xff")
        assert PLACE not in content

    def test_says_nothing_of_a_file_that_was_changed(self, client: Client, case: Case, kept: Evidence) -> None:
        (Path(settings.PRIVATE_FILES_DIR) / kept.stored_as).write_bytes(b"something else")
        assert client.get(reverse("arrears:proof", args=[case.pk, kept.pk])).status_code == 404

    def test_is_not_reached_through_another_case(self, rosa: User, client: Client, kept: Evidence) -> None:
        other = monthly_case(rosa)
        assert client.get(reverse("arrears:proof", args=[other.pk, kept.pk])).status_code == 404

    def test_says_nothing_of_a_file_that_is_gone(self, client: Client, case: Case, kept: Evidence) -> None:
        (Path(settings.PRIVATE_FILES_DIR) / kept.stored_as).unlink()
        assert client.get(reverse("arrears:proof", args=[case.pk, kept.pk])).status_code == 404


class TestDeletingTheCase:
    def test_deletes_its_files(
        self, rosa: User, case: Case, send: Callable[..., object], django_capture_on_commit_callbacks: object
    ) -> None:
        send("a.pdf", PDF)
        files = folder(case)
        assert files.exists()
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            case_operations.delete_case(actor=rosa, case=case)
        assert not files.exists()


def handed(response: "object") -> bytes:
    """The whole download."""
    assert response.status_code == 200
    return response.content


def folder(case: Case) -> Path:
    return Path(settings.PRIVATE_FILES_DIR) / case.pk.hex
