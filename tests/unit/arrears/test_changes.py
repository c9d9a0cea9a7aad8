"""Why a balance changed, by hand (rules section 4)."""

from dataclasses import replace

from arrears.core.changes import explain
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from arrears.core.results import CauseKind, Change
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service

BACKDATED = (
    decision("85", "2024-03-04", told="2024-02-28"),
    decision("112.40", "2024-07-15", told="2024-11-25"),
    schedule("monthly", "2024-03-04"),
)


def change(facts: CaseFacts, before: str, after: str) -> Change:
    """The change between two days; ``2025-01-01/2025-02-01`` is a day and what was known on another."""

    def view(text: str) -> tuple[object, object]:
        on, _, known_on = text.partition("/")
        return day(on), day(known_on or on)

    return explain(facts, before=view(before), after=view(after))


def told(facts: CaseFacts, before: str, after: str) -> list[tuple[str, int, str]]:
    """The causes: kind, amount, sentence."""
    return [(cause.kind.value, cause.amount, cause.text) for cause in change(facts, before, after).causes]


class TestARecalculation:
    def test_says_its_two_rates_and_how_far_it_reaches(self) -> None:
        assert told(case(*BACKDATED), "2024-11-24", "2024-11-25") == [
            (
                "recalculation",
                55154,
                (
                    "CMS decided on 25 November 2024 that £112.40 a week applied from 15 July 2024 instead of £85.00. "
                    "For the five payments already asked for, that added £551.54. No payment was missed for it."
                ),
            )
        ]

    def test_lists_its_instalments_to_be_checked_by_hand(self) -> None:
        cause = change(case(*BACKDATED), "2024-11-24", "2024-11-25").causes[0]
        assert [(part.days, part.natural_days) for part in cause.parts] == [
            (20, 31), (31, 31), (30, 30), (31, 31), (30, 30),
        ]  # fmt: skip
        assert round(sum(part.change for part in cause.parts)) == 55154

    def test_to_nothing_says_so(self) -> None:
        facts = case(
            decision("70", "2025-01-03"),
            decision("0", "2025-01-10", told="2025-01-11"),
            schedule("weekly", "2025-01-03"),
        )
        assert told(facts, "2025-01-10", "2025-01-11") == [
            (
                "recalculation",
                -7000,
                (
                    "CMS decided on 11 January 2025 that nothing was to be paid from 10 January 2025 "
                    "instead of £70.00. "
                    "For the payment already asked for, that took off £70.00. Too much had been asked for."
                ),
            )
        ]

    def test_of_a_payment_that_the_letter_states_names_both_payments(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("60", "2025-01-03", told="2025-02-04", instalment="265", name="stated"),
            schedule("monthly", "2025-01-03"),
        )
        assert told(facts, "2025-02-03", "2025-02-04")[0][1:] == (
            1000,
            (
                "CMS decided on 4 February 2025 that each payment from 3 January 2025 is £265.00 instead of £260.00. "
                "For the two payments already asked for, that added £10.00. No payment was missed for it."
            ),
        )

    def test_of_payments_of_two_sizes_says_that_the_week_is_the_same(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("60", "2025-01-03", told="2025-02-20", instalment="265", name="stated"),
            schedule("monthly", "2025-01-03"),
            schedule("four_weekly", "2025-02-03"),
        )
        assert told(facts, "2025-02-19", "2025-02-20")[0][2].startswith(
            "CMS decided on 20 February 2025 that each payment from 3 January 2025 is a different one, "
            "at the same £60.00 a week. For the two payments already asked for, that added"
        )

    def test_says_until_when_it_ran_where_another_decision_has_the_days_after_it(self) -> None:
        facts = case(
            decision("85", "2025-03-03"),
            decision("112.40", "2025-07-14", told="2025-07-02"),
            decision("100", "2025-05-12", told="2025-09-08"),
            schedule("weekly", "2025-03-03"),
        )
        cause = next(one for one in change(facts, "2025-09-07", "2025-09-08").causes if one.parts)
        assert "£100.00 a week applied from 12 May 2025 until 13 July 2025 instead of £85.00." in cause.text
        assert cause.parts[-1].to_on == day("2025-07-13")

    def test_of_days_long_before_the_first_due_date_names_them(self) -> None:
        facts = case(
            decision("70", "2025-01-08"),
            decision("63", "2025-01-01", told="2025-02-01"),
            schedule("weekly", "2025-01-15"),
        )
        assert (
            "For the seven days from 1 January 2025 to 7 January 2025, before the first due date, that added £63.00."
            in told(facts, "2025-01-31", "2025-02-01")[0][2]
        )

    def test_after_nothing_was_to_be_paid_says_so_and_when_the_letter_came(self) -> None:
        late = replace(decision("70", "2025-01-10", told="2025-01-20"), decided_on=day("2025-01-11"))
        facts = case(decision("0", "2025-01-03"), late, schedule("weekly", "2025-01-03"))
        assert told(facts, "2025-01-19", "2025-01-20")[0][2] == (
            "CMS decided on 11 January 2025 that £70.00 a week applied from 10 January 2025 instead of nothing. "
            "The letter came on 20 January 2025. "
            "For the two payments already asked for, that added £140.00. No payment was missed for it."
        )


class TestAnInitialAmount:
    def test_says_for_which_days_it_is(self) -> None:
        facts = case(decision("70", "2025-01-01", told="2025-01-17"), schedule("weekly", "2025-01-03"))
        texts = [text for kind, _, text in told(facts, "2025-01-16", "2025-01-17") if kind == "initial"]
        assert texts == [
            (
                "CMS decided on 17 January 2025 that £70.00 a week applied from 1 January 2025. "
                "For the two days before the first due date and the two payments already asked for, "
                "that added £160.00. "
                "No payment was missed for it."
            )
        ]


class TestTimePassing:
    def test_names_everything_that_fell_due_or_was_paid(self) -> None:
        facts = case(
            opening("100", "2025-01-02"),
            decision("60", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            payment("20", "2025-01-04"),
            payment("48", "2025-01-05", route="via_cms_received", cms="2025-01-06"),
            payment("5", "2025-01-07", route="via_cms_paid"),
            adjustment("write_off", "3", "2025-01-08", reason="Asked."),
            adjustment("correction_up", "2", "2025-01-09"),
            adjustment("correction_down", "2", "2025-01-09"),
            adjustment("offset", "1", "2025-01-09"),
            adjustment("settlement", "1", "2025-01-09"),
            adjustment("voluntary_payment", "1", "2025-01-09"),
            adjustment("direct_payment_accepted", "1", "2025-01-09"),
        )
        assert [(kind, amount) for kind, amount, _ in told(facts, "2025-01-01", "2025-01-09")] == [
            ("opening", 10000), ("instalment", 6000), ("payment", -2000), ("payment", -5000), ("payment", -500),
            ("write_off", -300), ("correction_up", 200), ("correction_down", -200), ("offset", -100),
            ("settlement", -100), ("voluntary_payment", -100), ("direct_payment_accepted", -100),
        ]  # fmt: skip
        texts = [text for _, _, text in told(facts, "2025-01-01", "2025-01-09")]
        assert texts[0] == "£100.00 was carried over on 2 January 2025."
        assert texts[1] == "£60.00 fell due on 3 January 2025."
        assert texts[2] == "A payment of £20.00 was made on 4 January 2025."
        assert texts[3] == (
            "CMS passed on £48.00 on 5 January 2025. Before the 4% that CMS keeps, that is £50.00. "
            "CMS had it from 6 January 2025, and it counts from then."
        )
        assert texts[4] == "A payment of £5.00 was made to CMS on 7 January 2025."
        assert texts[5] == "CMS wrote off £3.00 on 8 January 2025: Asked."

    def test_backwards_takes_off_again_what_fell_due(self) -> None:
        facts = case(decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"))
        assert told(facts, "2025-01-03/2025-01-03", "2025-01-02/2025-01-03") == [
            (
                "instalment",
                -6000,
                "Not yet counted on 2 January 2025: £60.00 fell due on 3 January 2025.",
            )
        ]

    def test_backwards_keeps_the_name_of_cms_and_lowers_other_words(self) -> None:
        facts = case(*BACKDATED, payment("5", "2024-11-25"))
        view = (day("2024-11-25"), day("2025-01-01")), (day("2024-11-24"), day("2025-01-01"))
        texts = [cause.text for cause in explain(facts, before=view[0], after=view[1]).causes]
        assert texts[0].startswith("Not yet counted on 24 November 2024: CMS decided on")
        assert texts[1].startswith("Not yet counted on 24 November 2024: a payment of")

    def test_takes_a_reason_that_is_a_sentence_of_cms_as_it_is(self) -> None:
        facts = case(
            adjustment("correction_down", "10", "2025-01-08", reason="CMS found a slip"),
            adjustment("correction_up", "5", "2025-01-09", reason="CMS found another. "),
        )
        assert [text for _, _, text in told(facts, "2025-01-01", "2025-01-09")] == [
            "CMS found a slip. That took off £10.00 on 8 January 2025.",
            "CMS found another. That added £5.00 on 9 January 2025.",
        ]


class TestWhatIsKnown:
    def test_names_a_slip_that_was_struck_out(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("600", "2025-01-10", told="2025-01-04", out="2025-01-12"),
            schedule("weekly", "2025-01-03"),
        )
        forwards = told(facts, "2025-01-10", "2025-01-12")
        assert forwards == [
            (
                "struck_out",
                -54000,
                (
                    "The decision of £600.00 a week from 10 January 2025 was struck out as a slip on 12 January 2025: "
                    "Slip. That took off £540.00."
                ),
            )
        ]
        assert told(facts, "2025-01-10/2025-01-12", "2025-01-10")[0][2] == (
            "The decision of £600.00 a week from 10 January 2025 was not struck out yet. That added £540.00."
        )

    def test_names_what_was_recorded_late(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            payment("40", "2025-01-03", recorded="2025-02-01"),
            adjustment("offset", "5", "2025-01-03", recorded="2025-02-01"),
        )
        late = "on 3 January 2025 was recorded on 1 February 2025. That took off"
        assert told(facts, "2025-01-03", "2025-01-03/2025-02-01") == [
            ("recorded_late", -500, f"The offset of £5.00 {late} £5.00."),
            ("recorded_late", -4000, f"The payment of £40.00 {late} £40.00."),
        ]
        assert told(facts, "2025-01-03/2025-02-01", "2025-01-03")[1] == (
            "recorded_late", 4000, "The payment of £40.00 on 3 January 2025 was not known yet. That added £40.00.",
        )  # fmt: skip

    def test_names_a_decision_that_was_not_known_to_the_first_view(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("70", "2025-01-03", told="2025-01-08"),
            schedule("weekly", "2025-01-03"),
        )
        assert told(facts, "2025-01-09/2025-01-04", "2025-01-09")[0] == (
            "recorded_late",
            1000,
            (
                "CMS decided on 8 January 2025 that £70.00 a week applied from 3 January 2025 instead of £60.00. "
                "For the payment already asked for, that added £10.00. No payment was missed for it."
            ),
        )

    def test_gives_such_a_decision_its_own_working(self) -> None:
        facts = case(*BACKDATED)
        by_time = change(facts, "2024-11-24", "2024-11-25").causes[0]
        by_news = change(facts, "2024-11-25/2024-11-24", "2024-11-25").causes[0]
        assert (by_news.kind, by_news.amount) == (CauseKind.RECORDED_LATE, 55154)
        assert (by_news.text, by_news.parts) == (by_time.text, by_time.parts)
        assert by_news.decision == by_time.decision == facts.decisions[1]

    def test_names_apart_what_fell_due_since_such_a_decision_was_told(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("70", "2025-01-03", told="2025-01-08"),
            decision("50", "2025-01-24", told="2025-01-24"),
            schedule("weekly", "2025-01-03"),
        )
        texts = [(amount, text) for _, amount, text in told(facts, "2025-01-31/2025-01-04", "2025-01-31")]
        assert texts[0][0] == 5000
        assert texts[0][1].endswith(
            "that added £10.00. No payment was missed for it. "
            "What has fallen due since it was told comes to £40.00 more."
        )
        assert texts[1] == (
            -4000,
            (
                "CMS decided on 24 January 2025 that £50.00 a week applied from 24 January 2025 instead of £70.00. "
                "What has fallen due since it was told comes to £40.00 less."
            ),
        )

    def test_takes_decisions_of_one_day_in_the_order_in_which_they_were_told(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("80", "2025-01-03", told="2025-01-08", sequence=2, name="a"),
            decision("70", "2025-01-03", told="2025-01-08", sequence=1, name="b"),
            schedule("weekly", "2025-01-03"),
        )
        causes = change(facts, "2025-01-09/2025-01-04", "2025-01-09").causes
        assert {cause.fact_id: (cause.amount, len(cause.parts)) for cause in causes} == {"a": (1000, 1), "b": (1000, 1)}

    def test_says_of_a_decision_that_the_second_view_lacks_that_it_was_not_known(self) -> None:
        assert told(case(*BACKDATED), "2024-11-25", "2024-11-25/2024-11-24") == [
            (
                "recorded_late",
                -55154,
                "The decision of £112.40 a week from 15 July 2024 was not known yet. That took off £551.54.",
            )
        ]

    def test_names_what_cms_accepted_or_let_go_in_plain_words(self) -> None:
        facts = case(
            adjustment("write_off", "5", "2025-01-03", recorded="2025-02-01"),
            adjustment("direct_payment_accepted", "6", "2025-01-03", recorded="2025-02-01"),
        )
        names = sorted(text.partition(" of £")[0] for _, _, text in told(facts, "2025-01-03", "2025-01-03/2025-02-01"))
        assert names == ["The accepted direct payment", "The write-off"]

    def test_keeps_the_credit_beside_what_is_owed(self) -> None:
        found = change(case(opening("9", "2025-01-01"), payment("12", "2025-01-02")), "2025-01-01", "2025-01-02")
        assert (found.before, found.credit_before, found.after, found.credit_after) == (900, 0, -300, 300)

    def test_names_a_balance_or_payment_dates_that_were_struck_out(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            schedule("monthly", "2025-01-10", out="2025-02-01"),
            opening("10", "2025-01-01", out="2025-02-01"),
            adjustment("correction_up", "7", "2025-01-05", out="2025-02-01"),
            payment("9", "2025-03-01", out="2025-04-01"),
        )
        causes = change(facts, "2025-01-10", "2025-01-10/2025-02-01").causes
        assert {(cause.kind, cause.amount) for cause in causes} == {
            (CauseKind.STRUCK_OUT, -700),
            (CauseKind.STRUCK_OUT, -1000),
            (CauseKind.STRUCK_OUT, 6000 - 26000),
        }
        assert sorted(cause.text.split(" was ")[0] for cause in causes) == [
            "The correction of £7.00 on 5 January 2025",
            "The payment dates from 10 January 2025",
            "The £10.00 carried over on 1 January 2025",
        ]
        assert change(facts, "2025-01-05", "2025-01-05/2025-02-01").change == -1700


class TestFees:
    COLLECTED = (
        decision("60", "2025-01-03"),
        schedule("weekly", "2025-01-03"),
        service("collect_and_pay", "2025-01-03"),
    )

    def test_are_money_that_did_not_go_to_maintenance(self) -> None:
        facts = case(*self.COLLECTED, payment("72", "2025-01-03", route="via_cms_paid"), perspective="paying")
        assert told(facts, "2025-01-02", "2025-01-03") == [
            ("instalment", 6000, "£60.00 fell due on 3 January 2025."),
            ("payment", -7200, "A payment of £72.00 was made to CMS on 3 January 2025."),
            (
                "fee",
                1200,
                (
                    "£12.00 of the payment of £72.00 on 3 January 2025 went to collection fees, "
                    "which are owed to CMS and are not arrears."
                ),
            ),
        ]
        assert told(facts, "2025-01-03", "2025-01-02")[0][2] == (
            "£12.00 of the payment of £72.00 on 3 January 2025 no longer goes to collection fees."
        )

    def test_that_were_paid_ahead_are_not_yet_fees(self) -> None:
        facts = case(*self.COLLECTED, payment("72", "2025-01-09", route="via_cms_paid"), perspective="paying")
        assert [kind for kind, _, _ in told(facts, "2025-01-08", "2025-01-09")] == ["payment"]
        assert [kind for kind, _, _ in told(facts, "2025-01-09", "2025-01-10")] == ["instalment", "fee"]

    def test_that_came_back_are_credit_until_a_later_fee_takes_them(self) -> None:
        facts = case(
            *self.COLLECTED,
            decision("0", "2025-01-03", told="2025-01-04"),
            payment("72", "2025-01-03", route="via_cms_paid"),
            decision("5", "2025-01-24", told="2025-01-12"),
            adjustment("correction_up", "60", "2025-01-05"),
            perspective="paying",
        )
        assert told(facts, "2025-01-03", "2025-01-04")[1] == (
            "fee", -1200, "A decision lowered the collection fees: £12.00 came back and is credit.",
        )  # fmt: skip
        later = told(facts, "2025-01-04", "2025-01-24")
        assert all(kind != "fee" for kind, _, _ in later)  # the correction took the credit first
        calm = case(
            *(one for one in (*facts.decisions, *facts.schedules, *facts.services, *facts.payments)),
            perspective="paying",
        )
        assert [entry for entry in told(calm, "2025-01-04", "2025-01-24") if entry[0] == "fee"] == [
            ("fee", 100, "£1.00 that had come back from collection fees went to later ones.")
        ]


def test_a_schedule_struck_out_moves_the_instalment_that_it_cut_short() -> None:
    cut = schedule("monthly", "2024-01-09", out="2024-01-09")
    facts = case(decision("60", "2024-01-08"), schedule("monthly", "2023-12-12"), cut)
    before, after = (day("2024-01-08"), day("2024-01-08")), (day("2024-01-09"), day("2024-01-09"))
    change = explain(facts, before=before, after=after)
    assert change.after == position(facts, on=after[0], known_on=after[1]).net
    assert [(one.kind, one.fact_id) for one in change.causes] == [(CauseKind.STRUCK_OUT, cut.id)]
