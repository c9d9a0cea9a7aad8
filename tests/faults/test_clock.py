"""A clock that is set, back or forward, while people work: nothing lasts too long, and nothing is lost."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrears.models import Payment
from cases.models import Case
from cms_tracker.audit import queries as audit
from cms_tracker.users import throttles
from cms_tracker.users.models import User
from cms_tracker.web.too_many import TooManyTriesError
from correspondence import reminders
from correspondence.core.jobs import LONGEST_LEASE, JobKind
from correspondence.core.reminder_rules import ReminderState
from correspondence.models import Job, Reminder
from correspondence.tasks import claims
from correspondence.tasks.making import MAKERS
from tests.cast import ROSA, Person
from tests.factories import give_app, make_user, monthly_case
from tests.filled_form import filled
from tests.pages import words
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
WITH_APP = Person(
    name=ROSA.name, email=ROSA.email, password=ROSA.password, app_secret="FAMILYRECORDSDEMOROSABCDEFGHIJKL"
)
Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa(clock: Clock) -> User:
    user = make_user(ROSA)
    User.objects.update(safety_page_seen_at=timezone.now())
    return user


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


def is_in(client: Client) -> bool:
    return client.get(reverse("users:account")).status_code == 200


class TestASession:
    @pytest.mark.parametrize("step", [-DAY, -HOUR, -2 * MINUTE, HOUR, DAY])
    def test_ends_when_nobody_can_tell_how_long_it_was_left_alone(self, rosa: User, clock: Clock, step: Any) -> None:
        client = signed_in(ROSA)
        assert is_in(client)
        clock.shift(step)
        assert not is_in(client)
        clock.shift(-step)
        assert not is_in(client)  # it does not come back with the hour
        assert is_in(signed_in(ROSA))

    def test_goes_on_where_two_machines_differ_by_seconds(self, rosa: User, clock: Clock) -> None:
        client = signed_in(ROSA)
        for seconds in (-30, 20, -40, 55):
            clock.shift(dt.timedelta(seconds=seconds))
            assert is_in(client)

    def test_is_not_long_ago_confirmed_for_ever(self, rosa: User, clock: Clock) -> None:
        client = signed_in(ROSA)
        clock.shift(-50 * dt.timedelta(seconds=1))
        assert is_in(client)
        clock.shift(11 * MINUTE)
        assert client.get(reverse("users:sessions")).status_code in {200, 302}
        clock.shift(15 * MINUTE)
        assert not is_in(client)


class TestAThrottle:
    def let(self, count: int) -> int:
        """How many of so many tries at this moment are taken."""
        taken, waits = 0, list[dt.timedelta]()
        for _ in range(count):
            try:
                throttles.take("sign_in", "somebody", at=timezone.now())
                taken += 1
            except TooManyTriesError as error:
                waits.append(error.wait)
        assert all(wait <= 5 * MINUTE + throttles._AHEAD for wait in waits)
        return taken

    @pytest.mark.parametrize("step", [-DAY, -HOUR])
    def test_bars_nobody_until_the_hour_that_was(self, clock: Clock, step: dt.timedelta) -> None:
        assert self.let(12) == 10
        clock.shift(step)
        assert self.let(12) == 10
        clock.shift(5 * MINUTE)
        assert self.let(12) == 10

    def test_is_not_got_round_by_a_machine_that_is_seconds_behind(self, clock: Clock) -> None:
        assert self.let(12) == 10
        clock.shift(dt.timedelta(seconds=-30))
        assert self.let(12) == 0

    def test_counts_on_after_an_hour_that_was_not(self, clock: Clock) -> None:
        self.let(10)
        clock.shift(HOUR)
        self.let(10)
        clock.shift(-HOUR)
        assert self.let(12) == 10
        assert self.let(12) == 0


class TestASecondStep:
    @pytest.mark.parametrize("step", [-DAY, -HOUR, HOUR, DAY])
    def test_takes_the_codes_of_the_right_time_again(self, rosa: User, clock: Clock, step: dt.timedelta) -> None:
        give_app(rosa, WITH_APP)
        clock.shift(step)
        client = Client()
        client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
        answer = client.post(reverse("mfa_authenticate"), {"code": WITH_APP.code(NOON)})
        assert "did not work" in words(answer)
        clock.move_to(NOON + 2 * MINUTE, tick=False)
        assert is_in(signed_in(WITH_APP))
        assert not is_in(_with_code(WITH_APP.code(timezone.now())))  # and each once


def _with_code(code: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
    client.post(reverse("mfa_authenticate"), {"code": code})
    return client


class TestWorkThatAWorkerLeft:
    @pytest.fixture
    def job(self, rosa: User, case: Case) -> Job:
        at = timezone.now()
        return Job.objects.create(
            kind=JobKind.LETTER, subject=case.pk, case_id=case.pk, requested_by=rosa.pk, state="rendering",
            attempts=1, started_at=at, lease_until=at + MAKERS[JobKind.LETTER].lease,
        )  # fmt: skip

    @pytest.mark.parametrize("step", [-DAY, -HOUR, HOUR, DAY])
    def test_is_taken_up_at_once(self, job: Job, clock: Clock, step: dt.timedelta) -> None:
        assert claims.claim() is None
        clock.shift(step)
        found = claims.claim()
        assert found is not None
        assert (found.pk, found.attempts) == (job.pk, 2)
        assert claims.claim() is None

    def test_has_no_lease_that_looks_as_if_the_clock_was_set(self) -> None:
        assert max(maker.lease for maker in MAKERS.values()) < LONGEST_LEASE


class TestAReminder:
    def claimed(self, rosa: User, case: Case, state: ReminderState) -> Reminder:
        return Reminder.objects.create(
            user=rosa, case_id=case.pk, subject="one", rule="day_before", due_on=NOON.date(), state=state,
            attempts=1, lease_until=NOON + reminders.LEASE,
        )  # fmt: skip

    @pytest.mark.parametrize("step", [-DAY, -2 * HOUR, HOUR, DAY])
    def test_that_was_being_sent_is_not_left_hanging(
        self, rosa: User, case: Case, clock: Clock, step: dt.timedelta
    ) -> None:
        row = self.claimed(rosa, case, ReminderState.HANDED)
        clock.shift(step)
        reminders.send_due(at=timezone.now())
        row.refresh_from_db()
        assert (row.state, row.lease_until) == (ReminderState.UNSURE, None)
        assert mail.outbox == []


class TestARecord:
    def log(self, client: Client, case: Case, *, amount: str) -> None:
        page = reverse("arrears:log-payment", args=[case.pk])
        sent = filled(client.get(page).content.decode()) | {"came": "other", "amount": amount, "when": "today"}
        answer = client.post(page, sent)
        assert answer.status_code == 302, words(answer)

    def test_holds_every_fact_in_the_order_in_which_it_was_written(
        self, rosa: User, case: Case, clock: Clock, django_capture_on_commit_callbacks: Any
    ) -> None:
        for amount, step in (("1.00", -DAY), ("2.00", 3 * DAY), ("3.00", -HOUR), ("4.00", HOUR)):
            self.log(signed_in(ROSA), case, amount=amount)
            clock.shift(step)
        written = [one.subject for one in audit.acts_on(case.pk) if one.kind == "payment.recorded"]
        pence = dict(Payment.objects.values_list("pk", "amount_pence"))
        assert [pence[key] for key in sorted(pence, key=lambda key: written.index(str(key)))] == [100, 200, 300, 400]
        call_command("roll_forward")
        for proof in ("verify_audit", "verify_ledger"):
            call_command(proof)

    @pytest.mark.parametrize("step", [-DAY, -HOUR, HOUR, DAY])
    def test_can_be_read_and_written_at_once(self, rosa: User, case: Case, clock: Clock, step: dt.timedelta) -> None:
        self.log(signed_in(ROSA), case, amount="5.00")
        call_command("roll_forward")
        clock.shift(step)
        client = signed_in(ROSA)
        for name in ("pages:today", "arrears:payments", "arrears:breakdown", "correspondence:timeline"):
            assert client.get(reverse(name, args=[case.pk])).status_code == 200, name
        self.log(client, case, amount="6.00")
        call_command("roll_forward")
        call_command("verify_ledger")
        assert Payment.objects.count() == 2

    def test_of_the_hour_that_comes_twice_and_of_the_one_that_is_left_out(
        self, rosa: User, case: Case, clock: Clock
    ) -> None:
        nights = (dt.datetime(2026, 3, 28, 23, 30, tzinfo=dt.UTC), dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC))
        for night in nights:
            clock.move_to(night, tick=False)
            for _ in range(4):
                self.log(signed_in(ROSA), case, amount="7.00")
                clock.shift(HOUR)
        # London's civil days. The first is half past eleven in March, and half past midnight in October.
        days = sorted(Payment.objects.values_list("recorded_on", flat=True))
        assert days == [dt.date(2026, 3, 28), *[dt.date(2026, 3, 29)] * 3, *[dt.date(2026, 10, 25)] * 4]
        call_command("verify_audit")
