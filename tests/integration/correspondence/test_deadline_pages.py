"""The page of deadlines, what starts one, and what became of it."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.core.case_values import ClockKind, ClockResult, ContactKind, Direction, PostedHow
from cases import operations as case_operations
from cases.core.facts import Nation, Perspective
from cases.models import Case
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.clock_rules import rules
from correspondence.core.deadlines import Source
from correspondence.models import ClockEnd, ClockStart, Letter
from tests.cast import ROSA, SAM
from tests.factories import make_case, make_user

TODAY = dt.date(2026, 11, 23)


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


def page(client: Client, case: Case) -> str:
    return client.get(reverse("correspondence:deadlines", args=[case.pk])).content.decode()


def number(kind: ClockKind) -> int:
    return rules()[kind].number


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year)}


def decide(rosa: User, case: Case, told: dt.date) -> uuid.UUID:
    row = case_operations.record_calculation(
        actor=rosa, case=case, weekly_pence=6000, effective_on=dt.date(2026, 1, 5), decided_on=told, notified_on=told
    )
    return row.pk


def letter(case: Case, kind: str = "complaint") -> Letter:
    return Letter.objects.create(
        case=case, kind=kind, dated_on=dt.date(2026, 11, 2), facts={}, html="", template_version="1", rates_version="1"
    )


@pytest.mark.django_db
class TestThePage:
    def test_says_so_where_there_is_nothing(self, client: Client, case: Case) -> None:
        assert "Nothing is open now." in page(client, case)

    def test_shows_the_safest_day_and_the_day_by_the_rule_with_their_sources(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        operations.start_clock(
            actor=rosa, case=case, kind=ClockKind.RECONSIDERATION, dated_on=dt.date(2026, 11, 10),
            reached_on=dt.date(2026, 11, 13),
        )  # fmt: skip
        shown = page(client, case)
        assert "Act by Thursday 10 December 2026" in shown
        assert (
            "The earliest day that a source gives is 10 December 2026. By the rule, the last day is 13 December 2026."
        ) in shown
        assert "32 days of the date on the letter" in shown
        assert "We checked on 22 November 2026" in shown
        assert "No date here is certain." in shown

    def test_lets_a_new_decision_run_by_itself_and_only_counts_old_ones(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        for year in range(2015, 2025):
            decide(rosa, case, dt.date(year, 3, 2))
        decide(rosa, case, dt.date(2026, 8, 3))
        decide(rosa, case, dt.date(2026, 11, 16))
        shown = page(client, case)
        assert shown.count("Act by") == 2  # the new one, and one that is folded away
        assert "1 decision whose time has passed" in shown
        assert "10 older decisions are" in shown
        today = client.get(reverse("pages:today", args=[case.pk])).content.decode()
        assert today.count("Ask CMS to look at a decision again") == 1
        assert "past its day" not in today

    def test_takes_back_what_is_struck_out(self, client: Client, rosa: User, case: Case) -> None:
        started = operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=TODAY)
        path = reverse("pages:strike-out", args=[case.pk, started.pk])
        assert "this deadline" in client.get(path).content.decode()
        assert client.post(path, {"reason": "Not mine"}).status_code == 302
        assert "Nothing is open now." in page(client, case)
        assert client.get(reverse("correspondence:end-deadline", args=[case.pk, started.pk])).status_code == 404

    def test_opens_again_what_was_ended_by_a_slip(self, client: Client, rosa: User, case: Case) -> None:
        started = operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=TODAY)
        ended = operations.end_clock(
            actor=rosa, case=case, clock_id=started.pk, result=ClockResult.DONE, on=TODAY, note="Sent"
        )
        assert "Done, or not needed (1)" in page(client, case)
        path = reverse("pages:strike-out", args=[case.pk, ended.pk])
        assert "what became of this deadline" in client.get(path).content.decode()
        assert client.post(path, {"reason": "Not yet"}).status_code == 302
        assert "Act by Wednesday 23 December 2026" in page(client, case)


@pytest.mark.django_db
class TestStarting:
    def test_asks_what_happened_and_then_for_its_day(self, client: Client, case: Case) -> None:
        path = reverse("correspondence:choose-deadline", args=[case.pk])
        assert "Choose what happened." in client.post(path, {}).content.decode()
        answer = client.post(path, {"kind": "examiner"})
        assert answer.url == reverse("correspondence:new-deadline", args=[case.pk, number(ClockKind.EXAMINER)])
        answer = client.post(answer.url, day("reached_on", dt.date(2026, 6, 6)) | {"note": "By post"})
        assert answer.url == reverse("correspondence:deadlines", args=[case.pk])
        assert "Act by Friday 4 December 2026" in page(client, case)

    def test_names_no_kind_in_an_address(self, case: Case) -> None:
        for rule in rules().values():
            path = reverse("correspondence:new-deadline", args=[case.pk, rule.number])
            assert path.rpartition("new/")[2].strip("/").isdigit()

    def test_can_be_made_of_an_entry_in_the_log(self, client: Client, rosa: User, case: Case) -> None:
        contact = operations.record_contact(
            actor=rosa, case=case, at_date=dt.date(2026, 11, 12), at_time=None, kind=ContactKind.LETTER,
            direction=Direction.IN, recorded_on=None, summary="Final answer",
        )  # fmt: skip
        path = reverse("correspondence:new-deadline", args=[case.pk, number(ClockKind.EXAMINER)])
        assert f'value="{contact.pk}"' in client.get(path).content.decode()
        client.post(path, day("reached_on", dt.date(2026, 11, 12)) | {"contact": str(contact.pk)})
        assert ClockStart.objects.get().contact_id == contact.pk
        assert reverse("correspondence:contact", args=[case.pk, contact.pk]) in page(client, case)

    def test_keeps_what_was_typed_and_says_what_is_wrong(self, client: Client, case: Case) -> None:
        path = reverse("correspondence:new-deadline", args=[case.pk, number(ClockKind.RECONSIDERATION)])
        typed = day("dated_on", dt.date(2026, 11, 10)) | day("reached_on", dt.date(2026, 11, 9)) | {"note": "Mine"}
        shown = client.post(path, typed).content.decode()
        assert "before the day on the letter" in shown
        assert 'value="Mine"' in shown
        late = client.post(path, day("dated_on", dt.date(2026, 11, 24)))
        assert "has not happened yet" in late.content.decode()
        assert not ClockStart.objects.exists()

    def test_twice_by_the_same_form_makes_one(self, client: Client, case: Case) -> None:
        path = reverse("correspondence:new-deadline", args=[case.pk, number(ClockKind.TRIBUNAL)])
        typed = day("dated_on", TODAY) | {"entry": str(uuid.uuid4())}
        assert [client.post(path, typed).status_code for _ in range(2)] == [302, 302]
        assert ClockStart.objects.count() == 1

    def test_offers_only_what_fits_the_side_and_the_nation(self, client: Client, rosa: User, case: Case) -> None:
        for kind in (ClockKind.DEDUCTION_ORDER, ClockKind.LIABILITY_ORDER_OBJECTION):
            path = reverse("correspondence:new-deadline", args=[case.pk, number(kind)])
            assert client.get(path).status_code == 404
        paying = make_case(rosa, perspective=Perspective.PAYING, nation=Nation.SCOTLAND)
        for kind in ClockKind:
            path = reverse("correspondence:new-deadline", args=[paying.pk, number(kind)])
            assert client.get(path).status_code == 200
        assert client.get(reverse("correspondence:new-deadline", args=[case.pk, 99])).status_code == 404

    def test_refuses_what_is_not_of_this_record(self, rosa: User, case: Case) -> None:
        with pytest.raises(Refusal, match="a day to count from"):
            operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL)
        with pytest.raises(Refusal, match="not in your record"):
            operations.start_clock(
                actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=TODAY, contact_id=uuid.uuid4()
            )
        other = operations.start_clock(actor=rosa, case=make_case(rosa), kind=ClockKind.TRIBUNAL, dated_on=TODAY)
        with pytest.raises(Refusal, match="not in your record any more"):
            operations.end_clock(actor=rosa, case=case, clock_id=other.pk, result=ClockResult.DONE, on=TODAY)


@pytest.mark.django_db
class TestALetter:
    def test_that_was_sent_starts_its_clock_with_one_press_once(self, client: Client, rosa: User, case: Case) -> None:
        sent = letter(case)
        press = reverse("correspondence:count-letter", args=[case.pk, sent.pk])
        assert "Note first when you sent this letter." in client.post(press, follow=True).content.decode()
        assert not ClockStart.objects.exists()
        operations.mark_posted(
            actor=rosa, case=case, letter_id=sent.pk, posted_on=dt.date(2026, 11, 3), how=PostedHow.POST
        )
        assert press in page(client, case)
        assert press in client.get(reverse("correspondence:letter", args=[case.pk, sent.pk])).content.decode()
        assert [client.post(press).status_code for _ in range(2)] == [302, 302]
        [started] = ClockStart.objects.all()
        assert (started.kind, started.dated_on, started.letter_id) == ("complaint_reply", dt.date(2026, 11, 3), sent.pk)
        shown = page(client, case)
        assert press not in shown
        assert "Ask where it is from Tuesday 24 November 2026" in shown
        assert press not in client.get(reverse("correspondence:letter", args=[case.pk, sent.pk])).content.decode()

    def test_can_start_it_again_after_a_strike_out(self, rosa: User, case: Case) -> None:
        sent = letter(case)
        operations.mark_posted(actor=rosa, case=case, letter_id=sent.pk, posted_on=TODAY, how=PostedHow.POST)
        first = operations.count_from_letter(actor=rosa, case=case, letter_id=sent.pk)
        case_operations.strike_out(actor=rosa, case=case, fact_id=first.pk, on=TODAY, reason="Slip")
        assert [one.letter_id for one in queries.clock_offers(case.pk)] == [sent.pk]
        assert operations.count_from_letter(actor=rosa, case=case, letter_id=sent.pk).pk != first.pk

    def test_of_another_kind_starts_none_and_one_of_nobody_is_not_there(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        sent = letter(case, "call-follow-up")
        operations.mark_posted(actor=rosa, case=case, letter_id=sent.pk, posted_on=TODAY, how=PostedHow.POST)
        assert queries.clock_offers(case.pk) == []
        assert not queries.starts_a_clock(sent)
        press = reverse("correspondence:count-letter", args=[case.pk, uuid.uuid4()])
        assert client.post(press).status_code == 404

    def test_that_asks_for_an_answer_is_listed_until_one_came(self, rosa: User, case: Case) -> None:
        sent = letter(case, "call-follow-up")
        operations.mark_posted(actor=rosa, case=case, letter_id=sent.pk, posted_on=TODAY, how=PostedHow.POST)
        assert [one.source for one in queries.deadlines_of(case, on=TODAY).open] == [Source.LETTER]


@pytest.mark.django_db
class TestEnding:
    def test_says_what_became_of_a_deadline(self, client: Client, rosa: User, case: Case) -> None:
        started = operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=TODAY)
        path = reverse("correspondence:end-deadline", args=[case.pk, started.pk])
        assert "Say what became of it." in client.post(path, {}).content.decode()
        typed = {"result": "done", "note": "Form sent"} | day("on", TODAY)
        assert client.post(path, typed).status_code == 302
        shown = page(client, case)
        assert "Done on 23 November 2026" in shown
        assert "Form sent" in shown

    def test_of_a_decision_keeps_it_off_the_list(self, client: Client, rosa: User, case: Case) -> None:
        key = decide(rosa, case, dt.date(2026, 11, 16))
        path = reverse("correspondence:end-decision-deadline", args=[case.pk, key])
        assert "16 November 2026" in client.get(path).content.decode()
        typed = {"result": "not_needed", "note": "It is right", "entry": str(uuid.uuid4())} | day("on", TODAY)
        assert [client.post(path, typed).status_code for _ in range(2)] == [302, 302]
        assert (ClockStart.objects.count(), ClockEnd.objects.count()) == (1, 1)
        found = queries.deadlines_of(case, on=TODAY)
        assert (found.open, len(found.ended)) == ((), 1)

    def test_is_not_there_for_a_decision_without_a_time_limit(self, client: Client, rosa: User, case: Case) -> None:
        row = case_operations.record_calculation(
            actor=rosa, case=case, weekly_pence=1, effective_on=TODAY, decided_on=TODAY, notified_on=TODAY,
            reason="tribunal",
        )  # fmt: skip
        for key in (row.pk, uuid.uuid4()):
            path = reverse("correspondence:end-decision-deadline", args=[case.pk, key])
            assert client.get(path).status_code == 404


@pytest.mark.django_db
class TestARecord:
    def test_is_deleted_with_its_deadlines_reminders_and_calendars(self, rosa: User, case: Case) -> None:
        started = operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=TODAY)
        operations.end_clock(actor=rosa, case=case, clock_id=started.pk, result=ClockResult.DONE, on=TODAY)
        operations.open_feed(actor=rosa, case=case)
        case_operations.delete_case(actor=rosa, case=case)
        assert not ClockStart.objects.exists()
        assert not ClockEnd.objects.exists()
        assert queries.feeds_of(rosa) == {}

    def test_of_somebody_else_shows_none_of_its_days(self, rosa: User, case: Case) -> None:
        operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=TODAY)
        assert queries.deadlines_for(make_user(SAM), on=TODAY) == []
        assert len(queries.deadlines_for(rosa, on=TODAY)) == 1
