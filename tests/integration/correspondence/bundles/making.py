"""Short ways to a finished bundle."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from pypdf import PdfReader

from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations, tasks
from correspondence.core.bundles.purposes import Purpose
from correspondence.models import Bundle, Job
from tests.functional.direct_pay import TODAY

PRIVATE = Path(settings.PRIVATE_FILES_DIR)


def begun(rosa: User, case: Case, purpose: Purpose = Purpose.ADVISER) -> Bundle:
    """A bundle with everything in it."""
    return operations.begin_bundle(actor=rosa, case=case, purpose=purpose, on=TODAY)


def made(rosa: User, bundle: Bundle) -> Bundle:
    """The bundle after a worker has had its turn."""
    operations.make_bundle(actor=rosa, case=bundle.case, bundle_id=bundle.pk, on=TODAY)
    tasks.do_what_waits()
    bundle.refresh_from_db()
    return bundle


def job_of(bundle: Bundle) -> Job:
    return Job.objects.get(kind="bundle", subject=bundle.pk)


def content_of(bundle: Bundle) -> bytes:
    content = storage.read_kept(bundle.pdf_name, sha256=bundle.pdf_sha256)
    assert content is not None
    return content


def pdf_of(bundle: Bundle) -> Any:
    return PdfReader(io.BytesIO(content_of(bundle)))


def texts_of(bundle: Bundle) -> list[str]:
    return [page.extract_text() for page in pdf_of(bundle).pages]
