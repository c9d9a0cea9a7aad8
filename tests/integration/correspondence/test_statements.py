"""Statements through the database: frozen as they were made, made once, and the same bytes each time."""

import csv
import datetime as dt
import html
import io
import json
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from arrears import operations as money
from arrears.core import case_file
from arrears.core.bank import reading, spreadsheet
from arrears.core.bank.lines import Columns
from arrears.core.cells import cell_text
from arrears.core.position import position
from cases import operations as case_operations
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.money import pounds
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench.histories import weekly_case
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations, queries, tasks
from correspondence.core.statement_options import Chosen, Part, TableKind
from correspondence.core.statement_tables import ACCOUNT_HEADS
from correspondence.models import AccountStatement, Job
from correspondence.operations import statements as statement_operations
from tests.cast import ADA, PAUL
from tests.factories import import_example, let_in, make_case, make_user, monthly_case
from tests.filled_form import filled
from tests.needs import absent
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 9, 26)
WHOLE = Chosen(since=None, until=TODAY, known_on=TODAY, parts=frozenset(Part))


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def paul() -> User:
    return make_user(PAUL)


@pytest.fixture
def case(paul: User) -> Case:
    return import_example("collect-and-pay-fees", paul)


@pytest.fixture
def visitor(paul: User) -> Client:
    client = Client()
    client.force_login(paul)
    return client


@pytest.fixture
def _pango() -> None:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no statement can be laid out")


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def send(visitor: Client, case: Case, *args: object, **answers: Any) -> Any:
    """Fill in the page and press: the PDF, or with a kind of table its button."""
    page = visitor.get(url("statements", case)).content.decode()
    return visitor.post(url("statement-file" if args else "statements", case, *args), filled(page) | answers)


def made(paul: User, case: Case, chosen: Chosen = WHOLE) -> AccountStatement:
    return operations.make_statement(actor=paul, case=case, chosen=chosen, on=TODAY)


def pdf_of(statement: AccountStatement) -> bytes:
    tasks.do_what_waits()
    statement.refresh_from_db()
    content = storage.read_kept(statement.stored_as, sha256=statement.sha256)
    assert content is not None
    return content


class TestMaking:
    def test_freezes_figures_and_words(self, paul: User, case: Case) -> None:
        statement = made(paul, case)
        at = position(queries.account_for(case, WHOLE).facts, on=TODAY, known_on=TODAY)
        assert statement.figures["closing"] == at.net
        assert pounds(at.outstanding) in statement.html
        before = statement.html
        money.record_payment(actor=paul, case=case, paid_on=TODAY, amount_pence=5000, recorded_on=TODAY)
        statement.refresh_from_db()
        assert statement.html == before
        assert made(paul, case).figures["closing"] != statement.figures["closing"]

    def test_makes_one_of_a_form_that_is_sent_twice(self, paul: User, case: Case) -> None:
        key = uuid.uuid4()
        for _ in range(2):
            operations.make_statement(actor=paul, case=case, chosen=WHOLE, on=TODAY, statement_id=key)
        assert AccountStatement.objects.get().pk == key
        assert Job.objects.get().subject == key
        assert Event.objects.filter(kind="statement.made").count() == 1

    def test_takes_a_key_of_another_record_as_if_it_were_free(self, paul: User, case: Case) -> None:
        statement, other = made(paul, case), make_case(paul)
        kept = operations.make_statement(actor=paul, case=other, chosen=WHOLE, on=TODAY, statement_id=statement.pk)
        assert (kept.case_id, kept.pk == statement.pk) == (other.pk, False)
        assert AccountStatement.objects.get(pk=statement.pk).case_id == case.pk

    def test_stops_at_as_many_as_a_record_may_hold(
        self, paul: User, case: Case, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(statement_operations, "MOST", 1)
        made(paul, case)
        assert "A record can hold 1 statements" in words(send(visitor, case))
        assert AccountStatement.objects.count() == 1

    def test_goes_with_its_record(self, paul: User, case: Case) -> None:
        made(paul, case)
        case_operations.delete_case(actor=paul, case=case)
        assert not AccountStatement.objects.exists()


@pytest.mark.usefixtures("_pango")
class TestThePdf:
    def test_says_every_figure_in_a_tagged_file_and_is_the_same_each_time(self, paul: User, case: Case) -> None:
        statement = made(paul, case)
        content = pdf_of(statement)
        reader = PdfReader(io.BytesIO(content))
        assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        at = queries.account_for(case, WHOLE).at
        for figure in (pounds(at.outstanding), pounds(at.fees_outstanding), "1200 0000 0004", "26 September 2025"):
            assert figure in text
        for one in at.instalments:
            assert f"{one.due_on.day} {one.due_on:%B}" in text
        again = made(paul, case)
        assert pdf_of(again) == content
        assert (statement.pages, len(reader.pages)) == (len(reader.pages), statement.pages)

    def test_of_ten_years_weekly_has_every_date(self, paul: User) -> None:
        case = case_transfer.bring_in(case_file.parse(json.dumps(weekly_case(TODAY))), owner=paul)
        statement = made(paul, case, Chosen(since=None, until=TODAY, known_on=TODAY, parts=frozenset()))
        assert statement.figures["lines"] == 525
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(statement))).pages)
        assert all(str(year) in text for year in range(2016, 2026))
        months = "January|February|March|April|May|June|July|August|September|October|November|December"
        assert len(re.findall(rf"\b[0-9]{{1,2}} (?:{months})\b", text)) > 2 * 500  # each date, and when money came
        assert pounds(statement.figures["closing"]).replace("£", "") in text

    def test_of_an_empty_record_says_so(self, paul: User) -> None:
        text = PdfReader(io.BytesIO(pdf_of(made(paul, make_case(paul))))).pages[0].extract_text()
        assert "Nothing fell due" in text

    def test_is_taken_away_with_a_row_in_the_log(self, paul: User, case: Case, visitor: Client) -> None:
        statement = made(paul, case)
        content = pdf_of(statement)
        answer = visitor.get(url("statement-pdf", case, statement.pk))
        assert (answer.content, answer.headers["Content-Type"]) == (content, "application/pdf")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="account-2025-09-26.pdf"'
        assert Event.objects.get(kind="statement.taken").subject == str(statement.pk)

    def test_is_not_handed_out_where_another_file_lies_in_its_place(
        self, paul: User, case: Case, visitor: Client, settings: Any
    ) -> None:
        statement = made(paul, case)
        pdf_of(statement)
        (Path(settings.PRIVATE_FILES_DIR) / statement.stored_as).write_bytes(b"%PDF-1.7 another")
        page = words(visitor.get(url("statement-pdf", case, statement.pk), follow=True))
        assert "The PDF is not there." in page
        assert not Event.objects.filter(kind="statement.taken").exists()
        visitor.post(url("statement-again", case, statement.pk))
        assert pdf_of(statement).startswith(b"%PDF")


class TestTheTables:
    def test_are_the_same_bytes_each_time(self, paul: User, case: Case) -> None:
        for kind in TableKind:
            known = {"actor": paul, "case": case, "chosen": WHOLE, "kind": kind}
            assert operations.take_tables(**known) == operations.take_tables(**known)

    def test_hold_no_formula_and_no_link(self, paul: User) -> None:
        case = make_case(paul)
        typed = '=HYPERLINK("http://example.com","x")'
        money.record_opening_balance(actor=paul, case=case, on=TODAY, amount_pence=100, source=typed)
        content = operations.take_tables(actor=paul, case=case, chosen=WHOLE, kind=TableKind.XLSX)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            parts = {name: archive.read(name).decode() for name in names if name.endswith(".xml")}
        assert not any("<f>" in text or "<hyperlink" in text for text in parts.values())
        assert not [name for name in names if "externalLink" in name or "vba" in name]
        assert f"'{typed}" in html.unescape(parts["xl/sharedStrings.xml"])
        table = operations.take_tables(actor=paul, case=case, chosen=WHOLE, kind=TableKind.CSV).decode("utf-8-sig")
        last = list(csv.reader(io.StringIO(table)))[-1][-1]
        assert (last, cell_text(last)) == (f"'{typed}", typed)

    def test_come_back_through_our_own_reader(self, paul: User, case: Case) -> None:
        chosen = {"actor": paul, "case": case, "chosen": WHOLE}
        workbook = spreadsheet.table(operations.take_tables(**chosen, kind=TableKind.XLSX))
        first = [row.cells for row in workbook.rows]
        assert first[1] == ["First day", "2025-03-28"]
        at = queries.account_for(case, WHOLE).at
        assert ["Owed at the end of the last day", "", f"{at.outstanding / 100:.2f}"] in first

    def test_give_the_payments_back_to_our_own_importer(self, paul: User, case: Case) -> None:
        content = operations.take_tables(actor=paul, case=case, chosen=WHOLE, kind=TableKind.CSV)
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        taken = [(row["Date"], row["Taken off (£)"]) for row in rows if row["What"] == "Payment"]
        only = io.StringIO(newline="")
        writer = csv.DictWriter(only, ACCOUNT_HEADS)
        writer.writeheader()
        writer.writerows(row for row in rows if row["What"] == "Payment")
        found = reading.read(only.getvalue().encode(), chosen=Columns(date=0, text=(1,), amount=3))
        lines = getattr(found, "lines", ())
        assert [(line.on.isoformat(), f"{line.pence / 100:.2f}") for line in lines] == taken

    def test_are_taken_away_under_a_name_that_says_nothing(self, case: Case, visitor: Client) -> None:
        answer = send(visitor, case, "csv", span="this_year")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="account-2025-09-26.csv"'
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert Event.objects.filter(kind="statement.taken_as_csv", case_id=case.pk).count() == 1
        assert send(visitor, case, "xlsx").content[:2] == b"PK"

    def test_are_for_the_person_whose_record_it_is(self, paul: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=paul, at=dt.datetime(2025, 9, 1, tzinfo=dt.UTC))
        client = Client()
        client.force_login(ada)
        page = client.get(url("statements", case))
        assert "Take it as a workbook" not in words(page)
        assert client.post(url("statement-file", case, "csv"), {"span": "all"}).status_code == 403
        assert send(client, case).status_code == 302

    def test_know_no_other_kind(self, case: Case, visitor: Client) -> None:
        assert visitor.get(url("statement-file", case, "exe")).status_code == 404


class TestThePage:
    def test_asks_for_the_days_where_they_are_to_be_chosen(self, case: Case, visitor: Client) -> None:
        page = words(send(visitor, case, span="chosen_days"))
        assert "Enter the first day, like 22 4 2025." in page
        assert "Enter the last day, like 22 4 2025." in page
        days = {"since_d": "2", "since_m": "9", "since_y": "2025", "until_d": "1", "until_m": "9", "until_y": "2025"}
        assert "The last day is before the first day." in words(send(visitor, case, span="chosen_days", **days))
        wrong = words(send(visitor, case, "csv", span="chosen_days", **(days | {"until_m": "13"})))
        assert "That day does not exist." in wrong
        assert not AccountStatement.objects.exists()

    def test_shows_what_was_known_on_the_day_that_was_chosen(self, paul: User, visitor: Client) -> None:
        case = monthly_case(paul)
        on = dt.date(2025, 5, 3)
        money.record_payment(actor=paul, case=case, paid_on=on, amount_pence=26000, recorded_on=TODAY)
        days = {"known_on_d": "1", "known_on_m": "9", "known_on_y": "2025"}
        send(visitor, case, **days)
        then = AccountStatement.objects.get()
        send(visitor, case)
        now = AccountStatement.objects.exclude(pk=then.pk).get()
        assert then.figures["closing"] - now.figures["closing"] == 26000

    def test_lists_what_was_made_with_how_far_it_is(self, paul: User, case: Case, visitor: Client) -> None:
        answer = send(visitor, case, span="last_12_months")
        page = words(visitor.get(answer.url))
        assert "Your statement is being prepared." in page
        assert "Statement, 27 September 2024 to 26 September 2025" in page
        part = visitor.get(f"{answer.url}status/", headers={"HX-Request": "true"}).content.decode()
        assert part.startswith('<div id="job-status"')
        listed = words(visitor.get(url("statements", case)))
        assert "Being prepared" in listed
        Job.objects.update(state="failed", failure="gave_up")
        assert "No PDF yet" in words(visitor.get(url("statements", case)))

    def test_reads_like_the_paper(self, paul: User, case: Case, visitor: Client) -> None:
        statement = made(paul, case)
        page = visitor.get(url("statement-page", case, statement.pk))
        assert "css/statement" in page.content.decode()
        assert "What fell due, and what came for it" in words(page)

    def test_shows_what_somebody_typed_as_text(self, visitor: Client, paul: User) -> None:
        case = make_case(paul)
        typed = "<script>alert(1)</script> {{ case }} \u202eabc"
        money.record_adjustment(
            actor=paul, case=case, kind="write_off", on=TODAY, amount_pence=5, recorded_on=None, reason=typed
        )
        statement = made(paul, case)
        assert "<script" not in statement.html
        page = visitor.get(url("statement-page", case, statement.pk)).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ case }}" in page
        assert "\u202e" not in page
        assert not re.search(r"<script>alert", page)
