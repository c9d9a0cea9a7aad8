"""Why it changed: the lines add up exactly, and odd days are answered kindly."""

import datetime as dt
import html
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.case_values import CaseFile
from arrears.core.changes import explain
from arrears.core.facts import AdjustmentKind, Route
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from arrears.core.results import Cause, CauseKind
from cases.core.facts import Nation, Scheme
from cases.models import Case
from cms_tracker.money import round_half_up
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from tests.cast import ADA
from tests.factories import let_in, make_case, make_user, monthly_case
from tests.pages import pence, rows, words
from tests.unit.arrears.build import adjustment, day, decision, opening, payment, schedule, service
from tests.unit.arrears.build import case as build_case

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]


def by_today(on: str, today: str) -> tuple[dt.date, dt.date]:
    """A day as it is seen with what is known today."""
    return day(on), day(today)


def url(case: Case, query: str = "") -> str:
    return reverse("arrears:changes", args=[case.pk]) + query


class TestTheLines:
    @time_machine.travel("2025-02-10 09:00")
    def test_add_up_to_the_change(self, client: Client, example: Example) -> None:
        response = client.get(url(example("backdated-change"), "?from=2024-11-24&to=2025-02-10"))
        page = words(response)
        assert "On 24 November 2024 nothing was owed. On 10 February 2025 you owed £312.54." in page
        assert "As much came as fell due in these days. CMS decisions on earlier amounts made the difference." in page
        found = rows(response)
        assert [pence(row[1]) for row in found] == [[], [55154], [142524], [-142524], [-23900]]
        assert [pence(row[2]) for row in found] == [[0], [55154], [197678], [55154], [31254]]

    @time_machine.travel("2025-02-10 09:00")
    def test_go_back_three_months_by_themselves(self, client: Client, example: Example) -> None:
        view = client.get(url(example("backdated-change"))).context["view"]
        assert (view.first, view.second) == (by_today("2024-11-10", "2025-02-10"), by_today("2025-02-10", "2025-02-10"))

    @time_machine.travel("2026-11-22 09:00")
    def test_go_back_to_the_latest_decision_where_that_is_longer_ago(self, client: Client, example: Example) -> None:
        response = client.get(url(example("backdated-change")))
        assert response.context["view"].first == by_today("2025-01-19", "2026-11-22")
        assert "Decision of 17 January 2025" in words(response)
        assert "Since the decision told on 20 January 2025" in words(response)

    @time_machine.travel("2025-07-10 09:00")
    def test_say_whose_balance_it_was(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-06-05"), amount_pence=200000, recorded_on=None, route=Route.DIRECT
        )
        days = url(case, "?from=2025-06-04&to=2025-06-05")
        hers = words(client.get(days))
        assert "On 4 June 2025 you were owed £1,040.00. On 5 June 2025 you were overpaid £960.00." in hers
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, at=dt.datetime(2025, 7, 10, 8, tzinfo=dt.UTC))
        client.force_login(ada)
        seen = words(client.get(days))
        assert "the receiving parent was owed £1,040.00. On 5 June 2025 the receiving parent was overpaid" in seen
        assert "Since the decision told on 3 March 2025" in seen

    @time_machine.travel("2025-07-10 09:00")
    def test_lead_to_the_facts_behind_them(self, client: Client, example: Example) -> None:
        case = example("direct-pay-missed")
        response = client.get(url(case, "?from=2025-04-10&to=2025-04-25"))
        paid = next(one for one in queries.facts_for(case).payments if one.paid_on == day("2025-04-22"))
        assert reverse("arrears:payment", args=[case.pk, paid.id]) in response.content.decode()

    @time_machine.travel("2025-09-10 09:00")
    def test_can_count_only_what_was_known_on_each_day(self, client: Client, example: Example) -> None:
        case = example("collect-and-pay-fees")  # a payment of 4 April was recorded on 1 July
        now = client.get(url(case, "?from=2025-05-01&to=2025-07-10"))
        then = client.get(url(case, "?from=2025-05-01&to=2025-07-10&known=then"))
        assert "recorded" not in words(now).partition("If this looks wrong")[0].lower()
        assert "Recorded later" in words(then)
        assert now.context["said"].after == then.context["said"].after


class TestTheDays:
    @pytest.mark.parametrize(
        "query",
        [
            "?from=2025-02-30&to=2025-03-01", "?from=x&to=y", "?from=2025-03-01", "?to=2025-03-01",
            "?from=2025-03-01&to=2025-03-01", "?from=2025-03-02&to=2025-03-01&from_known=2025-02-30",
            "?from=2025-03-01&to=2999-01-01",
            "?from=0001-01-01&to=2025-03-01", "?from=&to=", "?known=then", "?from=٢٠٢٥-٠١-٠١&to=2025-03-01",
        ],
    )  # fmt: skip
    @time_machine.travel("2025-07-10 09:00")
    def test_that_mean_nothing_are_answered_in_one_sentence(self, client: Client, example: Example, query: str) -> None:
        response = client.get(url(example("direct-pay-missed"), query))
        assert response.status_code == 200
        assert response.context["form"].errors
        assert all(len(errors) == 1 for errors in response.context["form"].errors.values())
        assert response.context["said"] is None
        assert "Nothing has been saved" not in words(response)
        assert "What you typed is still here." in words(response)

    @time_machine.travel("2025-07-10 09:00")
    def test_are_typed_into_three_boxes_each_or_stand_in_an_old_link(self, client: Client, example: Example) -> None:
        case = example("direct-pay-missed")
        linked = client.get(url(case, "?from=2025-03-10&to=2025-06-10"))
        typed = client.get(url(case, "?from_d=10&from_m=March&from_y=2025&to_d=10&to_m=6&to_y=2025"))
        assert linked.context["view"] == typed.context["view"]
        assert linked.context["said"] == typed.context["said"]
        assert 'name="from_d" value="10"' in linked.content.decode()

    @time_machine.travel("2025-07-10 09:00")
    def test_that_are_half_typed_stay_as_they_were_typed(self, client: Client, example: Example) -> None:
        query = "?from_d=10&from_m=&from_y=2025&to_d=1&to_m=6&to_y=2025&known=then"
        response = client.get(url(example("direct-pay-missed"), query))
        assert list(response.context["form"].errors) == ["from"]
        assert response.context["said"] is None
        assert 'name="from_d" value="10"' in response.content.decode()
        assert 'value="then" id="id_known_1" checked' in response.content.decode()

    def test_are_not_asked_for_in_an_empty_record(self, client: Client, rosa: User) -> None:
        assert "Nothing has fallen due and nothing is logged yet." in words(client.get(url(make_case(rosa))))

    @time_machine.travel("2025-07-10 09:00")
    def test_may_be_known_on_days_of_their_own(self, client: Client, example: Example) -> None:
        query = "?from=2025-05-01&to=2025-05-01&from_known=2025-05-01&to_known=2025-07-02"
        page = words(client.get(url(example("collect-and-pay-fees"), query)))
        assert "On 1 May 2025, by what was known then," in page
        assert "On 1 May 2025, by what was known on 2 July 2025," in page
        assert "Recorded later" in page


class TestTheSplit:
    @time_machine.travel("2025-02-10 09:00")
    def test_says_that_nobody_missed_a_payment_for_it(self, client: Client, example: Example) -> None:
        case = example("backdated-change")
        told = (
            "All of the £312.54 that you owe comes from decisions that changed earlier amounts. No payment was missed"
        )
        assert told in words(client.get(url(case)))
        assert told in words(client.get(reverse("arrears:payments", args=[case.pk])))

    @time_machine.travel("2025-07-10 09:00")
    def test_is_not_on_the_payments_page_where_no_decision_was_told_late(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        assert "earlier amounts" not in words(client.get(reverse("arrears:payments", args=[case.pk])))

    def test_is_not_there_where_nothing_is_owed(self, client: Client, rosa: User) -> None:
        assert client.get(url(make_case(rosa))).context["split"] is None


class TestTheLinks:
    @time_machine.travel("2025-09-10 09:00")
    def test_lead_to_every_kind_of_fact(self, client: Client, rosa: User) -> None:
        case = every_kind(rosa)
        kinds, links = set(), set()
        for query in ("?from=2025-02-28&to=2025-09-10&known=then", "?from=2025-06-02&to=2025-03-02&known=then"):
            response = client.get(url(case, query))
            kinds |= {one.kind for one in explained_by(case, query)}
            links |= set(re.findall(r'href="(/records/[^"]*)"', response.content.decode().partition("<table")[2]))
        assert kinds == set(CauseKind)
        assert len(links) > 15
        assert any("/claims/" in link for link in links)
        assert sum("/settlements/" in link for link in links) == 1
        for link in links:
            page, _, anchor = html.unescape(link).partition("#")
            answer = client.get(page)
            assert answer.status_code == 200, link
            assert not anchor or f'id="{anchor}"' in answer.content.decode(), link

    @time_machine.travel("2026-11-22 09:00")
    def test_find_the_page_of_a_date_long_ago(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa, first_due=dt.date(2019, 3, 4))
        page = client.get(reverse("arrears:payments", args=[case.pk]) + "?due=2019-05-04")
        assert 'id="due-2019-05-04"' in page.content.decode()
        assert client.get(reverse("arrears:payments", args=[case.pk]) + "?due=2019-13-04").context["place"] == 0


class TestTheWorking:
    @time_machine.travel("2025-02-10 09:00")
    def test_can_be_checked_by_hand_down_to_the_rounding(self, client: Client, example: Example) -> None:
        case = example("backdated-change")
        decision = queries.facts_for(case).decisions[1]
        page = words(client.get(reverse("arrears:working", args=[case.pk, decision.id])))
        sums = re.findall(r"\(£([\d.]+) − £([\d.]+)\) × 52 ÷ 12 × (\d+) ÷ (\d+)", page)
        assert len(sums) == 5
        by_hand = sum(
            (Fraction(new) - Fraction(old)) * 52 / 12 * int(days) / int(natural) for new, old, days, natural in sums
        )
        assert f"before rounding ≈ +£{round_half_up(by_hand * 10_000) / 10_000}" in page
        assert "Rounded once, to the penny +£551.54" in page

    @time_machine.travel("2025-02-10 09:00")
    def test_can_be_seen_as_it_was_known_then(self, client: Client, example: Example) -> None:
        case = example("backdated-change")
        last = reverse("arrears:working", args=[case.pk, queries.facts_for(case).decisions[2].id])
        assert client.get(last).status_code == 200
        assert client.get(f"{last}?on=2025-02-10&known=2025-01-01").status_code == 404
        assert "by what was known on 1 February 2025" in words(client.get(f"{last}?on=2025-02-10&known=2025-02-01"))
        assert client.get(f"{last}?on=no&known=2099-01-01").status_code == 200


def every_kind(rosa: User) -> Case:
    """A paying parent's record in which everything that can change a balance did."""
    facts = [
        decision("60", "2025-03-01"),
        decision("66", "2025-03-03", told="2025-06-01"),
        schedule("weekly", "2025-03-03"),
        service("collect_and_pay", "2025-03-01"),
        opening("90", "2025-03-01"),
        payment("72", "2025-03-03", route="via_cms_paid", recorded="2025-03-03"),
        payment("10", "2025-02-20", recorded="2025-07-01"),
        payment("11", "2025-02-20", recorded="2025-02-20", out="2025-07-02"),
        payment("12", "2025-05-01", recorded="2025-08-01"),
        *(adjustment(kind.value, "3", "2025-05-02") for kind in AdjustmentKind),
    ]
    counted = Step(kind=StepKind.ACCEPTED, on=day("2025-05-03"), recorded_on=day("2025-05-03"), amount=700)
    agreed = Step(kind=StepKind.AGREED, on=day("2025-05-04"), recorded_on=day("2025-05-04"), amount=800)
    cancelled = Step(kind=StepKind.CANCELLED, on=day("2025-05-20"), recorded_on=day("2025-05-20"), amount=800)
    shoes = Claim(
        kind=ClaimKind.DIRECT_PAYMENT, paid_on=day("2025-05-01"), amount=700, recorded_on=day("2025-05-01"),
        what="Shoes", steps=(counted,),
    )  # fmt: skip
    settled = Settlement(
        offered_on=day("2025-05-02"), arrears=1000, amount=200, recorded_on=day("2025-05-02"), steps=(agreed, cancelled)
    )
    file = CaseFile(
        reference="120000000077",
        nation=Nation.ENGLAND,
        scheme=Scheme.CMS_2012,
        facts=replace(build_case(*facts, perspective="paying"), claims=(shoes,), settlements=(settled,)),
    )
    return case_transfer.bring_in(file, owner=rosa)


def explained_by(case: Case, query: str) -> tuple[Cause, ...]:
    """The causes that the page of a query shows."""
    first, last = (dt.date.fromisoformat(one) for one in re.findall(r"=(\d{4}-\d\d-\d\d)", query))
    return explain(queries.facts_for(case), before=(first, first), after=(last, last)).causes
