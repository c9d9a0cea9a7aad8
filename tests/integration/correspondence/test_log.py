"""Finding an entry among many: by words and by filters, in as many queries for thousands as for a few."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrears.core.case_values import ContactKind, Direction, LetterStepKind, PromiseResult
from cases import operations as case_operations
from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.contacts import ContactSeen, PromiseMade
from correspondence.core.log import PAGE, LetterEntry, Wanted
from correspondence.core.sending import StepMade
from correspondence.models import Contact, Letter, Promise
from tests.cast import ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db

D = dt.date


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


def said(rosa: User, case: Case, on: dt.date, summary: str = "", **more: Any) -> Contact:
    values: dict[str, Any] = {
        "at_date": on, "at_time": None, "kind": ContactKind.CALL, "direction": Direction.OUT, "recorded_on": on,
    }  # fmt: skip
    return operations.record_contact(actor=rosa, case=case, summary=summary, **(values | more))


def letter(case: Case, on: dt.date) -> Letter:
    return Letter.objects.create(
        case=case, kind="missed-payments", dated_on=on, facts={}, html="", template_version="1", rates_version="1"
    )


def found(case: Case, **wanted: Any) -> list[str]:
    entries = queries.log_page(case.pk, Wanted(**wanted), number=1).entries
    return [one.title if isinstance(one, LetterEntry) else one.summary for one in entries]


class TestTheLog:
    def test_holds_contacts_and_letters_newest_first_and_what_is_struck_out(self, rosa: User, case: Case) -> None:
        first = said(rosa, case, D(2025, 7, 1), "first")
        said(rosa, case, D(2025, 7, 3), "morning", at_time=dt.time(9, 0))
        said(rosa, case, D(2025, 7, 3), "noon", at_time=dt.time(12, 0))
        letter(case, D(2025, 7, 2))
        said(rosa, make_case(rosa), D(2025, 7, 2), "of another record")
        case_operations.strike_out(actor=rosa, case=case, fact_id=first.pk, on=D(2025, 7, 4), reason="Another case")
        page = queries.log_page(case.pk, Wanted(), number=1)
        assert found(case) == ["noon", "morning", "Report missed Direct Pay payments", "first"]
        assert isinstance(page.entries[-1], ContactSeen)
        assert page.entries[-1].struck_out is not None

    def test_finds_words_wherever_they_stand(self, rosa: User, case: Case) -> None:
        said(rosa, case, D(2025, 7, 1), "about the decision LETTER", spoke_to="Priya", reference="CR 12")
        said(rosa, case, D(2025, 7, 2), "nothing", promises=[PromiseMade(text="Send the breakdown")])
        said(rosa, case, D(2025, 7, 3), "help", party="the tribunal")
        sent = letter(case, D(2025, 7, 4))
        step = StepMade(kind=LetterStepKind.POSTED, on=D(2025, 7, 5), number="ZZ 77")
        operations.record_letter_step(actor=rosa, case=case, letter_id=sent.pk, step=step)
        title = "Report missed Direct Pay payments"
        for words, wanted in [
            ("letter", ["about the decision LETTER"]),
            ("priya cr", ["about the decision LETTER"]),
            ("priya breakdown", []),
            ("breakdown", ["nothing"]),
            ("tribunal", ["help"]),
            ("MISSED direct", [title]),
            ("77", [title]),
            ("100%", []),
            ("_", []),
        ]:
            assert found(case, words=tuple(words.split())) == wanted, words

    def test_filters_by_way_direction_party_days_and_open_promises(self, rosa: User, case: Case) -> None:
        said(rosa, case, D(2025, 7, 1), "text", kind=ContactKind.TEXT, direction=Direction.IN)
        said(rosa, case, D(2025, 7, 2), "mp", kind=ContactKind.MEETING, party="the MP’s office")
        kept = said(rosa, case, D(2025, 7, 3), "kept", promises=[PromiseMade(text="Ring")])
        said(rosa, case, D(2025, 7, 4), "open", promises=[PromiseMade(text="Ring")])
        letter(case, D(2025, 7, 5))
        operations.record_promise_outcome(
            actor=rosa, case=case, promise_id=kept.promises.get().pk, outcome=PromiseResult.KEPT, on=D(2025, 7, 4)
        )
        title = "Report missed Direct Pay payments"
        assert found(case, kind=ContactKind.TEXT) == ["text"]
        assert found(case, kind=ContactKind.LETTER) == [title]
        assert found(case, direction=Direction.IN) == ["text"]
        assert found(case, party="the MP’s office") == ["mp"]
        assert found(case, since=D(2025, 7, 3), until=D(2025, 7, 4)) == ["open", "kept"]
        assert found(case, with_open_promise=True) == ["open"]
        assert queries.parties_of(case.pk) == ["CMS", "the MP’s office"]

    def test_takes_as_many_queries_for_many_entries_as_for_few(
        self, rosa: User, case: Case, django_assert_num_queries: Callable[..., CaptureQueriesContext]
    ) -> None:
        few = make_case(rosa)
        for one, count in ((few, 2), (case, 3 * PAGE)):
            rows = [Contact(case=one, at_date=D(2025, 1, 1), kind="call", direction="out") for _ in range(count)]
            Contact.objects.bulk_create(rows)
            Promise.objects.bulk_create([Promise(case=one, contact=row, text="Ring") for row in rows])
            letter(one, D(2025, 1, 2))
        for one in (few, case):
            with django_assert_num_queries(11):
                assert queries.log_page(one.pk, Wanted(words=("r",)), number=1).total > 2


class TestThePage:
    def test_keeps_what_is_looked_for_out_of_the_address_and_forgets_it_when_asked(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        said(rosa, case, D(2025, 7, 1), "about the breakdown")
        said(rosa, case, D(2025, 7, 2), "something else")
        client.force_login(rosa)
        url = reverse("correspondence:log", args=[case.pk])
        answer = client.post(url, {"words": "Breakdown", "since_d": "1", "since_m": "1", "since_y": "2025"})
        assert (answer.status_code, answer.headers["Location"]) == (302, url)
        page = client.get(url).content.decode()
        assert "1 entry fits what you look for." in page
        assert "something else" not in page
        assert 'value="Breakdown"' in page
        client.post(url, {"clear": "1"})
        assert "2 entries, newest first." in client.get(url).content.decode()

    def test_says_what_is_wrong_with_a_day_and_keeps_the_search_before(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        said(rosa, case, D(2025, 7, 1), "about the breakdown")
        client.force_login(rosa)
        url = reverse("correspondence:log", args=[case.pk])
        days = {"since_d": "2", "since_m": "2", "since_y": "2025", "until_d": "1", "until_m": "2", "until_y": "2025"}
        page = client.post(url, days).content.decode()
        assert "That is before the first day. Check the dates." in page
        assert "about the breakdown" in client.get(url).content.decode()

    def test_turns_pages(self, client: Client, rosa: User, case: Case) -> None:
        rows = [
            Contact(case=case, at_date=D(2025, 1, 1), kind="call", direction="out", summary=f"number {place:03}")
            for place in range(PAGE + 1)
        ]
        Contact.objects.bulk_create(rows)
        client.force_login(rosa)
        url = reverse("correspondence:log", args=[case.pk])
        assert "Next page" in client.get(url).content.decode()
        last = client.get(url, {"page": "2"}).content.decode()
        assert "Page 2 of 2" in last
        assert "Previous page" in last
        assert "Page 2 of 2" in client.get(url, {"page": "99"}).content.decode()
