"""How it can end: the pages, a notice that is checked and kept, and what nobody records unread."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears import queries as money_queries
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import OpeningBalance
from arrears.core.other_facts import OtherMoney, OtherMoneyKind, Settlement
from cases.core.facts import Nation, Perspective, Scheme
from cases.models import Case
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.endings import EndingCode, ending_of, every
from correspondence.core.events import number_of
from correspondence.core.write_off_notice import Notice
from correspondence.models import CaseEvent, ClockStart
from tests.cast import ROSA
from tests.factories import make_case, make_user

TODAY = dt.date(2026, 11, 23)
CAME = dt.date(2026, 11, 4)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def owing(rosa: User, amount: int = 50000, **details: Any) -> Case:
    """A record in which this much was brought in."""
    case = make_case(rosa, **details)
    opening = OpeningBalance(on=dt.date(2026, 1, 1), amount=amount, id=str(uuid.uuid4()))
    money.record_fact(actor=rosa, case=case, fact=opening)
    return case


def boxes(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year)}


def notice(**more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = {"do": "check", "debt": "cms", "says": ["who", "period"], "amount": "500.01"}
    return typed | boxes("dated_on", CAME - dt.timedelta(days=2)) | boxes("reached_on", CAME) | more


def read(client: Client, name: str, case: Case, *args: object, **query: str) -> str:
    return client.get(reverse(f"correspondence:{name}", args=[case.pk, *args]), query).content.decode()


class TestTheList:
    @pytest.mark.parametrize("side", Perspective)
    @pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.NORTHERN_IRELAND])
    def test_names_every_ending_and_what_the_record_shows(
        self, client: Client, rosa: User, side: Perspective, nation: Nation
    ) -> None:
        page = read(client, "endings", owing(rosa, perspective=side, nation=nation))
        assert "Your record shows £500.00 on 23 November 2026." in page
        assert all(one.title in page for one in every())
        assert ("those of Great Britain" in page) is (nation is Nation.NORTHERN_IRELAND)

    def test_of_a_record_without_arrears_says_so(self, client: Client, rosa: User) -> None:
        assert "Your record shows no arrears" in read(client, "endings", make_case(rosa))


class TestOneOfThem:
    @pytest.mark.parametrize("side", Perspective)
    @pytest.mark.parametrize("code", EndingCode)
    def test_says_who_decides_what_is_lost_and_what_this_side_can_do(
        self, client: Client, rosa: User, code: EndingCode, side: Perspective
    ) -> None:
        ending = ending_of(code)
        page = read(client, "ending", owing(rosa, perspective=side), ending.number)
        for words in (ending.decides, ending.undone, ending.goes_on, *ending.can_do(side)):
            assert words in page
        assert page.count("Not verified by us.") == sum(not rule.firm for rule in ending.rules)
        for kind in ending.records:
            assert reverse("correspondence:new-event", args=[uuid.UUID(int=0), number_of(kind)])[46:] in page

    def test_that_is_none_is_not_found(self, client: Client, rosa: User) -> None:
        assert client.get(reverse("correspondence:ending", args=[owing(rosa).pk, 11])).status_code == 404

    def test_leads_to_the_offer_that_it_speaks_of(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        deal = Settlement(offered_on=CAME, arrears=50000, amount=20000, recorded_on=TODAY, id=str(uuid.uuid4()))
        money.record_fact(actor=rosa, case=case, fact=deal)
        assert reverse("arrears:settlement", args=[case.pk, deal.id]) in read(client, "ending", case, 1)

    def test_lists_what_happened_with_what_was_struck_out(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        event = Event(kind=EventKind.COMPENSATION_OFFERED, on=CAME, amount=10000, note="By phone")
        row = operations.add_event(actor=rosa, case=case, event=event)
        page = read(client, "ending", case, 3)
        assert "£100.00. By phone" in page
        assert reverse("pages:strike-out", args=[case.pk, row.pk]) in page

    def test_answers_how_large_an_old_debt_was_asked_about(self, client: Client, rosa: User) -> None:
        case = owing(rosa, amount=1331824, scheme=Scheme.CSA_2003)
        page = read(client, "ending", case, 7, amount="13318.24")
        assert "For £13,318.24, CMS’s guidance was to ask you first" in page
        assert "does not say whether the debt can be collected now" in page
        aged = {"began_on_d": "1", "began_on_m": "1", "began_on_y": "2005"}
        assert "without asking" in read(client, "ending", case, 7, amount="1000.00", **aged)
        assert "Enter the old debt" in read(client, "ending", case, 7, amount="")

    def test_shows_compensation_and_leaves_the_arrears_as_they_are(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        before = money_queries.position_of(case, on=TODAY, known_on=TODAY)
        for kind in (EventKind.COMPENSATION_OFFERED, EventKind.COMPENSATION_ACCEPTED):
            operations.add_event(actor=rosa, case=case, event=Event(kind=kind, on=CAME, amount=25000))
        sorry = OtherMoney(
            kind=OtherMoneyKind.CONSOLATORY_PAYMENT, on=CAME, amount=25000, recorded_on=TODAY, id=str(uuid.uuid4())
        )
        money.record_fact(actor=rosa, case=case, fact=sorry)
        assert "CMS paid £250.00 on 4 November 2026. It takes nothing off the arrears." in read(
            client, "ending", case, 3
        )
        assert money_queries.position_of(case, on=TODAY, known_on=TODAY) == before

    def test_asks_for_what_was_owed_on_the_day_of_a_death(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        operations.add_event(actor=rosa, case=case, event=Event(kind=EventKind.OTHER_PARENT_DIED, on=CAME))
        assert "They died on 4 November 2026. £500.00 was owed that day." in read(client, "ending", case, 6)


class TestANotice:
    def test_is_checked_without_being_kept(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        page = client.post(reverse("correspondence:check-notice", args=[case.pk]), notice()).content.decode()
        assert "Thursday 3 December 2026" in page
        assert "Friday 4 December 2026" in page
        assert "It does not say how much would be written off." not in page  # the sum was typed from it
        assert "It does not say why CMS thinks that it should not be collected." in page
        assert "It does not say to whom" not in page
        assert "The notice says £500.01. Your record shows £500.00 on 2 November 2026." in page
        assert not CaseEvent.objects.exists()
        assert not ClockStart.objects.exists()

    def test_that_came_on_a_saturday_is_answered_by_the_friday_before_its_last_day(
        self, client: Client, rosa: User
    ) -> None:
        came = boxes("dated_on", dt.date(2026, 10, 30)) | boxes("reached_on", dt.date(2026, 10, 31))
        page = client.post(
            reverse("correspondence:check-notice", args=[owing(rosa).pk]), notice() | came
        ).content.decode()
        assert "Sunday 29 November 2026" in page
        assert "Friday 27 November 2026" in page

    def test_about_an_old_debt_counts_sixty_days(self, client: Client, rosa: User) -> None:
        case = owing(rosa, amount=1331824, scheme=Scheme.CSA_2003)
        assert re.search(r'value="csa"[^>]* checked', read(client, "check-notice", case))
        old = boxes("dated_on", dt.date(2019, 2, 21)) | boxes("reached_on", dt.date(2019, 2, 22))
        typed = notice(debt="csa") | old
        page = client.post(reverse("correspondence:check-notice", args=[case.pk]), typed).content.decode()
        assert "Monday 22 April 2019" in page
        assert "For some old debts the notice need not say how much." in page
        assert "The safe day has passed." in page

    def test_is_kept_with_its_days_once(self, client: Client, rosa: User) -> None:
        case, key = owing(rosa), str(uuid.uuid4())
        for _ in range(2):
            answer = client.post(reverse("correspondence:check-notice", args=[case.pk]), notice(do="keep", entry=key))
            assert answer["Location"] == reverse("correspondence:deadlines", args=[case.pk])
        (event,) = CaseEvent.objects.all()
        assert (event.kind, event.on, event.amount_pence) == ("write_off_notice", dt.date(2026, 11, 2), 50001)
        assert "It reached me on 4 November 2026." in event.note
        (clock,) = ClockStart.objects.all()
        assert (clock.kind, clock.reached_on) == ("write_off", CAME)
        assert "Answer it by 3 December 2026, to be safe." in read(client, "endings", case)

    def test_is_refused_where_it_came_before_its_day(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        early = boxes("reached_on", dt.date(2026, 11, 1))
        page = client.post(reverse("correspondence:check-notice", args=[case.pk]), notice(do="keep") | early)
        assert "That is before the day on the notice." in page.content.decode()
        found = queries.checked_notice(
            case, Notice(dated_on=CAME, reached_on=CAME - dt.timedelta(days=1), says=frozenset()), on=TODAY
        )
        with pytest.raises(Refusal, match="before the day on the notice"):
            operations.keep_notice(actor=rosa, case=case, found=found)
        assert not CaseEvent.objects.exists()

    @pytest.mark.parametrize(
        "typed", [{"says": ["nonsense"]}, {"debt": "none"}, {"amount": "-1"}, {"dated_on_d": "99"}]
    )
    def test_with_nonsense_in_it_is_answered_with_words(
        self, client: Client, rosa: User, typed: dict[str, Any]
    ) -> None:
        answer = client.post(reverse("correspondence:check-notice", args=[owing(rosa).pk]), notice(do="keep") | typed)
        assert answer.status_code == 200
        assert "error" in answer.content.decode()
        assert not CaseEvent.objects.exists()


class TestArrearsNotWanted:
    def test_is_recorded_only_by_who_has_read_the_figure(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        url = reverse("correspondence:not-wanted", args=[case.pk])
        page = client.get(url).content.decode()
        assert (
            "Your record shows £500.00 on 23 November 2026. If CMS writes it off, all of it is gone for good." in page
        )
        assert "Is somebody pressing you?" in page
        typed = {"words": "I have had enough", "understood": "on"} | boxes("on", CAME)
        for unread in ({}, {"read": "49999"}, {"read": "x"}, {"read": "9" * 400}):
            assert client.post(url, typed | unread).status_code == 200
        assert client.post(url, {"read": "50000"} | boxes("on", CAME)).status_code == 200
        assert not CaseEvent.objects.exists()
        assert client.post(url, typed | {"read": "50000"}).status_code == 302
        (event,) = CaseEvent.objects.all()
        assert (event.kind, event.on, event.amount_pence) == ("arrears_not_wanted", CAME, 50000)
        assert money_queries.position_of(case, on=TODAY, known_on=TODAY).outstanding == 50000

    def test_cannot_be_recorded_by_the_form_of_other_events(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        url = reverse("correspondence:new-event", args=[case.pk, number_of(EventKind.ARREARS_NOT_WANTED)])
        asks = reverse("correspondence:not-wanted", args=[case.pk])
        assert client.get(url)["Location"] == asks
        assert client.post(url, boxes("on", CAME))["Location"] == asks
        assert not CaseEvent.objects.exists()

    def test_has_no_page_in_a_paying_parents_record(self, client: Client, rosa: User) -> None:
        case = owing(rosa, perspective=Perspective.PAYING)
        assert client.get(reverse("correspondence:not-wanted", args=[case.pk])).status_code == 404
        assert client.get(reverse("correspondence:endings", args=[case.pk])).status_code == 200
        with pytest.raises(Refusal, match="own record"):
            operations.record_not_wanted(actor=rosa, case=case, on=CAME, owed_when_read=50000, today=TODAY)


class TestTheWayThere:
    @pytest.mark.parametrize("name", ["correspondence:next", "arrears:taken-off"])
    def test_leads_from_what_next_and_from_what_was_taken_off(self, client: Client, rosa: User, name: str) -> None:
        case = owing(rosa)
        page = client.get(reverse(name, args=[case.pk])).content.decode()
        assert reverse("correspondence:endings", args=[case.pk]) in page

    def test_shows_a_kept_notice_as_something_to_answer(self, client: Client, rosa: User) -> None:
        case = owing(rosa)
        event = Event(kind=EventKind.WRITE_OFF_NOTICE, on=CAME)
        operations.add_event(actor=rosa, case=case, event=event)
        assert queries.snapshot_of(case, on=TODAY).settling.notice == "write_off"
        page = client.get(reverse("correspondence:next", args=[case.pk])).content.decode()
        assert "Tell CMS what you think of writing off the arrears" in page
