"""What travels between the steps of an import is signed, ages, and belongs to one person and one case."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.bank.lines import MAX_BYTES, Line
from arrears.core.bank.matching import Candidate
from arrears.forms import bank as forms
from arrears.models import BankReference, Payment
from cases import operations as case_operations
from cases.core.facts import Perspective, ServiceType
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

    def test_is_refused_where_one_step_is_sent_what_another_signed(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        lines = filled(uploaded(client, case).content.decode())["lines"]
        packed = filled(uploaded(client, case, CSV.replace("Date", "Wann")).content.decode())["packed"]
        columns = reverse("arrears:bank-columns", args=[case.pk])
        good = {"date": "0", "text": "1", "amount": "2"}

        assert "Which of these are payments?" in words(client.post(columns, good | {"packed": packed}))
        for answer in (client.post(columns, good | {"packed": lines}), saved(client, case, {"lines": packed})):
            assert answer.status_code == 200
            assert "This page did not come back as we sent it. Choose the file again." in words(answer)
        assert not Payment.objects.exists()

    @pytest.mark.parametrize(
        "held", [None, 7, "x", "JVBERi0=", {"a": 1}, [[]], [7], [["x"] * 14], [[1] * 14], [[None] * 14]]
    )
    def test_that_was_signed_in_another_shape_is_refused(self, rosa: User, case: Case, held: Any) -> None:
        salt = forms.salt_of(case.pk, rosa.pk)
        lines = signing.dumps(held, salt=f"{salt}:ConfirmLines", compress=True)
        packed = signing.dumps(held, salt=f"{salt}:ChooseColumns", compress=True)
        client = browser(rosa)
        columns = client.post(
            reverse("arrears:bank-columns", args=[case.pk]), {"packed": packed, "date": "0", "text": "1", "amount": "2"}
        )

        for answer in (columns, saved(client, case, {"lines": lines})):
            assert answer.status_code == 200
            assert "This page did not come back as we sent it. Choose the file again." in words(answer)

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


class TestTheRoute:
    """Rosa is on Direct Pay, and the other parent types "CMS" on what he sends."""

    NAMED = CSV.replace("A PAYER", "CMS MARY")

    def test_is_straight_under_direct_pay_whatever_the_text_says(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        page = uploaded(client, case, self.NAMED)

        assert "£260.00 on 3 March 2025 Exactly what was due on 3 March 2025." in words(page)
        assert "Your record shows Direct Pay that day, but the text names CMS." in words(page)
        assert "Through CMS, after its fee. It then counts as £270.83." in words(page)
        saved(client, case, filled(page.content.decode()))
        assert set(Payment.objects.values_list("amount_pence", "route")) == {(26000, "direct")}

    def test_is_the_one_that_was_chosen(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case, self.NAMED).content.decode())
        asked = sorted(name for name in sent if name.startswith("route_"))
        assert len(asked) == 3
        first = f"route_{sent['take'][0].replace('-', '')}"
        saved(client, case, sent | {first: "via_cms_received"})

        assert list(Payment.objects.order_by("paid_on").values_list("paid_on", "route")) == [
            (dt.date(2025, 3, 3), "via_cms_received"),
            (dt.date(2025, 4, 3), "direct"),
        ]

    @pytest.mark.parametrize("wrong", ["via_cms_paid", "by pigeon", ""])
    def test_is_one_of_the_two_or_nothing_is_saved(self, rosa: User, case: Case, wrong: str) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case, self.NAMED).content.decode())
        field = f"route_{sent['take'][0].replace('-', '')}"
        answer = saved(client, case, sent | {field: wrong})

        said = "Choose one of the two ways." if wrong else "Choose how the money travelled."
        assert f"How did the £260.00 of 3 March 2025 travel: {said}" in words(answer)
        assert filled(answer.content.decode())["take"] == sent["take"]
        assert not Payment.objects.exists()

    def test_is_not_asked_where_nothing_is_in_doubt(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        sent = filled(uploaded(client, case).content.decode())

        assert not [name for name in sent if name.startswith("route_")]
        saved(client, case, sent | {f"route_{sent['take'][0].replace('-', '')}": "via_cms_received"})
        assert set(Payment.objects.values_list("route", flat=True)) == {"direct"}

    def test_in_the_paying_parents_record_holds_the_fee(self, rosa: User) -> None:
        case = monthly_case(rosa, perspective=Perspective.PAYING)
        client = browser(rosa)
        page = uploaded(client, case, "Date,Description,Amount\n28/02/2025,CMS,-260.00\n")

        assert "Your record does not show which service was in force that day." in words(page)
        assert "Through CMS, with its fee included" in words(page)
        saved(client, case, filled(page.content.decode()))
        assert Payment.objects.get().route == "via_cms_paid"

    @pytest.mark.parametrize(
        ("pounds", "says"),
        [
            ("260.00", "but nothing shows that this came through CMS"),
            ("249.59", "but the amount alone does not show it"),
        ],
    )
    def test_under_collect_and_pay_is_asked_where_the_amount_is_another(
        self, rosa: User, case: Case, pounds: str, says: str
    ) -> None:
        case_operations.record_service(
            actor=rosa, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 3, 4)
        )
        page = uploaded(browser(rosa), case, CSV.replace("260.00", pounds))

        assert f"Your record shows Collect and Pay that day, {says}." in words(page)


class TestWhatWasTicked:
    def test_is_said_as_it_is(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        one = "Date,Description,Amount\n03/03/2025,A,260.00\n"
        none = "Date,Description,Amount\n03/03/2025,A,255.00\n"
        for content, says in [
            (one, "We ticked it. Look first, and untick what is not right."),
            (one + "03/04/2025,A,260.00\n", "We ticked all of them."),
            (one + "03/04/2025,A,255.00\n", "We ticked 1 of 2. Look at each, and change what is not right."),
            (none, "We ticked nothing. It may be a payment, but something is different."),
            (none + "03/04/2025,A,255.00\n", "We ticked nothing. Something is different in each."),
        ]:
            assert f"Nothing is saved yet. {says}" in words(uploaded(client, case, content))

    def test_leaves_out_a_line_on_a_date_that_was_noted_as_not_paid(self, rosa: User, case: Case) -> None:
        for month in (4, 5):
            operations.note_nothing_came(
                actor=rosa, case=case, due_on=dt.date(2025, month, 3), noted_on=dt.date(2025, 5, 19)
            )
        content = "Date,Description,Amount\n03/04/2025,A,260.00\n05/05/2025,A,520.00\n03/05/2025,B,260.00\n"
        page = words(uploaded(browser(rosa), case, content))

        assert "We ticked nothing." in page
        assert "You noted on 19 May 2025 that nothing came for 3 April 2025." in page

    def test_names_no_date_where_a_sum_covers_several(self, rosa: User, case: Case) -> None:
        operations.note_nothing_came(actor=rosa, case=case, due_on=dt.date(2025, 4, 3), noted_on=dt.date(2025, 4, 19))
        page = words(uploaded(browser(rosa), case, "Date,Description,Amount\n05/05/2025,A,520.00\n"))

        assert "Adds up to 2 payments: those due on 3 April 2025 and 3 May 2025." in page
        assert "You noted on 19 April 2025 that nothing came for one of these dates." in page


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
