"""The constraints of plans that are shown; collected with the others in ``test_constraints``."""

import datetime as dt

import pytest
from django.db import connection

from arrears.models import SharedPlan, SharedPlanEnd
from cases.models import Case
from tests.integration.constraints import refused

AT = dt.datetime(2025, 2, 3, 12, tzinfo=dt.UTC)


class TestThePlansThatAreShown:
    @pytest.fixture
    def shared(self, case: Case) -> SharedPlan:
        return SharedPlan.objects.create(case=case, terms="{}", code_hash="0" * 64, expires_at=AT)

    def test_shared_plan_end_is_known(self, shared: SharedPlan) -> None:
        SharedPlanEnd.objects.create(case_id=shared.case_id, shared=shared, how="used")
        refused("shared_plan_end_is_known", SharedPlanEnd, case_id=shared.case_id, shared=shared, how="read")

    def test_shared_plan_is_opened_once(self, shared: SharedPlan) -> None:
        SharedPlanEnd.objects.create(case_id=shared.case_id, shared=shared, how="used")
        if connection.vendor == "sqlite":  # the guard against REPLACE speaks first
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER arrears_sharedplanend_no_replace")
        named = "shared_plan_is_opened_once|arrears_sharedplanend.shared_id, arrears_sharedplanend.how"
        refused(named, SharedPlanEnd, case_id=shared.case_id, shared=shared, how="used")
