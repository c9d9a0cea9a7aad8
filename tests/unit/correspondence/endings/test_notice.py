"""A notice of write-off: what it lacks, what does not fit, and the days to answer it in."""

import datetime as dt
from dataclasses import replace

import pytest

from arrears.core.facts import CaseFacts, OpeningBalance
from cases.core.facts import Nation, Perspective, Scheme
from correspondence.core.write_off_notice import Notice, NoticeFinding, check, is_old, kept_words, points_of

ON = dt.date(2026, 11, 23)
ALL = frozenset({"who", "amount", "period", "reason", "answer"})
RECORD = CaseFacts(
    perspective=Perspective.RECEIVING, openings=(OpeningBalance(on=dt.date(2026, 1, 1), amount=1331824),)
)
NOTICE = Notice(
    dated_on=dt.date(2026, 11, 2),
    reached_on=dt.date(2026, 11, 4),
    says=ALL,
    amount=1331824,
    from_on=dt.date(2015, 1, 1),
    to_on=dt.date(2020, 1, 1),
)


def found(notice: Notice = NOTICE, *, on: dt.date = ON) -> NoticeFinding:
    return check(notice, facts=RECORD, nation=Nation.ENGLAND, on=on)


class TestANotice:
    def test_that_says_all_of_it_and_fits_the_record_is_whole(self) -> None:
        assert found().is_whole
        assert found().owed == 1331824

    @pytest.mark.parametrize("left_out", sorted(ALL))
    def test_lacks_exactly_what_was_not_ticked(self, left_out: str) -> None:
        one = found(replace(NOTICE, says=ALL - {left_out}, amount=None, from_on=None, to_on=None))
        assert [point.code for point in one.missing] == [left_out]
        assert not one.is_whole

    def test_has_the_sum_and_the_days_that_were_typed_from_it(self) -> None:
        assert not found(replace(NOTICE, says=ALL - {"amount", "period"})).missing

    def test_with_another_sum_than_the_record_does_not_fit_by_a_penny(self) -> None:
        one = found(replace(NOTICE, amount=1331825))
        (line,) = one.differs
        assert line.startswith("The notice says £13,318.25. Your record shows £13,318.24 on 2 November 2026. ")
        assert not found(replace(NOTICE, amount=None)).differs

    def test_with_days_that_run_backwards_or_ahead_does_not_fit(self) -> None:
        backwards = replace(NOTICE, from_on=dt.date(2020, 1, 2))
        assert len(found(backwards).differs) == 1
        ahead = replace(NOTICE, to_on=dt.date(2026, 11, 3))
        assert len(found(ahead).differs) == 1
        assert not found(replace(NOTICE, to_on=dt.date(2026, 11, 2))).differs

    def test_gives_thirty_days_and_one_less_to_be_safe(self) -> None:
        days = found().days
        assert (days.safe_on, days.rule_on) == (dt.date(2026, 12, 3), dt.date(2026, 12, 4))
        assert not found(on=dt.date(2026, 12, 3)).is_late
        assert found(on=dt.date(2026, 12, 4)).is_late

    def test_about_an_old_debt_gives_sixty_days_beginning_with_the_day_it_came(self) -> None:
        old = Notice(
            dated_on=dt.date(2019, 2, 21), reached_on=dt.date(2019, 2, 22), says=ALL, is_old_debt=True, amount=1331824
        )
        days = found(old).days
        assert days.safe_on == days.rule_on == dt.date(2019, 4, 22)
        assert days.act_on == dt.date(2019, 4, 18)  # the 22nd was Easter Monday, the 19th Good Friday

    def test_is_kept_with_its_days_and_what_it_lacks(self) -> None:
        words = kept_words(found(replace(NOTICE, says=ALL - {"reason"})))
        assert words == (
            "For 1 January 2015 to 1 January 2020. It reached me on 4 November 2026. "
            "It does not say why CMS thinks that it should not be collected."
        )
        assert kept_words(found(replace(NOTICE, to_on=None))) == "It reached me on 4 November 2026."


class TestThePoints:
    def test_are_only_those_that_a_notice_has(self) -> None:
        assert points_of(["who", "<script>"]) == {"who"}

    def test_are_of_an_old_debt_in_both_closed_schemes(self) -> None:
        assert [is_old(one) for one in (Scheme.CMS_2012, Scheme.CSA_2003, Scheme.CSA_1993)] == [False, True, True]
