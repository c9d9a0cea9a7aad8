"""What holds of endings whatever a record holds."""

import datetime as dt
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_values import ClockKind
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import AdjustmentKind, CaseFacts, OpeningBalance
from arrears.core.other_facts import OtherMoney, OtherMoneyKind, StepKind
from arrears.core.position import position
from cases.core.facts import Nation, Perspective, Scheme
from correspondence.core.ending_facts import EndingFacts, EndingState
from correspondence.core.ending_states import standings
from correspondence.core.endings import EndingCode
from correspondence.core.old_debt import OldDebt, old_debt, thresholds
from correspondence.core.write_off_notice import Notice, check
from tests.unit.correspondence.endings.build import clock, decision, settlement, sorry, taken_off

DAYS = st.dates(dt.date(2008, 1, 1), dt.date(2027, 12, 31))
OF_AN_ENDING = [kind for kind in EventKind if not kind.names_a_power]
EVENTS = st.lists(
    st.builds(Event, kind=st.sampled_from(OF_AN_ENDING), on=DAYS, amount=st.none() | st.integers(1, 10**8)),
    max_size=5,
)
SETTLEMENTS = st.lists(
    st.lists(
        st.sampled_from([StepKind.CONSENTED, StepKind.REFUSED, StepKind.AGREED, StepKind.PAID, StepKind.CANCELLED]),
        max_size=3,
        unique=True,
    ).map(lambda steps: settlement(*steps)),
    max_size=2,
)
CLOCKS = st.lists(
    st.builds(clock, st.sampled_from([ClockKind.WRITE_OFF, ClockKind.CSA_WRITE_OFF]), DAYS, ended=st.booleans()),
    max_size=2,
)


@st.composite
def cases(draw: st.DrawFn) -> EndingFacts:
    side = draw(st.sampled_from(Perspective))
    seen = CaseFacts(
        perspective=side,
        decisions=tuple(draw(st.lists(DAYS.map(decision), max_size=2))),
        openings=tuple(draw(st.lists(st.builds(OpeningBalance, on=DAYS, amount=st.integers(1, 10**7)), max_size=1))),
        settlements=tuple(draw(SETTLEMENTS)),
        adjustments=tuple(
            draw(
                st.lists(
                    st.builds(taken_off, st.sampled_from([AdjustmentKind.OFFSET, AdjustmentKind.WRITE_OFF]), DAYS),
                    max_size=2,
                )
            )
        ),
        other_money=tuple(draw(st.lists(DAYS.map(sorry), max_size=2))),
    )
    owed = st.sampled_from([0, 1, 699, 700, 50000, 50001, 100000, 100001]) | st.integers(0, 10**8)
    return EndingFacts(
        perspective=side,
        nation=draw(st.sampled_from(Nation)),
        scheme=draw(st.sampled_from(Scheme)),
        on=draw(DAYS),
        owed=draw(owed),
        seen=seen,
        events=draw(EVENTS),
        clocks=draw(CLOCKS),
        owed_at_death=draw(owed),
    )


class TestEveryCase:
    @given(found=cases())
    def test_gets_one_honest_answer_for_every_ending(self, found: EndingFacts) -> None:
        answer = standings(found)
        assert [one.code for one in answer] == list(EndingCode)
        for one in answer:
            assert one.why.endswith(".")
            assert "{" not in one.why
            assert one.on is None or one.state is not EndingState.NOT_HERE
        by_code = {one.code: one for one in answer}
        if not found.owed:
            assert by_code[EndingCode.NOT_WANTED].state is not EndingState.OPEN
            assert by_code[EndingCode.WRITE_OFF].state is not EndingState.OPEN or any(
                one.kind is EventKind.WRITE_OFF_DROPPED for one in found.events
            )
        if found.perspective is Perspective.PAYING:
            assert by_code[EndingCode.NOT_WANTED].state is not EndingState.OPEN

    @given(found=cases())
    def test_never_calls_something_done_that_the_figures_do_not_have(self, found: EndingFacts) -> None:
        bare = replace(found, seen=CaseFacts(perspective=found.perspective), clocks=())
        states = {one.code: one.state for one in standings(bare)}
        for code in (EndingCode.PART_PAYMENT, EndingCode.OFFSET, EndingCode.COMPENSATION, EndingCode.WRITE_OFF,
                     EndingCode.NOT_WANTED, EndingCode.OLD_DEBT):  # fmt: skip
            assert states[code] is not EndingState.DONE

    @given(found=cases(), order=st.randoms(use_true_random=False))
    def test_gets_the_same_answer_in_whatever_order_its_facts_stand(self, found: EndingFacts, order: Random) -> None:
        events, clocks = list(found.events), list(found.clocks)
        order.shuffle(events)
        order.shuffle(clocks)
        assert standings(replace(found, events=events, clocks=clocks)) == standings(found)

    @given(found=cases())
    def test_knows_nothing_of_a_day_to_come(self, found: EndingFacts) -> None:
        past = [one for one in found.events if one.on <= found.on]
        assert standings(replace(found, events=past)) == standings(found)


class TestCompensation:
    @given(
        amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=4),
        days=st.lists(DAYS, min_size=4, max_size=4),
        owed=st.integers(1, 10**7),
        on=DAYS,
    )
    def test_never_moves_any_figure(self, amounts: list[int], days: list[dt.date], owed: int, on: dt.date) -> None:
        bare = CaseFacts(
            perspective=Perspective.RECEIVING, openings=(OpeningBalance(on=dt.date(2008, 1, 1), amount=owed),)
        )
        paid = tuple(
            OtherMoney(kind=OtherMoneyKind.CONSOLATORY_PAYMENT, on=day, amount=amount, recorded_on=day, id=str(place))
            for place, (amount, day) in enumerate(zip(amounts, days, strict=False))
        )
        assert position(replace(bare, other_money=paid), on=on, known_on=on) == position(bare, on=on, known_on=on)


class TestAnOldDebt:
    @given(amount=st.integers(1, 10**8), began_on=DAYS, on=DAYS)
    def test_is_asked_about_more_readily_the_larger_and_the_younger_it_is(
        self, amount: int, began_on: dt.date, on: dt.date
    ) -> None:
        said = old_debt(amount, began_on=began_on, on=on)
        under, over = thresholds(on)
        assert said in {OldDebt.ASKED_FIRST, OldDebt.WITHOUT_ASKING}
        assert said is OldDebt.ASKED_FIRST or amount <= over
        assert said is OldDebt.WITHOUT_ASKING or amount > under
        unknown = old_debt(amount, began_on=None, on=on)
        assert unknown in {said, OldDebt.DEPENDS_ON_AGE}
        if said is OldDebt.ASKED_FIRST:
            assert old_debt(amount + 1, began_on=began_on, on=on) is OldDebt.ASKED_FIRST


class TestANotice:
    @given(dated=DAYS, waited=st.integers(0, 60), is_old=st.booleans(), nation=st.sampled_from(Nation))
    def test_has_a_safe_day_on_or_before_the_day_of_the_rule(
        self, dated: dt.date, waited: int, is_old: bool, nation: Nation
    ) -> None:
        reached = dated + dt.timedelta(days=waited)
        notice = Notice(dated_on=dated, reached_on=reached, says=frozenset(), is_old_debt=is_old)
        days = check(notice, facts=CaseFacts(perspective=Perspective.RECEIVING), nation=nation, on=dated).days
        assert days.rule_on is not None
        assert days.act_on <= days.safe_on <= days.rule_on
        assert (days.rule_on - reached).days == (59 if is_old else 30)
        assert (days.safe_on - reached).days == (59 if is_old else 29)
