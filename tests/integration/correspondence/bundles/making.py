"""Short ways to a finished bundle."""

import io
import uuid
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from pypdf import PdfReader

from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations
from correspondence.core.bundles.contents import Document
from correspondence.core.bundles.purposes import Purpose
from correspondence.models import Bundle, Job
from correspondence.tasks.bundles import bundle as maker
from tests.functional.direct_pay import TODAY

PRIVATE = Path(settings.PRIVATE_FILES_DIR)


class Finished(NamedTuple):
    """A bundle that was made, its bytes when it was made again, and what stands in it."""

    content: bytes
    again: bytes
    documents: tuple[Document, ...]
    pages: int | None

    @property
    def reader(self) -> Any:
        return PdfReader(io.BytesIO(self.content))

    @property
    def texts(self) -> list[str]:
        return [page.extract_text() for page in self.reader.pages]


def begun(rosa: User, case: Case, purpose: Purpose = Purpose.ADVISER) -> Bundle:
    """A bundle with everything in it."""
    return operations.begin_bundle(actor=rosa, case=case, purpose=purpose, on=TODAY)


def made(rosa: User, bundle: Bundle) -> Bundle:
    """The bundle after a worker has had its turn, without the worker: what it would do, done here."""
    operations.make_bundle(actor=rosa, case=bundle.case, bundle_id=bundle.pk, on=TODAY)
    paper = maker(job_of(bundle), lambda **_: None)
    paper.note(storage.put(paper.content, case_id=bundle.case_id, name=uuid.uuid4().hex))
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
    """The words of each page; where its lines end depends on the fonts of the machine."""
    return [" ".join(page.extract_text().split()) for page in pdf_of(bundle).pages]
