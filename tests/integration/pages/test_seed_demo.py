"""The demo: made once, through the real operations, and only where known passwords do no harm."""

import json
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client

from arrears import queries
from arrears.core.results import Status
from cases.core.roles import Role
from cases.models import Case, CaseMembership
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import queries as correspondence
from correspondence.core.contacts import PromiseState
from correspondence.models import LetterStep
from tests.cast import ADA, CAST, PAUL, ROSA, SAM

pytestmark = pytest.mark.django_db


def seeded(*options: str) -> Any:
    """What the command prints as JSON, by the person's name."""
    out = StringIO()
    call_command("seed_demo", "--json", *options, stdout=out)
    return {account["name"]: account for account in json.loads(out.getvalue())["accounts"]}


class TestSeedDemo:
    def test_makes_the_people_of_the_cast_who_can_sign_in(self) -> None:
        accounts = seeded()
        assert set(accounts) == {person.name for person in CAST}
        for person in CAST:
            user = User.objects.get(email=accounts[person.name]["email"])
            assert authenticate(email=person.email, password=accounts[person.name]["password"]) == user
            assert EmailAddress.objects.get(user=user).verified
            assert user.is_adviser is person.is_adviser

    def test_gives_each_their_own_cases(self) -> None:
        accounts = seeded()
        references = {name: {one["reference"] for one in account["cases"]} for name, account in accounts.items()}
        assert references[ROSA.name] == references[ADA.name] == {"120000002456", "120045678901"}
        assert references[PAUL.name] == {"120000000003", "120000000004"}
        assert references[SAM.name] == set()
        roles = set(CaseMembership.objects.filter(user__email=ADA.email).values_list("role", flat=True))
        assert roles == {Role.ADVISER}

    def test_prints_addresses_that_open(self, client: Client) -> None:
        for account in seeded().values():
            client.force_login(User.objects.get(email=account["email"]))
            for one in account["cases"]:
                address = one["url"].removeprefix("http://localhost:8000")
                assert one["id"] in address
                assert client.get(address).status_code == 200

    def test_leaves_people_as_they_are_the_second_time(self) -> None:
        first = seeded()
        first["Ada"].pop("code_now")  # of the moment it is printed at
        rosa = User.objects.get(email=ROSA.email)
        rosa.set_password("changed-by-herself")
        rosa.save()
        counts = (Case.objects.count(), Event.objects.count())
        second = seeded()
        second["Ada"].pop("code_now")
        assert second == first
        assert (Case.objects.count(), Event.objects.count()) == counts
        assert authenticate(email=ROSA.email, password="changed-by-herself") is not None

    @pytest.mark.parametrize("day", ["2026-11-22", "2028-02-29", "2027-03-31", "2027-01-01"])
    def test_makes_a_record_in_which_something_is_to_be_done_today(self, day: str) -> None:
        with time_machine.travel(f"{day} 12:00", tick=False):
            seeded()
            case = Case.objects.get(reference="120045678901")
            at = queries.position_of(case, on=today(), known_on=today())
            assert {Status.PAID_ON_TIME, Status.PAID_LATE, Status.PART_PAID, Status.MISSED} <= {
                one.status for one in at.instalments
            }
            latest = at.instalments[-1]
            assert 3 <= (today() - latest.due_on).days <= 8
            assert latest.status is Status.MISSED
            (promise,) = correspondence.open_promises(case.pk, on=today())
            assert promise.standing(on=today()).state is PromiseState.OVERDUE
            assert LetterStep.objects.get(case=case).kind == "posted"

    def test_refuses_where_the_passwords_would_be_a_danger(self, settings: Any) -> None:
        settings.LOCAL = False
        with pytest.raises(CommandError, match="known passwords"):
            seeded()
        assert not User.objects.exists()
