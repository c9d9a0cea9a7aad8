"""A calendar elsewhere: off by default, secret, replaceable, and without a word in it."""

import datetime as dt
import logging
from typing import Any

import icalendar
import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from arrears.core.case_values import ClockKind
from cases import operations as case_operations
from cases.models import Case, CaseMembership
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from cms_tracker.web.logs import Line, without_secrets
from correspondence import operations
from correspondence.core import feeds
from correspondence.models import CalendarFeed
from tests.cast import ADA, ROSA, SAM
from tests.factories import let_in, make_case, make_user

NOW = dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC)
DAYS = [dt.date(2026, 3, 1), dt.date(2026, 7, 15)]
FORBIDDEN = [
    "canary", "120000000017", "tribunal", "examiner", "maintenance", "arrears", "child", "court", "cms", "letter",
    "rosa", "deadline", "payment", "http", "@",
]  # fmt: skip


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    """A record with a day on 15 July 2026 (the Case Examiner) and one on 27 February (the tribunal)."""
    case = make_case(rosa, reference="120000000017", other_parent="Canary parent", children=["Canary child"])
    known: dict[str, Any] = {"actor": rosa, "case": case, "note": "Canary note"}
    operations.start_clock(**known, kind=ClockKind.EXAMINER, reached_on=dt.date(2026, 1, 15))
    operations.start_clock(**known, kind=ClockKind.TRIBUNAL, dated_on=dt.date(2026, 1, 28))
    operations.start_clock(**known, kind=ClockKind.TRIBUNAL, dated_on=dt.date(2025, 1, 28))  # long past
    operations.start_clock(**known, kind=ClockKind.OMBUDSMAN, dated_on=dt.date(2026, 2, 3))  # in more than a year
    return case


def read(token: str, *, at: dt.datetime = NOW) -> Any:
    with time_machine.travel(at, tick=False):
        return Client().get(reverse("correspondence:calendar", args=[token]))


def events(token: str, *, at: dt.datetime = NOW) -> list[icalendar.Event]:
    answer = read(token, at=at)
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


@pytest.mark.django_db
class TestACalendar:
    def test_shows_the_days_of_the_next_twelve_months_and_one_word(self, rosa: User, case: Case) -> None:
        found = events(operations.open_feed(actor=rosa, case=case))
        assert [one.decoded("dtstart") for one in found] == [dt.date(2026, 2, 27), dt.date(2026, 7, 15)]
        assert {str(one["summary"]) for one in found} == {"Reminder"}

    def test_is_valid_by_the_book(self, rosa: User, case: Case) -> None:
        answer = read(operations.open_feed(actor=rosa, case=case))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        lines = answer.content.decode().split("\r\n")
        assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
        assert all(len(line.encode()) <= 75 for line in lines)
        calendar = icalendar.Calendar.from_ical(answer.content)
        assert (str(calendar["version"]), str(calendar["prodid"])) == ("2.0", f"-//{settings.SITE_NAME}//EN")
        for one in calendar.walk("VEVENT"):
            assert one["dtstart"].params["VALUE"] == "DATE"
            assert one.decoded("dtend") - one.decoded("dtstart") == dt.timedelta(days=1)
            assert one.decoded("dtstamp") == NOW

    def test_holds_nothing_that_speaks(self, rosa: User, case: Case) -> None:
        whole = read(operations.open_feed(actor=rosa, case=case)).content.decode().lower()
        assert [word for word in FORBIDDEN if word in whole] == []
        assert str(case.pk) not in whole
        assert str(rosa.pk) not in whole
        assert not any(name in whole for name in ("location", "attendee", "description", "organizer", "url", "valarm"))

    def test_names_a_day_alike_from_one_reading_to_the_next(self, rosa: User, case: Case) -> None:
        token = operations.open_feed(actor=rosa, case=case)
        first = [str(one["uid"]) for one in events(token)]
        assert first == [str(one["uid"]) for one in events(token, at=NOW + dt.timedelta(hours=3))]
        feed = CalendarFeed.objects.get()
        replaced = operations.replace_feed(actor=rosa, feed_id=feed.pk)
        assert first == [str(one["uid"]) for one in events(replaced)]
        assert len(set(first)) == len(first)

    def test_of_all_records_shows_only_those_that_its_reader_may_open_today(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        token = operations.open_feed(actor=ada, case=None)
        assert events(token) == []
        let_in(ada, case, by=rosa, at=NOW)
        assert len(events(token)) == 2
        CaseMembership.objects.filter(user=ada).update(ended_at=NOW)
        assert events(token) == []

    def test_is_never_kept_on_the_way(self, rosa: User, case: Case) -> None:
        for token in (operations.open_feed(actor=rosa, case=case), feeds.new_token()):
            answer = read(token)
            assert answer["Cache-Control"] == "no-store"
            assert answer["Referrer-Policy"] == "no-referrer"
            assert not answer.cookies

    def test_keeps_its_address_as_a_hash_only(self, rosa: User, case: Case) -> None:
        token = operations.open_feed(actor=rosa, case=case)
        row = CalendarFeed.objects.get()
        assert token not in str(CalendarFeed.objects.values())
        assert row.token_hash == feeds.fingerprint(token)
        assert token not in str(list(Event.objects.values()))


@pytest.mark.django_db
class TestAnAddressThatIsNotThere:
    def test_is_answered_alike_whatever_it_was(self, rosa: User, case: Case) -> None:
        ada, sam = make_user(ADA), make_user(SAM)
        let_in(ada, case, by=rosa, at=NOW)
        lost_access = operations.open_feed(actor=ada, case=case)
        CaseMembership.objects.filter(user=ada).update(ended_at=NOW)
        closed_sign_in = operations.open_feed(actor=sam, case=None)
        User.objects.filter(pk=sam.pk).update(is_active=False)
        replaced = operations.open_feed(actor=rosa, case=case)
        turned_off = operations.replace_feed(actor=rosa, feed_id=CalendarFeed.objects.get(user=rosa).pk)
        operations.close_feed(actor=rosa, feed_id=CalendarFeed.objects.get(user=rosa).pk)
        other = make_case(rosa)
        deleted = operations.open_feed(actor=rosa, case=other)
        case_operations.delete_case(actor=rosa, case=other)
        tokens = [feeds.new_token(), "short", lost_access, closed_sign_in, replaced, turned_off, deleted]
        answers = [read(token) for token in tokens]
        assert {(answer.status_code, answer.content) for answer in answers} == {(404, b"Not found\n")}
        random = {"X-Request-ID"}
        headers = {tuple(sorted(one for one in answer.items() if one[0] not in random)) for answer in answers}
        assert len(headers) == 1

    def test_does_not_stand_in_what_the_terminal_is_told(self) -> None:
        token = feeds.new_token()
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x", 1, "Internal Server Error: %s", (f"/calendar/{token}.ics",), None
        )
        line = Line("{message}", style="{").format(record)
        assert line == "Internal Server Error: /(secret)/"
        assert token not in without_secrets(f'"GET /account/reminders/confirm/{token}/ HTTP/1.1" 500')

    def test_is_not_logged_when_the_page_breaks(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("no")

        from correspondence.views import reminders

        monkeypatch.setattr(reminders.queries, "feed_behind", broken)
        handler = logging.StreamHandler()
        handler.setFormatter(Line("{levelname} {message}", style="{"))
        seen: list[str] = []
        monkeypatch.setattr(handler, "emit", lambda record: seen.append(handler.format(record)))
        logger = logging.getLogger("django.request")
        logger.addHandler(handler)
        token = feeds.new_token()
        try:
            client = Client(raise_request_exception=False)
            assert client.get(reverse("correspondence:calendar", args=[token])).status_code == 500
        finally:
            logger.removeHandler(handler)
        assert seen
        assert token not in "".join(seen)


@pytest.mark.django_db
class TestThePages:
    @pytest.fixture
    def client(self, rosa: User) -> Client:
        client = Client()
        client.force_login(rosa)
        return client

    def test_turn_nothing_on_without_the_word_that_only_this_person_sees_it(self, client: Client, case: Case) -> None:
        page = client.get(reverse("correspondence:new-calendar")).content.decode()
        assert "A family calendar." in page
        answer = client.post(reverse("correspondence:new-calendar"), {"which": str(case.pk)})
        assert "leave this off" in answer.content.decode()
        assert not CalendarFeed.objects.exists()

    def test_show_the_address_once(self, client: Client, case: Case) -> None:
        typed = {"which": str(case.pk), "understood": "on"}
        page = client.post(reverse("correspondence:new-calendar"), typed).content.decode()
        address = next(word for word in page.replace("<", " ").replace(">", " ").split() if word.endswith(".ics"))
        assert address.startswith(f"{settings.SITE_URL}/calendar/")
        assert len(events(address.rpartition("/")[2].removesuffix(".ics"))) == 2
        settings_page = client.get(reverse("correspondence:reminders")).content.decode()
        assert address not in settings_page
        assert "Make a new address" in settings_page

    def test_replace_it_and_turn_it_off(self, client: Client, rosa: User, case: Case) -> None:
        old = operations.open_feed(actor=rosa, case=case)
        key = CalendarFeed.objects.get().pk
        page = client.post(reverse("correspondence:replace-calendar", args=[key])).content.decode()
        assert ".ics" in page
        assert read(old).status_code == 404
        assert client.post(reverse("correspondence:close-calendar", args=[key])).status_code == 302
        assert client.post(reverse("correspondence:close-calendar", args=[key])).status_code == 404
        assert not CalendarFeed.objects.exists()

    def test_offer_all_records_where_there_are_several(self, client: Client, rosa: User, case: Case) -> None:
        assert "All my records" not in client.get(reverse("correspondence:new-calendar")).content.decode()
        make_case(rosa)
        assert "All my records" in client.get(reverse("correspondence:new-calendar")).content.decode()
        client.post(reverse("correspondence:new-calendar"), {"which": "all", "understood": "on"})
        assert CalendarFeed.objects.get().case_id is None

    def test_are_not_there_without_a_record(self, client: Client) -> None:
        assert client.get(reverse("correspondence:new-calendar")).status_code == 404
        assert "You need a record first" in client.get(reverse("correspondence:reminders")).content.decode()

    def test_leave_the_calendar_of_somebody_else_alone(self, rosa: User, case: Case) -> None:
        token = operations.open_feed(actor=rosa, case=case)
        key = CalendarFeed.objects.get().pk
        sam = Client()
        sam.force_login(make_user(SAM))
        for name in ("replace-calendar", "close-calendar"):
            assert sam.post(reverse(f"correspondence:{name}", args=[key])).status_code == 404
        make_case(User.objects.get(email=SAM.email))
        typed = {"which": str(case.pk), "understood": "on"}
        assert sam.post(reverse("correspondence:new-calendar"), typed).status_code == 200
        assert CalendarFeed.objects.count() == 1
        assert read(token).status_code == 200

    def test_name_a_calendar_of_a_record_that_was_shared_and_is_not_any_more(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, at=NOW)
        operations.open_feed(actor=ada, case=case)
        CaseMembership.objects.filter(user=ada).update(ended_at=NOW)
        client = Client()
        client.force_login(ada)
        page = client.get(reverse("correspondence:reminders")).content.decode()
        assert "A record you cannot open now" in page
        assert "0017" not in page
