"""Lines are found by day, amount and payer; each says why, and only the plain ones begin with a tick."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.core.bank.lines import Line
from arrears.core.bank.matching import Candidate, Matched, Why, match
from arrears.core.bank.routes import counts_for
from arrears.core.bank.texts import digest
from arrears.core.facts import CaseFacts, Observation, Route
from tests.unit.arrears.build import case, day, decision, payment, schedule, service

KEY = b"k" * 32
TODAY = day("2025-06-30")
MONTHLY = (decision("60.00", "2025-01-06"), schedule("monthly", "2025-02-03"), service("direct_pay", "2025-01-06"))
COLLECTED = (
    decision("60.00", "2025-01-06"),
    schedule("monthly", "2025-02-03"),
    service("collect_and_pay", "2025-01-06"),
)
WEEKLY = (decision("60.00", "2025-05-02"), schedule("weekly", "2025-05-09"))


def line(on: str, pounds: str, text: str = "A PAYER", number: int = 1) -> Line:
    return Line(number, day(on), round(float(pounds) * 100), text)


def found(lines: Sequence[Line], facts: CaseFacts, *learned: str) -> Matched:
    return match(lines, facts, on=TODAY, key=KEY, learned={digest(KEY, text) for text in learned})


def one(lines: Sequence[Line], facts: CaseFacts, *learned: str) -> Candidate:
    (candidate,) = found(lines, facts, *learned).candidates
    return candidate


def said(matched: Matched) -> list[tuple[str, bool]]:
    return [(str(candidate.why), candidate.is_likely) for candidate in matched.candidates]


class TestTheExactAmount:
    @pytest.mark.parametrize(("on", "days"), [("2025-02-27", -4), ("2025-03-03", 0), ("2025-03-10", 7)])
    def test_in_time_is_likely(self, on: str, days: int) -> None:
        candidate = one([line(on, "260.00")], case(*MONTHLY))

        assert (candidate.why, candidate.days, candidate.is_likely) == (Why.EXACT, days, True)
        assert candidate.due_on == (day("2025-03-03"),)
        assert candidate.route is Route.DIRECT

    def test_too_late_is_shown_without_a_tick(self) -> None:
        candidate = one([line("2025-03-20", "260.00")], case(*MONTHLY))

        assert (candidate.why, candidate.days, candidate.is_likely) == (Why.FAR, 17, False)

    def test_further_away_is_not_shown(self) -> None:
        facts = case(*MONTHLY, payment("260.00", "2025-04-03"), payment("260.00", "2025-03-03"))

        assert found([line("2025-04-25", "260.00")], facts).others == 1

    def test_goes_to_the_nearest_date_first(self) -> None:
        matched = found([line("2025-05-12", "60.00"), line("2025-05-15", "60.00", "ANOTHER")], case(*WEEKLY))

        assert [candidate.due_on for candidate in matched.candidates] == [(day("2025-05-09"),), (day("2025-05-16"),)]

    def test_is_early_within_the_reach_of_the_rules_only(self) -> None:
        facts = case(*WEEKLY)

        assert one([line("2025-05-06", "60.00")], facts).days == -3
        assert found([line("2025-05-05", "60.00")], facts).others == 1

    def test_may_be_for_a_date_still_to_come(self) -> None:
        candidate = one([line("2025-06-30", "260.00")], case(*MONTHLY))

        assert candidate.due_on == (day("2025-07-03"),)

    def test_of_what_is_left_counts_too(self) -> None:
        facts = case(*MONTHLY, payment("100.00", "2025-03-03"))

        assert one([line("2025-03-05", "160.00")], facts).why is Why.EXACT


class TestTheDirection:
    def test_is_money_in_for_the_receiving_parent_and_out_for_the_paying_parent(self) -> None:
        lines = [line("2025-03-03", "260.00"), line("2025-03-04", "-260.00")]

        assert one(lines, case(*MONTHLY)).on == day("2025-03-03")
        assert one(lines, case(*MONTHLY, perspective="paying")).on == day("2025-03-04")

    def test_a_line_of_the_future_is_left_out(self) -> None:
        assert found([line("2025-07-01", "260.00")], case(*MONTHLY)).others == 1


class TestAnotherAmount:
    @pytest.mark.parametrize(
        ("pounds", "why", "over"),
        [
            ("259.99", Why.PENNY, -1),
            ("260.01", Why.PENNY, 1),
            ("254.99", Why.NEARLY, -501),
            ("286.00", Why.NEARLY, 2600),
        ],
    )
    def test_a_little_short_or_over_is_shown_without_a_tick(self, pounds: str, why: Why, over: int) -> None:
        candidate = one([line("2025-03-03", pounds)], case(*MONTHLY))

        assert (candidate.why, candidate.over, candidate.is_likely) == (why, over, False)

    def test_far_from_what_is_due_is_not_shown(self) -> None:
        assert found([line("2025-03-03", "200.00"), line("2025-03-20", "1.00")], case(*MONTHLY)).others == 2

    def test_of_two_dates_together_is_one_payment_for_both(self) -> None:
        candidate = one([line("2025-05-16", "120.00")], case(*WEEKLY))

        assert candidate.why is Why.TOGETHER
        assert candidate.due_on == (day("2025-05-09"), day("2025-05-16"))

    def test_never_takes_a_date_that_is_paid_into_a_sum(self) -> None:
        facts = case(*WEEKLY, payment("60.00", "2025-05-16"), payment("60.00", "2025-05-30"))

        assert found([line("2025-05-23", "120.00")], facts).others == 1

    def test_in_two_parts_of_one_payer_makes_up_one_date(self) -> None:
        lines = [line("2025-03-03", "160.00"), line("2025-03-05", "100.00"), line("2025-03-05", "100.00", "SHOP")]
        matched = found(lines, case(*MONTHLY))

        assert [(c.why, c.pence, c.due_on) for c in matched.candidates] == [
            (Why.IN_PARTS, 16000, (day("2025-03-03"),)),
            (Why.IN_PARTS, 10000, (day("2025-03-03"),)),
        ]
        assert matched.others == 1

    def test_in_parts_may_begin_after_another_line_of_the_payer(self) -> None:
        lines = [line("2025-03-02", "5.00"), line("2025-03-03", "160.00"), line("2025-03-05", "100.00")]

        assert [c.pence for c in found(lines, case(*MONTHLY)).candidates] == [16000, 10000]

    def test_in_parts_counts_towards_one_date_only(self) -> None:
        lines = [
            line(f"2025-05-{on}", pounds, payer)
            for payer in ("ONE", "TWO")
            for on, pounds in [("12", "35.00"), ("13", "25.00")]
        ]
        matched = found(lines, case(*WEEKLY))

        assert [c.due_on for c in matched.candidates] == [(day("2025-05-09"),)] * 2
        assert matched.others == 2


class TestThePayer:
    def test_once_confirmed_is_likely_whatever_the_day_and_the_amount(self) -> None:
        matched = found([line("2025-03-20", "50.00"), line("2025-04-03", "254.99")], case(*MONTHLY), "A PAYER")

        assert said(matched) == [("payer_known", True), ("nearly", True)]

    def test_that_names_cms_is_shown_without_a_tick(self) -> None:
        candidate = one([line("2025-03-20", "50.00", "CMS 1200")], case(*MONTHLY))

        assert (candidate.why, candidate.is_likely) == (Why.NAMES_CMS, False)


class TestTheRoute:
    def test_of_a_line_that_names_cms_is_straight_under_direct_pay_and_asked(self) -> None:
        exact, short, other = found(
            [
                line("2025-03-03", "260.00", "CMS"),
                line("2025-04-03", "255.00", "CMS"),
                line("2025-04-20", "5.00", "CMS"),
            ],
            case(*MONTHLY),
        ).candidates

        assert (exact.why, exact.over, exact.is_likely) == (Why.EXACT, 0, True)
        assert (short.why, short.over) == (Why.NEARLY, -500)
        assert other.why is Why.NAMES_CMS
        assert [(c.route, c.is_route_doubtful) for c in (exact, short, other)] == [(Route.DIRECT, True)] * 3

    def test_under_direct_pay_is_not_asked_where_nothing_names_cms(self) -> None:
        candidate = one([line("2025-03-03", "260.00")], case(*MONTHLY))

        assert (candidate.route, candidate.is_route_doubtful) == (Route.DIRECT, False)

    @pytest.mark.parametrize(
        ("pounds", "text", "route", "is_doubtful"),
        [
            ("249.60", "DWP CMG", Route.VIA_CMS_RECEIVED, False),
            ("249.60", "A PAYER", Route.VIA_CMS_RECEIVED, False),
            ("249.59", "A PAYER", Route.VIA_CMS_RECEIVED, True),
            ("260.00", "DWP CMG", Route.VIA_CMS_RECEIVED, True),
            ("260.00", "A PAYER", Route.DIRECT, True),
        ],
    )
    def test_under_collect_and_pay_goes_by_text_and_amount(
        self, pounds: str, text: str, route: Route, is_doubtful: bool
    ) -> None:
        candidate = one([line("2025-03-03", pounds, text)], case(*COLLECTED))

        assert (candidate.route, candidate.is_route_doubtful) == (route, is_doubtful)

    def test_is_that_of_the_service_on_the_day_of_the_line(self) -> None:
        facts = case(*MONTHLY, service("collect_and_pay", "2025-04-01"))
        before, after = found(
            [line("2025-03-31", "260.00", "CMS"), line("2025-05-02", "249.60", "CMS")], facts
        ).candidates

        assert (before.due_on, before.route) == ((day("2025-04-03"),), Route.DIRECT)
        assert (after.route, after.is_route_doubtful) == (Route.VIA_CMS_RECEIVED, False)

    def test_of_a_late_payment_for_a_date_without_a_fee_is_straight_and_asked(self) -> None:
        facts = case(*MONTHLY, service("collect_and_pay", "2025-04-04"), perspective="paying")
        silent, named = (one([line("2025-04-05", "-260.00", text)], facts) for text in ("A PAYER", "CMS"))

        assert (silent.why, silent.route, silent.is_route_doubtful) == (Why.EXACT, Route.DIRECT, True)
        assert (named.why, named.route, named.is_route_doubtful) == (Why.EXACT, Route.VIA_CMS_PAID, False)

    @pytest.mark.parametrize(("text", "route"), [("CMS", Route.VIA_CMS_RECEIVED), ("A PAYER", Route.DIRECT)])
    def test_without_a_service_goes_by_the_text_and_is_asked(self, text: str, route: Route) -> None:
        candidate = one([line("2025-05-09", "60.00", text)], case(*WEEKLY))

        assert (candidate.route, candidate.is_route_doubtful) == (route, True)

    def test_through_cms_is_seen_in_a_sum_in_parts_and_too_late(self) -> None:
        together = one([line("2025-04-03", "499.20")], case(*COLLECTED))
        late = one([line("2025-03-20", "249.60")], case(*COLLECTED))
        parts = found([line("2025-03-03", "149.60"), line("2025-03-04", "100.00")], case(*COLLECTED)).candidates

        assert [together.why, late.why, *(c.why for c in parts)] == [
            Why.TOGETHER, Why.FAR, Why.IN_PARTS, Why.IN_PARTS,
        ]  # fmt: skip
        for candidate in (together, late, *parts):
            assert (candidate.route, candidate.is_route_doubtful) == (Route.VIA_CMS_RECEIVED, False)


class TestWhatALineCountsFor:
    @pytest.mark.parametrize(
        ("route", "counts"), [(Route.DIRECT, 26000), (Route.VIA_CMS_RECEIVED, 27083), (Route.VIA_CMS_PAID, 26000)]
    )
    def test_is_what_it_was_before_the_receiving_parents_fee(self, route: Route, counts: int) -> None:
        assert counts_for(26000, on=day("2025-03-03"), route=route) == counts


class TestANoteThatNothingCame:
    @pytest.mark.parametrize(("noted", "is_likely"), [("2025-03-04", True), ("2025-03-19", False)])
    def test_stands_beside_the_line_and_takes_its_tick_when_it_was_made_later(
        self, noted: str, is_likely: bool
    ) -> None:
        notes = [Observation(due_on=day("2025-03-03"), noted_on=day(on)) for on in (noted, "2025-03-04")]
        candidate = one([line("2025-03-05", "260.00")], replace(case(*MONTHLY), observations=tuple(notes)))

        assert (candidate.why, candidate.noted_on, candidate.is_likely) == (Why.EXACT, day(noted), is_likely)

    def test_of_another_date_is_not_named(self) -> None:
        note = Observation(due_on=day("2025-04-03"), noted_on=day("2025-04-19"))
        candidate = one([line("2025-03-05", "260.00")], replace(case(*MONTHLY), observations=(note,)))

        assert (candidate.noted_on, candidate.is_likely) == (None, True)


class TestMoneyThroughCms:
    def test_is_what_is_left_after_the_receiving_parents_fee(self) -> None:
        facts = case(
            decision("60.00", "2025-01-06"), schedule("monthly", "2025-02-03"), service("collect_and_pay", "2025-01-06")
        )
        by_text, by_amount = (one([line("2025-03-03", "249.60", text)], facts) for text in ("DWP CMG", "A PAYER"))

        assert {by_text.why, by_amount.why} == {Why.EXACT}
        assert {by_text.route, by_amount.route} == {Route.VIA_CMS_RECEIVED}

    def test_holds_the_paying_parents_fee(self) -> None:
        facts = case(
            decision("60.00", "2025-01-06"), schedule("monthly", "2025-02-03"),
            service("collect_and_pay", "2025-01-06"), perspective="paying",
        )  # fmt: skip
        candidate = one([line("2025-03-03", "-312.00", "CHILD MAINTENANCE")], facts)

        assert (candidate.why, candidate.route, candidate.pence) == (Why.EXACT, Route.VIA_CMS_PAID, 31200)


class TestWhatIsInTheRecord:
    def test_by_its_own_id_is_counted_and_not_shown_again(self) -> None:
        lines = [line("2025-03-03", "260.00"), line("2025-04-03", "260.00")]
        first = found(lines, case(*MONTHLY)).candidates[0]
        matched = found(lines, case(*MONTHLY, payment("260.00", "2025-03-03", name=str(first.id))))

        assert (matched.already, len(matched.candidates), matched.others) == (1, 1, 0)

    def test_struck_out_is_still_known(self) -> None:
        lines = [line("2025-03-03", "260.00")]
        key = str(one(lines, case(*MONTHLY)).id)
        matched = found(lines, case(*MONTHLY, payment("260.00", "2025-03-03", name=key, out="2025-03-05")))

        assert (matched.already, matched.candidates) == (1, ())

    def test_by_hand_with_the_same_day_and_amount_is_shown_without_a_tick(self) -> None:
        facts = case(*MONTHLY, payment("260.00", "2025-03-03"), payment("9.00", "2025-03-20"))
        exact, other = found([line("2025-03-03", "260.00"), line("2025-03-20", "9.00")], facts).candidates

        assert (exact.why, exact.is_logged, exact.is_covered, exact.is_likely) == (Why.EXACT, True, True, False)
        assert (other.why, other.is_logged, other.is_likely) == (Why.LOGGED, True, False)

    def test_covers_its_date_so_that_another_payment_is_doubtful(self) -> None:
        candidate = one([line("2025-03-05", "260.00")], case(*MONTHLY, payment("260.00", "2025-03-03")), "A PAYER")

        assert (candidate.why, candidate.is_covered, candidate.is_likely) == (Why.EXACT, True, False)


class TestTheSameLine:
    def test_twice_in_a_file_has_two_ids_and_the_second_is_doubtful(self) -> None:
        first, second = found([line("2025-05-15", "60.00"), line("2025-05-15", "60.00")], case(*WEEKLY)).candidates

        assert first.id != second.id
        assert {first.due_on, second.due_on} == {(day("2025-05-09"),), (day("2025-05-16"),)}
        assert [first.is_twice, second.is_twice] == [False, True]
        assert [first.is_likely, second.is_likely] == [True, False]

    def test_is_shown_even_where_it_fits_no_date(self) -> None:
        matched = found(
            [line("2025-05-12", "60.00"), line("2025-05-12", "60.00"), line("2025-05-12", "1.00")], case(*WEEKLY)
        )

        assert said(matched) == [("exact", True), ("twice", False)]

    def test_of_nothing_that_is_shown_is_not_shown_either(self) -> None:
        assert found([line("2025-05-12", "1.00"), line("2025-05-12", "1.00")], case(*WEEKLY)).others == 2

    def test_has_the_same_id_wherever_it_stands_and_however_its_reference_counts_up(self) -> None:
        alone = one([line("2025-03-03", "260.00", "A PAYER 001")], case(*MONTHLY))
        moved = one([line("2025-01-20", "1.00"), line("2025-03-03", "260.00", "A PAYER 002", 7)], case(*MONTHLY))

        assert alone.id == moved.id


class TestAnEmptyCase:
    def test_has_no_candidates_but_those_that_name_cms(self) -> None:
        matched = found([line("2025-03-03", "260.00"), line("2025-03-03", "1.00", "CMS")], case())

        assert (said(matched), matched.others) == ([("names_cms", False)], 1)


LINES = st.lists(
    st.builds(
        Line,
        st.just(1),
        st.dates(dt.date(2025, 1, 20), dt.date(2025, 7, 10)),
        st.sampled_from([26000, 25999, 13000, 52000, 5000, -26000]),
        st.sampled_from(["A PAYER", "CMS", "SHOP"]),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_every_line_is_shown_or_counted_and_every_date_is_taken_once(lines: list[Line]) -> None:
    matched = found(lines, case(*MONTHLY), "SHOP")
    exact = [c.due_on for c in matched.candidates if c.due_on and c.why is not Why.IN_PARTS]
    dates = [on for dates in exact for on in dates]

    assert len(matched.candidates) + matched.already + matched.others == len(lines)
    assert len({c.id for c in matched.candidates}) == len(matched.candidates)
    assert len(dates) == len(set(dates))
