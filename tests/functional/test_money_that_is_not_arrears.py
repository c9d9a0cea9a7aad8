"""A payment outside CMS, a settlement and a liability order, from both sides, without JavaScript."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.facts import Route
from cases import operations as cases
from cases.core.facts import Frequency, Perspective, ServiceType
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user
from tests.filled_form import filled
from tests.typed import day

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 22)


def collected(owner: User, perspective: Perspective) -> Case:
    """£100 a week through CMS, due weekly from 5 October 2026; nothing was paid."""
    case, first = make_case(owner, perspective=perspective), dt.date(2026, 10, 5)
    cases.record_service(actor=owner, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=first)
    cases.record_calculation(
        actor=owner, case=case, weekly_pence=10000, effective_on=first, decided_on=None, notified_on=None
    )
    cases.record_schedule(actor=owner, case=case, frequency=Frequency.WEEKLY, first_due_on=first)
    return case


def send(client: Client, url: str, **typed: str) -> str:
    """Open a page, fill in its form, press its button, and read what comes."""
    page = client.get(url).content.decode()
    return client.post(url, filled(page) | typed, follow=True).content.decode()


def owed(case: Case) -> int:
    return queries.position_of(case, on=ON, known_on=ON).outstanding


class TestPaulAsksCmsToCountAPayment:
    @time_machine.travel(NOON, tick=False)
    def test_and_cms_counts_a_part_of_it(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = collected(paul, Perspective.PAYING)
        assert owed(case) == 70000

        page = client.get(reverse("arrears:payments", args=[case.pk])).content.decode()
        assert reverse("arrears:other-money", args=[case.pk]) in page
        page = send(
            client, reverse("arrears:new-claim", args=[case.pk]),
            kind="direct_payment", amount="150", what="The rent of October", **day("paid_on", "2026-10-20"),
        )  # fmt: skip
        assert "CMS has not answered. Until it does, nothing of it is counted." in page
        both = client.get(reverse("arrears:claims", args=[case.pk])).content.decode()
        assert "£700.00" in both
        assert "£550.00" in both
        assert owed(case) == 70000

        (claim,) = queries.facts_for(case).claims
        step = reverse("arrears:claim-step", args=[case.pk, claim.id])
        send(client, step, kind="confirmed", **day("on", "2026-11-01"))
        page = send(client, step, kind="accepted", amount="100", **day("on", "2026-11-10"))
        assert "The receiving parent confirms that it came." in page
        assert "CMS counts £100.00 of £150.00. £50.00 is not counted." in page
        assert owed(case) == 60000

        causes = client.get(reverse("arrears:changes", args=[case.pk])).content.decode()
        assert reverse("arrears:claim", args=[case.pk, claim.id]) in causes
        story = client.get(reverse("correspondence:timeline", args=[case.pk])).content.decode()
        assert "Claim of £150.00: CMS counts £100.00" in story


class TestTheySettle:
    @time_machine.travel(NOON, tick=False)
    @pytest.mark.parametrize(
        ("person", "side", "gives_up"),
        [
            (ROSA, Perspective.RECEIVING, "You give up £200.00 for good."),
            (PAUL, Perspective.PAYING, "The receiving parent gives up £200.00 for good."),
        ],
    )
    def test_and_read_what_is_given_up_before_it_counts(
        self, client: Client, person: object, side: Perspective, gives_up: str
    ) -> None:
        me = make_user(person)  # type: ignore[arg-type]
        client.force_login(me)
        case = collected(me, side)
        page = send(
            client, reverse("arrears:new-settlement", args=[case.pk]),
            amount="500", **day("offered_on", "2026-11-01"), **day("pay_by", "2026-11-20"),
        )  # fmt: skip
        assert "£500.00 instead of £700.00" in page
        (deal,) = queries.facts_for(case).settlements
        step = reverse("arrears:settlement-step", args=[case.pk, deal.id])
        check = reverse("arrears:check-settlement", args=[case.pk, deal.id])

        page = send(client, step, kind="consented", **day("on", "2026-11-05"))
        assert gives_up in page
        assert "Maintenance that falls due from now on goes on" in page
        page = send(client, check, understood="on", words="I would rather have this now.")
        assert "I would rather have this now." in page
        assert owed(case) == 70000

        page = send(client, step, kind="agreed", **day("on", "2026-11-10"))
        assert "Record that CMS confirmed it: £200.00 is given up" in page
        assert owed(case) == 70000
        send(client, check, understood="on")
        assert owed(case) == 50000

        today = client.get(reverse("pages:today", args=[case.pk])).content.decode()
        assert "See the settlement that was not paid in time" in today
        page = send(client, step, kind="cancelled", **day("on", "2026-11-21"))
        assert "CMS cancelled it. What was given up is owed again." in page
        assert owed(case) == 70000


class TestRosaAddsAnOrder:
    @time_machine.travel(NOON, tick=False)
    def test_and_sees_it_beside_her_record_and_what_is_left_of_it(self, client: Client) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        case = collected(rosa, Perspective.RECEIVING)
        page = send(
            client, reverse("arrears:new-order", args=[case.pk]), amount="420",
            **day("from_on", "2026-10-05"), **day("to_on", "2026-11-01"), **day("granted_on", "2026-11-09"),
        )  # fmt: skip
        assert "Your record has £20.00 less for those days. Both figures are kept." in page
        operations.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2026, 10, 6), amount_pence=9600, recorded_on=ON,
            route=Route.VIA_CMS_RECEIVED,
        )  # fmt: skip
        (order,) = queries.facts_for(case).orders
        page = client.get(reverse("arrears:order", args=[case.pk, order.id])).content.decode()
        assert "Your record has £120.00 less" in page
        assert "£300.00" in page  # what is left of the order's days, on both days and today
        assert "After its period, not part of the order" in page
        details = client.get(reverse("arrears:details", args=[case.pk])).content.decode()
        assert "Liability order: £420.00 for 5 October 2026 to 1 November 2026" in details
        assert reverse("pages:strike-out", args=[case.pk, order.id]) in details
