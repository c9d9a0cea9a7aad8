"""A case on one page: bounded, without what must not leave, and with the engine's figures alone."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import plans, statements
from arrears.core.case_values import ClockKind, ContactKind, Direction
from arrears.core.ledger import known
from arrears.core.plan_review import review
from arrears.core.position import next_due, position
from cases.core.facts import Nation
from cms_tracker.money import pounds
from correspondence.core import one_page as pages
from correspondence.core.bundles import hiding
from correspondence.core.clocks import ClockSeen
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.deadlines import Facts, listed
from correspondence.core.one_page import Ground, Next, OnePage, fitted, one_page
from tests.real_cases import real

ON = dt.date(2024, 2, 21)
CASE = uuid.UUID(int=7)


def contact(number: int = 1, **values: Any) -> ContactSeen:
    given: dict[str, Any] = {
        "id": uuid.UUID(int=number), "case_id": CASE, "at_date": ON - dt.timedelta(days=number), "at_time": None,
        "kind": ContactKind.CALL, "direction": Direction.OUT, "party": "CMS", "summary": "They looked into it.",
    }  # fmt: skip
    return ContactSeen(**(given | values))


def promise(number: int = 1, **values: Any) -> PromiseSeen:
    given: dict[str, Any] = {
        "id": uuid.UUID(int=number), "case_id": CASE, "contact_id": CASE, "made_on": ON, "party": "CMS",
        "text": "A breakdown will be sent", "due_on": ON + dt.timedelta(days=number),
    }  # fmt: skip
    return PromiseSeen(**(given | values))


def clock(number: int) -> ClockSeen:
    return ClockSeen(
        id=uuid.UUID(int=number), case_id=CASE, kind=ClockKind.CSA_WRITE_OFF, dated_on=None,
        reached_on=ON - dt.timedelta(days=number),
    )  # fmt: skip


def ground(name: str = "rc-01-a-plan-that-is-kept", *, on: dt.date = ON, **values: Any) -> Ground:
    facts = real(name).file.facts
    seen = known(facts, on)
    at = position(facts, on=on, known_on=on)
    given: dict[str, Any] = {
        "reference": "120000002456", "seen": seen, "at": at, "next_due": next_due(facts, after=on, known_on=on),
        "plans": review(facts, on=on, known_on=on, nation=Nation.ENGLAND), "stated": None, "contacts": (),
        "promises": (), "deadlines": listed(Facts(nation=Nation.ENGLAND), case_id=CASE, on=on), "steps": (),
        "refused": (), "hidden": (), "has_anything": bool(at.instalments or at.others),
    }  # fmt: skip
    return Ground(**(given | values))


def text(page: OnePage) -> str:
    return "\n".join(
        line
        for part in page.parts
        for line in (part.title, *(f"{n} {a}" for n, a, _ in part.sums), *part.lines, part.more)
    )


class TestThePage:
    def test_says_what_is_owed_why_by_which_plan_and_when_it_ends(self) -> None:
        page = one_page(ground())
        found = text(page)
        assert [part.title for part in page.parts] == ["Where it stands", "Why", "The repayment plan", "What was said"]
        for said in (
            "On 21 February 2024, £10,153.01 is owed.",
            "Carried over £10,153.01",
            "(CMS calls this an arrangement): longer than two years. CMS’s word for it: arrangement.",
            "141 payments; the last, £28.01, on 1 August 2034.",
            "£81.00 a month for the arrears from 1 December 2022, of £400.53 in all, on £11,368.01 then owed.",
            "Within two years it would take £473.67 each time. Two years is CMS’s policy, not law.",
            "It is kept, as far as this record tells.",
            "And 1 more plan before it.",
        ):
            assert said in found
        assert (page.outstanding, page.credit, page.is_receiving) == (1015301, 0, True)

    def test_does_not_call_a_plan_kept_of_which_nothing_was_noted_for_long(self) -> None:
        found = text(one_page(ground(on=dt.date(2026, 11, 23))))
        assert "It was kept up to 1 February 2024; the record does not tell what came since." in found

    def test_says_that_nothing_is_there_yet(self) -> None:
        page = one_page(ground("rc-05-a-request-nobody-logged", on=dt.date(2022, 9, 6)))
        assert "there is nothing to add up on this record yet" in text(page)
        assert "No plan from CMS is on this record." in text(page)
        assert page.is_short

    def test_says_that_nothing_is_owed_and_what_is_paid_ahead(self) -> None:
        paid = replace(ground().at, outstanding=0, overdue=0, credit=500, by_cause={}, fees_outstanding=700)
        found = text(one_page(ground(at=paid)))
        assert (
            "On 21 February 2024, nothing is owed. £5.00 is paid ahead. Fees owed to CMS, kept apart: £7.00." in found
        )

    def test_puts_the_figure_given_beside_the_records(self) -> None:
        facts = real("rc-01-a-plan-that-is-kept").file.facts
        beside = statements.beside(facts, facts.statements[0], known_on=ON)
        found = text(one_page(ground(stated=("A letter", beside))))
        assert "was £9,532.99 (A letter). This record has £10,153.01 for that day. The difference is £620.02." in found
        agree = replace(beside, theirs=beside.ours, difference=0)
        assert "They agree." in text(one_page(ground(stated=("", agree))))

    def test_names_the_dates_that_are_short_and_counts_the_rest(self) -> None:
        page = one_page(ground("rc-06-what-was-paid-before", on=dt.date(2012, 2, 1)))
        why = page.parts[1]
        assert why.lines[0].startswith(
            "Not paid in full: 26 January 2012, £70.00 of £70.00 still owed; 19 January 2012"
        )
        assert why.more.startswith("And 2")
        assert why.more.endswith("more such dates.")

    def test_says_what_is_overdue_and_the_fee_of_the_next_date(self) -> None:
        base = ground()
        at = replace(base.at, overdue=100)
        assert base.next_due is not None
        found = text(one_page(ground(at=at, next_due=base.next_due._replace(fee=1500))))
        assert "£1.00 of it fell due before that day." in found
        assert "falls due on 1 March 2024, and a fee of £15.00 to CMS." in found

    def test_calls_a_plan_that_ends_within_two_years_an_agreement(self) -> None:
        of = ground()
        plan = replace(of.plans[-1].plan, arrears_part=50000, total=90000, cms_word="")
        verdict = plans.of_plan(plan, arrears=of.plans[-1].verdict.arrears)
        found = text(one_page(ground(plans=[replace(of.plans[-1], plan=plan, verdict=verdict)])))
        assert "An agreement: paid off within two years.\n" in found
        assert "23 payments; the last, £368.01, on 1 October 2024. Two years is CMS’s policy, not law." in found
        assert "before it" not in found

    def test_gives_no_end_to_a_plan_that_had_nothing_to_pay_off(self) -> None:
        of = ground()
        verdict = plans.of_plan(of.plans[-1].plan, arrears=0)
        found = text(one_page(ground(plans=[replace(of.plans[-1], verdict=verdict)])))
        assert "Nothing was owed when it began" in found
        assert "; the last, " not in found

    def test_says_that_a_court_was_asked_about_the_plan(self) -> None:
        on = dt.date(2026, 3, 9)
        found = text(one_page(ground("rc-02-a-court-sets-the-payments", on=on)))
        assert "A court was asked about it on 1 December 2024. It may be on hold." in found
        assert "34 payments; the last, £50.00" in found

    def test_tells_contacts_promises_days_and_steps(self) -> None:
        base = listed(
            Facts(
                nation=Nation.ENGLAND,
                clocks=[clock(6), ClockSeen(
                    id=CASE, case_id=CASE, kind=ClockKind.COMPLAINT_REPLY, dated_on=ON, reached_on=None
                )],
                promises=[promise()],
            ),
            case_id=CASE,
            on=ON,
        )  # fmt: skip
        page = one_page(
            ground(
                contacts=[contact(), contact(2, summary="")],
                promises=[promise(1, due_on=ON - dt.timedelta(days=3)), promise(2, due_on=None, text="Look.")],
                deadlines=base,
                steps=[Next("Ask for a breakdown", "The figures differ")],
                refused=[Next("Ask for enforcement", "The plan is kept")],
            )
        )
        found = text(page)
        for said in (
            "20 February 2024. Call to CMS: They looked into it.",
            "19 February 2024. Call to CMS",
            "Open promise from CMS: A breakdown will be sent. Said on 21 February 2024. By 18 February 2024, and",
            "Open promise from CMS: Look. Said on 21 February 2024. No day was given.",
            "Act by 12 April 2024: Answer a notice about old Child Support Agency debt. By the rule, 14 April 2024.",
            "Ask from 13 March 2024: CMS answers your complaint. No rule sets the day.",
            "Ask for a breakdown. The figures differ",
            "Not now: Ask for enforcement. The plan is kept",
        ):
            assert said in found
        assert "promised:" not in found

    def test_says_of_a_day_that_it_is_past(self) -> None:
        found = listed(Facts(nation=Nation.ENGLAND, clocks=[clock(90)]), case_id=CASE, on=ON)
        assert "Past its day. Act by 19 January 2024: Answer a notice" in text(one_page(ground(deadlines=found)))

    def test_bounds_every_list_and_says_how_many_more_there_are(self) -> None:
        many = range(1, 41)
        page = one_page(
            ground(
                contacts=[contact(one) for one in many],
                promises=[promise(one) for one in many],
                deadlines=listed(
                    Facts(nation=Nation.ENGLAND, clocks=[clock(one) for one in many]), case_id=CASE, on=ON
                ),
                steps=[Next(f"Do {one}", "Because") for one in many],
                refused=[Next(f"Cannot {one}", "Because") for one in many],
            )
        )
        found = text(page)
        for said in (
            "And 37 more calls and letters. And 38 more open promises.",
            "And 36 more days to keep.",
            "And 36 more things to do. And 38 more that are not possible now.",
        ):
            assert said in found

    def test_is_set_in_larger_type_only_where_there_is_room(self) -> None:
        long = [Next("Word " * 30, "Word " * 30)] * 4
        full = ground(
            "rc-06-what-was-paid-before",
            on=dt.date(2012, 2, 1),
            plans=ground().plans,
            contacts=[contact(one, summary="Word " * 60) for one in range(3)],
            promises=[promise(one, text="Word " * 60) for one in range(3)],
            steps=long,
            refused=long,
        )
        assert one_page(ground()).is_short
        assert not one_page(full).is_short

    @pytest.mark.parametrize(
        "written", ["Rosa moved to 12 Rose Lane, LS1 4AB", "Call me on 07700 900123", "She is at 12 rose lane"]
    )
    def test_says_nothing_that_must_not_leave(self, written: str) -> None:
        hidden = hiding.needles_of(["12 Rose Lane, LS1 4AB", "07700 900123"])
        beside = statements.beside(
            real("rc-01-a-plan-that-is-kept").file.facts, ground().seen.statements[0], known_on=ON
        )
        page = one_page(
            ground(
                hidden=hidden,
                contacts=[contact(summary=written, party=written)],
                promises=[promise(text=written, party=written)],
                stated=(written, beside),
            )
        )
        assert not hiding.holds(text(page), hidden)
        assert "[removed]" in text(page)

    def test_masks_a_long_number_that_nobody_thought_of(self) -> None:
        found = text(one_page(ground(contacts=[contact(summary="Pay into 20-00-00 12345678 and ring 0113 496 0000")])))
        assert "12345678" not in found
        assert "496" not in found

    def test_names_no_child_and_not_the_other_parent(self) -> None:
        found = text(one_page(ground()))
        assert "Mr C" not in found
        assert "Child 1" not in found

    def test_shows_no_amount_that_the_engine_did_not_give(self) -> None:
        of = ground()
        verdict, plan = of.plans[-1].verdict, of.plans[-1].plan
        assert of.next_due is not None
        known_amounts = {
            of.at.outstanding, of.next_due.amount, 7374, plan.arrears_part, plan.total, verdict.arrears,
            verdict.last_payment, verdict.needed_for_two_years, *of.at.by_cause.values(),
        }  # fmt: skip
        shown = {word.strip(".,;") for word in text(one_page(of)).split() if word.startswith("£")}
        assert shown <= {pounds(one) for one in known_amounts if one is not None}


class TestALine:
    def test_stays_as_it_is_where_it_fits(self) -> None:
        assert fitted("short", 10) == "short"

    def test_is_cut_with_an_ellipsis(self) -> None:
        assert fitted("abcdefghij", 5) == "abcd…"

    def test_counts_capitals_and_wide_letters_twice(self) -> None:
        assert fitted("WWWWW", 6) == "WW…"
        assert fitted("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 5, 6).endswith("…")

    @given(st.text(max_size=400), st.integers(min_value=4, max_value=226))
    def test_is_never_longer_than_its_measure_and_on_one_line(self, said: str, most: int) -> None:
        found = fitted(said, most)
        assert len(found) <= most
        assert "\n" not in found


def test_its_bounds_are_those_that_the_type_was_measured_for() -> None:
    assert (pages.MOST_CAUSES, pages.MOST_DATES, pages.MOST_CONTACTS, pages.MOST_PROMISES) == (6, 3, 3, 2)
    assert (pages.MOST_DAYS, pages.MOST_STEPS, pages.MOST_REFUSED) == (4, 4, 2)
