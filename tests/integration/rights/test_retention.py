"""What nobody deletes goes after its time: counted first, and never under a legal hold."""

import datetime as dt
import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Holding, Invitation, Organisation
from cases.operations import make_invitation
from cms_tracker.rights.models import Complaint, OrganisationRetention, RightsRequest
from cms_tracker.users import operations as user_operations
from cms_tracker.users.models import User
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import make_case, make_organisation, make_post, make_user, take_in

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def purge(*words: str) -> dict[str, int]:
    said = io.StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("purge_expired", *words, "--json", stdout=said)
    found: dict[str, int] = json.loads(said.getvalue())
    return found


@pytest.fixture
def rosa() -> User:
    """Rosa, who has a record and has not signed in for eight years."""
    rosa = make_user(ROSA)
    User.objects.filter(pk=rosa.pk).update(joined_at=LONG_AGO, last_login=LONG_AGO)
    make_case(rosa)
    return User.objects.get(pk=rosa.pk)


class TestPurging:
    def test_counts_first_and_then_deletes_as_many(self, rosa: User) -> None:
        paul = make_user(PAUL)
        case = make_case(paul)
        make_invitation(actor=paul, case=case, role=Role.HELPER, label="Canary", at=LONG_AGO)
        user_operations.sign_up("never@example.com")
        User.objects.filter(email="never@example.com").update(joined_at=LONG_AGO)
        day = LONG_AGO.date()
        RightsRequest.objects.create(
            label="1", kind="access", who="holder", received_on=day, answered_on=day, answer="done"
        )
        Complaint.objects.create(
            reference="C-1", code_hash="0", said="x", made_at=LONG_AGO, reply_by=LONG_AGO.date(), answered_at=LONG_AGO,
            answered_by="Jo",
        )  # fmt: skip
        counted = purge("--dry-run")
        expected = {"sign_ups": 1, "codes": 1, "quiet_sign_ins": 1, "client_records": 0, "complaints": 1, "requests": 1}
        assert counted == expected | {"held": 0, "deleted": False}
        assert User.objects.filter(pk=rosa.pk).exists()
        assert purge("--really") == expected | {"held": 0, "deleted": True}
        assert not Invitation.objects.exists()
        assert set(User.objects.values_list("email", flat=True)) == {PAUL.email}
        assert set(Case.objects.values_list("pk", flat=True)) == {case.pk}
        assert sum(count for name, count in purge("--really").items() if name != "deleted") == 0

    def test_leaves_whoever_signed_in_lately(self) -> None:
        sam = make_user(SAM)
        User.objects.filter(pk=sam.pk).update(joined_at=LONG_AGO, last_login=NOON - dt.timedelta(days=365))
        assert purge("--really")["quiet_sign_ins"] == 0
        assert User.objects.filter(pk=sam.pk).exists()

    def test_leaves_what_the_law_asks_to_keep_and_counts_it(self, rosa: User) -> None:
        case = Case.objects.get()
        said = io.StringIO()
        with time_machine.travel(NOON, tick=False):
            call_command("legal_hold", "place", str(case.pk), "--by=Jo", "--why=A court", stdout=said)
        assert purge("--really") | {"held": 1, "quiet_sign_ins": 0} == purge("--dry-run") | {"deleted": True}
        assert Case.objects.filter(pk=case.pk).exists()
        with time_machine.travel(NOON, tick=False):
            call_command("legal_hold", "end", said.getvalue().split()[0], "--by=Jo", stdout=io.StringIO())
        assert purge("--really")["quiet_sign_ins"] == 1
        assert not Case.objects.filter(pk=case.pk).exists()

    def test_has_to_be_told_which(self) -> None:
        with pytest.raises(CommandError):
            purge()


class TestTheRecordsOfAnOrganisation:
    @pytest.fixture
    def closed(self) -> tuple[Organisation, Case]:
        """A client without a sign-in, whose record was let go of three years ago."""
        ada, organisation = make_user(ADA), make_organisation()
        make_post(ada, organisation, PostRole.ADVISER)
        case = take_in(ada)
        at = NOON - dt.timedelta(days=3 * 365)
        Holding.objects.update(began_at=at, ended_at=at)
        CaseMembership.objects.update(began_at=at, ended_at=at)
        return organisation, case

    def test_stay_for_six_years_where_it_says_nothing(self, closed: tuple[Organisation, Case]) -> None:
        assert purge("--really")["client_records"] == 0
        Holding.objects.update(ended_at=LONG_AGO)
        assert purge("--really")["client_records"] == 1
        assert not Case.objects.exists()

    def test_go_sooner_where_it_decided_so_from_the_day_it_decided(self, closed: tuple[Organisation, Case]) -> None:
        organisation, case = closed
        values = {"organisation": organisation, "why": "Our policy", "set_by": "Jo"}
        OrganisationRetention.objects.create(**values, months=24, from_on=NOON.date() + dt.timedelta(days=1))
        assert purge("--dry-run")["client_records"] == 0
        OrganisationRetention.objects.create(**values, months=24, from_on=NOON.date())
        assert purge("--dry-run")["client_records"] == 1
        OrganisationRetention.objects.filter(from_on=NOON.date()).update(months=48)
        assert purge("--dry-run")["client_records"] == 0
        assert Case.objects.filter(pk=case.pk).exists()
