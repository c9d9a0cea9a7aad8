"""Rosa gets a decision and a final answer, sees by when to act, asks to be reminded, and acts in time."""

import datetime as dt
import re
from typing import Any

import icalendar
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from cases import operations as case_operations
from cases.models import Case
from cms_tracker.users.models import User
from correspondence.models import ClockStart
from correspondence.tasks import send_reminders
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa)
    case_operations.record_calculation(
        actor=rosa, case=case, weekly_pence=6000, effective_on=dt.date(2026, 9, 1),
        decided_on=dt.date(2026, 10, 20), notified_on=dt.date(2026, 10, 23),
    )  # fmt: skip
    return case


def visitor(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def days(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year)}


class TestRosa:
    def test_sees_it_on_her_first_page_is_reminded_and_closes_it(self, rosa: User, case: Case, clock: Any) -> None:
        hers = visitor(rosa)
        today = text(hers.get(reverse("pages:today", args=[case.pk])))
        assert "Thursday 19 November , in 13 working days: Ask CMS to look at a decision again" in today

        listed = text(hers.get(reverse("correspondence:deadlines", args=[case.pk])))
        assert "The earliest day that a source gives is 19 November 2026." in listed
        assert "By the rule, the last day is 22 November 2026." in listed
        assert "Child Support Maintenance Calculation Regulations 2012" in listed

        chosen = hers.post(reverse("correspondence:choose-deadline", args=[case.pk]), {"kind": "examiner"})
        hers.post(chosen.url, days("reached_on", dt.date(2026, 10, 30)))
        assert "Act by Friday 30 April 2027" in text(hers.get(reverse("correspondence:deadlines", args=[case.pk])))

        assert hers.post(reverse("correspondence:reminders"), {"where": "own", "safe": "on"}).status_code == 302
        turned_on = hers.post(reverse("correspondence:new-calendar"), {"which": str(case.pk), "understood": "on"})
        address = re.search(r"/calendar/[\w-]+\.ics", turned_on.content.decode())
        assert address is not None

        # No timer knows when a row of a test was entered: the database's own clock is not turned.
        self._entered_in_october()
        for _ in range(30):
            send_reminders()
            clock.shift(dt.timedelta(days=1))
        assert [message.to for message in mail.outbox] == [[ROSA.email]] * 2
        assert all("decision" not in message.body and "CMS" not in message.body for message in mail.outbox)

        clock.move_to(START + dt.timedelta(days=10))
        hers = visitor(rosa)  # her session has ended meanwhile
        shown = icalendar.Calendar.from_ical(Client().get(address[0]).content)
        assert [one.decoded("dtstart") for one in shown.walk("VEVENT")] == [dt.date(2026, 11, 19), dt.date(2027, 4, 30)]

        page = hers.get(reverse("correspondence:deadlines", args=[case.pk])).content.decode()
        end = re.search(r'href="(/records/[^"]+/deadlines/decisions/[^"]+/end/)"', page)
        assert end is not None
        hers.post(end[1], {"result": "done", "note": "Asked online"} | days("on", dt.date(2026, 11, 12)))
        listed = text(hers.get(reverse("correspondence:deadlines", args=[case.pk])))
        assert "Done on 12 November 2026" in listed
        shown = icalendar.Calendar.from_ical(Client().get(address[0]).content)
        assert [one.decoded("dtstart") for one in shown.walk("VEVENT")] == [dt.date(2027, 4, 30)]

    def test_is_not_followed_by_paul(self, rosa: User, case: Case) -> None:
        paul = visitor(make_user(PAUL))
        for name in ("deadlines", "choose-deadline"):
            assert paul.get(reverse(f"correspondence:{name}", args=[case.pk])).status_code == 404
        assert "Record ending" not in text(paul.get(reverse("correspondence:reminders")))

    def _entered_in_october(self) -> None:
        from django.db import connection

        from cases.models import Calculation
        from cms_tracker.audit import append_only

        append_only.remove(connection)
        for model in (ClockStart, Calculation):
            model.objects.update(entered_at=dt.datetime(2026, 10, 30, tzinfo=dt.UTC))
        append_only.install(connection)
