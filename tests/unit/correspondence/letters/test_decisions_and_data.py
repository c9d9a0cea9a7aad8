"""A decision that is challenged, action beside a plan, a copy of one's data, and a representative."""

from dataclasses import replace

import pytest

from arrears.core.facts import Plan
from arrears.core.results import PlanState
from cases.core.facts import Frequency, Nation, Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters import authority, mandatory_reconsideration, parallel_action, subject_access
from correspondence.core.letters.asks import Answer, Answers
from correspondence.core.letters.draft import Choices, draft, reply_of
from correspondence.core.letters.envelope import Letter
from correspondence.core.letters.kind import Kind, Record
from tests.unit.arrears.build import case, day, decision, payment, schedule, service
from tests.unit.correspondence.letters.build import first_answers, record, written
from tests.unit.correspondence.letters.complaints import bare, contact, northern
from tests.unit.correspondence.letters.samples import CALL, ON, SAMPLES, example

FULL = example(Perspective.RECEIVING)


def made(kind: Kind, of: Record, **answers: Answer) -> Letter:
    return written(kind, of, **first_answers(kind, of) | answers)


def refused(kind: Kind, of: Record, **answers: Answer) -> str:
    with pytest.raises(Refusal) as found:
        made(kind, of, **answers)
    return found.value.field


WRONG = {"faults": ("income",), "why_wrong": "My pay is lower."}
MR = mandatory_reconsideration.KIND


class TestAReconsideration:
    def test_takes_the_latest_decision_with_what_it_changed(self) -> None:
        about = made(MR, FULL, **WRONG, late_because="I was ill.").about.challenged
        assert (about.weekly, about.before, about.instalment) == (7500, 6000, None)
        assert (about.notified_on, about.effective_on) == (day("2025-05-20"), day("2025-03-03"))
        assert (about.back, about.back_by) == (19500, 19500)

    def test_is_in_time_on_the_thirtieth_day_and_late_on_the_next(self) -> None:
        last = replace(FULL, on=day("2025-06-19"))
        about = made(MR, last, **WRONG, late_because="I was ill.").about.challenged
        assert (about.is_in_time, about.days, about.late_because) == (True, 30, "")
        late = replace(FULL, on=day("2025-06-20"))
        assert refused(MR, late, **WRONG) == "late_because"
        assert made(MR, late, **WRONG, late_because="I was ill.").about.challenged.late_because == "I was ill."

    def test_can_be_of_the_first_decision(self) -> None:
        first = made(MR, FULL, **WRONG, decision="decision 60.00 2025-01-03", late_because="x").about.challenged
        assert (first.before, first.weekly) == (None, 6000)

    def test_needs_a_decision_and_a_fault(self) -> None:
        assert "Enter the decision first" in MR.why_not(bare())
        assert MR.why_not(FULL) == ""
        assert refused(MR, FULL, **WRONG, decision="another") == "decision"
        assert refused(MR, FULL, why_wrong="x", late_because="y") == "faults"
        own = made(MR, FULL, other_fault="The rounding.", why_wrong="x", late_because="y").about.faults
        assert own.other == "The rounding"

    @pytest.mark.parametrize(
        ("side", "who"), [(Perspective.PAYING, "me"), (Perspective.RECEIVING, "the paying parent")]
    )
    def test_names_the_nights_from_the_side_of_who_asks(self, side: Perspective, who: str) -> None:
        about = made(MR, example(side), faults=("nights",), why_wrong="x", late_because="y").about
        assert about.faults.listed == (f"the nights that a child stays with {who}",)

    def test_lists_what_goes_with_it(self) -> None:
        letter = made(MR, FULL, **SAMPLES[MR.code](FULL))
        assert letter.enclosures == ("Payslips, March to May 2025",)
        assert (letter.about.should_be, letter.about.to_come) == (6850, "A letter from the school")

    def test_names_no_regulation_of_great_britain_in_northern_ireland(self) -> None:
        assert not made(MR, northern(), **WRONG, late_because="x").about.challenged.is_great_britain


def planned(side: Perspective, *, part: int, paid: tuple[str, ...] = (), on: str = "2025-07-10") -> Record:
    """£1,000 of arrears, £100 a month ongoing, and a plan of £100 and ``part`` a month from 1 May 2025."""
    facts = case(
        decision("23.08", "2024-05-01"),
        schedule("monthly", "2024-06-01"),
        service("collect_and_pay", "2024-05-01"),
        *[payment("150.00", one, name=one) for one in paid],
        perspective=side.value,
    )
    plan = Plan(
        agreed_on=day("2025-04-20"), first_payment_on=day("2025-05-01"), frequency=Frequency.FOUR_WEEKLY,
        total=10001 + part, arrears_part=part, id="plan",
    )  # fmt: skip
    return record(replace(facts, plans=(plan,)), day(on))


MORE = {"why": "There is new work.", "mp": "Jane Smith MP"}
ACTION = {**MORE, "action": "A deduction.", "action_on": day("2025-06-25")}
PARALLEL = parallel_action.KIND


class TestActionBesideAPlan:
    def test_is_asked_for_where_a_plan_takes_more_than_two_years(self) -> None:
        long, short = planned(Perspective.RECEIVING, part=2000), planned(Perspective.RECEIVING, part=20000)
        assert PARALLEL.why_not(long) == ""
        assert "no repayment plan that takes more than two years" in PARALLEL.why_not(short)
        letter = made(PARALLEL, long, **MORE)
        plan = letter.about.plan
        assert (plan.part, plan.how_often, plan.owed_on) == (2000, "four-weekly", day("2025-04-30"))
        assert plan.two_years_on == day("2027-05-01")
        assert plan.last_on is not None
        assert letter.heading == f"Complaint: a repayment plan that lasts until {plan.last_on:%B %Y}"
        assert letter.copies == ("Jane Smith MP",)

    def test_is_complained_of_by_the_parent_who_pays(self) -> None:
        of = planned(Perspective.PAYING, part=20000)
        assert PARALLEL.why_not(of) == ""
        letter = made(PARALLEL, of, **ACTION)
        assert letter.heading == "Complaint: further action while I keep a repayment plan"
        assert (letter.about.action, letter.about.plan.two_years_on) == ("A deduction", None)
        assert "Enter the repayment plan first" in PARALLEL.why_not(bare(Perspective.PAYING))

    def test_is_not_complained_of_where_the_record_shows_a_broken_plan(self) -> None:
        broken = planned(Perspective.PAYING, part=5000, paid=("2025-07-09",))
        assert refused(PARALLEL, broken, **ACTION) == "plan"
        theirs = planned(Perspective.RECEIVING, part=2000, paid=("2025-07-09",))
        plan = made(PARALLEL, theirs, **MORE).about.plan
        assert (plan.state, plan.stands_on is not None) == (PlanState.BROKEN, True)

    def test_needs_a_plan_that_is_there(self) -> None:
        assert refused(PARALLEL, planned(Perspective.RECEIVING, part=2000), **MORE, plan="another") == "plan"

    def test_asks_for_a_member_of_either_house_in_northern_ireland(self) -> None:
        of = replace(planned(Perspective.RECEIVING, part=2000), nation=Nation.NORTHERN_IRELAND)
        assert PARALLEL.asks(of)[-1].label == "The name of your MP or MLA"
        assert not made(PARALLEL, of, **MORE).about.is_great_britain


SAR = subject_access.KIND


class TestACopyOfOnesData:
    def test_asks_for_everything_of_the_whole_time_at_first(self) -> None:
        about = made(SAR, bare()).about
        assert about.holdings == tuple(subject_access.Holding)
        assert (about.since, about.calls, about.born_on, about.national_insurance) == (None, (), None, "")
        assert about.is_on_paper
        assert not made(SAR, bare(), paper="no").about.is_on_paper
        assert made(SAR, northern()).about.is_northern_ireland

    def test_names_the_calls_that_matter(self) -> None:
        other = contact("2025-06-21", spoke_to="Ann")
        of = replace(FULL, contacts=(other, CALL, contact("2025-06-22", party="MP")))
        about = made(SAR, of, calls=(str(CALL.id), str(other.id)), national_insurance="qq 12 34 56 c").about
        assert [(one.on, one.clock, one.spoke_to) for one in about.calls] == [
            (day("2025-06-20"), "10:15am", "Daniel"),
            (day("2025-06-21"), "", "Ann"),
        ]
        assert about.national_insurance == "QQ 12 34 56 C"

    def test_needs_something_to_ask_for(self) -> None:
        assert refused(SAR, bare(), holdings=()) == "holdings"

    @pytest.mark.parametrize(("on", "by"), [("2026-01-31", "2026-02-28"), ("2025-07-10", "2025-08-10")])
    def test_asks_for_an_answer_in_a_month_which_ends_with_a_shorter_one(self, on: str, by: str) -> None:
        of = replace(bare(), on=day(on))
        found = reply_of(SAR, of, Choices(sender="R", answers=_answers(SAR, of)))
        assert found is not None
        assert found.on == day(by)
        assert "from the day you receive it" in found.why


def _answers(kind: Kind, of: Record) -> Answers:
    return Answers(first_answers(kind, of))


REPRESENTATIVE = {"representative": "Ada Ward", "address": ("1 High Street", "Leeds")}


class TestARepresentative:
    def test_may_act_from_today_until_it_is_ended(self) -> None:
        letter = made(authority.KIND, bare(), **REPRESENTATIVE)
        about = letter.about
        assert (about.starts_on, about.ends_on, about.attorney_on) == (ON, None, None)
        assert about.scopes == tuple(authority.Scope)
        assert (about.letters_to_both, letter.enclosures) == (True, ())
        assert authority.KIND.by_parent_only

    def test_is_never_named_by_anybody_but_the_parent(self) -> None:
        choices = Choices(sender="Ada Ward", for_whom="Rosa Martin", answers=Answers(dict(REPRESENTATIVE)))
        with pytest.raises(Refusal, match="Only the parent can sign"):
            draft(authority.KIND, bare(), choices)

    def test_may_hold_a_power_of_attorney(self) -> None:
        letter = made(authority.KIND, bare(), **REPRESENTATIVE, attorney="yes", attorney_on=day("2020-03-02"))
        assert letter.enclosures == ("A copy of the power of attorney of 2 March 2020",)

    def test_may_not_end_before_it_begins_or_do_nothing(self) -> None:
        assert refused(authority.KIND, bare(), **REPRESENTATIVE, until="day", ends_on=day("2025-07-09")) == "ends_on"
        assert made(authority.KIND, bare(), **REPRESENTATIVE, until="day", ends_on=ON).about.ends_on == ON
        assert refused(authority.KIND, bare(), **REPRESENTATIVE, scopes=()) == "scopes"
