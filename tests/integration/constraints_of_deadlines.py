"""The constraints of deadlines, reminders and calendars. ``test_constraints`` runs this class."""

import datetime as dt
import uuid
from typing import Any

from cases.models import Case
from cms_tracker.users.models import SafeMail
from correspondence.models import CalendarFeed, CaseEvent, ClockEnd, ClockStart, Reminder, ReminderSettings
from tests.integration.constraints import refused, refused_copy, refused_part_of_a_penny
from tests.integration.one_of_each import DAY

NOON = dt.datetime(2025, 2, 3, 12, tzinfo=dt.UTC)


class TestTheDeadlines:
    def test_clock_kind_is_known(self, case: Case) -> None:
        refused("clock_kind_is_known", ClockStart, case=case, kind="egg_timer", dated_on=DAY)

    def test_clock_has_a_day_to_count_from(self, case: Case) -> None:
        refused("clock_has_a_day_to_count_from", ClockStart, case=case, kind="tribunal")

    def test_clock_reached_after_it_was_dated(self, case: Case) -> None:
        before = DAY - dt.timedelta(days=1)
        refused(
            "clock_reached_after_it_was_dated", ClockStart, case=case, kind="tribunal", dated_on=DAY, reached_on=before
        )

    def test_clock_result_is_known(self, case: Case) -> None:
        start = ClockStart.objects.get(case=case)
        refused("clock_result_is_known", ClockEnd, case=case, start=start, result="lost", on=DAY)

    def test_event_kind_is_known(self, case: Case) -> None:
        refused("event_kind_is_known|event_names_a_power", CaseEvent, case=case, kind="rain", on=DAY)

    def test_event_names_a_power_if_it_is_a_step(self, case: Case) -> None:
        refused_copy("event_names_a_power_if_it_is_a_step", CaseEvent, power="")
        refused_copy("event_names_a_power_if_it_is_a_step", CaseEvent, power="magic")
        refused_copy("event_names_a_power_if_it_is_a_step", CaseEvent, kind="child_left")

    def test_event_amount_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("event_amount_is_whole_pence", CaseEvent, "amount_pence")

    def test_reminders_begin_on_a_day(self, case: Case) -> None:
        known = {"user": owner(case), "is_on": True}
        refused("reminders_begin_on_a_day", ReminderSettings, **known)
        ReminderSettings.objects.create(**known, since=DAY)

    def test_safe_mail_has_an_address(self, case: Case) -> None:
        known = {"user": owner(case), "of_sign_in": False, "said_safe_at": NOON}
        refused("safe_mail_has_an_address", SafeMail, **known, address="")
        SafeMail.objects.create(**known, address="a@example.com")

    def test_reminder_is_sent_once(self, case: Case) -> None:
        Reminder.objects.create(**reminder(case))
        columns = ", ".join(f"correspondence_reminder.{name}" for name in ("user_id", "subject", "rule", "due_on"))
        refused(f"reminder_is_sent_once|{columns}", Reminder, **reminder(case))

    def test_reminder_state_is_known(self, case: Case) -> None:
        refused("reminder_state_is_known", Reminder, **reminder(case), state="lost")

    def test_reminder_rule_is_known(self, case: Case) -> None:
        refused("reminder_rule_is_known", Reminder, **reminder(case) | {"rule": "at_once"})

    def test_feed_is_one_for_each_record(self, case: Case) -> None:
        CalendarFeed.objects.create(user=owner(case), case=case, token_hash="a" * 64)
        named = "feed_is_one_for_each_record|correspondence_calendarfeed.user_id, correspondence_calendarfeed.case_id"
        refused(named, CalendarFeed, user=owner(case), case=case, token_hash="b" * 64)

    def test_feed_is_one_for_all_records(self, case: Case) -> None:
        CalendarFeed.objects.create(user=owner(case), token_hash="a" * 64)
        named = "feed_is_one_for_all_records|correspondence_calendarfeed.user_id"
        refused(named, CalendarFeed, user=owner(case), token_hash="b" * 64)


def owner(case: Case) -> Any:
    """The person whose case it is."""
    return case.memberships.get().user


def reminder(case: Case) -> dict[str, Any]:
    """The values of one reminder, which the database takes."""
    return {
        "user": owner(case), "case": case, "subject": f"clock:{uuid.UUID(int=1)}", "rule": "day_before", "due_on": DAY
    }  # fmt: skip
