"""A case on one page: read and printed at once, made as a PDF of exactly one page, safe to hand on."""

import datetime as dt
import hashlib
import io
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from arrears import operations as money
from arrears import queries as arrears
from arrears.core.case_values import ContactKind, Direction
from arrears.core.facts import Route
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.money import pounds
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations, queries, rendering, tasks
from correspondence.core.contacts import PromiseMade
from correspondence.core.statement_options import PaperKind
from correspondence.models import AccountStatement
from tests.cast import ADA, ROSA, SAM
from tests.factories import import_example, let_in, make_user, monthly_case
from tests.needs import absent

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2024, 2, 21, 12, tzinfo=dt.UTC)
ON = NOON.date()


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(autouse=True)
def _pango() -> None:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no page can be laid out")


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return import_example("rc-01-a-plan-that-is-kept", rosa)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def pdf_of(made: AccountStatement) -> bytes:
    tasks.do_what_waits()
    made.refresh_from_db()
    content = storage.read_kept(made.stored_as, sha256=made.sha256)
    assert content is not None
    return content


def words_of(content: bytes) -> str:
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    # In a font that lacks one of the characters, the reader gives each of the others as two bytes.
    return re.sub(r"\s+", " ", said.replace("\0", ""))


def crowd(rosa: User, case: Case, words: str) -> None:
    """Fill every list of a case far beyond what a page holds, each text as long as it may be."""
    known: dict[str, Any] = {"actor": rosa, "case": case}
    for number in range(30):
        on = ON - dt.timedelta(days=number)
        operations.record_contact(
            **known, at_date=on, at_time=None, kind=ContactKind.CALL, direction=Direction.OUT, party="CMS",
            spoke_to="", reference="", summary=words, recorded_on=on,
            promises=[PromiseMade(text=words[:200], due_on=ON + dt.timedelta(days=number))],
        )  # fmt: skip
        money.record_statement(**known, stated_on=on, as_at=on, amount_pence=999_999_99 - number, source=words[:100])
        money.record_payment(**known, paid_on=on, amount_pence=number + 1, recorded_on=on, route=Route.DIRECT)


class TestReadingIt:
    def test_shows_the_position_the_plan_and_what_was_said_today(self, rosa: User, case: Case) -> None:
        page = signed_in(rosa).get(url("one-page", case))
        assert page.status_code == 200
        text = page.content.decode()
        for said in ("£10,153.01 is owed", "£9,532.99", "Carried over", "141 payments", "Letter from DWP"):
            assert said in text
        assert "css/one-page.css" in text
        assert "<title>Summary, 21 February 2024" in text

    def test_is_for_whoever_may_see_the_record_and_for_nobody_else(self, rosa: User, case: Case) -> None:
        ada, sam = make_user(ADA), make_user(SAM)
        let_in(ada, case, by=rosa, at=NOON)
        assert signed_in(ada).get(url("one-page", case)).status_code == 200
        assert signed_in(sam).get(url("one-page", case)).status_code == 404

    def test_says_what_next_as_the_page_of_next_steps_does(self, rosa: User, case: Case) -> None:
        following = queries.one_page_of(case, on=ON).parts[-1]
        assert following.title == "What next"
        assert 1 <= len(following.lines) <= 6
        assert any(
            "Ask CMS to collect more beside the long plan (not verified by us)." in one for one in following.lines
        )


class TestMakingIt:
    def test_makes_one_page_whose_fingerprint_is_kept(self, rosa: User, case: Case) -> None:
        client = signed_in(rosa)
        asked = client.post(url("make-one-page", case))
        made = AccountStatement.objects.get()
        assert asked.status_code == 302
        assert asked.url == url("statement", case, made.pk)
        waiting = client.get(asked.url).content.decode()
        assert "On one page, 21 February 2024" in waiting
        assert "being prepared" in waiting
        content = pdf_of(made)
        assert made.pages == len(PdfReader(io.BytesIO(content)).pages) == 1
        assert made.sha256 == hashlib.sha256(content).hexdigest()
        assert made.sha256 in client.get(asked.url).content.decode()
        taken = client.get(url("statement-pdf", case, made.pk))
        assert taken.content == content
        assert taken["Content-Disposition"] == 'attachment; filename="summary-2024-02-21.pdf"'
        assert Event.objects.filter(kind="statement.taken").count() == 1
        assert "On one page, 21 February 2024" in client.get(url("statements", case)).content.decode()
        assert "css/one-page.css" in client.get(url("statement-page", case, made.pk)).content.decode()

    def test_is_tagged_and_gives_the_same_bytes_each_time(self, case: Case) -> None:
        html = rendering.one_page_html(queries.one_page_of(case, on=ON))
        first, second = (rendering.statement_pdf(html, made_on=ON, kind=PaperKind.ONE_PAGE) for _ in range(2))
        assert first.content == second.content
        found = PdfReader(io.BytesIO(first.content))
        root: Any = found.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert found.metadata is not None
        assert found.metadata.title == "Summary, 21 February 2024"

    def test_makes_the_same_words_once_and_changed_ones_anew(self, rosa: User, case: Case) -> None:
        first = operations.make_one_page(actor=rosa, case=case, on=ON)
        assert operations.make_one_page(actor=rosa, case=case, on=ON).pk == first.pk
        assert Event.objects.filter(kind="statement.made").count() == 1
        before = first.html
        money.record_payment(actor=rosa, case=case, paid_on=ON, amount_pence=5000, recorded_on=ON)
        second = operations.make_one_page(actor=rosa, case=case, on=ON)
        assert second.pk != first.pk
        first.refresh_from_db()
        assert first.html == before
        assert second.figures["outstanding"] == first.figures["outstanding"] - 5000

    @pytest.mark.parametrize(
        "words", ["W" * 1000, "many words of a long call " * 40, "\N{CJK UNIFIED IDEOGRAPH-6C34}" * 500]
    )
    def test_is_one_page_however_much_the_record_holds(self, rosa: User, case: Case, words: str) -> None:
        crowd(rosa, case, words)
        made = operations.make_one_page(actor=rosa, case=case, on=ON)
        content = pdf_of(made)
        assert len(PdfReader(io.BytesIO(content)).pages) == 1
        assert "And " in words_of(content)

    def test_is_one_page_for_a_record_that_holds_nothing(self, rosa: User) -> None:
        empty = monthly_case(rosa, reference="120000000017", first_due=dt.date(2024, 5, 1))
        assert len(PdfReader(io.BytesIO(pdf_of(operations.make_one_page(actor=rosa, case=empty, on=ON)))).pages) == 1


class TestItsFigures:
    @pytest.mark.parametrize(
        ("name", "on"),
        [
            ("rc-01-a-plan-that-is-kept", ON),
            ("collect-and-pay-fees", dt.date(2026, 1, 1)),
            ("weekly-catch-up", dt.date(2026, 1, 1)),
        ],
    )
    def test_are_all_the_engines_for_its_day(self, rosa: User, name: str, on: dt.date) -> None:
        case = import_example(name, rosa)
        record = arrears.record_of(case, on=on, known_on=on)
        plans = arrears.plans_of(case, on=on)
        at, seen = record.at, record.seen
        known = {at.outstanding, at.overdue, at.credit, at.fees_outstanding, *at.by_cause.values()}
        known |= {pence for one in at.instalments for pence in (one.amount, one.outstanding, one.fee)}
        known |= {one.weekly for one in seen.decisions}
        known |= {one.amount for one in seen.statements}
        for one in plans.reviews:
            verdict = one.verdict
            known |= {one.plan.arrears_part, one.plan.total, verdict.arrears, verdict.last_payment or 0}
            known.add(verdict.needed_for_two_years)
        for given, beside in arrears.figures_of(case, known_on=on):
            known |= {given.amount, abs(beside.difference), beside.ours} if beside else {given.amount}
        known |= {pence for one in record.upcoming for pence in (one.amount, one.fee)}
        page = queries.one_page_of(case, on=on)
        shown = {
            word
            for part in page.parts
            if part.title not in {"What was said"}
            for text in (*(one.amount for one in part.sums), *part.lines)
            for word in re.findall(r"£[0-9,]+\.[0-9]{2}", text)
        }
        assert shown
        assert shown <= {pounds(one) for one in known}


class TestWhatStaysBehind:
    def test_says_no_address_no_number_and_no_name(self, rosa: User, case: Case) -> None:
        operations.keep_out(actor=rosa, case=case, text="12 Rose Lane, Leeds LS1 4AB")
        words = "She is at 12 rose lane, ls1 4ab now. Ring 0113 496 0000 or pay into 20-00-00 12345678."
        operations.record_contact(
            actor=rosa,
            case=case,
            at_date=ON,
            at_time=None,
            kind=ContactKind.CALL,
            direction=Direction.OUT,
            summary=words,
            recorded_on=ON,
            promises=[PromiseMade(text=words, due_on=ON)],
        )
        found = words_of(pdf_of(operations.make_one_page(actor=rosa, case=case, on=ON)))
        assert "[removed]" in found
        for hidden in ("ose lane", "ls1 4ab", "496 0000", "12345678", "Mr C", "Child 1", ROSA.email):
            assert hidden.lower() not in found.lower()

    def test_refuses_a_record_that_has_as_many_papers_as_it_may(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("correspondence.operations.one_page.MOST", 0)
        asked = signed_in(rosa).post(url("make-one-page", case), follow=True)
        assert "There is no room for more" in asked.content.decode()
        assert not AccountStatement.objects.exists()
