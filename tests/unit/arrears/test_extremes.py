"""Cases far beyond any real one: the answer is right, and costs in proportion to the facts."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from arrears.core import history
from arrears.core.facts import AllocationPart, CaseFacts, Payment, Route
from arrears.core.ledger import Ledger
from arrears.core.position import position, read_uses
from arrears.core.results import Status
from arrears.management.commands.position import Command as PositionCommand
from cases.core.facts import AllocationRule, Decision, Perspective
from tests.unit.arrears.build import case, day, decision, schedule, service
from tests.unit.arrears.test_commands import Captured, run
from tests.unit.arrears.test_properties import agree

FIRST = dt.date(1993, 4, 5)  # a Monday, the day on which child support began
FORTY_YEARS = dt.date(2033, 4, 4)
WEEKLY = (decision("60", "1993-04-05", name="d"), schedule("weekly", "1993-04-05"))
MANY = 100_000
MOST_GROWTH = 2.3  # for twice the facts

Spread = Callable[[int, int], dt.date]


def over_forty_years(place: int, count: int) -> dt.date:
    """Payments spread evenly."""
    return FIRST + dt.timedelta(days=place * 14_000 // count)


def all_on_one_day(_: int, __: int) -> dt.date:
    """Payments of one day."""
    return dt.date(2010, 3, 1)


def far_before(place: int, count: int) -> dt.date:
    """Payments in the years before anything falls due."""
    return FIRST - dt.timedelta(days=1 + place * 700 // count)


def far_after(place: int, count: int) -> dt.date:
    """Payments after the last instalment."""
    return FORTY_YEARS + dt.timedelta(days=place * 7000 // count)


def pennies(count: int, spread: Spread = over_forty_years) -> tuple[Payment, ...]:
    """So many payments of 1p."""
    return tuple(
        Payment(paid_on=on, amount=1, route=Route.DIRECT, recorded_on=on, id=f"p{place}")
        for place, on in ((place, spread(place, count)) for place in range(count))
    )


def steps(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: a count of operations, the same on a busy machine."""
    counted = 0

    def seen(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def everything(facts: CaseFacts, on: dt.date) -> None:
    """All that a page reads of a ledger."""
    ledger = Ledger(facts, on=on, known_on=on)
    position(facts, on=on)
    history.read(ledger)
    read_uses(ledger)


class TestAHundredThousandPennies:
    def test_are_each_counted_and_each_somewhere(self) -> None:
        facts = replace(case(*WEEKLY), payments=pennies(MANY))
        at = position(facts, on=FORTY_YEARS)
        assert (at.paid, len(at.instalments), at.due) == (MANY, 2088, 2088 * 6000)
        assert at.outstanding == at.due - MANY
        assert [one.status for one in at.instalments[:2000]] == [Status.PART_PAID] * 2000
        assert sum(cover.amount for one in at.instalments for cover in one.covers) == MANY

    def test_on_one_day_leave_the_rest_in_credit(self) -> None:
        facts = replace(case(decision("0.50", "2010-03-01"), schedule("weekly", "2010-03-01")))
        at = position(replace(facts, payments=pennies(MANY, all_on_one_day)), on=dt.date(2010, 3, 7))
        assert (at.outstanding, at.paid, at.credit) == (0, MANY, MANY - 50)

    @pytest.mark.parametrize("spread", [over_forty_years, all_on_one_day, far_before, far_after])
    @pytest.mark.parametrize("rule", AllocationRule)
    def test_cost_in_proportion(self, spread: Spread, rule: AllocationRule) -> None:
        facts = replace(
            case(*WEEKLY, service("collect_and_pay", "1993-04-05")),
            allocation_rule=rule,
            perspective=Perspective.PAYING,
        )
        once, twice = (replace(facts, payments=pennies(count, spread)) for count in (3000, 6000))
        on = dt.date(2055, 1, 1)
        assert steps(lambda: everything(twice, on)) < MOST_GROWTH * steps(lambda: everything(once, on))

    def test_that_say_what_they_are_for_cost_in_proportion(self) -> None:
        def said(count: int) -> CaseFacts:
            parts = (AllocationPart(due_on=dt.date(2000, 1, 4), amount=1),)  # a Tuesday: nothing falls due
            return replace(case(*WEEKLY), payments=tuple(replace(one, allocation=parts) for one in pennies(count)))

        once, twice = said(3000), said(6000)
        assert steps(lambda: everything(twice, FORTY_YEARS)) < MOST_GROWTH * steps(
            lambda: everything(once, FORTY_YEARS)
        )


class TestFortyYearsOfWeeks:
    def test_fall_due_to_the_last(self) -> None:
        at = position(case(*WEEKLY), on=FORTY_YEARS)
        assert (len(at.instalments), at.instalments[-1].due_on) == (2088, dt.date(2033, 4, 4))

    def test_cost_in_proportion_to_the_years(self) -> None:
        once, twice = dt.date(2013, 4, 5), dt.date(2033, 4, 5)
        facts = replace(case(*WEEKLY), payments=pennies(50))
        assert steps(lambda: everything(facts, twice)) < MOST_GROWTH * steps(lambda: everything(facts, once))

    @pytest.mark.parametrize("start", ["1993-01-04", "2099-12-28"])
    def test_may_begin_at_either_end_of_what_a_case_file_holds(self, start: str) -> None:
        facts = case(decision("60", start), schedule("weekly", start))
        assert position(facts, on=day(start)).outstanding == 6000
        assert position(facts, on=dt.date(2100, 1, 1)).due == 6000 * len(
            position(facts, on=dt.date(2100, 1, 1)).instalments
        )


def backdated(count: int) -> Sequence[Decision]:
    """Decisions about the past, told one a week in 2016, each about other days than the last."""
    return [
        decision(
            f"{40 + place % 37}.{place % 100:02}",
            str(dt.date(2012, 1, 2) + dt.timedelta(days=place * 97 % 1400)),
            told=str(dt.date(2016, 1, 5) + dt.timedelta(days=place * 5)),
            name=f"decision-{place}",
        )
        for place in range(count)
    ]


class TestFiftyBackdatedDecisions:
    FACTS = case(
        decision("60", "2012-01-02", name="first"),
        *backdated(50),
        schedule("weekly", "2012-01-09"),
        service("collect_and_pay", "2012-01-02"),
        perspective="paying",
    )

    def test_agree_with_a_second_reading_of_the_rules(self) -> None:
        on = dt.date(2016, 12, 31)
        agree(replace(self.FACTS, payments=pennies(300)), (on, on))
        agree(self.FACTS, (on, dt.date(2016, 6, 1)))

    def test_add_up_to_what_would_have_been_due_had_all_been_known(self) -> None:
        at = position(self.FACTS, on=dt.date(2016, 12, 31))
        assert abs(at.due - at.restated_due) <= len(at.instalments) // 2 + 51  # each entry is rounded once
        assert len(at.recalculations) == 50

    def test_cost_in_proportion(self) -> None:
        def facts(count: int) -> CaseFacts:
            return case(*WEEKLY, *backdated(count))

        once, twice = facts(300), facts(600)
        on = dt.date(2033, 1, 1)
        assert steps(lambda: everything(twice, on)) < MOST_GROWTH * steps(lambda: everything(once, on))


def document(payments: int, **more: object) -> dict[str, object]:
    """A case file with so many payments."""
    return {
        "format": "cms-tracker-case/1", "reference": "120000000001", "nation": "england", "scheme": "cms_2012",
        "perspective": "receiving", "service": [{"type": "direct_pay", "from": "1993-04-05"}],
        "calculations": [{"weekly": "60.00", "effective_on": "1993-04-05"}],
        "schedules": [{"frequency": "weekly", "first_due_on": "1993-04-05"}],
        "payments": [
            {"paid_on": str(over_forty_years(place, payments)), "amount": "0.01", "route": "direct"}
            for place in range(payments)
        ],
    } | more  # fmt: skip


class TestTheCommand:
    def answer(self, tmp_path: Path, content: dict[str, object]) -> int:
        """Ask about a file as from a terminal."""
        file = tmp_path / "case.json"
        file.write_text(json.dumps(content))
        return run(PositionCommand(), "position", str(file), "--on", "2033-04-04", "--json")

    def test_answers_the_longest_file_there_may_be(self, tmp_path: Path, capsys: Captured) -> None:
        assert self.answer(tmp_path, document(MANY)) == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["paid"], answer["due"], len(answer["instalments"])) == ("1000.00", "125280.00", 2088)

    def test_names_the_list_that_is_longer_than_it_may_be(self, tmp_path: Path, capsys: Captured) -> None:
        assert self.answer(tmp_path, document(MANY + 1)) == 1
        assert capsys.readouterr().err == "payments: must have 100000 items or fewer\n"

    @pytest.mark.parametrize(
        ("name", "most", "one"),
        [
            ("calculations", 300, {"weekly": "60.00", "effective_on": "1993-04-05"}),
            ("statements", 300, {"stated_on": "2020-01-01", "as_at": "2020-01-01", "amount": "5.00"}),
            ("schedules", 100, {"frequency": "weekly", "first_due_on": "1993-04-05"}),
            ("service", 100, {"type": "direct_pay", "from": "1993-04-05"}),
        ],
    )
    def test_names_a_list_of_what_makes_figures_dear(
        self, tmp_path: Path, capsys: Captured, name: str, most: int, one: dict[str, str]
    ) -> None:
        assert self.answer(tmp_path, document(1, **{name: [one] * (most + 1)})) == 1
        assert capsys.readouterr().err == f"{name}: must have {most} items or fewer\n"
        gone = one | {"struck_out": {"on": "2021-01-01", "reason": "Slip"}}
        assert self.answer(tmp_path, document(1, **{name: [one, *[gone] * (most - 1)]})) == 0

    @pytest.mark.parametrize("on", ["1992-12-31", "2100-01-01"])
    def test_names_a_day_that_no_case_has(self, tmp_path: Path, capsys: Captured, on: str) -> None:
        assert self.answer(tmp_path, document(1, calculations=[{"weekly": "60.00", "effective_on": on}])) == 1
        assert capsys.readouterr().err.startswith("calculations[0].effective_on: ")
