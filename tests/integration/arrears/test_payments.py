"""The payments page says what the engine says of each date, and each figure leads to its page."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.facts import Route
from cases import operations as case_operations
from cases.core.facts import Frequency
from cases.models import Case
from cms_tracker.users.models import User
from tests.factories import make_case, monthly_case
from tests.pages import rows, words
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]


def get(client: Client, case: Case, query: str = "") -> object:
    response = client.get(reverse("arrears:payments", args=[case.pk]) + query)
    assert response.status_code == 200
    return response


class TestTheLedger:
    @time_machine.travel("2025-07-10 09:00")
    def test_says_what_came_for_each_date_newest_first(self, client: Client, example: Example) -> None:
        found = rows(get(client, example("direct-pay-missed")))
        assert found[0] == ["August 2025 3 August, £260.00", "Due in 24 days", "Nothing yet", "", ""]
        assert found[1][:3] == ["Money that came 3 July 2025", "", "£300.00 on 3 July Shared over 2 dates"]
        assert found[2][:4] == [
            "July 2025 3 July, £260.00", "Paid on time",
            "£260.00 on 30 June Early, and counts for this date", "£0.00",
        ]  # fmt: skip
        assert found[3][1:] == ["Paid 30 days late", "£260.00, part of the £300.00 of 3 July", "£0.00", "£820.00"]
        assert found[4][1:3] == ["Nothing logged yet", "Log what came for May 2025"]
        assert found[5][1:4] == ["Part paid, 98 days ago", "£200.00 on 22 April", "£60.00"]
        assert found[-1][0].startswith("Before the first payment £240.00. £60.00 a week from 6 January 2025")
        assert found[-1][3] == "£200.00"

    @time_machine.travel("2025-07-10 09:00")
    def test_tells_nothing_logged_from_nothing_came(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        operations.note_nothing_came(actor=rosa, case=case, due_on=day("2025-05-03"), noted_on=day("2025-05-05"))
        found = {row[0][:4]: row[1:3] for row in rows(get(client, case))}
        assert found["May "] == ["Missed, 68 days ago", "Nothing came. Noted on 5 May 2025"]
        assert found["June"] == ["Nothing logged yet", "Log what came for June 2025"]

    @time_machine.travel("2025-07-10 09:00")
    def test_leads_from_a_date_with_nothing_logged_to_its_form(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        log = reverse("arrears:log-payment", args=[case.pk]) + "?due=2025-06-03"
        assert f'href="{log}"' in get(client, case).content.decode()
        assert client.get(log).status_code == 200

    @time_machine.travel("2025-07-10 09:00")
    def test_gives_money_for_several_dates_a_line_of_its_own(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        paid = operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-07-09"), amount_pence=200000, recorded_on=None, route=Route.DIRECT
        )
        response = get(client, case)
        found = rows(response)
        assert found[1][0] == "Money that came 9 July 2025"
        assert found[1][2] == "£2,000.00 on 9 July Shared over 5 dates. £700.00 of it is paid ahead"
        assert found[1][3:] == ["", "overpaid £700.00"]
        assert found[2][2] == "£260.00, part of the £2,000.00 of 9 July"
        assert found[2][4] == "£1,300.00"
        assert "£2,000.00 has come. Nothing is owed, and £700.00 is paid ahead." in words(response)
        at = queries.position_of(case, on=day("2025-07-10"), known_on=day("2025-07-10"))
        assert (at.outstanding, at.credit) == (0, 70000)
        assert reverse("arrears:payment", args=[case.pk, paid.pk]) in response.content.decode()

    @time_machine.travel("2025-09-10 09:00")
    def test_has_a_column_for_fees_on_collect_and_pay(self, client: Client, example: Example) -> None:
        response = get(client, example("collect-and-pay-fees"))
        assert b"Fee still owed" in response.content
        assert "£615.17 is still owed, and £84.70 of fees." in words(response)

    def test_has_no_such_column_for_anyone_else(self, client: Client, example: Example) -> None:
        assert b"Fee still owed" not in get(client, example("direct-pay-missed")).content

    def test_keeps_a_struck_out_payment_in_sight_with_its_reason(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        slip = operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-03-03"), amount_pence=100, recorded_on=None, route=Route.DIRECT
        )
        case_operations.strike_out(actor=rosa, case=case, fact_id=slip.pk, on=day("2025-03-04"), reason="Typed twice")
        page = words(get(client, case))
        assert "£1.00 on 3 March 2025 Struck out on 4 March 2025: Typed twice" in page
        one = words(client.get(reverse("arrears:payment", args=[case.pk, slip.pk])))
        assert "It counts for nothing." in one
        assert "Strike out this payment" not in one

    def test_begins_where_a_new_record_begins(self, client: Client, rosa: User) -> None:
        page = words(get(client, make_case(rosa)))
        assert "Nothing logged yet." in page
        assert "Add your CMS decision" in page


class TestPages:
    @pytest.fixture
    def long(self, rosa: User) -> Case:
        """Weekly since November 2016."""
        case = make_case(rosa)
        first = day("2016-11-18")
        case_operations.record_calculation(
            actor=rosa, case=case, weekly_pence=6000, effective_on=first, decided_on=None, notified_on=None
        )
        case_operations.record_schedule(actor=rosa, case=case, frequency=Frequency.WEEKLY, first_due_on=first)
        return case

    @time_machine.travel("2026-11-22 09:00")
    def test_together_hold_every_date_once(self, client: Client, long: Case) -> None:
        pages = [get(client, long)]
        while pages[-1].context["older"]:
            pages.append(get(client, long, f"?page={len(pages) + 1}"))
        titles = [row[0] for page in pages for row in rows(page)]
        at = queries.position_of(long, on=day("2026-11-22"), known_on=day("2026-11-22"))
        assert len(titles) == len(set(titles)) == len(at.instalments) + 1  # and the next one to come
        assert all(len(rows(page)) <= 28 for page in pages)
        assert len(pages) == 21  # half-years, each a link away from the next

    @pytest.mark.parametrize("page", ["0", "99", "-1", "x", "", "1e3", "٣", "9" * 40])
    def test_that_do_not_exist_answer_with_the_first(self, client: Client, long: Case, page: str) -> None:
        response = client.get(reverse("arrears:payments", args=[long.pk]), {"page": page})
        assert response.status_code == 200
        assert response.context["place"] == 0

    @time_machine.travel("2026-11-22 09:00")
    def test_say_the_same_in_the_drawing_and_its_table(self, client: Client, long: Case) -> None:
        history = get(client, long).context["history"]
        assert history.is_by_month
        assert history.rows[-1].owed == history.chart.last.label


class TestOnePayment:
    @time_machine.travel("2025-07-10 09:00")
    def test_says_where_it_went(self, client: Client, example: Example) -> None:
        case = example("direct-pay-missed")
        paid = next(one for one in queries.facts_for(case).payments if one.amount == 30000)
        page = words(client.get(reverse("arrears:payment", args=[case.pk, paid.id])))
        assert "£300.00 on 3 July 2025" in page
        assert "The payment due on 3 June 2025 £260.00" in page
        assert "Before the first payment, 3 February 2025 £40.00" in page
        assert "Counts in all £300.00" in page

    def test_is_not_reached_through_another_case(self, client: Client, rosa: User, example: Example) -> None:
        case, other = example("direct-pay-missed"), monthly_case(rosa)
        paid = queries.facts_for(case).payments[0]
        assert client.get(reverse("arrears:payment", args=[case.pk, paid.id])).status_code == 200
        assert client.get(reverse("arrears:payment", args=[other.pk, paid.id])).status_code == 404


class TestTheWorking:
    @time_machine.travel("2025-02-10 09:00")
    def test_shows_each_part_and_the_sum(self, client: Client, example: Example) -> None:
        case = example("backdated-change")
        told = queries.position_of(case, on=day("2025-02-10"), known_on=day("2025-02-10")).recalculations
        for entry in told:
            response = client.get(reverse("arrears:working", args=[case.pk, entry.fact_id]))
            assert response.context["entry"].amount == entry.amount
            assert len(response.context["lines"]) >= 1
            assert "All lines together, before rounding" in words(response)
            assert "Rounded once, to the penny" in words(response)
        assert [entry.amount for entry in told] == [55154, -23900]

    def test_exists_only_for_decisions_about_the_past(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        decision = queries.facts_for(case).decisions[0]
        assert client.get(reverse("arrears:working", args=[case.pk, decision.id])).status_code == 404
