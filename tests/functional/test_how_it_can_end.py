"""Rosa answers a notice of write-off in time; Paul settles a part and has another set off. Without JavaScript."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.event_values import EventKind
from arrears.core.facts import OpeningBalance
from cases.core.facts import Perspective
from cases.models import Case
from cms_tracker.users.models import User
from correspondence import queries as correspondence
from correspondence.core.events import number_of
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user
from tests.filled_form import filled
from tests.typed import day

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 23)


def owing(owner: User, perspective: Perspective) -> Case:
    """£700 was brought in from before."""
    case = make_case(owner, perspective=perspective)
    opening = OpeningBalance(on=dt.date(2026, 1, 1), amount=70000, id=str(uuid.uuid4()))
    operations.record_fact(actor=owner, case=case, fact=opening)
    return case


def send(client: Client, url: str, **typed: object) -> str:
    """Open a page, fill in its form, press its button, and read what comes."""
    page = client.get(url).content.decode()
    return client.post(url, filled(page) | typed, follow=True).content.decode()


def ending(case: Case, number: int) -> str:
    return reverse("correspondence:ending", args=[case.pk, number])


def note(case: Case, kind: EventKind) -> str:
    return reverse("correspondence:new-event", args=[case.pk, number_of(kind)])


def owed(case: Case) -> int:
    return queries.position_of(case, on=ON, known_on=ON).outstanding


class TestRosa:
    @time_machine.travel(NOON, tick=False)
    def test_checks_a_notice_answers_it_in_time_and_hears_no(self, client: Client) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        case = owing(rosa, Perspective.RECEIVING)
        assert "No notice is in your record." in client.get(ending(case, 4)).content.decode()

        paper = reverse("correspondence:check-notice", args=[case.pk])
        typed = {
            "says": ["who", "amount", "answer"], "amount": "650",
            **day("dated_on", "2026-11-12"), **day("reached_on", "2026-11-14"),
        }  # fmt: skip
        page = send(client, paper, do="check", **typed)
        assert "It does not say for which days the arrears are." in page
        assert "It does not say why CMS thinks" in page
        assert "The notice says £650.00. Your record shows £700.00 on 12 November 2026." in page
        assert "Sunday 13 December 2026" in page
        assert "Monday 14 December 2026" in page
        assert "Friday 11 December 2026" in page
        page = send(client, paper, do="keep", **typed)
        assert "The notice is in your record. Its days stand under Deadlines." in page
        assert "Act by Friday 11 December 2026" in page

        stands = client.get(ending(case, 4)).content.decode()
        assert "A notice came. Answer it by 13 December 2026, to be safe." in stands
        letter = reverse("correspondence:new-letter", args=[case.pk, "write-off-reply"])
        assert letter in stands
        asked = client.get(letter).content.decode()
        assert "There is no appeal against a write-off" in asked

        (clock,) = correspondence.clocks_of(case.pk)
        end = reverse("correspondence:end-deadline", args=[case.pk, clock.id])
        send(client, end, result="done", **day("on", "2026-11-20"))
        send(client, note(case, EventKind.WRITE_OFF_ANSWERED), **day("on", "2026-11-20"))
        assert "The notice was answered on 20 November 2026." in client.get(ending(case, 4)).content.decode()
        send(client, note(case, EventKind.WRITE_OFF_DROPPED), **day("on", "2026-11-22"))
        stands = client.get(ending(case, 4)).content.decode()
        assert "CMS said on 22 November 2026 that it does not write the arrears off. £700.00 is still owed" in stands
        assert owed(case) == 70000

    @time_machine.travel(NOON, tick=False)
    def test_reads_what_she_gives_up_and_leaves_it(self, client: Client) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        case = owing(rosa, Perspective.RECEIVING)
        page = client.get(note(case, EventKind.ARREARS_NOT_WANTED), follow=True).content.decode()
        assert "Before you record this" in page
        assert "£700.00" in page
        assert reverse("pages:safety") in page
        assert ending(case, 5) in page
        page = send(client, reverse("correspondence:not-wanted", args=[case.pk]), **day("on", "2026-11-20"))
        assert "Tick the box only if it is true." in page
        assert "You do not have to decide anything." in client.get(ending(case, 5)).content.decode()


class TestPaul:
    @time_machine.travel(NOON, tick=False)
    def test_offers_a_part_and_has_another_set_off(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = owing(paul, Perspective.PAYING)
        page = client.get(ending(case, 1)).content.decode()
        assert "Pay nothing under the offer until CMS has confirmed it in writing." in page
        assert reverse("correspondence:new-letter", args=[case.pk, "part-payment-offer"]) in page
        offer = {"arrears": "500", "amount": "300", **day("offered_on", "2026-11-02"), **day("pay_by", "2026-12-01")}
        send(client, reverse("arrears:new-settlement", args=[case.pk]), **offer)
        assert "£300.00 was offered instead of £500.00." in client.get(ending(case, 1)).content.decode()
        (deal,) = queries.facts_for(case).settlements
        step = reverse("arrears:settlement-step", args=[case.pk, deal.id])
        check = reverse("arrears:check-settlement", args=[case.pk, deal.id])
        send(client, step, kind="agreed", **day("on", "2026-11-10"))
        send(client, check, understood="on")
        assert "is to be paid by 1 December 2026" in client.get(ending(case, 1)).content.decode()
        assert owed(case) == 50000

        send(client, note(case, EventKind.OFFSET_ASKED), amount="120", **day("on", "2026-11-11"))
        assert "No answer is in your record." in client.get(ending(case, 2)).content.decode()
        send(client, note(case, EventKind.OFFSET_ACCEPTED), amount="120", **day("on", "2026-11-18"))
        stands = client.get(ending(case, 2)).content.decode()
        assert "Your figures do not have it yet. Record what CMS set off." in stands
        assert owed(case) == 50000
        add = reverse("arrears:new-adjustment", args=[case.pk]) + "?kind=offset"
        assert add in stands
        send(client, add, amount="120", reason="Letter of 18 November", **day("changed_on", "2026-11-18"))
        stands = client.get(ending(case, 2)).content.decode()
        assert "CMS set off £120.00 on 18 November 2026. £380.00 is still owed on 23 November 2026." in stands
        assert owed(case) == 38000
        assert client.get(reverse("correspondence:not-wanted", args=[case.pk])).status_code == 404
