"""The constraints of bundles; collected with the others in ``test_constraints``."""

import datetime as dt

from django.utils import timezone

from cases.models import Case
from correspondence.models import Bundle
from tests.integration.constraints import refused

DAY = dt.date(2025, 2, 3)


class TestTheBundles:
    def test_released_bundle_has_its_hash(self, case: Case) -> None:
        values = {"case": case, "choices": {}, "made_on": DAY}
        Bundle.objects.create(**values, pdf_sha256="0" * 64, released_at=timezone.now())
        refused("released_bundle_has_its_hash", Bundle, **values, released_at=timezone.now())

    def test_made_bundle_has_its_day(self, case: Case) -> None:
        Bundle.objects.create(case=case, choices={}, made_on=DAY, pdf_sha256="0" * 64)
        refused("made_bundle_has_its_day", Bundle, case=case, choices={}, pdf_sha256="0" * 64)
