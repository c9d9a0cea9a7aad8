"""Today and the overview name the same day as the last one the record speaks of."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations
from tests.cast import ROSA
from tests.factories import make_user, monthly_case
from tests.pages import words

pytestmark = pytest.mark.django_db


@time_machine.travel(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), tick=False)
def test_both_pages_name_the_day_for_which_someone_noted_that_nothing_came(client: Client) -> None:
    rosa = make_user(ROSA)
    client.force_login(rosa)
    case = monthly_case(rosa)
    operations.note_nothing_came(
        actor=rosa, case=case, due_on=dt.date(2025, 5, 3), noted_on=dt.date(2025, 5, 20), note=""
    )

    today = words(client.get(reverse("pages:today", args=[case.pk])))
    overview = words(client.get(reverse("pages:overview", args=[case.pk])))

    assert "Nothing has been logged since 3 May 2025." in today
    assert "See where it stood on 3 May 2025" in today
    assert "Nothing logged since 3 May 2025." in overview
