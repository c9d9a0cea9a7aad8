"""Claims: how each stands, whether its day fits, and the balance both ways."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from arrears.core import claims, walk
from arrears.core.claims import ClaimState, Fit
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.other_facts import Claim, ClaimKind, Step, StepKind
from arrears.core.position import position
from arrears.core.results import Position
from arrears.presenters import claims as words
from cases.core.facts import StruckOut
from tests.unit.arrears.build import case, day, decision, schedule, service, struck
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.other_facts_strategies import with_other_facts

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ON = day("2025-06-30")


def step(kind: StepKind, on: str, amount: int | None = None, *, out: str | None = None) -> Step:
    return Step(kind=kind, on=day(on), recorded_on=day(on), amount=amount, struck_out=struck(out), id=f"{kind} {on}")


def claim(*steps: Step, paid: str = "2025-02-10", kind: ClaimKind = ClaimKind.DIRECT_PAYMENT) -> Claim:
    return Claim(kind=kind, paid_on=day(paid), amount=5000, recorded_on=day(paid), steps=steps, id=f"claim {paid}")


ACCEPTED = step(StepKind.ACCEPTED, "2025-03-01", 4000)


class TestHowAClaimStands:
    @pytest.mark.parametrize(
        ("steps", "state", "counted"),
        [
            ((), ClaimState.WAITING, 0),
            ((step(StepKind.CONFIRMED, "2025-02-20"),), ClaimState.WAITING, 0),
            ((ACCEPTED,), ClaimState.COUNTED_IN_PART, 4000),
            ((step(StepKind.ACCEPTED, "2025-03-01", 5000),), ClaimState.COUNTED, 5000),
            ((step(StepKind.REFUSED, "2025-03-01"),), ClaimState.TURNED_DOWN, 0),
            ((ACCEPTED, step(StepKind.WITHDRAWN, "2025-04-01", 4000)), ClaimState.TAKEN_BACK, 0),
            ((ACCEPTED, step(StepKind.WITHDRAWN, "2025-04-01", 1000)), ClaimState.COUNTED_IN_PART, 3000),
            ((replace(ACCEPTED, struck_out=struck("2025-03-02")),), ClaimState.WAITING, 0),
        ],
    )
    def test_follows_from_what_cms_did(self, steps: tuple[Step, ...], state: ClaimState, counted: int) -> None:
        assert claims.standing(claim(*steps))[:2] == (state, counted)

    def test_keeps_the_last_word_of_the_receiving_parent(self) -> None:
        steps = (step(StepKind.CONFIRMED, "2025-02-20"), step(StepKind.DENIED, "2025-02-21"))
        assert claims.standing(claim(*steps)).said is StepKind.DENIED
        assert claims.standing(claim()).said is None


class TestTheDayOfAClaim:
    # RC-6: liability from 1 November 2006, decided on 31 October 2007.
    FACTS = case(decision("30", "2006-11-01", told="2007-10-31"), schedule("weekly", "2007-11-07"))

    @pytest.mark.parametrize(
        ("paid", "fit"),
        [
            ("2006-10-31", Fit.BEFORE),
            ("2006-11-01", Fit.FITS),
            ("2007-10-31", Fit.FITS),
            ("2007-11-01", Fit.AFTER),
        ],
    )
    def test_lies_in_the_window_of_a_voluntary_payment_or_not(self, paid: str, fit: Fit) -> None:
        assert claims.fit(self.FACTS, claim(paid=paid, kind=ClaimKind.VOLUNTARY_PAYMENT)) is fit

    def test_fits_no_day_where_cms_decided_before_the_amount_took_effect(self) -> None:
        first = replace(decision("30", "2025-03-04", told="2025-03-01"), decided_on=day("2025-02-26"))
        facts = case(first, schedule("weekly", "2025-03-07"))
        for paid in ("2025-02-25", "2025-02-26", "2025-03-04", "2025-03-05"):
            assert claims.fit(facts, claim(paid=paid, kind=ClaimKind.VOLUNTARY_PAYMENT)) is Fit.NO_DAY
        said = (
            "CMS decided on 26 February 2025, before the first amount took effect on 4 March 2025. "
            "So no day fits a payment before the first decision."
        )
        assert words.meant(claims.window(facts)) == said
        warned = words.shown(claim(paid="2025-03-04", kind=ClaimKind.VOLUNTARY_PAYMENT), facts).warnings
        assert warned == [said, "So CMS may refuse to count this."]

    def test_is_said_as_one_day_or_as_two(self) -> None:
        one = claims.window(case(decision("30", "2025-03-04")))
        assert words.meant(one) == "In this record, “before the first decision” means 4 March 2025."
        assert words.meant(claims.window(self.FACTS)).endswith("means 1 November 2006 to 31 October 2007.")
        assert words.meant(None) == ""

    @pytest.mark.parametrize(
        ("services", "found"),
        [((), False), (("direct_pay",), True), (("direct_pay", "collect_and_pay"), False)],
    )
    def test_is_no_claim_where_cms_never_collected(self, services: tuple[str, ...], found: bool) -> None:
        facts = case(*(service(kind, f"2025-0{month}-01") for month, kind in enumerate(services, 1)))
        assert claims.is_only_direct_pay(facts) is found

    def test_is_not_judged_without_a_decision(self) -> None:
        assert claims.fit(case(), claim(kind=ClaimKind.VOLUNTARY_PAYMENT)) is Fit.NOT_KNOWN
        assert claims.window(case()) is None

    def test_is_no_claim_on_direct_pay(self) -> None:
        facts = case(service("direct_pay", "2025-01-01"), service("collect_and_pay", "2025-03-01"))
        assert claims.fit(facts, claim(paid="2025-02-28")) is Fit.DIRECT_PAY
        assert claims.fit(facts, claim(paid="2025-03-01")) is Fit.FITS
        assert claims.fit(facts, claim(paid="2024-12-31")) is Fit.NOT_KNOWN

    def test_counts_the_accepted_amount_and_not_the_claimed_one(self) -> None:
        # RC-6: £4,182.26 was claimed, £1,280 of it counted.
        accepted = Step(
            kind=StepKind.ACCEPTED, on=day("2007-10-31"), recorded_on=day("2007-10-31"), amount=128000, id="tribunal"
        )
        paid = Claim(
            kind=ClaimKind.VOLUNTARY_PAYMENT, paid_on=day("2006-11-01"), amount=418226,
            recorded_on=day("2007-10-31"), steps=(accepted,), id="mortgage",
        )  # fmt: skip
        on = day("2007-11-07")
        without = position(self.FACTS, on=on).outstanding
        assert position(replace(self.FACTS, claims=(paid,)), on=on).outstanding == without - 128000


def owed_in_all(at: Position) -> int:
    """Maintenance and fees together: money that a credit sets free of the one may go to the other."""
    return at.net + at.fees_outstanding


class TestTheBalanceBothWays:
    FACTS = case(
        decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"), service("collect_and_pay", "2025-01-06")
    )

    def test_is_two_answers_of_the_engine(self) -> None:
        facts = replace(self.FACTS, claims=(claim(), claim(step(StepKind.REFUSED, "2025-04-01"), paid="2025-02-11")))
        both = claims.both_ways(facts, known(facts, ON), on=ON, known_on=ON)
        assert both.now == position(self.FACTS, on=ON)
        assert both.if_counted.outstanding == both.now.outstanding - 5000
        assert [one.id for one in both.waiting] == ["claim 2025-02-10"]

    def test_is_one_answer_where_nothing_waits(self) -> None:
        facts = replace(self.FACTS, claims=(claim(ACCEPTED),))
        both = claims.both_ways(facts, known(facts, ON), on=ON, known_on=ON)
        assert both.now is both.if_counted

    def test_leaves_out_what_was_paid_after_the_day(self) -> None:
        facts = replace(self.FACTS, claims=(claim(paid="2025-07-01"),))
        assert claims.both_ways(facts, known(facts, ON), on=ON, known_on=ON).waiting == ()

    @quick
    @given(facts=with_other_facts(histories()), view=views)
    def test_differs_by_the_sum_of_what_waits_in_any_history(
        self, facts: CaseFacts, view: tuple[dt.date, dt.date]
    ) -> None:
        on, known_on = view
        both = claims.both_ways(facts, known(facts, known_on), on=on, known_on=known_on)
        assert both.now == position(facts, on=on, known_on=known_on)
        assert owed_in_all(both.if_counted) == owed_in_all(both.now) - sum(one.amount for one in both.waiting)


@quick
@given(facts=with_other_facts(histories()), view=views)
def test_a_case_whose_claims_are_all_refused_is_a_case_without_claims(
    facts: CaseFacts, view: tuple[dt.date, dt.date]
) -> None:
    on, known_on = view
    refused = tuple(
        replace(one, steps=(replace(step(StepKind.REFUSED, "2025-03-01"), id=f"{one.id} no"),)) for one in facts.claims
    )
    with_claims = position(replace(facts, claims=refused), on=on, known_on=known_on)
    assert with_claims == position(replace(facts, claims=()), on=on, known_on=known_on)


@quick
@given(facts=with_other_facts(histories()), on=views.map(lambda view: view[0]))
def test_striking_out_a_step_undoes_exactly_what_it_did(facts: CaseFacts, on: dt.date) -> None:
    before = position(facts, on=on)
    for subject in (*facts.claims, *facts.settlements):
        for one in subject.steps:
            gone: CaseFacts = walk.changed(
                facts,
                lambda fact, one=one: (
                    replace(fact, struck_out=StruckOut(on=dt.date.min, reason="Slip")) if fact.id == one.id else fact
                ),
            )
            is_known = all(
                fact.recorded_on <= on and (fact.struck_out is None or fact.struck_out.on > on)
                for fact in (one, subject)
            )
            adds = {StepKind.WITHDRAWN: 1, StepKind.CANCELLED: 1, StepKind.ACCEPTED: -1, StepKind.AGREED: -1}
            did = adds.get(one.kind, 0) * (one.amount or 0) if is_known and one.on <= on else 0
            assert owed_in_all(before) - owed_in_all(position(gone, on=on)) == did
