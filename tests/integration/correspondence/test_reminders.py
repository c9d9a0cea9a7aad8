"""Reminders: asked for, to a safe address, each once, and without a word about anything."""

import datetime as dt
import smtplib
import threading
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from arrears.core.case_values import ClockKind, ClockResult, ContactKind, Direction
from cases.core.roles import Role
from cases.models import Case, CaseMembership
from cms_tracker.users.models import SafeMail, User
from correspondence import operations, reminders
from correspondence.core.contacts import PromiseMade
from correspondence.core.reminder_rules import FORBIDDEN, MOST_ATTEMPTS, ReminderState
from correspondence.models import ClockStart, Reminder, ReminderSettings
from correspondence.tasks import send_reminders
from tests.cast import ADA, ROSA, SAM
from tests.factories import let_in, make_case, make_user

ASKED = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DUE = dt.date(2026, 7, 15)  # a Wednesday: 15 January and six months
CANARIES = ["Canary", "120000000017", "tribunal", "Case Examiner"]


def at(day: int, hour: int = 10, minute: int = 0, month: int = 7) -> dt.datetime:
    """An instant in the summer of 2026, in UTC."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    """Rosa's record with one deadline, on 15 July 2026, written down on 1 February."""
    case = make_case(rosa, reference="120000000017", other_parent="Canary parent", children=["Canary child"])
    with time_machine.travel(dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC), tick=False):
        operations.start_clock(
            actor=rosa, case=case, kind=ClockKind.EXAMINER, reached_on=dt.date(2026, 1, 15), note="Canary note"
        )
    # The database sets when a row was entered, and knows nothing of a clock that a test has turned.
    move(ClockStart, entered_at=dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC))
    return case


def move(model: type[Any], **values: Any) -> None:
    """Change rows that nothing else may change."""
    from cms_tracker.audit import append_only

    append_only.remove(connection)
    model.objects.update(**values)
    append_only.install(connection)


def ask(user: User, address: str = ROSA.email) -> SafeMail:
    operations.ask_for_reminders(actor=user, address=address, at=ASKED, on=ASKED.date())
    return SafeMail.objects.get(user=user)


def states() -> list[tuple[str, str]]:
    return list(Reminder.objects.order_by("rule").values_list("rule", "state"))


@pytest.mark.django_db
class TestAReminder:
    def test_goes_out_a_week_before_and_a_day_before_once_each(self, rosa: User, case: Case) -> None:
        ask(rosa)
        sent = []
        for day in range(1, 26):
            for hour in (7, 9, 12, 18):
                if reminders.send_due(at=at(day, hour)):
                    sent.append(day)
        assert sent == [8, 14]
        assert states() == [("day_before", "sent"), ("week_before", "sent")]
        assert {one.due_on for one in Reminder.objects.all()} == {DUE}

    def test_goes_to_nobody_who_did_not_ask(self, case: Case) -> None:
        assert reminders.send_due(at=at(14)) == 0
        assert mail.outbox == []

    def test_waits_for_the_morning_in_london(self, rosa: User, case: Case) -> None:
        ask(rosa)
        assert reminders.send_due(at=at(7, 23, 30)) == 0  # half past midnight on the eighth
        assert reminders.send_due(at=at(8, 7, 59)) == 0
        assert reminders.send_due(at=at(8, 8)) == 1  # nine in London

    def test_names_nothing_anywhere_in_the_message(self, rosa: User, case: Case) -> None:
        ask(rosa)
        reminders.send_due(at=at(8))
        [message] = mail.outbox
        whole = message.message().as_bytes().decode()
        spoken = whole.lower().replace(ROSA.email, "")
        assert [word for word in (*FORBIDDEN, *CANARIES, ROSA.name) if word.lower() in spoken] == []
        assert str(case.pk) not in whole
        assert [part.get_content_type() for part in message.message().walk()] == ["text/plain"]
        assert message.to == [ROSA.email]
        assert (message.cc, message.bcc, message.attachments) == ([], [], [])
        assert message.message()["Auto-Submitted"] == "auto-generated"
        assert settings.SITE_NAME in message.body

    def test_is_one_message_for_all_that_is_due(self, rosa: User, case: Case) -> None:
        operations.record_contact(
            actor=rosa, case=case, at_date=dt.date(2026, 6, 20), at_time=None, kind=ContactKind.CALL,
            direction=Direction.OUT, recorded_on=None, promises=[PromiseMade(text="Canary", due_on=DUE)],
        )  # fmt: skip
        ask(rosa)
        assert reminders.send_due(at=at(14)) == 1
        assert len(mail.outbox) == 1
        assert Reminder.objects.filter(state="sent").count() == 2

    def test_stops_when_the_deadline_is_done(self, rosa: User, case: Case) -> None:
        ask(rosa)
        assert reminders.send_due(at=at(8)) == 1
        key = ClockStart.objects.get().pk
        operations.end_clock(actor=rosa, case=case, clock_id=key, result=ClockResult.DONE, on=dt.date(2026, 7, 9))
        assert reminders.send_due(at=at(14)) == 0

    def test_does_not_come_for_days_before_it_was_asked_for(self, rosa: User, case: Case) -> None:
        operations.ask_for_reminders(actor=rosa, address=ROSA.email, at=at(14), on=dt.date(2026, 7, 14))
        assert reminders.send_due(at=at(14)) == 0

    def test_does_not_speak_of_a_record_that_its_reader_may_not_open_any_more(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, at=ASKED)
        ask(ada, ADA.email)
        assert reminders.send_due(at=at(8)) == 1
        CaseMembership.objects.filter(user=ada).update(ended_at=at(9))
        assert reminders.send_due(at=at(14)) == 0

    def test_does_not_go_to_somebody_whose_sign_in_is_closed(self, rosa: User, case: Case) -> None:
        ask(rosa)
        User.objects.filter(pk=rosa.pk).update(is_active=False)
        assert reminders.send_due(at=at(8)) == 0


@pytest.mark.django_db
class TestWhenThingsGoWrong:
    def test_three_days_without_a_timer_lose_nothing_and_send_nothing_twice(self, rosa: User, case: Case) -> None:
        ask(rosa)
        assert reminders.send_due(at=at(7)) == 0
        assert reminders.send_due(at=at(10)) == 1  # the one of the eighth
        assert reminders.send_due(at=at(13)) == 0
        assert reminders.send_due(at=at(17)) == 1  # the one of the fourteenth, though the day has passed
        assert reminders.send_due(at=at(18)) == 0

    def test_the_later_one_takes_the_place_of_the_earlier_where_both_are_late(self, rosa: User, case: Case) -> None:
        ask(rosa)
        assert reminders.send_due(at=at(14)) == 1
        assert states() == [("day_before", "sent"), ("week_before", "replaced")]

    def test_a_clock_that_was_set_back_sends_nothing_again(self, rosa: User, case: Case) -> None:
        ask(rosa)
        assert [reminders.send_due(at=at(day)) for day in (8, 7, 8, 14, 8, 14)] == [1, 0, 0, 1, 0, 0]

    def test_a_mail_server_that_refuses_is_tried_three_times_and_then_told_of(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ask(rosa)
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "tests.integration.correspondence.refusing_mail.Backend")
        tried = []
        for hour in range(8, 18):
            before = [one.attempts for one in Reminder.objects.all()]
            reminders.send_due(at=at(8, hour))
            tried += [one.attempts for one in Reminder.objects.all() if [one.attempts] != before]
        assert tried == [1, 2, 3]
        assert states() == [("week_before", "failed")]
        client = Client()
        client.force_login(rosa)
        with time_machine.travel(at(9), tick=False):
            page = client.get(reverse("correspondence:reminders")).content.decode()
        assert "could not be sent" in page
        assert "15 July 2026" in page

    def test_a_refused_one_goes_out_when_the_server_is_back(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ask(rosa)
        with monkeypatch.context() as patch:
            patch.setattr(settings, "EMAIL_BACKEND", "tests.integration.correspondence.refusing_mail.Backend")
            assert reminders.send_due(at=at(8)) == 0
        assert reminders.send_due(at=at(8, 10, 5)) == 0  # it waits a little
        assert reminders.send_due(at=at(8, 11)) == 1
        assert states() == [("week_before", "sent")]

    def test_a_process_that_ended_before_the_hand_over_loses_its_claim(self, rosa: User, case: Case) -> None:
        ask(rosa)
        reminders.send_due(at=at(8))
        lost = at(8) + reminders.LEASE
        Reminder.objects.update(state=ReminderState.CLAIMED, lease_until=lost, attempts=1, sent_at=None)
        assert reminders.send_due(at=at(8, 10, 1)) == 0
        assert reminders.send_due(at=at(8, 11)) == 1
        assert Reminder.objects.get().attempts == 2

    def test_a_process_that_always_ends_before_the_hand_over_is_not_followed_for_ever(
        self, rosa: User, case: Case
    ) -> None:
        ask(rosa)
        reminders.send_due(at=at(8))
        Reminder.objects.update(state=ReminderState.CLAIMED, lease_until=at(8), attempts=MOST_ATTEMPTS)
        mail.outbox.clear()
        assert reminders.send_due(at=at(8, 11)) == 0
        assert states() == [("week_before", "failed")]
        assert mail.outbox == []

    def test_a_process_that_ended_during_the_hand_over_sends_nothing_twice_and_is_told_of(
        self, rosa: User, case: Case
    ) -> None:
        ask(rosa)
        reminders.send_due(at=at(8))
        Reminder.objects.update(state=ReminderState.HANDED, lease_until=at(8) + reminders.LEASE, sent_at=None)
        assert reminders.send_due(at=at(8, 12)) == 0
        assert states() == [("week_before", "unsure")]
        client = Client()
        client.force_login(rosa)
        with time_machine.travel(at(9), tick=False):
            assert "may not have reached you" in client.get(reverse("correspondence:reminders")).content.decode()
        assert reminders.send_due(at=at(14)) == 1  # the next one still comes

    def test_a_change_of_mind_at_the_last_moment_counts(self, rosa: User, case: Case) -> None:
        chosen = ask(rosa)
        stale = ReminderSettings.objects.select_related("user").get(pk=chosen.user_id)
        operations.stop_reminders(actor=rosa)
        assert reminders._remind(stale, at=at(8), on=at(8).date()) == 0
        assert mail.outbox == []
        assert not Reminder.objects.exists()

    def test_one_persons_broken_row_does_not_stop_the_others(
        self, rosa: User, case: Case, caplog: pytest.LogCaptureFixture
    ) -> None:
        ask(rosa)
        for person in (ADA, SAM):
            other = make_user(person)
            let_in(other, case, by=rosa, role=Role.HELPER, at=ASKED)
            ask(other, person.email)
            SafeMail.objects.filter(user=other).update(
                of_sign_in=False, address="a@example.com\nBcc: canary@example.com"
            )
        assert reminders.send_due(at=at(8)) == 1
        assert [message.to for message in mail.outbox] == [[ROSA.email]]
        assert "canary" not in caplog.text

    def test_the_timer_looks_for_them(self) -> None:
        named = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
        assert send_reminders.name in named

    def test_old_rows_are_not_kept_for_ever(self, rosa: User, case: Case) -> None:
        ask(rosa)
        reminders.send_due(at=at(8))
        reminders.send_due(at=at(8) + reminders.KEPT_FOR + dt.timedelta(days=20))
        assert not Reminder.objects.filter(due_on=DUE).exists()

    def test_the_autumn_hour_that_comes_twice_sends_one(self, rosa: User) -> None:
        case = make_case(rosa)
        operations.start_clock(actor=rosa, case=case, kind=ClockKind.EXAMINER, reached_on=dt.date(2026, 4, 26))
        move(ClockStart, entered_at=ASKED)
        ask(rosa)  # due on Monday 26 October; the clocks go back on the day before
        with time_machine.travel(dt.datetime(2026, 10, 25, 0, tzinfo=dt.UTC), tick=False) as clock:
            for _ in range(48):
                send_reminders()
                clock.shift(dt.timedelta(minutes=30))
        assert len(mail.outbox) == 1
        [row] = Reminder.objects.filter(state="sent")
        assert row.sent_at == dt.datetime(2026, 10, 25, 9, tzinfo=dt.UTC)  # nine by the new time


@pytest.mark.django_db(transaction=True)
class TestTwoTimersAtOnce:
    def test_send_one(self, rosa: User, case: Case) -> None:
        ask(rosa)
        together = threading.Barrier(4)
        failures: list[BaseException] = []

        def run() -> None:
            try:
                together.wait()
                for _ in range(3):
                    reminders.send_due(at=at(14))
            except BaseException as error:
                failures.append(error)
            finally:
                connection.close()

        runs = [threading.Thread(target=run) for _ in range(4)]
        for one in runs:
            one.start()
        for one in runs:
            one.join()
        assert failures == []
        assert len(mail.outbox) == 1
        assert states() == [("day_before", "sent"), ("week_before", "replaced")]


@pytest.mark.django_db(transaction=True)
class TestTheAddress:
    def test_of_the_sign_in_is_confirmed_already(self, rosa: User) -> None:
        assert ask(rosa).confirmed_at == ASKED
        assert mail.outbox == []

    def test_that_is_another_one_gets_a_link_and_nothing_else_until_it_is_used(self, rosa: User, case: Case) -> None:
        assert ask(rosa, "Quiet@Example.com ").address == "quiet@example.com"
        assert reminders.send_due(at=at(8)) == 0
        [message] = mail.outbox
        assert message.to == ["quiet@example.com"]
        words = message.body.replace(settings.SITE_URL, "")
        assert [word for word in FORBIDDEN if word in words.lower()] == []
        path = next(word for word in message.body.split() if "/confirm/" in word).removeprefix(settings.SITE_URL)
        reader = Client()
        with time_machine.travel(ASKED + dt.timedelta(hours=1), tick=False):
            assert "Yes, send them here" in reader.get(path).content.decode()
            assert SafeMail.objects.get().confirmed_at is None  # only the press counts
            assert reader.post(path).status_code == 200
            assert reader.post(path).status_code == 404
        mail.outbox.clear()
        assert reminders.send_due(at=at(8)) == 1
        assert mail.outbox[0].to == ["quiet@example.com"]

    def test_is_not_confirmed_by_a_link_of_yesterday(self, rosa: User) -> None:
        ask(rosa, "quiet@example.com")
        path = next(word for word in mail.outbox[0].body.split() if "/confirm/" in word)
        with time_machine.travel(ASKED + dt.timedelta(hours=25), tick=False):
            assert Client().post(path.removeprefix(settings.SITE_URL)).status_code == 404

    def test_that_is_changed_has_to_be_confirmed_and_the_old_one_is_told_nothing(self, rosa: User, case: Case) -> None:
        ask(rosa)
        ask(rosa, "quiet@example.com")
        assert [message.to for message in mail.outbox] == [["quiet@example.com"]]
        assert reminders.send_due(at=at(8)) == 0
        ask(rosa)
        assert reminders.send_due(at=at(8)) == 1

    def test_of_the_sign_in_is_written_to_no_more_once_the_sign_in_has_another(self, rosa: User, case: Case) -> None:
        ask(rosa)
        User.objects.filter(pk=rosa.pk).update(email="elsewhere@example.com")
        assert reminders.send_due(at=at(8)) == 0
        assert mail.outbox == []
        client = Client()
        client.force_login(User.objects.get(pk=rosa.pk))
        page = client.get(reverse("correspondence:reminders")).content.decode()
        assert "Reminders have stopped" in page
        assert ROSA.email not in page

    def test_stays_confirmed_where_it_is_saved_again(self, rosa: User) -> None:
        ask(rosa)
        SafeMail.objects.update(address="quiet@example.com")
        assert ask(rosa, "quiet@example.com").confirmed_at == ASKED
        assert mail.outbox == []

    def test_that_a_server_refuses_does_not_break_the_page(
        self, rosa: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "tests.integration.correspondence.refusing_mail.Backend")
        assert ask(rosa, "quiet@example.com").confirmed_at is None
        assert "quiet@example.com" not in caplog.text
        assert smtplib.SMTPServerDisconnected.__name__ in caplog.text
