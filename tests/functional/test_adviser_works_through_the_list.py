"""Ada lets nobody wait: from a code to a list, from the list to a case, until Rosa ends it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.core.case_values import ContactKind, Direction
from cases import operations
from cases.core.facts import Perspective
from correspondence import operations as contacts
from correspondence.core.contacts import PromiseMade
from tests.cast import ADA, PAUL, ROSA
from tests.factories import import_example, let_in, make_case, make_user

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class TestAdviserWorksThroughTheList:
    @time_machine.travel(NOON, tick=False)
    def test_from_a_code_to_the_end_of_access(self, client: Client) -> None:
        rosa, paul, ada = make_user(ROSA), make_user(PAUL), make_user(ADA)
        real = let_in(ada, import_example("p-002456", rosa), by=rosa, at=NOON)
        quiet = let_in(ada, make_case(paul, reference="120000000077", perspective=Perspective.PAYING), by=paul, at=NOON)
        contacts.record_contact(
            actor=ada, case=quiet, at_date=dt.date(2026, 11, 2), at_time=None, kind=ContactKind.CALL,
            direction=Direction.OUT, recorded_on=dt.date(2026, 11, 2),
            promises=[PromiseMade(text="ring back", due_on=dt.date(2026, 11, 20))],
        )  # fmt: skip
        client.force_login(ada)
        address = reverse("pages:caseload")

        listed = client.get(address)
        assert "2 people need something from you" in listed.content.decode()
        assert [row.reference for row in listed.context["page"].rows] == ["120000000077", "120000002456"]
        assert "2 days overdue" in listed.content.decode()

        by_owed = client.get(address, {"sort": "owed"})
        assert by_owed.context["page"].rows[0].reference == "120000002456"
        receiving = client.get(address, {"side": "receiving", "why": "missed"})
        assert [row.reference for row in receiving.context["page"].rows] == ["120000002456"]

        opened = client.get(reverse("pages:overview", args=[real.pk]), {"on": "2024-02-21"}).content.decode()
        assert "£10,153.01 is owed on 21 February 2024" in opened
        client.post(reverse("pages:name-record", args=[real.pk]), {"label": "Tuesday clinic"})
        assert "Tuesday clinic" in client.get(address).content.decode()

        membership = real.memberships.get(user=ada)
        operations.end_access(actor=rosa, case=real, membership_id=membership.pk, at=NOON)

        assert [row.reference for row in client.get(address).context["page"].rows] == ["120000000077"]
        assert client.get(reverse("pages:overview", args=[real.pk])).status_code == 404
