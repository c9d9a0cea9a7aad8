"""Rosa rings CMS, writes it down, and sends two letters: one about the call, one about what never came."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.case_values import ContactKind, Direction
from arrears.models import Observation
from cases import operations as case_operations
from cases.core.facts import ServiceType
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.contacts import PromiseMade
from correspondence.models import Contact, Job, Letter
from tests.cast import PAUL, ROSA, SAM
from tests.factories import make_user
from tests.functional.direct_pay import MISSED_UNLOGGED, TODAY, direct_pay_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 7, 10, 9, 32, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


@pytest.fixture
def visitor(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def a_call(**answers: str) -> dict[str, str]:
    return {
        "kind": "call", "direction": "out", "party": "CMS", "at_date_d": "8", "at_date_m": "7", "at_date_y": "2025",
        "at_time": "10.30am", "spoke_to": "Sarah", "summary": "I said two payments never came.",
        "promise_1": "Write to the paying parent and ask for proof", "promise_1_by_d": "22", "promise_1_by_m": "7",
        "promise_1_by_y": "2025", "promises": "1", "entry": str(uuid.uuid4()),
    } | answers  # fmt: skip


def a_report(**answers: object) -> dict[str, object]:
    return {
        "reported": ["2025-04-03", "2025-05-03"], "nothing_came": ["2025-06-03"], "ask_collect": "yes",
        "sender": "Rosa Martin", "reply": "held", "to": "known",
    } | answers  # fmt: skip


def make(visitor: Client, case: Case, kind: str, answers: dict[str, Any]) -> Letter:
    """Choose, check, make: as the pages lead."""
    chosen = visitor.post(url("new-letter", case, kind), answers)
    assert chosen.status_code == 302, text(chosen)
    page = visitor.get(chosen.url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(checked|entry)" value="([^"]+)"', page))
    made = visitor.post(chosen.url, hidden)
    assert made.status_code == 302, text(made)
    return Letter.objects.get(pk=made.url.rstrip("/").split("/")[-1])


class TestLoggingACall:
    def test_keeps_who_what_when_and_the_promise(self, visitor: Client, case: Case) -> None:
        response = visitor.post(url("new-contact", case), a_call(), follow=True)
        page = text(response)
        for words in ("Call to CMS", "Tuesday 8 July 2025 at 10:30am", "Sarah", "22 July 2025", "ask for proof"):
            assert words in page
        (promise,) = queries.open_promises(case.pk, on=TODAY)
        assert promise.due_on == dt.date(2025, 7, 22)

    def test_leaves_an_unknown_time_unknown(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-contact", case), a_call(at_time=""))
        assert Contact.objects.get(case=case).at_time is None

    def test_adds_nothing_when_the_form_is_sent_twice(self, visitor: Client, case: Case) -> None:
        answers = a_call()
        visitor.post(url("new-contact", case), answers)
        visitor.post(url("new-contact", case), answers)
        assert Contact.objects.filter(case=case).count() == 1
        assert len(queries.open_promises(case.pk, on=TODAY)) == 1

    def test_makes_room_for_another_promise_and_keeps_what_was_typed(self, visitor: Client, case: Case) -> None:
        page = visitor.post(url("new-contact", case), a_call(add="1")).content.decode()
        assert 'name="promise_2"' in page
        assert "ask for proof" in page
        assert not Contact.objects.filter(case=case).exists()

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"at_time": "half ten"}, "Write the time like 10:30am or 14:15, or leave it empty."),
            ({"at_time": "25:00"}, "That time does not exist."),
            ({"at_date_y": "2052"}, "The year 2052 has not happened yet. Did you mean 2025?"),
            ({"party": "other"}, "Choose who it was, or enter a name, like my MP."),
            ({"promise_1": ""}, "Say what they promised for that day."),
            ({"promise_1_by_y": "2052"}, "The year 2052 is too far ahead. Did you mean 2025?"),
            ({"promise_1_by_y": "2024"}, "That is before the day you spoke."),
            ({"kind": "seance"}, "Select a valid choice"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest(
        self, visitor: Client, case: Case, answers: dict[str, str], sentence: str
    ) -> None:
        response = visitor.post(url("new-contact", case), a_call(**answers))
        assert response.status_code == 200
        assert sentence in response.content.decode().replace("&#x27;", "'")
        assert "two payments never came" in response.content.decode()
        assert not Contact.objects.filter(case=case).exists()

    @pytest.mark.parametrize("promise", ["", "Ring back"])
    def test_needs_words_or_a_promise(self, visitor: Client, case: Case, promise: str) -> None:
        empty = {"summary": " ", "promise_1": promise, "promise_1_by_d": "", "promise_1_by_m": "", "promise_1_by_y": ""}
        page = text(visitor.post(url("new-contact", case), a_call(**empty), follow=True))
        assert ("Write what was said, or what they promised." in page) is not bool(promise)
        assert Contact.objects.filter(case=case).exists() is bool(promise)

    def test_closes_a_promise_with_what_became_of_it(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-contact", case), a_call())
        (promise,) = queries.open_promises(case.pk, on=TODAY)
        answers = {"outcome": "not_kept", "on_d": "9", "on_m": "7", "on_y": "2025", "note": "Nothing came."}
        page = text(visitor.post(url("promise-outcome", case, promise.id), answers, follow=True))
        assert "Not done" in page
        assert queries.open_promises(case.pk, on=TODAY) == []


class TestReportingMissedPayments:
    def test_is_offered_with_every_instalment_that_is_short(self, visitor: Client, case: Case) -> None:
        page = text(visitor.get(url("new-letter", case, "missed-payments")))
        assert "3 April 2025: £60.00 short of £260.00" in page
        assert "3 May 2025: £260.00 was due" in page
        assert "3 June 2025: £260.00 was due" in page
        assert "3 March 2025" not in page
        assert "Do this only if it is safe for you." in page

    def test_shows_each_answer_for_checking(self, visitor: Client, case: Case) -> None:
        chosen = visitor.post(url("new-letter", case, "missed-payments"), a_report())
        page = text(visitor.get(chosen.url))
        for words in ("£580.00 unpaid", "Wolverhampton", "1200 0000 0002", "31 July 2025, which is 15 working days",
                      "Your home address is not on this letter", "Nothing came for 3 June 2025"):  # fmt: skip
            assert words in page

    def test_freezes_words_figures_and_date_and_notes_what_was_confirmed(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report())
        page = text(visitor.get(url("page", case, letter.pk)))
        for words in ("Report of missed and short payments", "3 payments below", "£200.00 on 22 April 2025",
                      "£580.00 of the £780.00 due", "98", "68", "37", "Rosa Martin", "Yours faithfully",
                      "consider moving this case to Collect and Pay"):  # fmt: skip
            assert words in page
        assert Observation.objects.filter(case=case, due_on=MISSED_UNLOGGED, noted_on=TODAY).exists()
        assert Event.objects.filter(kind="letter.made", case_id=case.pk).count() == 1

    def test_does_not_say_that_nothing_came_unless_she_says_so(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report(nothing_came=[]))
        assert "3 June 2025" not in letter.html
        assert not Observation.objects.filter(case=case, due_on=MISSED_UNLOGGED).exists()

    def test_writes_of_one_payment_in_the_singular(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report(reported=["2025-05-03"], nothing_came=[]))
        words = re.sub(r"\s+", " ", letter.html)
        assert "Report of a missed payment<" in words
        assert "The payment below was due to me and has not come in full." in words
        assert "record this payment" in words
        assert "Total" not in words

    def test_makes_one_letter_however_often_the_button_is_pressed(self, visitor: Client, case: Case) -> None:
        chosen = visitor.post(url("new-letter", case, "missed-payments"), a_report())
        page = visitor.get(chosen.url).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(checked|entry)" value="([^"]+)"', page))
        kept = visitor.session["drafts"]
        for _ in range(2):
            session = visitor.session
            session["drafts"] = kept
            session.save()
            assert visitor.post(chosen.url, hidden).status_code == 302
        assert Letter.objects.filter(case=case).count() == 1

    def test_asks_to_look_again_when_the_record_changed_meanwhile(
        self, visitor: Client, case: Case, rosa: User
    ) -> None:
        chosen = visitor.post(url("new-letter", case, "missed-payments"), a_report())
        page = visitor.get(chosen.url).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(checked|entry)" value="([^"]+)"', page))
        money.record_payment(actor=rosa, case=case, paid_on=dt.date(2025, 7, 9), amount_pence=6000, recorded_on=TODAY)
        again = visitor.post(chosen.url, hidden, follow=True)
        assert "Your record changed since you checked this letter" in text(again)
        assert not Letter.objects.filter(case=case).exists()
        assert not Observation.objects.filter(case=case, due_on=MISSED_UNLOGGED).exists()

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"reported": [], "nothing_came": []}, "Choose at least one payment."),
            ({"sender": ""}, "Enter your name as CMS knows it."),
            ({"ask_collect": ""}, "Choose one. Either way, your report goes to CMS."),
            ({"reply": "care_of"}, "Enter the address that replies should go to."),
            ({"to": "own"}, "Copy the address from a letter that CMS sent you."),
            ({"to": "own", "addressee": "a\n" * 9}, "Use seven lines or fewer."),
            ({"reported": ["2025-03-03"]}, "Select a valid choice"),
        ],
    )
    def test_says_what_is_missing_and_makes_nothing(
        self, visitor: Client, case: Case, answers: dict[str, object], sentence: str
    ) -> None:
        response = visitor.post(url("new-letter", case, "missed-payments"), a_report(**answers))
        assert response.status_code == 200
        assert sentence in response.content.decode()
        assert not Letter.objects.filter(case=case).exists()

    def test_prints_only_the_address_she_chose(self, visitor: Client, case: Case) -> None:
        care_of = "c/o Example Advice Centre\n1 Example Street"
        letter = make(visitor, case, "missed-payments", a_report(reply="care_of", reply_address=care_of))
        assert "c/o Example Advice Centre" in letter.html
        assert "at the top of this letter" in letter.html
        again = visitor.get(url("new-letter", case, "missed-payments")).content.decode()
        assert "c/o Example Advice Centre" in again  # nobody types it twice

    def test_asks_for_the_address_where_none_is_verified(self, visitor: Client, rosa: User) -> None:
        case = direct_pay_case(rosa, nation="northern_ireland")
        page = visitor.get(url("new-letter", case, "missed-payments")).content.decode()
        assert "Wolverhampton" not in page
        letter = make(
            visitor, case, "missed-payments", a_report(to="own", addressee="Child Maintenance Service\nBelfast")
        )
        assert "Belfast" in letter.html
        assert letter.facts["reply_by"] == "2025-08-01"  # 14 July 2025 is a holiday there

    def test_is_refused_with_its_reason_on_collect_and_pay(self, visitor: Client, case: Case, rosa: User) -> None:
        case_operations.record_service(
            actor=rosa, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 7, 1)
        )
        page = text(visitor.get(url("new-letter", case, "missed-payments"), follow=True))
        assert "You are on Collect and Pay, so CMS can see for itself what was missed." in page


class TestFollowingUpACall:
    def test_repeats_the_call_as_it_was_noted(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-contact", case), a_call(reference="CR 12"))
        contact = Contact.objects.get(case=case)
        answers = {"call": str(contact.pk), "sender": "Rosa Martin", "reply": "held", "to": "known"}
        letter = make(visitor, case, "call-follow-up", answers)
        words = re.sub(r"\s+", " ", letter.html)
        for part in ("My note of our call on 8 July 2025", "I rang you on Tuesday 8 July 2025 at 10:30am.",
                     "I spoke to Sarah.", "The reference for the call is CR 12.", "two payments never came",
                     "Promised by 22 July 2025", "Please confirm in writing by 31 July 2025"):  # fmt: skip
            assert part in words
        assert letter.contact_id == contact.pk

    def test_speaks_for_the_paying_parent_too_and_only_of_what_is_his(self) -> None:
        paul = make_user(PAUL)
        case = direct_pay_case(paul, perspective="paying")
        visitor = Client()
        visitor.force_login(paul)
        visitor.post(url("new-contact", case), a_call(direction="in"))
        contact = Contact.objects.get(case=case)
        answers = {"call": str(contact.pk), "sender": "Paul Reed", "reply": "held", "to": "known"}
        letter = make(visitor, case, "call-follow-up", answers)
        assert "I am the paying parent in this case. You rang me on" in letter.html
        assert visitor.get(url("new-letter", case, "missed-payments")).status_code == 404

    def test_is_not_offered_for_a_call_that_says_nothing(self, visitor: Client, case: Case, rosa: User) -> None:
        known = {"actor": rosa, "case": case, "kind": ContactKind.CALL, "direction": Direction.OUT}
        operations.record_contact(**known, at_date=TODAY, at_time=None, recorded_on=TODAY)
        assert queries.offer_of(case, "call-follow-up", on=TODAY).why_not
        promise = PromiseMade(text="Ring back")
        operations.record_contact(**known, at_date=TODAY, at_time=None, recorded_on=TODAY, promises=[promise])
        assert not queries.offer_of(case, "call-follow-up", on=TODAY).why_not

    def test_needs_a_call_first(self, visitor: Client, case: Case) -> None:
        page = text(visitor.get(url("new-letter", case, "call-follow-up"), follow=True))
        assert "Log a call with CMS first." in page


class TestSendingIt:
    def test_notes_the_day_and_the_number_and_shows_them_on_the_timeline(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report())
        answers = {
            "on_d": "10",
            "on_m": "7",
            "on_y": "2025",
            "how": "tracked",
            "number": "AB 12 GB",
        }
        page = text(visitor.post(url("letter-step", case, letter.pk, "posted"), answers, follow=True))
        assert "10 July 2025 , by tracked post" in page
        history = text(visitor.get(url("timeline", case)))
        assert "Letter made: Report missed Direct Pay payments" in history
        assert "Letter sent: Report missed Direct Pay payments" in history
        assert "AB 12 GB" in history
        assert queries.last_contacts([case.pk])[case.pk].letter_id == letter.pk

    def test_refuses_a_day_before_the_letter(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report())
        answers = {"on_d": "9", "on_m": "7", "on_y": "2025", "how": "post"}
        response = visitor.post(url("letter-step", case, letter.pk, "posted"), answers)
        assert "That is before the day on the letter." in text(response)
        assert not letter.steps.exists()

    def test_has_a_print_view_before_there_is_a_pdf(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report())
        page = text(visitor.get(url("letter", case, letter.pk)))
        assert "Your letter is being prepared." in page
        assert "Print view" in page
        assert "I have posted it" not in page
        Letter.objects.update(pdf_name="gone.pdf", pdf_sha256="0" * 64, pages=1)
        Job.objects.update(state="ready")
        assert "I have posted it" in text(visitor.get(url("letter", case, letter.pk)))
        assert visitor.get(url("pdf", case, letter.pk)).status_code == 302


class TestOtherPeople:
    def test_find_no_trace_of_a_letter(self, visitor: Client, case: Case) -> None:
        letter = make(visitor, case, "missed-payments", a_report())
        sam = make_user(SAM)
        own = direct_pay_case(sam)
        stranger = Client()
        stranger.force_login(sam)
        for name in ("letter", "status", "page"):
            assert visitor.get(url(name, case, letter.pk)).status_code == 200
            assert stranger.get(url(name, case, letter.pk)).status_code == 404
            # Nor by way of a case of his own.
            assert stranger.get(url(name, own, letter.pk)).status_code == 404
        assert stranger.get(url("pdf", own, letter.pk)).status_code == 404
        assert stranger.get(url("letter-step", own, letter.pk, "posted")).status_code == 404
        assert stranger.post(url("again", own, letter.pk)).status_code == 404
