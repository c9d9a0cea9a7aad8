"""Evidence and letters whose files lie in a store that speaks S3; and what a person is told when it does not answer."""

import time
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases import operations as case_operations
from cases.models import Case, FilesToRemove
from cms_tracker.pages import tasks
from cms_tracker.settings.files import Bucket
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence.models import EvidenceFile
from tests import corpus
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.pages import words
from tests.s3_store import TIMEOUT, S3Store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bucket")]
DOWN = "Files cannot be kept just now. Nothing was saved."
A_FEW = 10.0  # seconds of computing, beside what is waited for; no stopwatch on a busy machine


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(rosa)
    return browser


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


def upload(client: Client, case: Case) -> Any:
    answers = {"shows": "Their reply", "happened_on_d": 3, "happened_on_m": 3, "happened_on_y": 2025}
    file = SimpleUploadedFile("x.jpg", corpus.photo(), content_type="image/jpeg")
    return client.post(reverse("correspondence:new-evidence", args=[case.pk]), answers | {"file": file})


def door(name: str, case: Case) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, EvidenceFile.objects.get().pk])


def delete(case: Case, rosa: User, capture: Any) -> None:
    with capture(execute=True), transaction.atomic():
        case_operations.delete_case(actor=rosa, case=case)


class TestAFileInS3:
    def test_is_kept_handed_out_and_deleted_with_its_record(
        self, rosa: User, client: Client, case: Case, bucket: Bucket, django_capture_on_commit_callbacks: Any
    ) -> None:
        assert upload(client, case)["Location"] == door("evidence-file", case)
        assert client.get(door("original", case)).content == corpus.photo()
        copy = client.get(door("copy", case)).content
        assert copy.startswith(b"\xff\xd8")
        assert corpus.PLACE not in copy
        assert len(list(storage.every_file())) == 2
        delete(case, rosa, django_capture_on_commit_callbacks)
        assert storage.is_empty()
        assert not FilesToRemove.objects.exists()


class TestAStoreThatIsDown:
    def test_is_told_beside_the_file_and_nothing_is_kept_until_it_is_back(
        self, s3: S3Store, client: Client, case: Case
    ) -> None:
        s3.kill()
        page = upload(client, case)
        assert DOWN in words(page)
        assert "Their reply" in page.content.decode()
        assert not EvidenceFile.objects.exists()
        s3.go_on()
        assert upload(client, case)["Location"] == door("evidence-file", case)

    def test_keeps_nobody_waiting(self, s3: S3Store, client: Client, case: Case) -> None:
        upload(client, case)
        original = door("original", case)
        s3.stand_still()
        for ask in (lambda: upload(client, case), lambda: client.get(original)):
            began = time.monotonic()
            answer = ask()
            assert time.monotonic() - began < TIMEOUT + A_FEW
            assert answer.status_code in {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}
        s3.go_on()
        assert client.get(original).content == corpus.photo()
        assert EvidenceFile.objects.count() == 1

    def test_is_told_to_who_wants_a_file(self, s3: S3Store, client: Client, case: Case) -> None:
        upload(client, case)
        s3.misbehave("refuses")
        page = client.get(door("original", case))
        assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert "What you had saved before is safe." in words(page)
        s3.misbehave("none")
        assert client.get(door("original", case)).content == corpus.photo()

    def test_does_not_save_the_files_of_a_record_that_is_deleted(
        self, s3: S3Store, rosa: User, client: Client, case: Case, django_capture_on_commit_callbacks: Any
    ) -> None:
        upload(client, case)
        s3.misbehave("refuses")
        delete(case, rosa, django_capture_on_commit_callbacks)
        assert not Case.objects.exists()
        tasks.sweep_files()  # it does not answer yet
        s3.misbehave("none")
        assert len(list(storage.every_file())) == 2
        tasks.sweep_files()
        assert storage.is_empty()
        assert not FilesToRemove.objects.exists()
