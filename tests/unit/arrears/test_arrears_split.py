"""What is owed, by where it comes from: the parts are the whole."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given

from arrears.core.arrears_split import Split, split
from arrears.core.derived import brought_back
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from arrears.core.position import position
from arrears.core.results import Kind
from arrears.presenters import arrears_split as presenter
from arrears.presenters.fact_links import Addresses, FactLinks
from cases.core.facts import Perspective
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.other_facts_strategies import with_other_facts

PAGES = Addresses("/payments/{}/", "/changes/{}/", "/payments/", "/details/", "/claims/{}/", "/settlements/{}/")
BACKDATED = (
    decision("70", "2024-12-27", told="2025-01-03", name="first"),
    decision("84", "2025-01-03", told="2025-01-17", name="second"),
    schedule("weekly", "2025-01-03"),
)


def of(*facts: object, on: str = "2025-01-17") -> Split:
    return split(position(case(*facts), on=day(on)), {})


def said(found: Split, *, perspective: Perspective = Perspective.PAYING, is_own: bool = True) -> str:
    return presenter.sentence(found, perspective=perspective, is_own=is_own)


class TestSplit:
    def test_names_every_kind_with_the_facts_behind_it(self) -> None:
        found = of(*BACKDATED, opening("100", "2025-01-02"), adjustment("correction_up", "5", "2025-01-06"))
        assert [(share.kind, share.amount, share.entries) for share in found.shares] == [
            (Kind.INSTALMENT, 22400, 3),
            (Kind.RECALCULATION, 2800, 1),
            (Kind.INITIAL, 7000, 1),
            (Kind.OPENING, 10000, 1),
            (Kind.CORRECTION_UP, 500, 1),
        ]
        assert [[one.fact_id for one in share.sources] for share in found.shares] == [
            [], ["second"], ["first"], ["opening 2025-01-02"], ["correction_up 5 2025-01-06"],
        ]  # fmt: skip
        assert (found.owed, found.told_late) == (42700, 9800)

    @given(facts=with_other_facts(histories()), view=views)
    def test_adds_up_to_what_is_owed(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        at = position(facts, on=view[0], known_on=view[1])
        found = split(at, brought_back(facts))
        assert sum(share.amount for share in found.shares) == found.owed == at.outstanding
        assert {share.kind.value for share in found.shares} == set(at.by_cause)
        for share in found.shares:
            assert share.entries > 0
            assert share.kind is Kind.INSTALMENT or sum(one.amount for one in share.sources) == share.amount


class TestTheSentence:
    PAID = tuple(payment("70", on) for on in ("2025-01-03", "2025-01-10"))

    def test_says_how_much_nobody_failed_to_pay(self) -> None:
        assert said(of(*BACKDATED)) == (
            "£98.00 of the £322.00 that you owe comes from decisions that changed earlier amounts and the time before "
            "the first decision was told. No payment was missed for it."
        )

    def test_says_of_days_that_lay_ahead_only_that_they_come_before_the_first_due_date(self) -> None:
        ahead = (decision("70", "2024-12-27", told="2024-12-30"), schedule("weekly", "2025-01-03"))
        assert said(of(*ahead, payment("70", "2025-01-03"), on="2025-01-03")) == (
            "All of the £70.00 that you owe comes from the days before the first due date. "
            "No payment was missed for it."
        )

    @pytest.mark.parametrize(
        ("weekly", "ends"),
        [
            ("90", "No payment was missed for it."),
            ("77", "But others took off: all of them together added £14.00."),
            ("70", "But others took off as much: all of them together come to nothing."),
            ("56", "But others took off more: all of them together took off £28.00."),
        ],
    )
    def test_does_not_say_that_none_was_missed_where_others_took_it_back(self, weekly: str, ends: str) -> None:
        text = said(of(*BACKDATED, decision(weekly, "2025-01-03", told="2025-01-17", sequence=1, name="third")))
        assert "comes from decisions that changed earlier amounts" in text
        assert text.endswith(ends)

    @pytest.mark.parametrize(
        ("perspective", "is_own", "whose"),
        [
            (Perspective.PAYING, True, "that you owe"),
            (Perspective.PAYING, False, "that is owed"),
            (Perspective.RECEIVING, True, "that you are owed"),
            (Perspective.RECEIVING, False, "that is owed"),
        ],
    )
    def test_speaks_to_the_reader(self, perspective: Perspective, is_own: bool, whose: str) -> None:
        paid = (*self.PAID, payment("70", "2025-01-04"), payment("84", "2025-01-17"))
        assert said(of(*BACKDATED, *paid), perspective=perspective, is_own=is_own) == (
            f"All of the £28.00 {whose} comes from decisions that changed earlier amounts. "
            "No payment was missed for it."
        )

    def test_says_that_payments_were_not_made_in_full_where_that_is_all(self) -> None:
        late = decision("84", "2025-01-03", told="2025-01-03")
        text = said(of(late, schedule("weekly", "2025-01-03")))
        assert text == "All of the £252.00 that you owe is for payments that fell due and are not paid in full."

    def test_says_none_where_none_comes_from_such_a_decision(self) -> None:
        text = said(of(opening("100", "2025-01-02")))
        assert text == "None of the £100.00 that you owe comes from decisions that changed earlier amounts."


class TestShown:
    def test_draws_the_rows_of_its_table_and_leads_to_their_facts(self) -> None:
        facts = case(*BACKDATED, *(opening(str(number), f"2024-01-{number:02}") for number in range(1, 12)))
        links = FactLinks(facts, PAGES)
        at = position(facts, on=day("2025-01-17"))
        page = presenter.shown(split(at, {}), at, perspective=Perspective.PAYING, is_own=True, links=links)
        assert [(bar.label, bar.figure) for bar in page.chart.bars] == [
            *((row.title, row.amount) for row in page.rows), ("Owed in all", page.total),
        ]  # fmt: skip
        assert page.rows[0].detail == "3 payments. What is not logged counts as not paid."
        assert page.rows[1].links[0].url == "/changes/second/"
        assert page.rows[3].links[0] == ("/details/#fact-opening 2024-01-01", "£1.00")
        assert (len(page.rows[3].links), page.rows[3].left_out) == (8, 3)

    def test_says_one_payment_in_words(self) -> None:
        facts = case(decision("84", "2025-01-03"), schedule("weekly", "2025-01-03"))
        at = position(facts, on=day("2025-01-03"))
        links = FactLinks(facts, PAGES)
        page = presenter.shown(split(at, {}), at, perspective=Perspective.PAYING, is_own=True, links=links)
        assert page.rows[0].detail == "One payment. What is not logged counts as not paid."

    def test_tells_what_came_back_from_corrections_by_cms(self) -> None:
        def step(kind: StepKind, on: str, amount: int) -> Step:
            return Step(kind=kind, on=day(on), recorded_on=day(on), amount=amount, id=kind.value)

        said_on = day("2025-01-04")
        deal = Settlement(
            offered_on=said_on, arrears=20000, amount=15000, recorded_on=said_on, id="deal",
            steps=(step(StepKind.AGREED, "2025-01-05", 5000), step(StepKind.CANCELLED, "2025-01-10", 5000)),
        )  # fmt: skip
        paid = Claim(
            kind=ClaimKind.DIRECT_PAYMENT, paid_on=said_on, amount=3000, recorded_on=said_on, id="claim",
            steps=(step(StepKind.ACCEPTED, "2025-01-06", 3000), step(StepKind.WITHDRAWN, "2025-01-11", 3000)),
        )  # fmt: skip
        facts = replace(
            case(opening("300", "2025-01-02"), adjustment("correction_up", "5", "2025-01-12")),
            settlements=(deal,), claims=(paid,),
        )  # fmt: skip
        at = position(facts, on=day("2025-01-17"))
        found = split(at, brought_back(facts))
        page = presenter.shown(found, at, perspective=Perspective.PAYING, is_own=True, links=FactLinks(facts, PAGES))
        assert [(row.title, row.amount) for row in page.rows] == [
            ("Brought forward", "£220.00"),
            ("Corrections by CMS", "£5.00"),
            ("A settlement, cancelled", "£50.00"),
            ("A claim, no longer counted", "£30.00"),
        ]
        assert page.rows[2].detail == "CMS cancelled a settlement. What was given up by it is owed again."
        assert page.rows[2].links[0].url.startswith("/settlements/deal/")
        assert [bar.label for bar in page.chart.bars][:-1] == [row.title for row in page.rows]
