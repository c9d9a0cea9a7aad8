"""What happened in a record: the list, one more, the timeline, and what is refused."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.core.event_values import Event, EventKind, Power
from cases.models import Case
from cms_tracker.audit.models import Event as AuditEvent
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.events import number_of
from correspondence.models import CaseEvent
from tests.cast import ROSA
from tests.factories import make_case, make_user

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def address(case: Case, kind: EventKind) -> str:
    return reverse("correspondence:new-event", args=[case.pk, number_of(kind)])


def typed(on: dt.date = TODAY, **more: str) -> dict[str, str]:
    return {"on_d": str(on.day), "on_m": str(on.month), "on_y": str(on.year), "note": ""} | more


def page(client: Client, case: Case, name: str = "events") -> str:
    return client.get(reverse(f"correspondence:{name}", args=[case.pk])).content.decode()


class TestTheList:
    def test_says_so_where_nothing_is_noted(self, client: Client, case: Case) -> None:
        assert "Nothing is noted yet." in page(client, case)

    def test_shows_what_was_added_and_the_timeline_does_too(self, client: Client, case: Case) -> None:
        answer = client.post(
            address(case, EventKind.ENFORCEMENT_MADE),
            typed(power="liability_order", amount="4912.97", note="At Leeds"),
        )
        assert answer["Location"] == reverse("correspondence:events", args=[case.pk])
        for shown in (page(client, case), page(client, case, "timeline")):
            assert "Liability order: An order or a deduction was made" in shown
            assert "£4,912.97" in shown
            assert "At Leeds" in shown

    def test_shows_what_was_struck_out_and_others_do_not_read_it(self, client: Client, case: Case, rosa: User) -> None:
        row = operations.add_event(actor=rosa, case=case, event=Event(kind=EventKind.CHILD_LEFT, on=TODAY))
        assert [one.kind for one in queries.standing_events(case.pk)] == [EventKind.CHILD_LEFT]
        asked = client.get(reverse("pages:strike-out", args=[case.pk, row.pk])).content.decode()
        assert "A child left the case" in asked
        client.post(reverse("pages:strike-out", args=[case.pk, row.pk]), {"reason": "Typed in the wrong record"})
        assert "Typed in the wrong record" in page(client, case)
        assert queries.standing_events(case.pk) == ()


class TestOneMore:
    def test_is_chosen_from_every_kind(self, client: Client, case: Case) -> None:
        shown = page(client, case, "choose-event")
        assert all(address(case, kind) in shown for kind in EventKind)

    @pytest.mark.parametrize("kind", EventKind)
    def test_asks_for_a_power_exactly_for_a_step(self, client: Client, case: Case, kind: EventKind) -> None:
        shown = client.get(address(case, kind)).content.decode()
        assert ('name="power"' in shown) is kind.names_a_power
        here, _, elsewhere = shown.partition('<optgroup label="Only in another nation">')
        assert ('value="inhibition"' in elsewhere) is kind.names_a_power
        assert 'value="inhibition"' not in here

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({}, "Choose one."),
            ({"power": "magic"}, "Choose one."),
            ({"power": "prison", "amount": "-3"}, "Enter"),
            ({"power": "prison", "on_y": "2027"}, "2026"),
        ],
    )
    def test_is_refused_in_words_and_nothing_is_kept(
        self, client: Client, case: Case, more: dict[str, str], said: str
    ) -> None:
        answer = client.post(address(case, EventKind.ENFORCEMENT_MADE), typed(**more))
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert not CaseEvent.objects.exists()

    def test_of_no_known_kind_is_not_found(self, client: Client, case: Case) -> None:
        assert client.get(reverse("correspondence:new-event", args=[case.pk, 99])).status_code == 404

    def test_sent_twice_is_kept_once(self, client: Client, case: Case) -> None:
        sent = typed(entry=str(uuid.uuid4()))
        for _ in range(2):
            assert client.post(address(case, EventKind.FAILURE_NOTICE), sent).status_code == 302
        assert CaseEvent.objects.count() == 1


class TestTheOperation:
    @pytest.mark.parametrize(
        "event",
        [
            Event(kind=EventKind.ENFORCEMENT_ASKED, on=TODAY),
            Event(kind=EventKind.CHILD_LEFT, on=TODAY, power=Power.PRISON),
        ],
    )
    def test_refuses_a_power_in_the_wrong_place(self, case: Case, rosa: User, event: Event) -> None:
        before = AuditEvent.objects.count()
        with pytest.raises(Refusal):
            operations.add_event(actor=rosa, case=case, event=event)
        assert not CaseEvent.objects.exists()
        assert AuditEvent.objects.count() == before
