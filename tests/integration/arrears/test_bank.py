"""What travels between the steps of an import is signed, ages, and belongs to one person and one case."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.bank.lines import MAX_BYTES, Line
from arrears.core.bank.matching import Candidate
from arrears.forms import bank as forms
from arrears.models import BankReference, Payment
from cases import operations as case_operations
from cases.core.roles import Role
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA, SAM
from tests.factories import let_in, make_user, monthly_case
from tests.filled_form import filled
from tests.pages import words

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 8, 10, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
CSV = "Date,Description,Amount\n03/03/2025,A PAYER,260.00\n03/04/2025,A PAYER,260.00\n14/04/2025,A PAYER,20.00\n"


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def uploaded(client: Client, case: Case, content: str | bytes = CSV, name: str = "bank.csv") -> Any:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("arrears:bank", args=[case.pk]), {"statement": file})


def saved(client: Client, case: Case, sent: dict[str, Any]) -> Any:
    return client.post(reverse("arrears:bank-save", args=[case.pk]), sent, follow=True)


def candidates(case: Case, *lines: Line) -> list[Candidate]:
    return list(queries.bank_lines(case, lines, on=TODAY).candidates)


LINE = Line(2, dt.date(2025, 3, 3), 26000, "A PAYER")


class TestThePage:
    def test_is_worth_nothing_after_an_hour(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case).content.decode())
        columns = filled(uploaded(client, case, CSV.replace("Date", "Wann")).content.decode())
        with time_machine.travel(NOW + dt.timedelta(seconds=forms.MAX_AGE + 1), tick=False):
            client = browser(rosa)
            late = saved(client, case, sent)
            late_columns = client.post(
                reverse("arrears:bank-columns", args=[case.pk]), columns | {"date": "0", "text": "1", "amount": "2"}
            )

        assert "This page is more than an hour old" in words(late)
        assert "This page is more than an hour old" in words(late_columns)
        assert "Choose the file again" in words(late_columns)
        assert not Payment.objects.exists()

    def test_is_refused_for_another_person_and_another_case(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, role=Role.ADVISER, at=NOW)
        other = monthly_case(rosa, reference="120000000033")
        sent = filled(uploaded(browser(rosa), case).content.decode())

        for answer in (saved(browser(ada), case, sent), saved(browser(rosa), other, sent)):
            assert "This page did not come back as we sent it." in words(answer)
        assert not Payment.objects.exists()

    def test_takes_no_line_that_was_not_on_it(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case).content.decode())
        answer = words(saved(client, case, sent | {"take": ["00000000-0000-0000-0000-000000000001"]}))

        assert "Choose from the lines on this page." in answer
        assert not Payment.objects.exists()

    def test_keeps_what_is_ticked_when_something_is_wrong(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case).content.decode())
        one = sent["take"][0]
        answer = saved(client, case, sent | {"take": [one, "nonsense"]})

        assert filled(answer.content.decode())["take"] == [one]

    def test_with_nothing_ticked_says_so(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case).content.decode())
        del sent["take"]

        assert "Tick at least one payment." in words(saved(client, case, sent))

    def test_asks_for_the_file_where_it_is_opened_on_its_own(self, rosa: User, case: Case) -> None:
        for name in ("arrears:bank-columns", "arrears:bank-save"):
            answer = browser(rosa).get(reverse(name, args=[case.pk]), follow=True)
            assert "Find payments in a bank statement" in words(answer)

    def test_is_for_an_adviser_too(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, role=Role.ADVISER, at=NOW)
        client = browser(ada)
        answer = saved(client, case, filled(uploaded(client, case).content.decode()))

        assert "2 payments are now in your record." in words(answer)
        assert set(Event.objects.filter(kind="payment.recorded").values_list("actor_id", flat=True)) == {ada.pk}

    def test_shows_so_many_lines_and_the_rest_the_next_time(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("arrears.views.bank.MAX_SHOWN", 1)
        client = browser(rosa)
        first = uploaded(client, case)
        assert "The first 1 are shown." in words(first)
        assert "for 1 more" in words(first)
        saved(client, case, filled(first.content.decode()))
        second = saved(client, case, filled(uploaded(client, case).content.decode()))

        assert "1 payment is now in your record." in words(second)
        assert Payment.objects.count() == 2


class TestAFile:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"%PDF-1.7", "This is a PDF."),
            (b"x" * (MAX_BYTES + 1), "This file is larger than 10 MB."),
            (b"PK\x03\x04", "This spreadsheet is damaged"),
            (b" ", "This file holds no lines."),
            (b"", "This file is empty."),
        ],
        ids=["pdf", "large", "zip", "blank", "empty"],
    )
    def test_that_cannot_be_read_is_refused_beside_the_field(
        self, rosa: User, case: Case, content: bytes, says: str
    ) -> None:
        answer = uploaded(browser(rosa), case, content)

        assert answer.status_code == 200
        assert says in words(answer)

    def test_without_a_line_that_can_be_read_says_so(self, rosa: User, case: Case) -> None:
        answer = words(uploaded(browser(rosa), case, "Date,Description,Amount\n31/02/2025,X,1.00\n"))

        assert "No line of this file could be read." in answer
        assert "Line 2: its date does not exist." in answer

    def test_never_touches_the_disk(self, rosa: User, case: Case, settings: Any) -> None:
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
        large = CSV + "05/05/2025,SHOP,-1.00\n" * 45_000 + " " * 6_000_000
        assert len(large) > 6_500_000
        assert "CSV" in words(uploaded(browser(rosa), case, large))

    def test_of_unknown_columns_that_is_too_long_for_a_page_is_refused(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(forms, "MAX_PACKED", 100)

        assert "We do not know this bank’s columns, and the file is long." in words(
            uploaded(browser(rosa), case, CSV.replace("Date", "Wann"))
        )

    def test_whose_columns_are_chosen_wrongly_asks_again(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case, CSV.replace("Date", "Wann")).content.decode())
        address = reverse("arrears:bank-columns", args=[case.pk])

        wrong = words(client.post(address, sent | {"date": "1", "text": "0", "amount": "2"}))
        assert "No line can be read with these columns." in wrong
        half = words(client.post(address, sent | {"date": "0", "text": "1", "paid_in": "2"}))
        assert "Choose the column of the amount, or one for money in and one for money out." in half
        both = words(client.post(address, sent | {"date": "0", "text": "1", "paid_in": "2", "paid_out": "1"}))
        assert "No line can be read with these columns." in both


class TestImporting:
    def test_the_same_lines_again_adds_nothing(self, rosa: User, case: Case) -> None:
        lines = candidates(case, LINE)
        known = {"actor": rosa, "case": case, "recorded_on": TODAY}

        assert operations.import_payments(**known, lines=lines) == (1, 0)
        assert operations.import_payments(**known, lines=lines) == (0, 1)
        assert BankReference.objects.count() == 1
        assert Payment.objects.get().recorded_on == TODAY

    def test_nothing_is_refused(self, rosa: User, case: Case) -> None:
        with pytest.raises(Refusal, match="Tick at least one"):
            operations.import_payments(actor=rosa, case=case, lines=[], recorded_on=TODAY)

    def test_the_lines_of_another_case_is_refused(self, rosa: User, case: Case) -> None:
        sam = make_user(SAM)
        other = monthly_case(sam, reference="120000000044")
        lines = candidates(other, LINE)
        operations.import_payments(actor=sam, case=other, lines=lines, recorded_on=TODAY)

        with pytest.raises(Refusal, match="used before"):
            operations.import_payments(actor=rosa, case=case, lines=lines, recorded_on=TODAY)
        assert Payment.objects.count() == 1

    def test_teaches_the_payer_so_that_the_next_short_payment_is_ticked(self, rosa: User, case: Case) -> None:
        short = Line(3, dt.date(2025, 4, 20), 2000, "A PAYER 02")
        assert candidates(case, short) == []
        operations.import_payments(actor=rosa, case=case, lines=candidates(case, LINE), recorded_on=TODAY)

        (found,) = candidates(case, short)
        assert found.is_likely

    def test_gives_the_same_text_another_digest_in_another_case(self, rosa: User, case: Case) -> None:
        other = monthly_case(rosa, reference="120000000033")

        assert candidates(case, LINE)[0].digest != candidates(other, LINE)[0].digest
        assert candidates(case, LINE)[0].id != candidates(other, LINE)[0].id

    def test_a_payment_that_was_struck_out_stays_out(self, rosa: User, case: Case) -> None:
        operations.import_payments(actor=rosa, case=case, lines=candidates(case, LINE), recorded_on=TODAY)
        case_operations.strike_out(
            actor=rosa, case=case, fact_id=Payment.objects.get().pk, on=TODAY, reason="It was for something else"
        )

        assert queries.bank_lines(case, [LINE], on=TODAY).already == 1
