"""Paul finds three payments in his bank's download, saves them, and nothing else of the file is kept."""

import datetime as dt
import io
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from arrears.models import BankReference, Payment
from cases.core.facts import Perspective
from cases.models import Case
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.models import Letter
from tests.cast import PAUL
from tests.factories import make_user, monthly_case
from tests.filled_form import filled
from tests.needs import absent
from tests.pages import words

pytestmark = pytest.mark.django_db

HEADING = (
    "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,"
    "Address,Receipt,Description,Category split,Money Out,Money In"
)
LINES = (
    ("03/03/2025", "Other parent", "-260.00", "maintenance march"),
    ("14/03/2025", "Corner shop", "-12.60", ""),
    ("01/04/2025", "Other parent", "-260.00", "maintenance april"),
    ("30/04/2025", "A wage", "1900.00", ""),
    ("05/05/2025", "Other parent", "-260.00", "maintenance may"),
    ("03/06/2025", "Somebody else", "-254.99", "for the trip"),
    ("25/07/2025", "Somebody else", "-260.00", "<script>alert(1)</script> you will be sorry"),
    ("nonsense", "Other parent", "-260.00", ""),
)
DOWNLOAD = "\n".join(
    [HEADING]
    + [
        f"tx,{on},10:00,Faster payment,{who},,General,{much},GBP,{much},GBP,{said},,,,,,"
        for on, who, much, said in LINES
    ]
)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 8, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def paul() -> User:
    return make_user(PAUL)


@pytest.fixture
def case(paul: User) -> Case:
    return monthly_case(paul, perspective=Perspective.PAYING)


@pytest.fixture
def visitor(paul: User) -> Client:
    client = Client()
    client.force_login(paul)
    return client


def upload(visitor: Client, case: Case, content: str = DOWNLOAD) -> Any:
    file = SimpleUploadedFile("monzo.csv", content.encode())
    return visitor.post(reverse("arrears:bank", args=[case.pk]), {"statement": file})


def test_three_of_five_lines_are_saved_once_and_nothing_else_is_kept(visitor: Client, case: Case) -> None:
    start = visitor.get(reverse("arrears:bank", args=[case.pk]))
    assert "We read the file once and keep nothing of it." in words(start)

    page = upload(visitor, case)
    shown = words(page)
    assert Payment.objects.count() == 0
    assert "We read 7 lines of a file that we take for CSV from Monzo. 2 other lines are not shown." in shown
    assert "£260.00 on 3 March 2025 Exactly what was due on 3 March 2025." in shown
    assert "£260.00 on 1 April 2025 Exactly what was due on 3 April 2025, 2 days early." in shown
    assert "£260.00 on 5 May 2025 Exactly what was due on 3 May 2025, 2 days late." in shown
    assert "£254.99 on 3 June 2025 £5.01 short of the £260.00 due on 3 June 2025." in shown
    assert "£260.00 on 25 July 2025 Exactly what was due on 3 July 2025, 22 days late." in shown
    assert "Line 9: its date cannot be read." in shown
    assert "<script>alert(1)" not in page.content.decode()
    assert "S*** e***" in shown.replace("S*** E***", "S*** e***")

    save = reverse("arrears:bank-save", args=[case.pk])
    sent = filled(page.content.decode())
    assert len(sent["take"]) == 3
    after = words(visitor.post(save, sent, follow=True))
    assert "3 payments are now in your record." in after
    assert sorted(Payment.objects.values_list("paid_on", "amount_pence")) == [
        (dt.date(2025, 3, 3), 26000),
        (dt.date(2025, 4, 1), 26000),
        (dt.date(2025, 5, 5), 26000),
    ]
    kept = [*Payment.objects.values_list("note", flat=True), *BankReference.objects.values_list("digest", flat=True)]
    assert all(text == "From a bank statement." or re.fullmatch("[0-9a-f]{64}", text) for text in kept)

    again = words(visitor.post(save, sent, follow=True))
    assert "Nothing was added. 3 payments are in your record already." in again
    second = upload(visitor, case)
    assert "3 payments were in your record already." in words(second)
    assert "take" not in filled(second.content.decode())
    assert Payment.objects.count() == 3


def test_the_proof_shows_two_chosen_payments_and_leaves_the_third_out(visitor: Client, case: Case) -> None:
    page = upload(visitor, case)
    visitor.post(reverse("arrears:bank-save", args=[case.pk]), filled(page.content.decode()))
    kind = {"case_id": case.pk, "kind": "proof-of-payment"}
    chosen = [str(key) for key in Payment.objects.order_by("paid_on").values_list("pk", flat=True)[:2]]

    assert "Proof of payment" in words(visitor.get(reverse("correspondence:letters", args=[case.pk])))
    new, check = reverse("correspondence:new-letter", kwargs=kind), reverse("correspondence:check-letter", kwargs=kind)
    nothing = words(visitor.post(new, {"sender": "Paul Example"}))
    assert "Choose at least one payment." in nothing
    checked = visitor.post(new, {"sender": "Paul Example", "payments": chosen, "shows_towards": "no"}, follow=True)
    assert "Say what each payment counts towards? No, only the day, the amount and how it travelled" in words(checked)
    assert "Check your page before we make it" in words(checked)
    assert "£520.00" in words(visitor.get(reverse("correspondence:preview-letter", kwargs=kind)))
    visitor.post(check, filled(checked.content.decode()))

    letter = Letter.objects.get()
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be laid out")
    tasks.do_what_waits()
    letter.refresh_from_db()
    assert letter.pages == 1
    pdf = visitor.get(reverse("correspondence:pdf", args=[case.pk, letter.pk]))
    content = b"".join(pdf.streaming_content) if pdf.streaming else pdf.content
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(reader.pages[0].extract_text().split())
    assert "Proof of payments" in text
    assert "3 March 2025 Directly, not through CMS £260.00" in text
    assert "towards" not in text
    assert "5 May 2025" not in text
    assert "It is not a bank’s document" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_proof_begins_at_a_payment_and_says_what_it_went_to_when_that_is_chosen(
    visitor: Client, case: Case
) -> None:
    page = upload(visitor, case)
    visitor.post(reverse("arrears:bank-save", args=[case.pk]), filled(page.content.decode()))
    payment = Payment.objects.order_by("paid_on")[0]
    start = visitor.get(reverse("arrears:payment", args=[case.pk, payment.pk])).content.decode()
    new = reverse("correspondence:new-letter", args=[case.pk, "proof-of-payment"])
    assert f'href="{new}?payments={payment.pk}"' in start
    assert f'href="{new}"' in visitor.get(reverse("arrears:payments", args=[case.pk])).content.decode()

    form = filled(visitor.get(f"{new}?payments={payment.pk}").content.decode())
    assert (form["payments"], form["shows_towards"]) == ([str(payment.pk)], "no")
    assert "payments" not in filled(visitor.get(f"{new}?payments=nonsense").content.decode())
    visitor.post(new, form | {"sender": "Paul Example", "shows_towards": "yes"})
    check = reverse("correspondence:check-letter", args=[case.pk, "proof-of-payment"])
    checked = visitor.get(check)
    assert "Say what each payment counts towards? Yes, as my record counts it" in words(checked)
    shown = words(visitor.get(reverse("correspondence:preview-letter", args=[case.pk, "proof-of-payment"])))
    assert "Counts in my record towards" in shown
    assert "3 March 2025 Directly, not through CMS 3 March 2025 £260.00" in shown
