"""Where a matter stands on its route: from any steps, in any order of entering; and which times run."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_values import ClockKind
from arrears.core.challenge_values import ChallengeAbout as About
from arrears.core.challenge_values import ChallengeStepKind as Kind
from cases.core.facts import Decision, Nation, StruckOut
from cms_tracker.refusal import Refusal
from correspondence.core.challenge_clocks import decisions_under_way, open_windows
from correspondence.core.challenge_rules import refuse_step, state_on
from correspondence.core.challenge_steps import ASKS_DAY, LETTERS_OF, NEXT, ROUTES, STAGE_OF, STANDS, STEPS
from correspondence.core.challenges import (
    ASIDE,
    ENDED,
    ChallengeSeen,
    State,
    StepSeen,
    allowed,
    belongs,
    standing_of,
    states,
    walk,
    windows,
)
from correspondence.core.clock_rules import rules
from correspondence.core.clocks import ClockSeen, days_of

KNOWN = dt.date(2023, 1, 5)
CASE = uuid.UUID(int=1)
ENGLAND = Nation.ENGLAND
SLIP = StruckOut(on=KNOWN, reason="Not so")


def day(number: int) -> dt.date:
    return KNOWN + dt.timedelta(days=number)


def steps(*kinds: Kind, apart: int = 7) -> tuple[StepSeen, ...]:
    """One step after the other, so many days apart."""
    return tuple(
        StepSeen(id=uuid.UUID(int=100 + place), kind=kind, on=day((place + 1) * apart))
        for place, kind in enumerate(kinds)
    )


def matter(about: About, found: Iterable[StepSeen] = (), *, decision: Decision | None = None) -> ChallengeSeen:
    return ChallengeSeen(
        id=uuid.UUID(int=2),
        case_id=CASE,
        about=about,
        what="Slow answers",
        known_on=KNOWN,
        decision=decision,
        steps=tuple(found),
    )


def service(*kinds: Kind) -> ChallengeSeen:
    return matter(About.SERVICE, steps(*kinds))


def decided(*kinds: Kind) -> ChallengeSeen:
    return matter(About.DECISION, steps(*kinds))


WHOLE_COMPLAINT = (
    Kind.COMPLAINED, Kind.ESCALATED, Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED, Kind.EXAMINER_REPORTED,
    Kind.REFERRAL_ASKED, Kind.OMBUDSMAN_HAS_IT, Kind.OMBUDSMAN_DECIDED,
)  # fmt: skip
WHOLE_DECISION = (Kind.RECONSIDERATION_ASKED, Kind.NOTICE_RECEIVED, Kind.APPEALED, Kind.TRIBUNAL_DECIDED)


class TestWalk:
    def test_goes_the_whole_way_of_a_complaint(self) -> None:
        found = walk(service(*WHOLE_COMPLAINT))
        assert [one.state for one in found.taken] == [
            State.COMPLAINED, State.ESCALATED, State.FINAL_ANSWER, State.EXAMINER, State.EXAMINER_REPORTED,
            State.REFERRAL, State.OMBUDSMAN, State.OMBUDSMAN_DECIDED,
        ]  # fmt: skip
        assert not found.is_open
        assert found.misfits == ()

    def test_goes_the_whole_way_of_a_decision(self) -> None:
        found = walk(decided(*WHOLE_DECISION))
        assert found.state is State.TRIBUNAL_DECIDED
        assert found.last_on == day(28)

    def test_begins_with_nothing_sent(self) -> None:
        found = walk(service())
        assert (found.state, found.last_on, found.is_open) == (State.BEGUN, None, True)

    def test_is_not_moved_by_an_mp_who_helps(self) -> None:
        found = walk(service(Kind.COMPLAINED, Kind.MP_TOLD, Kind.MP_ANSWERED))
        assert found.state is State.COMPLAINED
        assert len(found.taken) == 3

    def test_leaves_out_what_was_struck_out(self) -> None:
        first, second = steps(Kind.COMPLAINED, Kind.FINAL_ANSWER)
        assert walk(matter(About.SERVICE, (first, replace(second, struck_out=SLIP)))).state is State.COMPLAINED

    def test_keeps_a_step_apart_whose_ground_was_struck_out(self) -> None:
        first, second, third = steps(Kind.COMPLAINED, Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED)
        found = walk(matter(About.SERVICE, (first, replace(second, struck_out=SLIP), third)))
        assert found.state is State.COMPLAINED
        assert found.misfits == (third,)

    def test_takes_nothing_after_the_end(self) -> None:
        found = walk(service(Kind.COMPLAINED, Kind.PUT_RIGHT, Kind.ESCALATED, Kind.MP_TOLD))
        assert found.state is State.PUT_RIGHT
        assert len(found.misfits) == 2

    @given(
        about=st.sampled_from(About),
        found=st.lists(
            st.builds(
                StepSeen,
                id=st.uuids(),
                kind=st.sampled_from(Kind),
                on=st.integers(0, 12).map(day),
                struck_out=st.sampled_from([None, None, SLIP]),
            ),
            max_size=12,
            unique_by=lambda one: one.id,
        ),
        mixer=st.randoms(use_true_random=False),
    )
    def test_leads_to_one_state_whatever_was_entered_and_in_whatever_order(
        self, about: About, found: list[StepSeen], mixer: Random
    ) -> None:
        first = walk(matter(about, found))
        mixed = list(found)
        mixer.shuffle(mixed)
        assert walk(matter(about, mixed)) == first
        assert first.state in states(about)
        standing = [one for one in found if one.struck_out is None]
        assert len(first.taken) + len(first.misfits) == len(standing)

    @given(about=st.sampled_from(About), data=st.data())
    def test_leads_to_one_state_for_every_sequence_of_allowed_steps(self, about: About, data: st.DataObject) -> None:
        one, state = matter(about), State.BEGUN
        for number in range(data.draw(st.integers(0, 12))):
            can = allowed(about, state)
            if not can:
                break
            kind = data.draw(st.sampled_from(can))
            refuse_step(one, kind=kind, on=day(number), nation=ENGLAND)
            new = StepSeen(id=uuid.UUID(int=number + 10), kind=kind, on=day(number))
            one = replace(one, steps=(*one.steps, new))
            at = walk(one)
            assert at.misfits == ()
            assert (at.state == state) == (kind in ASIDE or (kind, state) == (Kind.FINAL_ANSWER, State.FINAL_ANSWER))
            state = at.state

    @given(about=st.sampled_from(About), kinds=st.permutations([*Kind]), on=st.integers(0, 3))
    def test_is_refused_or_follows(self, about: About, kinds: list[Kind], on: int) -> None:
        one = matter(about)
        for place, kind in enumerate(kinds):
            new = StepSeen(id=uuid.UUID(int=place + 10), kind=kind, on=day(place * on))
            refusal = refused(one, kind, new.on)
            if refusal is None:
                one = replace(one, steps=(*one.steps, new))
                assert walk(one).misfits == ()
            else:
                assert refusal.field in {"kind", "on"}
                assert refusal.message.endswith(".")


def refused(one: ChallengeSeen, kind: Kind, on: dt.date) -> Refusal | None:
    """Why a step cannot follow, or None where it can."""
    try:
        refuse_step(one, kind=kind, on=on, nation=ENGLAND)
    except Refusal as refusal:
        return refusal
    return None


class TestARefusal:
    @pytest.mark.parametrize(
        ("one", "kind", "says"),
        [
            (
                service(Kind.COMPLAINED),
                Kind.EXAMINER_ASKED,
                (
                    "The Independent Case Examiner takes a complaint only after CMS’s final answer. "
                    "Add first that the final answer came."
                ),
            ),
            (
                service(Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED, Kind.EXAMINER_REPORTED),
                Kind.OMBUDSMAN_HAS_IT,
                (
                    "The Ombudsman takes a complaint only after the Independent Case Examiner, and only through an MP. "
                    "Add first that you asked your MP to send it on."
                ),
            ),
            (
                service(Kind.FINAL_ANSWER),
                Kind.REFERRAL_ASKED,
                (
                    "To send it to the Ombudsman, your MP needs the Independent Case Examiner’s answer. "
                    "Add first what the Examiner answered."
                ),
            ),
            (
                decided(Kind.RECONSIDERATION_ASKED),
                Kind.APPEALED,
                (
                    "The tribunal takes an appeal only after the mandatory reconsideration notice. "
                    "Add first that the notice came."
                ),
            ),
            (service(), Kind.APPEALED, "“You appealed to the tribunal” belongs to a decision about the amount."),
            (decided(), Kind.COMPLAINED, "“You complained to CMS” belongs to a complaint. This is about a decision."),
            (service(Kind.STOPPED), Kind.COMPLAINED, "This ended on 12 January 2023. Begin a new one."),
            (service(Kind.COMPLAINED), Kind.COMPLAINED, "“You complained to CMS” cannot come next. What can: cms"),
        ],
    )
    def test_says_in_one_sentence_what_has_to_come_first(self, one: ChallengeSeen, kind: Kind, says: str) -> None:
        with pytest.raises(Refusal) as found:
            refuse_step(one, kind=kind, on=day(60), nation=ENGLAND)
        assert says in found.value.message
        assert found.value.field == "kind"

    def test_does_not_say_of_northern_ireland_what_nobody_verified(self) -> None:
        with pytest.raises(Refusal) as found:
            refuse_step(service(), kind=Kind.OMBUDSMAN_HAS_IT, on=day(60), nation=Nation.NORTHERN_IRELAND)
        assert found.value.message.startswith("Ask the Independent Case Examiner first.")

    def test_comes_for_a_day_before_it_began(self) -> None:
        with pytest.raises(Refusal) as found:
            refuse_step(service(), kind=Kind.COMPLAINED, on=day(-1), nation=ENGLAND)
        assert found.value.field == "on"
        assert "before 5 January 2023" in found.value.message

    def test_comes_for_a_day_that_leaves_a_later_step_behind(self) -> None:
        with pytest.raises(Refusal) as found:
            refuse_step(service(Kind.COMPLAINED, Kind.ESCALATED), kind=Kind.PUT_RIGHT, on=day(8), nation=ENGLAND)
        assert found.value.field == "on"

    def test_does_not_come_for_an_earlier_step_that_was_forgotten(self) -> None:
        refuse_step(service(Kind.COMPLAINED, Kind.FINAL_ANSWER), kind=Kind.ESCALATED, on=day(10), nation=ENGLAND)
        assert state_on(service(Kind.COMPLAINED, Kind.FINAL_ANSWER), day(8)) is State.COMPLAINED


class TestWindows:
    def test_of_a_complaint_each_close_the_one_before(self) -> None:
        found = windows(service(*WHOLE_COMPLAINT), nation=ENGLAND)
        assert [one.kind for one in found] == [
            ClockKind.COMPLAINT_REPLY, ClockKind.COMPLAINT_REPLY, ClockKind.EXAMINER, ClockKind.OMBUDSMAN,
        ]  # fmt: skip
        assert [one.closed_on for one in found] == [day(14), day(21), day(28), day(49)]

    def test_stay_as_they_are_when_an_mp_helps(self) -> None:
        (found,) = windows(service(Kind.FINAL_ANSWER, Kind.MP_TOLD, Kind.MP_ANSWERED), nation=ENGLAND)
        assert (found.kind, found.closed_on) == (ClockKind.EXAMINER, None)

    def test_of_the_ombudsman_counts_from_the_day_it_was_known_and_goes_on_while_an_mp_is_asked(self) -> None:
        found = windows(service(*WHOLE_COMPLAINT[:6]), nation=ENGLAND)[-1]
        assert (found.kind, found.dated_on, found.closed_on) == (ClockKind.OMBUDSMAN, KNOWN, None)

    def test_of_the_ombudsman_is_not_stated_for_northern_ireland(self) -> None:
        found = windows(service(*WHOLE_COMPLAINT[:6]), nation=Nation.NORTHERN_IRELAND)
        assert ClockKind.OMBUDSMAN not in {one.kind for one in found}

    def test_of_the_examiner_starts_again_with_a_later_final_answer(self) -> None:
        found = windows(service(Kind.FINAL_ANSWER, Kind.FINAL_ANSWER), nation=ENGLAND)
        assert [(one.reached_on, one.closed_on) for one in found] == [(day(7), day(14)), (day(14), None)]

    def test_of_a_decision_counts_from_its_own_letter(self) -> None:
        told = Decision(weekly=1, effective_on=KNOWN, decided_on=day(1), notified_on=day(3), id=str(uuid.UUID(int=9)))
        found = windows(matter(About.DECISION, decision=told), nation=ENGLAND)
        assert [(one.kind, one.dated_on, one.reached_on) for one in found] == [
            (ClockKind.RECONSIDERATION, day(1), day(3))
        ]
        assert decisions_under_way([matter(About.DECISION, decision=told)]) == {uuid.UUID(int=9)}

    def test_of_a_decision_that_is_struck_out_counts_from_the_day_it_was_told(self) -> None:
        told = Decision(weekly=1, effective_on=KNOWN, decided_on=day(1), notified_on=day(3), id="x", struck_out=SLIP)
        (found,) = windows(matter(About.DECISION, decision=told), nation=ENGLAND)
        assert (found.dated_on, found.reached_on) == (None, KNOWN)
        assert decisions_under_way([matter(About.DECISION, decision=told)]) == set()

    def test_of_the_tribunal_counts_from_the_date_on_the_notice(self) -> None:
        found = windows(decided(Kind.RECONSIDERATION_ASKED, Kind.NOTICE_RECEIVED), nation=ENGLAND)
        assert [(one.kind, one.closed_on) for one in found] == [
            (ClockKind.RECONSIDERATION, day(7)), (ClockKind.TRIBUNAL, None),
        ]  # fmt: skip

    def test_are_shown_once_where_the_person_counts_the_same_time_already(self) -> None:
        one = service(Kind.COMPLAINED)
        own = ClockSeen(id=CASE, case_id=CASE, kind=ClockKind.COMPLAINT_REPLY, dated_on=day(7), reached_on=None)
        assert len(open_windows([one], [], nation=ENGLAND)) == 1
        assert open_windows([one], [own], nation=ENGLAND) == []
        assert open_windows([replace(one, struck_out=SLIP)], [], nation=ENGLAND) == []

    @given(
        about=st.sampled_from(About), kinds=st.lists(st.sampled_from(Kind), max_size=9), nation=st.sampled_from(Nation)
    )
    def test_are_never_open_two_at_a_time(self, about: About, kinds: list[Kind], nation: Nation) -> None:
        one = matter(about, steps(*kinds))
        found = windows(one, nation=nation)
        assert [each for each in found[:-1] if each.closed_by is None] == []
        if not walk(one).is_open:
            assert all(each.closed_by for each in found)


class TestTheCaseOfP002456:
    """The ombudsman's decision of 21 February 2024: a final reply of 10 February 2023."""

    def test_has_the_examiner_until_10_august_2023(self) -> None:
        replied = StepSeen(id=CASE, kind=Kind.FINAL_ANSWER, on=dt.date(2023, 2, 10))
        (window,) = windows(matter(About.SERVICE, [replied]), nation=ENGLAND)
        found = days_of(rules()[window.kind], dated_on=None, reached_on=window.reached_on, nation=ENGLAND)
        assert found.safe_on == found.rule_on == dt.date(2023, 8, 10)


class TestTheCaseOfP002845:
    """The ombudsman's decision of 14 August 2024: a decision told on 5 September 2022."""

    def test_has_both_days_and_the_earlier_one_first(self) -> None:
        told = dt.date(2022, 9, 5)
        decision = Decision(weekly=1, effective_on=told, decided_on=told, notified_on=told, id="1")
        (window,) = windows(matter(About.DECISION, decision=decision), nation=ENGLAND)
        found = days_of(rules()[window.kind], dated_on=window.dated_on, reached_on=window.reached_on, nation=ENGLAND)
        assert found.safe_on == found.rule_on == dt.date(2022, 10, 5)
        assert dt.date(2022, 10, 7) in [one.on for one in found.readings]


class TestTheTable:
    @pytest.mark.parametrize(
        ("about", "state", "nation"),
        [(about, state, nation) for about in About for state in states(about) for nation in Nation],
    )
    def test_has_a_next_step_or_an_honest_end_everywhere(self, about: About, state: State, nation: Nation) -> None:
        assert NEXT[about, state].endswith(".")
        assert bool(allowed(about, state)) is (state not in ENDED)
        assert ((about, state) in STAGE_OF) is (state not in ENDED)

    def test_names_no_state_that_a_route_has_not(self) -> None:
        real = {(about, state) for about in About for state in states(about)}
        assert set(NEXT) == real
        assert set(STAGE_OF) | set(LETTERS_OF) <= real
        assert {state for _, state in real} == set(State) == set(STANDS)

    def test_has_words_for_every_route_and_step(self) -> None:
        assert set(STEPS) == set(Kind)
        assert set(ROUTES) == set(About)
        assert set(ASKS_DAY) <= set(Kind)

    def test_has_a_way_to_every_state(self) -> None:
        for about in About:
            ways: dict[State, tuple[Kind, ...]] = {State.BEGUN: ()}
            waiting = [State.BEGUN]
            while waiting:
                state = waiting.pop()
                for kind in allowed(about, state):
                    at = walk(matter(about, steps(*ways[state], kind)))
                    assert at.misfits == ()
                    if at.state not in ways:
                        ways[at.state] = (*ways[state], kind)
                        waiting.append(at.state)
            assert set(ways) == set(states(about))

    def test_puts_every_step_on_a_route(self) -> None:
        assert all(any(belongs(about, kind) for about in About) for kind in Kind)
        assert not belongs(About.DECISION, Kind.COMPLAINED)


class TestStandingOf:
    def test_takes_the_open_matter_with_the_latest_step(self) -> None:
        over = replace(service(Kind.COMPLAINED, Kind.PUT_RIGHT), id=uuid.UUID(int=3))
        gone = replace(service(*WHOLE_COMPLAINT[:3]), id=uuid.UUID(int=4), struck_out=SLIP)
        found = standing_of([over, service(Kind.COMPLAINED), gone, decided()])
        assert found == {About.SERVICE: State.COMPLAINED, About.DECISION: State.BEGUN}

    def test_takes_the_latest_one_where_all_are_over(self) -> None:
        early = replace(service(Kind.STOPPED), id=uuid.UUID(int=3))
        late = service(Kind.COMPLAINED, Kind.PUT_RIGHT)
        assert standing_of([late, early]) == {About.SERVICE: State.PUT_RIGHT}
