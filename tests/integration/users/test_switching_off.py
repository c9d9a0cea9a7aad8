"""An operator shuts a person out: everything that acts for them stops at that moment, and nothing is lost."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases import operations as cases
from cases.core.roles import Role
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import Device, Session, User
from correspondence.operations.reminders import open_feed
from tests.cast import ADA, ROSA, SAM
from tests.factories import let_in, make_case, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    user = make_user(ROSA)
    User.objects.filter(pk=user.pk).update(safety_page_seen_at=timezone.now())
    return user


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


def switch(word: str, email: str = ROSA.email) -> str:
    out = io.StringIO()
    call_command(f"{word}_user", email, stdout=out)
    return out.getvalue()


def sign_in(client: Client) -> bool:
    post = {"login": ROSA.email, "password": ROSA.password}
    client.post(reverse("account_login"), post)
    return client.get(reverse("users:account")).status_code == 200


class TestSwitchingOff:
    def test_ends_sessions_at_once_and_lets_nobody_in_again(self, rosa: User) -> None:
        client = Client()
        assert sign_in(client)
        assert switch("disable").count("\n") == 1
        assert client.get(reverse("users:account")).status_code == 302
        assert not sign_in(client)
        assert not Session.objects.filter(user=rosa).exists()
        assert not Device.objects.filter(user=rosa).exists()

    def test_stops_a_calendar_that_was_answered_a_moment_before(self, rosa: User, case: Case) -> None:
        token = open_feed(actor=rosa, case=case)
        address = reverse("correspondence:calendar", args=[token])
        assert Client().get(address).status_code == 200
        switch("disable")
        assert Client().get(address).status_code == 404

    def test_stops_papers_that_wait(self, rosa: User, case: Case) -> None:
        assert access.rights_of(rosa.pk, case.pk)
        switch("disable")
        assert not access.rights_of(rosa.pk, case.pk)

    def test_stops_codes_that_the_person_gave_to_others(self, rosa: User, case: Case) -> None:
        sam, ada, at = make_user(SAM), make_user(ADA), timezone.now()
        let_in(ada, case, by=rosa, at=at)  # one such code works
        code = cases.make_invitation(actor=rosa, case=case, role=Role.HELPER, label="A friend", at=at)
        switch("disable")
        with pytest.raises(Refusal):
            cases.accept_invitation(actor=sam, code=code, at=at + dt.timedelta(seconds=1))
        switch("enable")
        assert cases.accept_invitation(actor=sam, code=code, at=at + dt.timedelta(seconds=1)) == case

    def test_is_written_down_and_can_be_taken_back_with_nothing_lost(self, rosa: User, case: Case) -> None:
        switch("disable")
        switch("enable")
        assert sign_in(Client())
        assert access.visible_to(rosa).get() == case
        kinds = list(
            Event.objects.filter(actor_id=rosa.pk, kind__startswith="user.switched").values_list("kind", flat=True)
        )
        assert sorted(kinds) == ["user.switched_off", "user.switched_on"]

    @pytest.mark.parametrize(("word", "email"), [("disable", SAM.email), ("enable", ROSA.email), ("enable", SAM.email)])
    def test_refuses_in_one_line_what_makes_no_sense(self, rosa: User, word: str, email: str) -> None:
        before = Event.objects.count()
        with pytest.raises(CommandError, match=r"^email: "):
            switch(word, email)
        assert Event.objects.count() == before

    def test_is_refused_the_second_time(self, rosa: User) -> None:
        switch("disable")
        with pytest.raises(CommandError, match="already"):
            switch("disable")
