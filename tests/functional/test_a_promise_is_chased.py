"""Rosa rings CMS and notes two promises; Friday passes; she chases, and notes that it was not done."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrears.core.case_values import LetterStepKind, PostedHow
from cases.core.facts import Nation
from cases.core.roles import Role
from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.jobs import JobKind, JobState
from correspondence.core.sending import StepMade
from correspondence.models import Contact, Job, Letter, LetterStep, PromiseOutcome
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_user
from tests.filled_form import filled
from tests.functional.direct_pay import direct_pay_case
from tests.integration.access_rows import picture

pytestmark = pytest.mark.django_db

THURSDAY = dt.datetime(2026, 11, 5, 10, 20, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa(clock: time_machine.Traveller) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


@pytest.fixture
def visitor(client: Client, rosa: User) -> Client:
    client.force_login(rosa)
    return client


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def note_on(page: str) -> str:
    found = re.search(r"<textarea[^>]*data-copy>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return found[1]


def log_the_call(visitor: Client, case: Case) -> Contact:
    """What a phone sends: what stands in the form, what was typed, and room made for a second promise."""
    form = filled(visitor.get(url("new-contact", case)).content.decode())
    typed = {"summary": "Asked about June.", "promise_1": "Ring me back"}
    by_friday = {"promise_1_by_d": "6", "promise_1_by_m": "11", "promise_1_by_y": "2026"}
    more = filled(visitor.post(url("new-contact", case), form | typed | by_friday | {"add": "1"}).content.decode())
    assert more["promise_1"] == "Ring me back"
    answer = visitor.post(url("new-contact", case), more | {"promise_2": "Send a breakdown", "spoke_to": "Priya"})
    assert answer.status_code == 302, text(answer)
    return Contact.objects.get()


class TestAPromise:
    def test_is_chased_once_its_day_has_passed(
        self, visitor: Client, case: Case, clock: time_machine.Traveller
    ) -> None:
        contact = log_the_call(visitor, case)
        assert (contact.at_date, contact.promises.count()) == (dt.date(2026, 11, 5), 2)
        today = reverse("pages:today", args=[case.pk])
        assert "kept its word" not in text(visitor.get(today))
        assert "Nothing is overdue." in text(visitor.get(url("promises", case)))
        clock.move_to(MONDAY)
        visitor.force_login(case.memberships.get().user)
        assert "It was to be done by 6 November 2026: Ring me back" in text(visitor.get(today))
        page = text(visitor.get(url("promises", case)))
        assert "1 thing is overdue." in page
        assert "1 working day late." in page
        overdue = next(one for one in queries.every_promise(case.pk) if one.due_on)
        note = note_on(visitor.get(url("chase-promise", case, overdue.id)).content.decode())
        assert "On Thursday 5 November 2026 I spoke to Priya on the phone." in note
        assert "I was told: “Ring me back”, by Friday 6 November 2026. It has not happened." in note
        assert note_on(visitor.get(url("chase-all", case)).content.decode()) == note
        outcome = url("promise-outcome", case, overdue.id)
        form = filled(visitor.get(outcome).content.decode())
        assert visitor.post(outcome, form | {"outcome": "not_kept", "note": "No call"}).status_code == 302
        assert "Nothing is overdue." in text(visitor.get(url("promises", case)))
        assert "Ring me back" in text(visitor.get(url("promises", case), {"show": "not-kept"}))
        assert "kept its word" not in text(visitor.get(today))

    def test_goes_into_a_letter_from_its_note(self, visitor: Client, case: Case, clock: time_machine.Traveller) -> None:
        log_the_call(visitor, case)
        clock.move_to(MONDAY)
        visitor.force_login(case.memberships.get().user)
        overdue = next(one for one in queries.every_promise(case.pk) if one.due_on)
        write = url("new-letter", case, "chase-promise")
        assert f'{write}?promises={overdue.id}"' in visitor.get(
            url("chase-promise", case, overdue.id)
        ).content.decode()  # fmt: skip
        assert f'{write}"' in visitor.get(url("chase-all", case)).content.decode()
        form = filled(visitor.get(write, {"promises": overdue.id}).content.decode())
        checked = visitor.post(write, form | {"sender": "Rosa Martin"})
        assert checked.status_code == 302, text(checked)
        assert visitor.post(checked.url, filled(visitor.get(checked.url).content.decode())).status_code == 302
        words = re.sub(r"\s+", " ", Letter.objects.get().html)
        assert "On Thursday 5 November 2026 I rang you and spoke to Priya." in words
        assert "that this would be done by 6 November 2026: Ring me back." in words

    def test_keeps_both_outcomes_and_the_reason_of_a_slip(self, visitor: Client, case: Case) -> None:
        log_the_call(visitor, case)
        promise = queries.every_promise(case.pk)[0]
        outcome = url("promise-outcome", case, promise.id)
        for became, note in (("not_kept", "No call came"), ("kept", "They rang after all")):
            form = filled(visitor.get(outcome).content.decode())
            visitor.post(outcome, form | {"outcome": became, "note": note})
        page = text(visitor.get(url("contact", case, promise.contact_id)))
        assert "They rang after all" in page
        assert "Not done, 5 November 2026: No call came" in page
        latest = PromiseOutcome.objects.order_by("entered_at", "id").last()
        assert latest is not None
        strike = reverse("pages:strike-out", args=[case.pk, latest.pk])
        assert "what was noted of this promise" in text(visitor.get(strike))
        visitor.post(strike, {"reason": "It was another call"})
        page = text(visitor.get(url("contact", case, promise.contact_id)))
        assert "It was another call" in page
        seen = queries.promise_of(case.pk, promise.id)
        assert seen is not None
        assert seen.outcome == "not_kept"

    def test_speaks_for_the_parent_where_the_adviser_reads_it(
        self, visitor: Client, rosa: User, case: Case, clock: time_machine.Traveller
    ) -> None:
        log_the_call(visitor, case)
        ada = make_user(ADA)
        User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
        let_in(ada, case, by=rosa, role=Role.ADVISER, at=timezone.now())
        clock.move_to(MONDAY)
        desk = Client()
        desk.force_login(ada)
        note = note_on(desk.get(url("chase-all", case)).content.decode())
        assert "I act for the receiving parent." in note
        assert "We were told" in note

    def test_is_not_chased_once_it_is_kept(self, visitor: Client, case: Case) -> None:
        log_the_call(visitor, case)
        promise = queries.every_promise(case.pk)[0]
        outcome = url("promise-outcome", case, promise.id)
        visitor.post(outcome, filled(visitor.get(outcome).content.decode()) | {"outcome": "kept"})
        assert visitor.get(url("chase-promise", case, promise.id)).status_code == 404
        assert "there is nothing to chase" in text(visitor.get(url("chase-all", case)))


class TestALetter:
    @pytest.fixture
    def letter(self, case: Case) -> Letter:
        made = Letter.objects.create(
            case=case, kind="call-follow-up", dated_on=dt.date(2026, 11, 5), facts={"reply_by": "2026-11-26"},
            html="", template_version="1", rates_version="1", pdf_name="kept", pdf_sha256="0" * 64, pages=1,
        )  # fmt: skip
        Job.objects.create(case=case, kind=JobKind.LETTER, subject=made.pk, state=JobState.READY, attempts=1)
        return made

    def step(self, visitor: Client, case: Case, letter: Letter, kind: str, **typed: str) -> Any:
        at = url("letter-step", case, letter.pk, kind)
        return visitor.post(at, filled(visitor.get(at).content.decode()) | typed, follow=True)

    def test_is_chased_when_no_reply_came_and_closed_by_the_reply(
        self, visitor: Client, rosa: User, case: Case, letter: Letter, clock: time_machine.Traveller
    ) -> None:
        page = text(self.step(visitor, case, letter, "posted", how="tracked", number="AB 1"))
        assert "The letter asks for one by 26 November 2026." in page
        assert "15 working days from the day it was sent end on 26 November 2026." in page
        assert visitor.get(url("chase-reply", case, letter.pk)).status_code == 200
        clock.move_to(dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC))
        visitor.force_login(rosa)
        today = text(visitor.get(reverse("pages:today", args=[case.pk])))
        assert "Ask for the reply to the letter of 5 November 2026" in today
        assert "Reply due by 26 November 2026, now past" in text(visitor.get(url("promises", case)))
        note = note_on(visitor.get(url("chase-all", case)).content.decode())
        assert "by tracked post, number AB 1" in note
        self.step(visitor, case, letter, "reply-received", note="They answered")
        assert visitor.get(url("chase-reply", case, letter.pk)).status_code == 404
        assert "there is nothing to chase" in text(visitor.get(url("chase-all", case)))
        assert "Sent, and a reply came on 27 November 2026" in text(visitor.get(url("letters", case)))

    def test_names_the_logged_entry_that_is_the_reply(self, visitor: Client, case: Case, letter: Letter) -> None:
        self.step(visitor, case, letter, "posted")
        form = filled(visitor.get(url("new-contact", case)).content.decode())
        visitor.post(url("new-contact", case), form | {"kind": "letter", "direction": "in", "summary": "They agree"})
        reply = Contact.objects.get()
        answers = f"{url('letter-step', case, letter.pk, 'reply-received')}?call={reply.pk}"
        assert answers in visitor.get(url("contact", case, reply.pk)).content.decode()
        form = filled(visitor.get(answers).content.decode())
        assert form["contact"] == str(reply.pk)
        assert url("contact", case, reply.pk) in visitor.post(answers, form, follow=True).content.decode()
        assert "Is this the reply" not in text(visitor.get(url("contact", case, reply.pk)))

    def test_waits_no_more_once_its_correction_has_been_sent(self, visitor: Client, case: Case, letter: Letter) -> None:
        self.step(visitor, case, letter, "posted")
        better = Letter.objects.create(
            case=case, kind="call-follow-up", dated_on=letter.dated_on, facts={"heading": "Our call, once more"},
            html="", template_version="1", rates_version="1", version=2, replaces=letter,
        )  # fmt: skip
        posted = StepMade(kind=LetterStepKind.POSTED, on=dt.date(2026, 11, 5), how=PostedHow.POST)
        actor = case.memberships.get().user
        operations.record_letter_step(actor=actor, case=case, letter_id=better.pk, step=posted)
        (waits,) = queries.awaited_replies(case.pk, nation=Nation.ENGLAND, on=dt.date(2026, 11, 5))
        assert waits.letter_id == better.pk
        note = note_on(visitor.get(url("chase-reply", case, better.pk)).content.decode())
        assert "“Our call, once more”" in note
        assert visitor.get(url("chase-reply", case, letter.pk)).status_code == 404
        visitor.post(url("log", case), {"words": "once more"})
        assert "1 entry fits what you look for." in text(visitor.get(url("log", case)))

    def test_may_come_back_and_be_sent_again(self, visitor: Client, case: Case, letter: Letter) -> None:
        self.step(visitor, case, letter, "posted")
        assert "I have sent it again" in text(self.step(visitor, case, letter, "returned", note="Gone away"))
        assert "Came back" in text(visitor.get(url("letters", case)))
        self.step(visitor, case, letter, "posted")
        self.step(visitor, case, letter, "delivered")
        assert "Delivered, sent on 5 November 2026" in text(visitor.get(url("letters", case)))
        self.step(visitor, case, letter, "withdrawn")
        assert "Not sent, or taken back" in text(visitor.get(url("letters", case)))

    def test_forgets_a_step_that_is_struck_out(self, visitor: Client, case: Case, letter: Letter) -> None:
        self.step(visitor, case, letter, "posted")
        strike = reverse("pages:strike-out", args=[case.pk, LetterStep.objects.get().pk])
        assert "what became of this letter" in text(visitor.get(strike))
        visitor.post(strike, {"reason": "Wrong letter"})
        page = text(visitor.get(url("letter", case, letter.pk)))
        assert "I have posted it" in page
        assert "Wrong letter" in page

    def test_knows_no_other_step(self, visitor: Client, case: Case, letter: Letter) -> None:
        assert visitor.get(url("letter-step", case, letter.pk, "posted")).status_code == 200
        assert visitor.get(url("letter-step", case, letter.pk, "burnt")).status_code == 404

    def test_takes_no_reply_of_another_record(self, rosa: User, case: Case, letter: Letter) -> None:
        step = StepMade(kind=LetterStepKind.POSTED, on=dt.date(2026, 11, 5), how=PostedHow.POST)
        operations.record_letter_step(actor=rosa, case=case, letter_id=letter.pk, step=step)
        assert queries.letter_step_of(direct_pay_case(rosa).pk, LetterStep.objects.get().pk) is None


class TestTheForm:
    def test_takes_one_of_the_list_with_a_name(self, visitor: Client, case: Case) -> None:
        form = filled(visitor.get(url("new-contact", case)).content.decode())
        typed = {"party": "other", "party_who": "an employer", "party_other": "Payroll", "kind": "text", "summary": "x"}
        page = text(visitor.post(url("new-contact", case), form | typed, follow=True))
        assert "Text message to an employer, Payroll" in page

    def test_keeps_a_file_with_the_entry_once(self, visitor: Client, case: Case) -> None:
        form = filled(visitor.get(url("new-contact", case)).content.decode()) | {"summary": "They wrote"}
        for _ in range(2):
            assert visitor.post(url("new-contact", case), form | {"file": picture()}).status_code == 302
        contact = Contact.objects.get()
        (kept,) = queries.evidence_with(case.pk, contact.pk)
        assert (kept.shows, kept.happened_on) == ("Call to CMS, 5 November 2026", dt.date(2026, 11, 5))
        visitor.post(url("new-contact", case), filled(visitor.get(url("new-contact", case)).content.decode()) | {
            "summary": "Without one",
        })  # fmt: skip
        visitor.post(url("log", case), {"file": "on"})
        page = text(visitor.get(url("log", case)))
        assert "1 entry fits what you look for." in page
        assert "They wrote" in page
        bad = SimpleUploadedFile("letter.exe", b"MZ\x00\x01\x02")
        page = visitor.post(url("new-contact", case), form | {"entry": "", "file": bad}).content.decode()
        assert '<details class="more" open>' in page

    def test_opens_the_folded_day_where_it_needs_another_look(self, visitor: Client, case: Case) -> None:
        form = filled(visitor.get(url("new-contact", case)).content.decode())
        fresh = visitor.get(url("new-contact", case)).content.decode()
        assert '<details class="more" open>' not in fresh
        page = visitor.post(url("new-contact", case), form | {"summary": "x", "at_date_d": "31", "at_date_m": "2"})
        assert page.content.decode().count('<details class="more" open>') == 1
        assert "That day does not exist." in text(page)
        too_long = {"party": "other", "party_who": "the Independent Case Examiner", "party_other": "y" * 80}
        assert "Make the name shorter" in text(visitor.post(url("new-contact", case), form | too_long))
