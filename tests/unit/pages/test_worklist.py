"""A row of a list: every reason to act, the first of them in words, its place, and how long it holds."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.caseload import Reason, mask, unmask
from arrears.core.snapshots import Snapshot
from cases.core.facts import Perspective
from cms_tracker.pages.core.worklist import Dated, Promised, Row, entry_of, row_of, wanted

ON = dt.date(2026, 11, 23)
ADA = uuid.UUID(int=1)
NEVER = dt.date.max
CLEAR = Snapshot(ON, NEVER, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, 0, None, 0, 0, 0, None, 0, None, 0)
MISSED = CLEAR._replace(
    missed=1, missed_on=dt.date(2026, 11, 2), missed_amount=26000, missed_left=26000, outstanding=26000
)


def ago(days: int) -> dt.date:
    return ON - dt.timedelta(days=days)


def ahead(days: int) -> dt.date:
    return ON + dt.timedelta(days=days)


def row(**values: Any) -> Row:
    usual: dict[str, Any] = {
        "case_id": uuid.UUID(int=7),
        "name": "Clinic",
        "reference": "120000000017",
        "side": Perspective.RECEIVING,
        "children": 1,
        "figures": CLEAR,
        "promise": None,
        "contact_on": ON,
        "quiet_since": ON,
        "on": ON,
    }
    return Row(**usual | values)


ALL_AT_ONCE = {
    "act": Dated("Ask for a reconsideration", ahead(2)),
    "act_from": ago(3),
    "broken_since": ago(9),
    "promise": Promised("CMS", "ring back", ago(1)),
    "figures": MISSED,
    "reply": Dated("An answer to your letter", ago(4)),
    "asks_authority": True,
    "quiet_since": ago(40),
    "contact_on": ago(40),
}

ORDER = [
    (Reason.DEADLINE, {"act": None, "act_from": None}),
    (Reason.BROKEN_PLAN, {"broken_since": None}),
    (Reason.OVERDUE_PROMISE, {"promise": Promised("CMS", "ring back", ahead(7))}),
    (Reason.MISSED_PAYMENT, {"figures": CLEAR}),
    (Reason.OVERDUE_REPLY, {"reply": None}),
    (Reason.AUTHORITY, {"asks_authority": False}),
    (Reason.PROMISE_SOON, {"promise": None}),
    (Reason.QUIET, {"quiet_since": ago(20)}),
    (Reason.NOTHING, {}),
]


class TestTheReason:
    def test_is_the_next_one_as_each_is_dealt_with(self) -> None:
        found = row(**ALL_AT_ONCE)
        for reason, dealt_with in ORDER:
            assert found.reason is reason
            found = replace(found, **dealt_with)

    def test_says_each_with_its_day(self) -> None:
        found, said = row(**ALL_AT_ONCE), []
        for _, dealt_with in ORDER:
            said.append((found.said.mark, found.said.title, found.said.detail))
            found = replace(found, **dealt_with)
        broken = "The payment due on 14 November 2026 did not come in full, and its days of grace are over."
        missing = "No authority from this person is on file. Ask for one before you speak for them."
        assert said == [
            ("2 days left", "Ask for a reconsideration", "Act by 25 November 2026."),
            ("Plan broken", "Look at the repayment plan", broken),
            ("1 day overdue", "CMS promised: ring back", "Promised by 22 November 2026. Nothing is noted since."),
            (
                "Missed payment",
                "Look at the missed payment",
                "£260.00 was due on 2 November 2026 and nothing has come.",
            ),
            (
                "Answer 4 days late",
                "An answer to your letter",
                "Ask where it is. An answer was expected by 19 November 2026.",
            ),
            ("Authority missing", "Ask for the authority to act", missing),
            ("7 days left", "CMS promised: ring back", "Promised by 30 November 2026."),
            (
                "Quiet for 40 days",
                "Check that nothing has changed",
                "The last contact was on 14 October 2026.",
            ),
            ("Nothing needed", "Up to date", "Every payment due is covered, and no promise is open."),
        ]

    def test_names_the_others_in_a_few_words(self) -> None:
        assert row(act=Dated("Write", ahead(1)), act_from=ON, broken_since=ago(1)).also == ("Repayment plan broken",)

    @pytest.mark.parametrize(
        ("days", "mark"), [(-1, "1 day past"), (0, "Act today"), (1, "1 day left"), (7, "7 days left")]
    )
    def test_counts_the_days_to_a_deadline(self, days: int, mark: str) -> None:
        assert row(act=Dated("Write", ahead(days)), act_from=ahead(days - 7)).said.mark == mark

    @pytest.mark.parametrize(
        ("until", "mark"),
        [
            (ago(1), "Authority ended"),
            (ON, "Authority ends today"),
            (ahead(1), "Authority ends in 1 day"),
            (ahead(30), "Authority ends in 30 days"),
            (ahead(31), "Nothing needed"),
        ],
    )
    def test_is_an_authority_within_thirty_days_of_its_end(self, until: dt.date, mark: str) -> None:
        assert row(asks_authority=True, authority_until=until).said.mark == mark

    def test_asks_nobody_for_authority_who_needs_none(self) -> None:
        assert row(authority_until=ago(1)).reason is Reason.NOTHING


class TestTheNextDate:
    def test_is_the_soonest_that_is_to_come(self) -> None:
        found = row(**ALL_AT_ONCE | {"figures": CLEAR._replace(next_due_on=ahead(1))})
        assert found.next == Dated("Next payment", ahead(1))

    def test_is_none_where_nothing_is_known(self) -> None:
        assert row().next is None


DAYS = st.integers(-60, 60).map(ahead)
DATED = st.none() | st.builds(Dated, st.just("Something"), DAYS)
ROWS = st.builds(
    row,
    case_id=st.uuids(),
    act=DATED,
    reply=DATED,
    broken_since=st.none() | DAYS.filter(lambda day: day <= ON),
    promise=st.none() | st.builds(Promised, st.just("CMS"), st.just("ring"), st.none() | DAYS),
    figures=st.sampled_from([CLEAR, MISSED]),
    asks_authority=st.booleans(),
    authority_until=st.none() | DAYS,
    quiet_since=DAYS.filter(lambda day: day <= ON),
).map(lambda one: replace(one, act_from=one.act.on - dt.timedelta(days=7)) if one.act else one)


class TestTheOrder:
    @given(st.lists(ROWS, unique_by=lambda one: one.case_id, min_size=2, max_size=8), st.randoms())
    def test_is_total_and_the_same_whatever_comes_first(self, rows: list[Row], random: Any) -> None:
        keys = [entry_of(one, user_id=ADA).keys for one in rows]
        for column in keys[0]._fields:
            assert len({getattr(one, column) for one in keys}) == len(rows)
            assert len({len(getattr(one, column)) for one in keys}) == 1
        shuffled = random.sample(rows, len(rows))
        in_order = [
            [one.case_id for one in sorted(some, key=lambda one: entry_of(one, user_id=ADA).keys.by_reason)]
            for some in (rows, shuffled)
        ]
        assert in_order[0] == in_order[1]

    @given(ROWS, ROWS)
    def test_goes_by_the_reason_and_then_by_its_day(self, one: Row, other: Row) -> None:
        first, second = sorted((one, other), key=lambda some: entry_of(some, user_id=ADA).keys.by_reason)
        assert first.reason.rank <= second.reason.rank
        if first.reason is second.reason and first.case_id != second.case_id:
            assert (first.reason_on or NEVER) <= (second.reason_on or NEVER)


class TestWhatIsKept:
    @given(ROWS)
    def test_says_what_the_row_said_on_every_day_up_to_its_turn(self, found: Row) -> None:
        entry = entry_of(found, user_id=ADA)
        assert unmask(entry.reasons) == found.reasons
        until = min(found.changes_on, ahead(90))
        for days in range((until - ON).days):
            then = row_of(entry, found.figures, on=ahead(days))
            assert then.reasons == found.reasons
            assert entry_of(then, user_id=ADA).keys.by_reason[:1] == entry.keys.by_reason[:1]


class TestWanted:
    @given(st.sets(st.sampled_from(Reason)))
    def test_reasons_are_a_number_and_back(self, reasons: set[Reason]) -> None:
        assert set(unmask(mask(reasons))) == reasons

    def test_takes_digits_from_a_reference_as_it_is_written(self) -> None:
        assert wanted(find="1200 0017").digits == "12000017"
