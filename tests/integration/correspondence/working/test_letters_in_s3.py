"""A letter whose file lies in a store that speaks S3."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cms_tracker.settings.files import Bucket
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import tasks
from correspondence.core.jobs import FailureCode
from correspondence.models import Letter
from correspondence.tasks import claims
from tests.integration.correspondence.working.letters import job_of
from tests.s3_store import S3Store

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_pango")
class TestALetterInS3:
    def test_waits_while_the_store_is_down_and_is_then_made_and_handed_out(
        self, letter: Letter, rosa: User, s3: S3Store, bucket: Bucket, clock: time_machine.Traveller
    ) -> None:
        s3.misbehave("refuses")
        tasks.do_what_waits()
        assert (job_of(letter).state, job_of(letter).attempts) == ("queued", 0)
        assert job_of(letter).failure == FailureCode.NO_ROOM
        s3.misbehave("none")
        clock.shift(claims.ROOM_MAY_COME)
        tasks.do_what_waits()
        assert (job_of(letter).state, job_of(letter).failure) == ("ready", "")
        letter.refresh_from_db()
        assert [one.stored_as for one in storage.every_file()] == [letter.pdf_name]
        browser = Client()
        browser.force_login(rosa)
        pdf = browser.get(reverse("correspondence:pdf", args=[letter.case_id, letter.pk]))
        assert pdf.content.startswith(b"%PDF-")
        assert storage.sha256_of(letter.pdf_name) == letter.pdf_sha256
