"""Which reminders are due, and that their text says nothing."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from correspondence.core import feeds, reminder_rules
from correspondence.core.clock_rules import Side
from correspondence.core.deadlines import Deadline, Left, Source, Standing
from correspondence.core.reminder_rules import DueReminder, ReminderRule, due

DUE = dt.date(2026, 12, 16)
LONG_AGO = dt.date(2026, 1, 1)
DEADLINE = Deadline(
    source=Source.CLOCK,
    id=uuid.UUID(int=1),
    case_id=uuid.UUID(int=2),
    title="Appeal to the tribunal",
    started="A notice",
    side=Side.YOURS,
    act_on=DUE,
    standing=Standing.SOON,
    left=Left(days=0, working_days=0),
    entered_on=LONG_AGO,
)


def on(day: dt.date, *, one: Deadline = DEADLINE, since: dt.date = LONG_AGO) -> list[DueReminder]:
    return list(due([one], since=since, on=day))


class TestDue:
    @pytest.mark.parametrize(
        ("day", "rule"),
        [
            (dt.date(2026, 12, 8), None),
            (dt.date(2026, 12, 9), ReminderRule.WEEK_BEFORE),
            (dt.date(2026, 12, 14), ReminderRule.WEEK_BEFORE),
            (dt.date(2026, 12, 15), ReminderRule.DAY_BEFORE),
            (dt.date(2026, 12, 16), ReminderRule.DAY_BEFORE),
            (dt.date(2026, 12, 23), ReminderRule.DAY_BEFORE),
            (dt.date(2026, 12, 24), None),
        ],
    )
    def test_is_a_week_before_then_a_day_before_and_late_for_a_week(
        self, day: dt.date, rule: ReminderRule | None
    ) -> None:
        assert [one.rule for one in on(day)] == ([rule] if rule else [])

    def test_names_what_it_takes_the_place_of(self) -> None:
        [one] = on(dt.date(2026, 12, 15))
        assert one.replaces == (ReminderRule.WEEK_BEFORE,)
        assert (one.subject, one.due_on) == (DEADLINE.key, DUE)
        assert on(dt.date(2026, 12, 9))[0].replaces == ()

    def test_leaves_out_days_before_the_person_asked(self) -> None:
        asked = dt.date(2026, 12, 9)
        assert on(dt.date(2026, 12, 10), since=asked) == []
        [one] = on(dt.date(2026, 12, 15), since=asked)
        assert (one.rule, one.replaces) == (ReminderRule.DAY_BEFORE, ())

    def test_leaves_out_days_before_the_record_learnt_of_it(self) -> None:
        assert on(DUE, one=replace(DEADLINE, entered_on=dt.date(2026, 12, 15))) == []

    def test_leaves_out_what_is_over(self) -> None:
        for standing in (Standing.ENDED, Standing.PASSED):
            assert on(DUE, one=replace(DEADLINE, standing=standing)) == []


class TestTheMessage:
    def test_holds_no_forbidden_word(self) -> None:
        text = f"{reminder_rules.SUBJECT}\n{reminder_rules.BODY}".lower()
        assert [word for word in reminder_rules.FORBIDDEN if word in text] == []

    @pytest.mark.parametrize(("hour", "sent"), [(0, False), (8, False), (9, True), (19, True), (20, False)])
    def test_goes_out_by_day(self, hour: int, sent: bool) -> None:
        assert reminder_rules.is_time(dt.datetime(2026, 12, 9, hour, 59)) is sent  # noqa: DTZ001 - London's own


class TestAFeed:
    def test_has_a_secret_of_256_bits(self) -> None:
        tokens = {feeds.new_token() for _ in range(100)}
        assert len(tokens) == 100
        assert {len(token) for token in tokens} == {43}

    def test_is_found_by_a_hash_that_does_not_hold_the_secret(self) -> None:
        token = feeds.new_token()
        found = feeds.fingerprint(token)
        assert found is not None
        assert len(found) == 64
        assert token not in found

    @pytest.mark.parametrize("token", ["", "short", "é" * 43, "a" * 42, "a" * 44, "/" * 43])
    def test_has_no_hash_for_what_cannot_be_a_secret(self, token: str) -> None:
        assert feeds.fingerprint(token) is None

    def test_shows_each_day_of_the_next_twelve_months_once(self) -> None:
        today = dt.date(2024, 2, 29)
        days = [dt.date(2024, 2, 28), today, dt.date(2024, 5, 1), dt.date(2025, 2, 28), dt.date(2025, 3, 1)]
        found = feeds.days([replace(DEADLINE, act_on=day) for day in (*days, days[2])], on=today)
        assert found == [today, dt.date(2024, 5, 1), dt.date(2025, 2, 28)]
        assert feeds.days([replace(DEADLINE, act_on=today, standing=Standing.ENDED)], on=today) == []
