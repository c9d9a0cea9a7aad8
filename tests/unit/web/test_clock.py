"""Today is London's day."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from cms_tracker.web import clock


class TestToday:
    @pytest.mark.parametrize(
        ("instant", "day"),
        [
            (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
            (datetime(2026, 7, 1, 23, 1, tzinfo=UTC), date(2026, 7, 2)),
            (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
        ],
    )
    def test_changes_at_midnight_in_london(self, instant: datetime, day: date) -> None:
        with time_machine.travel(instant, tick=False):
            assert clock.today() == day
            assert clock.now() == instant
