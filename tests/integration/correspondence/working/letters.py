"""What the tests of the work ask about a letter and its row."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from cms_tracker.users.models import User
from correspondence import operations
from correspondence.core.jobs import JobKind
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.models import Job, Letter

PRIVATE = Path(settings.PRIVATE_FILES_DIR)
NOW = dt.datetime(2025, 7, 10, 9, 0, tzinfo=dt.UTC)
CHOICES = Choices(sender="Rosa Martin", answers=Answers({"reported": ("2025-05-03",), "ask_collect": "no"}))


def job_of(letter: Letter) -> Job:
    return Job.objects.get(kind=JobKind.LETTER, subject=letter.pk)


def stands(letter: Letter, **values: Any) -> None:
    Job.objects.filter(subject=letter.pk).update(**values)


def again(rosa: User, letter: Letter) -> None:
    letter.refresh_from_db()
    operations.try_again(
        actor=rosa,
        case=letter.case,
        kind=JobKind.LETTER,
        subject=letter.pk,
        stored_as=letter.pdf_name,
        sha256=letter.pdf_sha256,
    )


def page_of(letter: Letter, visitor: User) -> str:
    client = Client()
    client.force_login(visitor)
    return client.get(reverse("correspondence:letter", args=[letter.case_id, letter.pk])).content.decode()
