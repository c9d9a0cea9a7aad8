"""Paul pays CMS with the fee on top, keeps the proof with it, and sees fees apart from arrears."""

import datetime as dt
import hashlib
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from arrears.models import Payment
from cms_tracker.users.models import User
from tests.cast import PAUL
from tests.corpus import plain_pdf
from tests.factories import import_example, make_user
from tests.filled_form import filled
from tests.pages import words

pytestmark = pytest.mark.django_db
BANK_LINE = plain_pdf()


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 9, 26, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def paul() -> User:
    return make_user(PAUL)


@pytest.fixture
def visitor(paul: User) -> Client:
    client = Client()
    client.force_login(paul)
    return client


def test_the_fee_is_filled_in_the_proof_is_kept_and_fees_stay_apart(visitor: Client, paul: User) -> None:
    case = import_example("collect-and-pay-fees", paul)
    today = reverse("pages:today", args=[case.pk])
    before = words(visitor.get(today))
    assert "Friday 26 September £203.28, today £169.40 maintenance and £33.88 fee, to CMS" in before
    assert "Fees are not arrears." in before

    log = reverse("arrears:log-payment", args=[case.pk])
    page = visitor.get(log)
    assert "With the fee of £33.88, you pay CMS £203.28." in words(page)
    proof = SimpleUploadedFile("statement.pdf", BANK_LINE)
    sent = {**filled(page.content.decode()), "came": "all", "proof": proof}
    after = words(visitor.post(log, sent, follow=True))
    assert "£203.28 logged. The payment of 26 September 2025 is covered." in after
    assert "£33.88 of it went to the collection fee." in after

    payment = Payment.objects.get(paid_on=dt.date(2025, 9, 26))
    one = visitor.get(reverse("arrears:payment", args=[case.pk, payment.pk]))
    assert "The collection fee of 26 September 2025 £33.88" in words(one)
    assert hashlib.sha256(BANK_LINE).hexdigest() in words(one)
    kept = one.context["proofs"][0]
    download = visitor.get(reverse("arrears:proof", args=[case.pk, kept.id]))
    assert download.content == BANK_LINE
