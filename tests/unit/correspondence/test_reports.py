"""What CMS was told, and that Today counts the payments which the letter begins with."""

import datetime as dt
import uuid

from hypothesis import given

from arrears.core.facts import CaseFacts
from arrears.core.position import position
from arrears.core.reporting import to_report
from correspondence.core.letters.missed_payments import reportable
from correspondence.core.reports import ReportSent, latest_about, told
from tests.unit.arrears.build import day
from tests.unit.arrears.histories import days, histories


def sent(on: str, *due_days: str) -> ReportSent:
    return ReportSent(letter_id=uuid.uuid4(), sent_on=day(on), reply_by=day(on), due_days=frozenset(map(day, due_days)))


class TestReports:
    def test_tell_of_every_date_in_any_of_them(self) -> None:
        assert told([]) == frozenset()
        assert told([sent("2025-04-10", "2025-04-03"), sent("2025-05-10", "2025-05-03", "2025-04-03")]) == {
            day("2025-04-03"),
            day("2025-05-03"),
        }

    def test_are_looked_up_by_a_date_the_latest_first(self) -> None:
        first, second = sent("2025-04-10", "2025-04-03"), sent("2025-05-10", "2025-04-03", "2025-05-03")
        assert latest_about([second, first], [day("2025-04-03")]) is second
        assert latest_about([first], [day("2025-05-03")]) is None


@given(histories(), days)
def test_today_counts_the_payments_that_the_letter_begins_with(facts: CaseFacts, on: dt.date) -> None:
    at = position(facts, on=on)
    begins_with = [one.row.due_on for one in reportable(facts, at) if one.logged and one.is_news]
    assert [one.due_on for one in to_report(facts, at)] == begins_with
