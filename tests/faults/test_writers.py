"""Many who write at once: one form sent from twenty browsers makes one row, and nobody waits in vain."""

import io
import json
import os
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from arrears.models import Payment
from correspondence.models import Contact
from tests.cast import ROSA
from tests.factories import make_user, monthly_case
from tests.filled_form import filled

THREADS = 20
#: Enough for some hundreds of requests; the half minute is for `manage.py bench writers`.
SECONDS = 3


def press(address: str, sent: dict[str, Any], *, cookie: str) -> list[int]:
    """Send one form from twenty threads at the same moment; give what each was answered."""
    ready, answers = threading.Barrier(THREADS), []

    def one() -> None:
        client = Client()
        client.cookies["session"] = cookie
        ready.wait()
        try:
            answers.append(client.post(address, sent).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
class TestOneFormSentTwentyTimesAtOnce:
    @pytest.mark.parametrize(
        ("name", "typed", "model"),
        [
            ("arrears:log-payment", {"came": "other", "amount": "10.00", "when": "today"}, Payment),
            ("correspondence:new-contact", {"summary": "They rang"}, Contact),
        ],
    )
    def test_makes_one_row(self, name: str, typed: dict[str, Any], model: type[Any]) -> None:
        rosa = make_user(ROSA)
        case = monthly_case(rosa)
        client = Client()
        client.force_login(rosa)
        address = reverse(name, args=[case.pk])
        sent = filled(client.get(address).content.decode()) | typed
        answers = press(address, sent, cookie=client.cookies["session"].value)
        assert len(answers) == THREADS
        assert 302 in answers
        assert set(answers) <= {302, 200}  # a twin in the same moment may be shown the form again; never a fault
        assert model.objects.count() == 1


class TestEightWriters:
    """In an installation of their own, on the kind of database that the tests run on."""

    def test_are_all_answered_and_the_balance_is_what_they_wrote(self) -> None:
        out = io.StringIO()
        place = ["--postgres", os.environ["DATABASE_URL"]] if connection.vendor == "postgresql" else []
        call_command("bench", "writers", "--seconds", str(SECONDS), "--json", *place, stdout=out)
        (line,) = map(json.loads, out.getvalue().splitlines())
        assert "0 failed, 0 locked" in line["note"]
        assert "balance agrees" in line["note"]
        assert int(line["note"].split()[0]) >= 8
