"""What a case is told: the facts with their days, the same whatever the order, and what stands in real cases."""

import datetime as dt

import pytest

from cases.core.facts import Nation, Perspective
from correspondence.core import next_steps
from correspondence.core.next_steps import Answer, answer, sentence
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.book import facts
from correspondence.core.steps.fact import Fact

R, P = Perspective.RECEIVING, Perspective.PAYING


def ask(ground: s.Ground, **facets: object) -> Answer:
    return answer(s.Snapshot(ground=ground, **facets))  # type: ignore[arg-type]


def codes(found: Answer) -> list[str]:
    return [one.rule.code for one in found.actions]


def refused(found: Answer) -> dict[str, list[str]]:
    return {one.rule.code: [other.rule.code for other in one.instead] for one in found.refusals}


class TestAnAnswer:
    def test_names_the_fact_its_day_and_the_reason(self) -> None:
        known = s.Known(days={Fact.PLAN_KEPT: dt.date(2022, 12, 1)})
        kept = s.Ground(side=R, service=s.Service.DIRECT, is_owed=True, plan=s.PlanKept.KEPT)
        found = ask(kept, plan=s.Plan(length=s.Length.LONGER), known=known)
        (why,) = [one for one in found.refusals if one.rule.code == "no-enforcement-while-kept"]
        assert why.title == "Having CMS enforce now"
        assert why.why.startswith(
            "The plan of 1 December 2022 is being kept, as far as the record shows. CMS does not enforce while a plan"
        )
        assert [one.rule.code for one in why.instead] == [
            "log-payments", "challenge-plan", "ask-more-beside-plan", "keep-record",
        ]  # fmt: skip
        assert why.is_firm

    def test_leaves_the_reason_alone_where_the_fact_says_nothing(self) -> None:
        found = ask(s.Ground(side=R))
        (record,) = [one for one in found.actions if one.rule.code == "keep-record"]
        assert record.title == "Keep a record of each call and letter"
        assert record.why == "Note the day, the time, who you spoke to, and what was promised."

    def test_says_where_nobody_has_verified_it(self) -> None:
        found = ask(s.Ground(side=R), challenged=s.Challenged(decision=s.Decided.LATE))
        firm = {one.rule.code: one.is_firm for one in found.actions}
        assert (firm["challenge-decision-late"], firm["keep-record"]) == (False, True)

    def test_stands_in_the_order_of_the_book(self) -> None:
        found = ask(
            s.Ground(side=R, service=s.Service.COLLECT, is_owed=True, plan=s.PlanKept.BROKEN),
            challenged=s.Challenged(decision=s.Decided.IN_TIME, complaint=s.Complained.FINAL),
            said=s.Said(promised=s.Promised.MANY, is_reply_late=True),
            settling=s.Settling(notice=s.Notice.WRITE_OFF),
        )
        ranks = [one.rule.rank for one in found.actions]
        assert ranks == sorted(set(ranks))
        assert codes(found)[:5] == [
            "answer-write-off",
            "log-payments",
            "chase-promises",
            "chase-reply",
            "report-broken-plan",
        ]

    def test_does_not_hang_on_the_order_in_which_the_rules_are_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = s.Snapshot(
            ground=s.Ground(side=P, service=s.Service.COLLECT, is_owed=True),
            papers=s.Papers(served=s.Served.COURT_PAPERS, nation=Nation.SCOTLAND),
        )
        first = answer(asked)
        every = list(next_steps.found(asked))
        monkeypatch.setattr(next_steps, "found", lambda _: iter(reversed(every)))
        turned = answer(asked)
        assert codes(turned) == codes(first)
        assert refused(turned) == refused(first)


class TestASentence:
    def test_has_its_day_and_figure_where_they_are_known(self) -> None:
        on = dt.date(2026, 11, 23)
        known = s.Known(days={Fact.OWED: on, Fact.PROMISES_OVERDUE: on}, amounts={Fact.OWED: 953299})
        assert sentence(Fact.OWED, known) == "£9,532.99 is outstanding on 23 November 2026, as far as the record shows."
        assert sentence(Fact.PROMISES_OVERDUE, known) == "CMS made promises that are past their day."
        assert sentence(Fact.PRIVATE, known) == "The payments were agreed between the parents, without CMS."
        assert sentence(Fact.DIED, s.Known()) == "The other parent has died."

    def test_tells_a_day_to_act_by_that_is_gone_as_past(self) -> None:
        last = dt.date(2026, 11, 23)
        for on, said in (
            (last, "The day to go on by is 23 November 2026."),
            (last + dt.timedelta(days=1), "The day to go on by was 23 November 2026, and that is past."),
        ):
            known = s.Known(on=on, days={Fact.COMPLAINT_FINAL: last})
            assert sentence(Fact.COMPLAINT_FINAL, known) == f"CMS gave its final answer to the complaint. {said}"

    def test_never_tells_a_day_to_come_in_the_present_once_it_is_gone(self) -> None:
        coming = ("is {on}", "Answer by {on}", "is to be paid by {on}", "can be expected about {on}")
        told = {fact: words for fact, words in facts().items() if any(one in words.dated for one in coming)}

        assert len(told) > 8
        assert [fact for fact, words in told.items() if not words.past] == []


class TestARealCase:
    def test_rc_1_keeps_enforcement_back_while_the_plan_is_kept(self) -> None:
        found = ask(
            s.Ground(side=R, service=s.Service.DIRECT, is_owed=True, plan=s.PlanKept.KEPT),
            plan=s.Plan(length=s.Length.LONGER),
            collecting=s.Collecting(order=s.Order.GRANTED),
            challenged=s.Challenged(complaint=s.Complained.FINAL),
        )
        assert not found.has("ask-enforcement")
        assert not found.has("use-order")
        assert found.has("challenge-plan")
        assert found.has("go-to-examiner")
        assert found.refuses("no-enforcement-while-kept")
        assert found.refuses("no-court-steps-while-kept")
        assert refused(found)["no-ombudsman-yet"] == ["go-to-examiner"]
        assert refused(found)["no-tribunal-for-collection"] == ["go-to-examiner"]

    def test_rc_1_opens_up_once_a_payment_is_missed(self) -> None:
        found = ask(
            s.Ground(side=R, service=s.Service.DIRECT, is_owed=True, plan=s.PlanKept.BROKEN),
            plan=s.Plan(length=s.Length.LONGER),
            collecting=s.Collecting(order=s.Order.GRANTED),
        )
        assert found.has("report-broken-plan")
        assert found.has("use-order")
        assert not found.has("challenge-plan")

    def test_rc_4_is_a_decision_and_no_complaint(self) -> None:
        ground = s.Ground(side=P, service=s.Service.COLLECT, is_owed=True)
        found = ask(ground, challenged=s.Challenged(decision=s.Decided.LATE))
        assert found.has("challenge-decision-late")
        assert refused(found)["no-tribunal-yet"] == ["challenge-decision-late"]

    def test_rc_10_asks_for_a_reply_to_a_notice_about_csa_debt(self) -> None:
        found = ask(s.Ground(side=R, is_owed=True), settling=s.Settling(notice=s.Notice.CSA, has_csa_debt=True))
        assert codes(found)[0] == "answer-csa-notice"
        assert not found.has("ask-csa-debt")

    def test_a_private_arrangement_is_never_collected(self) -> None:
        found = ask(
            s.Ground(side=R, service=s.Service.PRIVATE, is_owed=True), endings=s.Endings(private=s.Private.BROKE)
        )
        assert codes(found)[:2] == ["log-payments", "apply-to-cms"]
        assert refused(found)["no-private-arrears"] == ["apply-to-cms", "keep-record"]

    def test_the_paying_parent_goes_on_paying_what_falls_due(self) -> None:
        found = ask(s.Ground(side=P, service=s.Service.DIRECT, is_owed=True))
        assert refused(found)["no-stopping"] == ["pay-what-falls-due"]
        assert {"offer-plan", "make-budget", "debt-advice", "offer-part-payment"} <= set(codes(found))
