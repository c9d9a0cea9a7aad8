"""What became of a letter: where it is, and when a reply is due."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from arrears.core.case_values import LetterStepKind as Kind
from arrears.core.case_values import PostedHow
from cases.core.facts import Nation, StruckOut
from correspondence.core.letters import missed_payments
from correspondence.core.letters.kind import To
from correspondence.core.sending import (
    NOT_SENT,
    AwaitedReply,
    Sending,
    StepSeen,
    Whereabouts,
    in_order,
    most_late_first,
    reader_of,
    reply_due,
)
from tests.unit.arrears.build import day

KEY = uuid.UUID(int=1)
SLIP = StruckOut(on=day("2026-11-20"), reason="Typed twice")


def step(kind: Kind, on: str, *, struck_out: StruckOut | None = None) -> StepSeen:
    return StepSeen(id=uuid.uuid4(), letter_id=KEY, kind=kind, on=day(on), struck_out=struck_out)


class TestSending:
    @pytest.mark.parametrize(
        ("kinds", "where"),
        [
            ([], Whereabouts.NOT_SENT),
            ([Kind.POSTED], Whereabouts.SENT),
            ([Kind.POSTED, Kind.DELIVERED], Whereabouts.ARRIVED),
            ([Kind.POSTED, Kind.RETURNED], Whereabouts.CAME_BACK),
            ([Kind.POSTED, Kind.RETURNED, Kind.POSTED], Whereabouts.SENT),
            ([Kind.POSTED, Kind.REPLY_RECEIVED], Whereabouts.ANSWERED),
            ([Kind.POSTED, Kind.REPLY_RECEIVED, Kind.DELIVERED], Whereabouts.ANSWERED),
            ([Kind.POSTED, Kind.REPLY_RECEIVED, Kind.WITHDRAWN], Whereabouts.TAKEN_BACK),
            ([Kind.WITHDRAWN], Whereabouts.TAKEN_BACK),
        ],
    )
    def test_is_where_its_last_step_says(self, kinds: list[Kind], where: Whereabouts) -> None:
        assert Sending(steps=tuple(step(kind, "2026-11-02") for kind in kinds)).whereabouts is where

    def test_forgets_a_step_that_is_struck_out_and_still_shows_it(self) -> None:
        slip = step(Kind.POSTED, "2026-11-02", struck_out=SLIP)
        found = Sending(steps=(slip,))
        assert found.steps == (slip,)
        assert (found.whereabouts, found.posting, found.sent_on) == (Whereabouts.NOT_SENT, None, None)

    def test_counts_from_the_latest_posting(self) -> None:
        found = in_order(
            [step(Kind.POSTED, "2026-11-09"), step(Kind.RETURNED, "2026-11-06"), step(Kind.POSTED, "2026-11-02")]
        )
        assert found.sent_on == day("2026-11-09")

    def test_is_not_with_them_once_it_came_back_but_was_posted(self) -> None:
        found = in_order([step(Kind.POSTED, "2026-11-02"), step(Kind.RETURNED, "2026-11-06")])
        assert found.sent_on is None
        assert found.posting is not None

    def test_has_a_reply_once_one_came(self) -> None:
        first, second = step(Kind.REPLY_RECEIVED, "2026-11-06"), step(Kind.REPLY_RECEIVED, "2026-11-09")
        assert in_order([second, step(Kind.POSTED, "2026-11-02"), first]).reply == first
        assert NOT_SENT.reply is None


class TestReplyDue:
    def test_counts_working_days_from_the_day_it_was_sent(self) -> None:
        due = reply_due(day("2026-11-02"), kind=None, asked_by=day("2026-11-20"), nation=Nation.ENGLAND)
        assert (due.working_days, due.aimed_by) == (15, day("2026-11-23"))
        assert (due.earliest, due.late_after) == (day("2026-11-20"), day("2026-11-23"))

    def test_leaves_out_the_holidays_of_the_nation(self) -> None:
        sent_on = day("2026-11-20")  # St Andrew's Day is the 30th
        england, scotland = (
            reply_due(sent_on, kind=None, asked_by=None, nation=one) for one in (Nation.ENGLAND, Nation.SCOTLAND)
        )
        assert (england.late_after, scotland.late_after) == (day("2026-12-11"), day("2026-12-14"))
        assert england.earliest == england.aimed_by

    def test_is_the_day_that_the_letter_names_where_its_kind_has_a_rule_of_its_own(self) -> None:
        kind = replace(missed_payments.KIND, reply=lambda record, about: None)
        due = reply_due(day("2026-11-02"), kind=kind, asked_by=day("2026-12-02"), nation=Nation.ENGLAND)
        assert (due.aimed_by, due.earliest, due.late_after) == (None, day("2026-12-02"), day("2026-12-02"))
        assert reply_due(day("2026-11-02"), kind=kind, asked_by=None, nation=Nation.ENGLAND).aimed_by is not None

    @pytest.mark.parametrize(
        ("to", "addressee", "reader"),
        [
            (To.CMS, ["Child Maintenance Service"], "CMS"),
            (To.ICE, [], "the Independent Case Examiner"),
            (To.OTHER, ["A. N. Executor", "1 Street"], "A. N. Executor"),
            (To.OTHER, [], "the reader"),
        ],
    )
    def test_comes_from_the_reader(self, to: To, addressee: list[str], reader: str) -> None:
        assert reader_of(replace(missed_payments.KIND, to=to), addressee) == reader
        assert reader_of(None, addressee) == "CMS"

    def test_is_late_only_when_both_days_have_passed(self) -> None:
        posting = StepSeen(id=KEY, letter_id=KEY, kind=Kind.POSTED, on=day("2026-11-02"), how=PostedHow.POST)
        due = reply_due(posting.on, kind=None, asked_by=day("2026-11-27"), nation=Nation.WALES)
        waits = AwaitedReply(letter_id=KEY, title="L", dated_on=posting.on, posting=posting, due=due)
        assert [waits.is_late(on=day(on)) for on in ("2026-11-24", "2026-11-27", "2026-11-28")] == [False, False, True]

    def test_comes_in_the_order_of_the_days(self) -> None:
        def awaited(key: int, sent_on: dt.date) -> AwaitedReply:
            posting = StepSeen(id=KEY, letter_id=KEY, kind=Kind.POSTED, on=sent_on)
            due = reply_due(sent_on, kind=None, asked_by=None, nation=Nation.ENGLAND)
            return AwaitedReply(letter_id=uuid.UUID(int=key), title="L", dated_on=sent_on, posting=posting, due=due)

        later, sooner = awaited(1, day("2026-11-16")), awaited(2, day("2026-11-02"))
        assert most_late_first([later, sooner]) == [sooner, later]
