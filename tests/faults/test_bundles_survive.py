"""A bundle is made by a real worker over a real broker, and survives the end of both."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations
from correspondence.core.bundles.purposes import Purpose
from correspondence.models import Bundle, Job
from tests.cast import ROSA
from tests.conftest import Worker
from tests.factories import import_example, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PRIVATE = Path(settings.PRIVATE_FILES_DIR)
ON = dt.date(2025, 7, 10)


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return import_example("weekly-catch-up", rosa)


def asked(rosa: User, case: Case) -> Bundle:
    bundle = operations.begin_bundle(actor=rosa, case=case, purpose=Purpose.ADVISER, on=ON)
    return operations.make_bundle(actor=rosa, case=case, bundle_id=bundle.pk, on=ON)


def state_of(bundle: Bundle) -> str:
    return Job.objects.get(subject=bundle.pk).state


class TestABundle:
    def test_is_made_once_although_its_worker_was_killed_in_the_middle(
        self, worker: Worker, rosa: User, case: Case
    ) -> None:
        bundle = asked(rosa, case)
        worker.wait_for(lambda: state_of(bundle) != "queued")
        worker.kill()
        Job.objects.filter(subject=bundle.pk, state="rendering").update(lease_until=bundle.begun_at)  # it has run out
        worker.start()
        worker.wait_for(lambda: state_of(bundle) == "ready", seconds=90)
        bundle.refresh_from_db()
        files = [path.name for path in (PRIVATE / case.pk.hex).iterdir() if path.name in bundle.pdf_name]
        assert len(files) == 1
        assert bundle.pages is not None
        assert bundle.pages > 10
