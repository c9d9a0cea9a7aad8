"""The one line and the sentences under it say what the position says, neutrally."""

from dataclasses import replace

import pytest

from arrears.core.arrears_split import split
from arrears.core.derived import brought_back
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.core.position import position
from arrears.core.results import Kind, Position
from arrears.presenters import words
from cases.core.facts import Perspective
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service

MONTHLY = (decision("60", "2025-01-06", told="2025-01-29"), schedule("monthly", "2025-02-03"))
# A payment with its fee, a decision that ends liability and so takes the fee back, and then a correction.
RETURNED = case(
    decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
    payment("72", "2025-01-03", route="via_cms_paid"), adjustment("correction_up", "90", "2025-01-05"),
    decision("0", "2025-01-03", told="2025-01-06"), perspective="paying",
)  # fmt: skip


#: £200 was owed; £50 of it was given up, and came back.
CANCELLED = Settlement(
    offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"), id="deal",
    steps=tuple(
        Step(kind=kind, on=day(on), recorded_on=day(on), amount=5000, id=kind.value)
        for kind, on in ((StepKind.AGREED, "2025-03-20"), (StepKind.CANCELLED, "2025-05-11"))
    ),
)  # fmt: skip


def made_of(at: Position, *, is_last: bool = False) -> tuple[str, ...]:
    return words.made_of(at, split(at, {}), is_last=is_last)


def line(facts: CaseFacts, on: str, *, is_own: bool = True) -> str:
    found = words.headline(position(facts, on=day(on)), perspective=facts.perspective, is_own=is_own)
    return " ".join(filter(None, found[:2]))


class TestHeadline:
    @pytest.mark.parametrize(
        ("side", "is_own", "said"),
        [
            ("receiving", True, "You are owed £500.00"),
            ("paying", True, "You owe £500.00"),
            ("receiving", False, "The receiving parent is owed £500.00"),
            ("paying", False, "The paying parent owes £500.00"),
        ],
    )
    def test_speaks_to_the_reader(self, side: str, is_own: bool, said: str) -> None:
        assert line(case(*MONTHLY, perspective=side), "2025-02-04", is_own=is_own) == said

    def test_says_when_nothing_is_owed(self) -> None:
        assert line(case(*MONTHLY, payment("500", "2025-02-03")), "2025-02-04") == "Nothing is owed"
        assert line(case(), "2025-02-04") == "Nothing is owed"

    def test_says_how_much_is_overpaid(self) -> None:
        assert line(case(*MONTHLY, payment("520", "2025-02-03")), "2025-02-04") == "Overpaid by £20.00"

    def test_does_not_call_the_next_payment_an_overpayment(self) -> None:
        early = case(*MONTHLY, payment("500", "2025-02-03"), payment("260", "2025-03-01"))
        assert line(early, "2025-03-01") == "Nothing is owed"


class TestMadeOf:
    def test_names_the_payments_and_the_days_before_the_first(self) -> None:
        at = position(case(*MONTHLY, payment("260", "2025-02-03")), on=day("2025-04-03"))
        assert made_of(at) == (
            "£520.00 is from the March and April payments.",
            "£240.00 is from the days before the first payment was due.",
        )

    def test_counts_the_payments_where_they_are_many(self) -> None:
        at = position(case(decision("60", "2025-01-06"), schedule("weekly", "2025-01-06")), on=day("2025-02-03"))
        assert made_of(at) == ("All of it is from 5 payments that fell due, the oldest on 6 January 2025.",)

    def test_names_weekly_payments_by_their_day_and_year(self) -> None:
        at = position(case(decision("60", "2024-12-30"), schedule("weekly", "2024-12-30")), on=day("2025-01-06"))
        assert made_of(at) == ("All of it is from the 30 December 2024 and 6 January 2025 payments.",)

    def test_tells_decisions_about_the_past_from_missed_payments(self) -> None:
        at = position(
            case(
                decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"), opening("100", "2025-01-01"),
                payment("260", "2025-02-03"), decision("70", "2025-02-03", told="2025-02-20"),
            ),
            on=day("2025-02-21"),
        )  # fmt: skip
        assert [text.partition(" is ")[2] for text in made_of(at)[1:]] == [
            "from decisions on earlier amounts, not from missed payments.",
            "from the amount carried over on 1 January 2025.",
        ]

    @pytest.mark.parametrize(
        ("weekly", "together"), [("65", "added £40.00"), ("55", "took off £40.00"), ("60", "come to nothing")]
    )
    def test_does_not_say_that_none_was_missed_where_a_decision_was_taken_back(
        self, weekly: str, together: str
    ) -> None:
        at = position(
            case(
                decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"),
                decision("70", "2025-01-03", told="2025-02-26"),
                decision(weekly, "2025-01-03", told="2025-02-27"),
            ),
            on=day("2025-02-27"),
        )  # fmt: skip
        text = next(text for text in made_of(at) if "decisions" in text)
        assert text.endswith(f"is from decisions on earlier amounts. All of those together {together}.")

    def test_says_where_credit_from_fees_came_from_and_what_is_owed_with_it(self) -> None:
        at = position(RETURNED, on=day("2025-02-10"))
        assert (at.outstanding, at.credit, at.credit_from_fees) == (3000, 1200, 1200)
        assert (
            made_of(at, is_last=True)[-1]
            == words.together(at)
            == (
                "£12.00 is in credit beside it. It came back from collection fees, and by our rule pays only "
                "what falls due later. Taken together: £18.00 is owed. Ask CMS how it counts the credit."
            )
        )
        assert not any("ahead" in text for text in made_of(at))

    @pytest.mark.parametrize(
        ("more", "net"), [("9", "overpaid £1.00"), ("10", "nothing is owed"), ("11", "£1.00 is owed")]
    )
    def test_takes_what_came_ahead_together_with_the_rest_where_nothing_more_falls_due(
        self, more: str, net: str
    ) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), payment("60", "2025-01-03"),
            payment("10", "2025-01-08"), opening(more, "2025-01-09"),
        )  # fmt: skip
        at = position(facts, on=day("2025-01-09"))
        assert made_of(at, is_last=True)[-2:] == (
            "£10.00 has come ahead.",
            f"£10.00 is in credit beside it. Taken together: {net}. Ask CMS how it counts the credit.",
        )
        assert made_of(at)[-1] == "£10.00 has come ahead and counts towards a later payment."
        assert words.together(position(facts, on=day("2025-01-08"))) == ""

    def test_calls_what_a_cancelled_settlement_brought_back_by_its_name(self) -> None:
        facts = replace(case(opening("200", "2025-01-01")), settlements=(CANCELLED,))
        at = position(facts, on=day("2025-06-30"))
        assert at.by_cause == {"opening": 15000, "correction_up": 5000}
        assert words.made_of(at, split(at, brought_back(facts))) == (
            "£150.00 is from the amount carried over on 1 January 2025.",
            "£50.00 came back when CMS cancelled a settlement.",
        )

    def test_mentions_money_that_came_ahead(self) -> None:
        at = position(case(*MONTHLY, payment("260", "2025-03-01")), on=day("2025-03-01"))
        assert made_of(at)[-1] == "£260.00 has come ahead and counts towards a later payment."


class TestAddsUp:
    def test_keeps_fees_apart(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"), service("collect_and_pay", "2025-01-03"),
            perspective="paying",
        )  # fmt: skip
        said = words.adds_up(position(facts, on=day("2025-02-03")), perspective=Perspective.PAYING)
        assert "£52.00 of collection fees" in said[0]
        assert said[1].endswith("of maintenance and £52.00 of fees are left to pay.")

    def test_says_when_it_is_even_or_more_than_even(self) -> None:
        even = position(case(*MONTHLY, payment("500", "2025-02-03")), on=day("2025-02-04"))
        over = position(case(*MONTHLY, payment("501", "2025-02-03")), on=day("2025-02-04"))
        assert words.adds_up(even, perspective=Perspective.RECEIVING)[1].startswith("The two are the same")
        assert words.adds_up(over, perspective=Perspective.RECEIVING)[1] == "That is £1.00 more than has fallen due."


class TestFallenDue:
    def test_says_what_was_taken_off_apart_from_what_fell_due(self) -> None:
        facts = replace(case(opening("200", "2025-01-01"), payment("30", "2025-02-01")), settlements=(CANCELLED,))
        at = position(facts, on=day("2025-04-30"))
        assert words.fallen_due(at, perspective=Perspective.PAYING) == (
            "£200.00 has fallen due. £30.00 has been paid. £50.00 was taken off."
        )
        assert words.left(at) == "£120.00 is still owed."

    def test_says_when_what_was_taken_off_makes_it_even(self) -> None:
        facts = replace(case(opening("200", "2025-01-01"), payment("150", "2025-02-01")), settlements=(CANCELLED,))
        said = words.adds_up(position(facts, on=day("2025-04-30")), perspective=Perspective.PAYING)
        assert said[-1] == "Together that is what fell due, so nothing is owed."

    def test_says_what_went_to_fees_or_came_back_from_them(self) -> None:
        collected = (
            decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"), service("collect_and_pay", "2025-01-06"),
            payment("120", "2025-01-06", route="via_cms_paid"),
        )  # fmt: skip
        at = position(case(*collected, perspective="paying"), on=day("2025-01-07"))
        assert words.fallen_due(at, perspective=Perspective.PAYING) == (
            "£100.00 has fallen due, and £20.00 of collection fees. £120.00 has been paid. "
            "£20.00 of that went to collection fees."
        )
        at = replace(position(case(), on=day("2025-01-09")), fees_due=-1000)
        assert "£10.00 came back from collection fees." in words.fallen_due(at, perspective=Perspective.PAYING)


class TestOwedToCms:
    @pytest.mark.parametrize(
        ("fees", "charges", "said"),
        [
            (0, 0, ""),
            (0, -500, ""),
            (5082, 0, "£50.82 of collection fees is also owed to CMS. Fees are not arrears."),
            (0, 30000, "£300.00 of enforcement charges is also owed to CMS. Charges are not arrears."),
            (
                502,
                30000,
                "£5.02 of collection fees and £300.00 of enforcement charges are also owed to CMS. Neither is arrears.",
            ),
        ],
    )
    def test_names_fees_and_charges_apart_from_the_arrears(self, fees: int, charges: int, said: str) -> None:
        assert words.owed_to_cms(fees, charges) == said


class TestEntry:
    def test_is_never_called_a_correction_where_old_arrears_came_back(self) -> None:
        assert words.entry(Kind.CORRECTION_UP) == "CMS corrected its record, and added"
        for way in (StepKind.CANCELLED, StepKind.WITHDRAWN):
            assert "correct" not in words.entry(Kind.CORRECTION_UP, way)


class TestBalance:
    def test_writes_less_than_nothing_as_overpaid(self) -> None:
        assert words.balance(-2000) == "overpaid £20.00"
        assert words.balance(0) == "£0.00"
