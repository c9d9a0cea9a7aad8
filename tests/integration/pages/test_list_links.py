"""Where the rows of an adviser's list lead."""

import pytest
from django.test import Client
from django.urls import reverse

from cms_tracker.web.clock import now
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_case, make_user

pytestmark = pytest.mark.django_db


class TestEachRow:
    def test_leads_to_its_own_record(self, client: Client) -> None:
        rosa, ada = make_user(ROSA), make_user(ADA)
        client.force_login(ada)
        names = [f"13000000000{place}" for place in range(3)]
        cases = {name: make_case(rosa, reference=name) for name in names}
        for case in cases.values():
            let_in(ada, case, by=rosa, at=now())

        lines = client.get(reverse("pages:caseload")).context["lines"]

        assert len(lines) == len(cases)
        for line in lines:
            case_id = next(case.pk for name, case in cases.items() if line["ending"] == f"ending {name[-4:]}")
            assert line["case_id"] == str(case_id)
            assert line["address"] == reverse("pages:overview", args=[case_id])
            assert line["naming"] == reverse("pages:name-record", args=[case_id])
