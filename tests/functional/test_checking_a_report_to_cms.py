"""Rosa reports missed payments: what is in the letter at first, and what she is told before it is made."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears import queries as money_queries
from arrears.core.case_values import PostedHow
from arrears.core.position import position
from arrears.core.reporting import to_report
from cases import operations as case_operations
from cases.models import Case
from cms_tracker.money import pounds
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.letters.missed_payments import reportable
from tests.cast import ROSA
from tests.factories import make_user, monthly_case
from tests.functional.direct_pay import TODAY, direct_pay_case
from tests.functional.test_receiving_parent_sends_a_letter import a_report, make, text, url

pytestmark = pytest.mark.django_db

KIND = "missed-payments"


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 7, 10, 9, 32, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def visitor(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


@pytest.fixture
def long_case(rosa: User) -> Case:
    """Two years of payments, none of which came, each noted."""
    case = monthly_case(rosa, first_due=dt.date(2023, 7, 3))
    for one in position(money_queries.facts_for(case), on=TODAY, known_on=TODAY).instalments:
        money.note_nothing_came(actor=rosa, case=case, due_on=one.due_on, noted_on=TODAY)
    return case


def ticked(page: str, name: str = "reported") -> list[str]:
    return re.findall(rf'<input type="checkbox" name="{name}" value="([^"]+)"[^>]* checked', page)


class TestChoosing:
    def test_begins_with_what_today_counts_and_folds_the_older_ones_away(
        self, visitor: Client, long_case: Case
    ) -> None:
        facts = money_queries.facts_for(long_case)
        counted = to_report(facts, position(facts, on=TODAY, known_on=TODAY))
        page = visitor.get(url("new-letter", long_case, KIND)).content.decode()
        assert ticked(page) == [one.due_on.isoformat() for one in reversed(counted)]
        assert len(counted) == 13
        assert "13 missed or short since July 2024. They are in the letter" in page
        folded = page.partition('<details class="more">')[2].partition("</details>")[0]
        assert "12 older payments, back to 3 July 2023" in folded
        assert folded.count('type="checkbox"') == 12
        today = text(visitor.get(reverse("pages:today", args=[long_case.pk])))
        assert "Tell CMS about 13 payments missed since July 2024" in today

    def test_takes_an_older_one_that_is_ticked(self, visitor: Client, long_case: Case) -> None:
        letter = make(visitor, long_case, KIND, a_report(reported=["2023-07-03", "2025-07-03"], nothing_came=[]))
        assert [row["due_on"] for row in letter.facts["about"]["rows"]] == ["2023-07-03", "2025-07-03"]

    def test_opens_the_older_ones_where_one_is_chosen(self, visitor: Client, long_case: Case) -> None:
        answers = a_report(reported=["2023-07-03"], nothing_came=[], sender="")
        page = visitor.post(url("new-letter", long_case, KIND), answers).content.decode()
        assert '<details class="more" open>' in page

    def test_does_not_begin_with_what_was_reported_and_sent(self, visitor: Client, case: Case, rosa: User) -> None:
        letter = make(visitor, case, KIND, a_report(reported=["2025-04-03"], nothing_came=[]))
        before = visitor.get(url("new-letter", case, KIND)).content.decode()
        assert ticked(before) == ["2025-05-03", "2025-04-03"]  # made, and nobody said that it was sent
        operations.mark_posted(actor=rosa, case=case, letter_id=letter.pk, posted_on=TODAY, how=PostedHow.POST)
        after = visitor.get(url("new-letter", case, KIND)).content.decode()
        assert ticked(after) == ["2025-05-03"]
        assert "3 April 2025: £60.00 short of £260.00. Reported already" in after

    def test_asks_about_collect_and_pay_without_an_answer_of_its_own(self, visitor: Client, case: Case) -> None:
        page = visitor.get(url("new-letter", case, KIND)).content.decode()
        assert page.count('name="ask_collect"') == 2
        assert not re.search(r'name="ask_collect"[^>]* checked', page)
        assert "You would lose 4% of each payment. The other parent would pay 20% on top." in page


class TestChecking:
    def check(self, visitor: Client, case: Case, **answers: object) -> Any:
        return visitor.get(visitor.post(url("new-letter", case, KIND), a_report(**answers)).url)

    def test_says_what_of_the_balance_is_not_in_the_letter(self, visitor: Client, case: Case) -> None:
        at = position(money_queries.facts_for(case), on=TODAY, known_on=TODAY)
        others = sum(entry.outstanding for entry in at.others)
        assert others > 0
        assert at.outstanding == others + 58000  # all that is short is in this letter
        said = text(self.check(visitor, case))
        assert (
            f"Your record shows {pounds(at.outstanding)} owed. "
            f"{pounds(others)} of it is not a missed payment, so it is not in this letter." in said
        )
        less = text(self.check(visitor, case, nothing_came=[]))
        assert "£260.00 of it is for payments that are not in this letter." in less

    def test_owns_up_to_an_amount_that_we_worked_out(self, visitor: Client, case: Case) -> None:
        page = self.check(visitor, case)
        assert "Each payment £260.00 We worked this out." in text(page)
        assert f'href="{reverse("arrears:details", args=[case.pk])}#decisions"' in page.content.decode()

    def test_keeps_quiet_about_an_amount_that_the_letter_states(self, visitor: Client, case: Case, rosa: User) -> None:
        case_operations.record_calculation(
            actor=rosa, case=case, weekly_pence=6000, effective_on=dt.date(2025, 2, 4), decided_on=None,
            notified_on=None, instalment_pence=26000,
        )  # fmt: skip
        said = text(self.check(visitor, case))
        assert "3 May 2025: £260.00 was due" in said
        assert "We worked this out" not in said

    def test_says_where_the_day_of_direct_pay_comes_from(self, visitor: Client, case: Case, rosa: User) -> None:
        page = self.check(visitor, case)
        assert "On Direct Pay since 6 January 2025 From your case details." in text(page)
        assert f'href="{reverse("arrears:details", args=[case.pk])}#service"' in page.content.decode()
        other = monthly_case(rosa)
        said = text(self.check(visitor, other, reported=[], nothing_came=["2025-05-03"]))
        assert "On Direct Pay since 3 March 2025 The day your first decision counts from." in said

    def test_folds_a_long_list(self, visitor: Client, long_case: Case) -> None:
        record = queries.record_of(long_case, on=TODAY)
        days = [one.row.due_on.isoformat() for one in reportable(record.facts, record.position)]
        page = self.check(visitor, long_case, reported=days, nothing_came=[]).content.decode()
        assert "<summary>25 chosen</summary>" in page


class TestTheWords:
    @pytest.mark.parametrize("ask", ["yes", "no"])
    def test_concede_nothing_against_the_requests(self, visitor: Client, case: Case, ask: str) -> None:
        html = make(visitor, case, KIND, a_report(ask_collect=ask)).html
        assert "I can send bank statements showing what came." in html
        assert "cannot take action" not in html
        assert ("on Collect and Pay both parents pay collection fees" in html) is (ask == "yes")
        assert ("consider moving this case to Collect and Pay" in html) is (ask == "yes")
