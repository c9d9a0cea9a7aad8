"""The ombudsman's case P-002456, walked as its mother could have: from the liability order to the ombudsman.

Sums and days are those of the published decision of 21 February 2024. Days that it does not state
(the order, the first complaint, the Examiner) are chosen. Every entry goes in through the page that
a person would use; the payments, which repeat, go in as that page's own operation does it.
"""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.event_values import EventKind
from cases import operations
from cases.core.facts import Frequency, ServiceType
from cases.models import Case
from cms_tracker.users.models import User
from correspondence.core.events import number_of
from correspondence.models import Challenge
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.filled_form import filled
from tests.pages import words

pytestmark = pytest.mark.django_db

KEPT = "CMS does not enforce while a plan is kept"


class Journey:
    """Rosa at her pages, on one day after another."""

    def __init__(self, rosa: User, case: Case) -> None:
        self.rosa, self.case = rosa, case
        self.client = Client()
        self.on = dt.date(2022, 3, 18)

    def go_to(self, year: int, month: int, day: int) -> None:
        """Sign in on a later day."""
        self.on = dt.date(year, month, day)
        self.client = Client()
        with self.then():
            self.client.force_login(self.rosa)

    def then(self) -> Any:
        """The day that it is."""
        return time_machine.travel(dt.datetime.combine(self.on, dt.time(12), dt.UTC), tick=False)

    def read(self, page: str, *args: object) -> str:
        """What a page says."""
        with self.then():
            answer = self.client.get(reverse(page, args=[self.case.pk, *args]))
        assert answer.status_code == 200
        return words(answer)

    def write(self, page: str, *args: object, **typed: Any) -> None:
        """Fill in a page, each day in its three boxes, and press its button."""
        address = reverse(page, args=[self.case.pk, *args])
        boxes: dict[str, Any] = {}
        for name, value in typed.items():
            if isinstance(value, dt.date):
                boxes |= {f"{name}_d": value.day, f"{name}_m": value.month, f"{name}_y": value.year}
            else:
                boxes[name] = value
        with self.then():
            asked = self.client.get(address)
            answer = self.client.post(address, filled(asked.content.decode()) | boxes)
        assert answer.status_code == 302, words(answer)

    def pay(self, pence: int, *days: dt.date) -> None:
        """Log payments that reached her."""
        for paid_on in days:
            money.record_payment(
                actor=self.rosa, case=self.case, paid_on=paid_on, amount_pence=pence, recorded_on=paid_on
            )


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def journey(rosa: User) -> Journey:
    """What stood before the order: Collect and Pay, a weekly amount, monthly payments from April 2022."""
    case = make_case(rosa, reference="120000002456", children=["Child 1", "Child 2", "Child 3"])
    known: dict[str, Any] = {"actor": rosa, "case": case}
    operations.record_service(**known, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2022, 3, 1))
    operations.record_calculation(
        **known,
        weekly_pence=7155,
        effective_on=dt.date(2022, 4, 1),
        decided_on=dt.date(2022, 3, 15),
        notified_on=dt.date(2022, 3, 18),
        reason="review",
    )
    operations.record_schedule(**known, frequency=Frequency.MONTHLY, first_due_on=dt.date(2022, 4, 1))
    return Journey(rosa, case)


def months(first: dt.date, count: int) -> list[dt.date]:
    return [
        dt.date(first.year + (first.month - 1 + one) // 12, (first.month - 1 + one) % 12 + 1, 1) for one in range(count)
    ]


def test_the_ombudsmans_case_from_the_order_to_the_ombudsman(journey: Journey) -> None:
    _the_order_and_the_first_plan(journey)
    _the_second_plan(journey)
    _the_complaint(journey)
    _the_examiner(journey)
    _the_mp_and_the_ombudsman(journey)


def _the_order_and_the_first_plan(j: Journey) -> None:
    j.go_to(2022, 3, 18)
    j.write("arrears:new-opening", amount="12391.53", source="Liability order", carried_on=dt.date(2021, 10, 21))
    j.write(
        "arrears:new-order",
        amount="12391.53",
        from_on=dt.date(2019, 6, 22),
        to_on=dt.date(2021, 10, 21),
        granted_on=dt.date(2022, 3, 18),
    )
    j.write(
        "arrears:new-plan",
        total="500.00",
        arrears_part="127.94",
        frequency="monthly",
        agreed_on=dt.date(2022, 3, 18),
        first_payment_on=dt.date(2022, 4, 1),
    )
    j.write(
        "correspondence:new-event",
        number_of(EventKind.ENFORCEMENT_ON_HOLD),
        power="liability_order",
        on=dt.date(2022, 3, 18),
        note="He began to work with CMS",
    )
    assert "£12,391.53 is owed on 18 March 2022" in j.read("pages:overview")
    plans = j.read("arrears:plans")
    for said in ("Payments 97 Ends on 1 April 2030", "Last payment £109.29", "£516.32"):
        assert said in plans
    assert "22 June 2019 to 21 October 2021" in j.read("arrears:other-money")


def _the_second_plan(j: Journey) -> None:
    j.pay(43799, *months(dt.date(2022, 4, 1), 8))
    j.go_to(2022, 12, 1)
    operations.record_service(actor=j.rosa, case=j.case, type=ServiceType.DIRECT_PAY, from_on=dt.date(2022, 11, 30))
    operations.record_calculation(
        actor=j.rosa,
        case=j.case,
        weekly_pence=7374,
        instalment_pence=31953,
        effective_on=dt.date(2022, 12, 1),
        decided_on=dt.date(2022, 11, 18),
        notified_on=dt.date(2022, 11, 21),
    )
    j.write(
        "arrears:new-plan",
        total="400.53",
        arrears_part="81.00",
        frequency="monthly",
        agreed_on=dt.date(2022, 12, 1),
        first_payment_on=dt.date(2022, 12, 1),
        cms_word="agreement",
    )
    plans = j.read("arrears:plans")
    for said in ("Payments 141 Ends on 1 August 2034", "Last payment £28.01", "£473.67"):
        assert said in plans
    j.pay(40053, *months(dt.date(2022, 12, 1), 15))


def _the_complaint(j: Journey) -> None:
    j.go_to(2023, 1, 20)
    j.write("correspondence:new-route", 2, what="The plan is too slow", known_on=dt.date(2022, 12, 1))
    matter = Challenge.objects.get(case=j.case)
    j.write("correspondence:route-step", matter.pk, kind="complained", on=dt.date(2023, 1, 20))
    # 15 working days from Friday 20 January 2023.
    assert "10 February 2023" in j.read("correspondence:routes")
    j.go_to(2023, 2, 10)
    j.write(
        "correspondence:new-contact",
        kind="letter",
        direction="in",
        summary="The arrangement is the best option, because payments continue",
    )
    j.write("correspondence:route-step", matter.pk, kind="final_answer", on=dt.date(2023, 2, 10))
    for page in ("correspondence:routes", "correspondence:deadlines", "pages:overview"):
        assert "10 Aug" in j.read(page)
    assert "10 August 2023" in j.read("correspondence:routes")
    j.go_to(2023, 2, 17)
    j.write(
        "correspondence:new-contact", kind="call", direction="out", summary="Unhappy with the repayment arrangement"
    )
    following = j.read("correspondence:next")
    assert KEPT in following
    assert "Independent Case Examiner" in following


def _the_examiner(j: Journey) -> None:
    matter = Challenge.objects.get(case=j.case)
    j.go_to(2023, 5, 4)
    j.write("correspondence:route-step", matter.pk, kind="mp_told", on=dt.date(2023, 4, 26))
    j.write("correspondence:route-step", matter.pk, kind="mp_answered", on=dt.date(2023, 5, 4))
    # Neither the MP nor the answer to the MP moves the Examiner's time.
    assert "10 August 2023" in j.read("correspondence:routes")
    j.go_to(2023, 5, 22)
    j.write("correspondence:route-step", matter.pk, kind="examiner_asked", on=dt.date(2023, 5, 22))
    assert "10 Aug" not in j.read("pages:overview")
    j.go_to(2023, 12, 1)
    j.write("correspondence:route-step", matter.pk, kind="examiner_reported", on=dt.date(2023, 12, 1))
    assert KEPT in j.read("correspondence:next")


def _the_mp_and_the_ombudsman(j: Journey) -> None:
    matter = Challenge.objects.get(case=j.case)
    # Twelve months from the day she knew, which nobody has verified.
    asked = j.read("correspondence:routes")
    assert "1 December 2023" in asked
    assert "Not verified." in asked
    j.write("correspondence:route-step", matter.pk, kind="referral_asked", on=dt.date(2023, 12, 1))
    j.go_to(2024, 1, 8)
    j.write("correspondence:route-step", matter.pk, kind="ombudsman_has_it", on=dt.date(2024, 1, 8))
    j.go_to(2024, 2, 21)
    j.write(
        "arrears:new-figure",
        amount="9532.99",
        source="The decision",
        as_at=dt.date(2024, 2, 21),
        stated_on=dt.date(2024, 2, 21),
    )
    j.write("correspondence:route-step", matter.pk, kind="ombudsman_decided", on=dt.date(2024, 2, 21))
    overview = j.read("pages:overview")
    for said in ("£10,153.01 is owed on 21 February 2024", "£9,532.99", "£620.02", KEPT):
        assert said in overview
    timeline = j.read("correspondence:timeline")
    for said in (
        "20 January 2023",
        "10 February 2023",
        "26 April 2023",
        "4 May 2023",
        "22 May 2023",
        "21 February 2024",
    ):
        assert said in timeline
    with j.then():
        page = j.client.get(reverse("correspondence:one-page", args=[j.case.pk])).content.decode()
    page = re.sub(r"\s+", " ", page)
    for said in ("£10,153.01 is owed", "The difference is £620.02", "141 payments", "Not now: Having CMS enforce now"):
        assert said in page
