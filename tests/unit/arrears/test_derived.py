"""What follows from claims and settlements: an entry for each step that moves money, and nothing else."""

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from arrears.core import walk
from arrears.core.changes import explain
from arrears.core.derived import adjustments_of
from arrears.core.facts import AdjustmentKind, CaseFacts
from arrears.core.ledger import known
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from arrears.core.position import position
from cases.core.facts import StruckOut
from tests.unit.arrears.build import case, day, decision, schedule
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.other_facts_strategies import moves_money, with_other_facts

View = tuple[dt.date, dt.date]
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ON = day("2025-06-30")


def step(kind: StepKind, on: str, amount: int | None = None, *, recorded: str | None = None, name: str = "") -> Step:
    return Step(kind=kind, on=day(on), recorded_on=day(recorded or on), amount=amount, id=name or f"{kind} {on}")


def claim(*steps: Step, amount: int = 5000, kind: ClaimKind = ClaimKind.DIRECT_PAYMENT) -> Claim:
    return Claim(
        kind=kind, paid_on=day("2025-02-10"), amount=amount, recorded_on=day("2025-02-10"), steps=steps, id="claim"
    )


def settlement(*steps: Step) -> Settlement:
    return Settlement(
        offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"), steps=steps, id="deal"
    )


def owing(**more: object) -> CaseFacts:
    """A case of £100 a week from January 2025 on which nothing was paid."""
    return replace(case(decision("100", "2025-01-06"), schedule("weekly", "2025-01-06")), **more)  # type: ignore[arg-type]


def owed(facts: CaseFacts, on: dt.date = ON, known_on: dt.date | None = None) -> int:
    return position(facts, on=on, known_on=known_on or on).net


class TestAClaim:
    def test_moves_nothing_until_cms_accepts_it(self) -> None:
        waiting = claim(step(StepKind.CONFIRMED, "2025-03-01"), step(StepKind.REFUSED, "2025-04-01"))
        assert owed(owing(claims=(waiting,))) == owed(owing())

    def test_counts_what_cms_accepted_from_that_day(self) -> None:
        facts = owing(claims=(claim(step(StepKind.ACCEPTED, "2025-03-01", 4000)),))
        assert owed(facts, day("2025-02-28")) == owed(owing(), day("2025-02-28"))
        assert owed(facts, day("2025-03-01")) == owed(owing(), day("2025-03-01")) - 4000

    def test_is_owed_again_where_cms_takes_it_back(self) -> None:
        facts = owing(
            claims=(claim(step(StepKind.ACCEPTED, "2025-03-01", 4000), step(StepKind.WITHDRAWN, "2025-04-01", 1500)),)
        )
        assert owed(facts) == owed(owing()) - 2500
        assert position(facts, on=ON, known_on=ON).by_cause["correction_up"] == 1500

    def test_posts_the_kind_of_credit_that_it_is(self) -> None:
        accepted = step(StepKind.ACCEPTED, "2025-03-01", 4000)
        kinds = {kind: adjustments_of(owing(claims=(claim(accepted, kind=kind),)))[0].kind for kind in ClaimKind}
        assert kinds == {
            ClaimKind.DIRECT_PAYMENT: AdjustmentKind.DIRECT_PAYMENT_ACCEPTED,
            ClaimKind.VOLUNTARY_PAYMENT: AdjustmentKind.VOLUNTARY_PAYMENT,
        }

    def test_is_not_known_before_somebody_recorded_it(self) -> None:
        facts = owing(claims=(claim(step(StepKind.ACCEPTED, "2025-03-01", 4000, recorded="2025-05-01")),))
        assert owed(facts, ON, day("2025-04-30")) == owed(owing(), ON)
        assert owed(facts, ON, day("2025-05-01")) == owed(owing(), ON) - 4000

    def test_takes_its_steps_with_it_when_it_is_struck_out(self) -> None:
        gone = replace(
            claim(step(StepKind.ACCEPTED, "2025-03-01", 4000)),
            struck_out=StruckOut(on=day("2025-05-01"), reason="Not ours"),
        )
        assert owed(owing(claims=(gone,)), ON, day("2025-04-30")) == owed(owing(), ON) - 4000
        assert owed(owing(claims=(gone,)), ON, day("2025-05-01")) == owed(owing(), ON)


class TestASettlement:
    def test_lets_the_rest_go_once_cms_confirms_it(self) -> None:
        agreed = (step(StepKind.CONSENTED, "2025-03-10"), step(StepKind.AGREED, "2025-03-20", 5000))
        assert owed(owing(settlements=(settlement(*agreed),))) == owed(owing()) - 5000

    def test_brings_the_arrears_back_where_cms_cancels_it(self) -> None:
        ended = (step(StepKind.AGREED, "2025-03-20", 5000), step(StepKind.CANCELLED, "2025-05-20", 5000))
        facts = owing(settlements=(settlement(*ended),))
        assert owed(facts) == owed(owing())
        causes = explain(facts, before=(day("2025-05-19"), ON), after=(day("2025-05-20"), ON)).causes
        assert [(one.fact_id, one.amount) for one in causes] == [(ended[1].id, 5000)]

    def test_says_what_is_given_up(self) -> None:
        assert settlement().given_up == 5000


@quick
@given(facts=with_other_facts(histories()), view=views)
def test_each_known_step_that_moves_money_is_one_entry_and_no_other_is(facts: CaseFacts, view: View) -> None:
    seen = known(facts, view[1])
    posted = {one.id for one in adjustments_of(seen)} - {one.id for one in seen.adjustments}
    steps = [one for subject in (*seen.claims, *seen.settlements) for one in subject.steps]
    assert posted == {one.id for one in steps if moves_money(one)}


@quick
@given(facts=with_other_facts(histories()), before=views, after=views)
def test_the_change_still_adds_up(facts: CaseFacts, before: View, after: View) -> None:
    change = explain(facts, before=before, after=after)
    on, known_on = after
    assert change.after == position(facts, on=on, known_on=known_on).net
    names = {one.id for one in walk.every(facts)}
    assert {cause.fact_id for cause in change.causes} <= names


@quick
@given(facts=with_other_facts(histories()), view=views)
def test_orders_other_money_budgets_and_money_on_its_way_move_nothing(facts: CaseFacts, view: View) -> None:
    on, known_on = view
    without = replace(facts, orders=(), other_money=(), budgets=(), transits=())
    assert position(facts, on=on, known_on=known_on) == position(without, on=on, known_on=known_on)


@quick
@given(facts=with_other_facts(histories()))
def test_walking_finds_every_fact_by_its_name(facts: CaseFacts) -> None:
    every = list(walk.every(facts))
    assert len({one.id for one in every}) == len(every)
    assert all(walk.find(facts, one.id) is one for one in every)
    assert walk.changed(facts, lambda fact: fact) == facts
