"""Rosa has a first letter in her hand: she opens a record, takes the decision from it, and puts a slip right."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from arrears import queries
from cases import queries as cases
from cms_tracker.web.clock import today
from tests.cast import ROSA
from tests.factories import make_user
from tests.filled_form import filled
from tests.typed import FIRST_LETTER, LATER_DECISION, RECORD, day

pytestmark = pytest.mark.django_db


def test_receiving_parent_opens_a_record_and_keeps_it() -> None:
    rosa = make_user(ROSA)
    client = Client()
    client.force_login(rosa)

    # She opens the record and is led on, page by page, to the check.
    response = client.post(reverse("cases:open-record"), RECORD, follow=True)
    for typed in FIRST_LETTER.values():
        response = client.post(response.redirect_chain[-1][0], typed, follow=True)
    case = cases.cases_for(rosa)[0]
    check = response.redirect_chain[-1][0]
    assert "Payments of £260.00 a month from 3 February 2025." in response.content.decode()

    # Until she saves, nothing is on record.
    assert not queries.has_decision(case)
    client.post(check)
    assert queries.has_decision(case)

    # 28 days at £60.00 were owed before the first payment, and £260.00 fell due with it.
    on = dt.date(2025, 2, 3)
    assert queries.position_of(case, on=on, known_on=on).outstanding == 24000 + 26000

    # A later decision changes what was already asked for, by the figure she was shown.
    before = queries.position_of(case, on=today(), known_on=today()).outstanding
    later = client.post(reverse("arrears:new-decision", args=[case.pk]), LATER_DECISION)
    shown = client.get(later.headers["Location"]).context["effect"]
    client.post(later.headers["Location"])
    after = queries.position_of(case, on=today(), known_on=today())
    assert (shown.owed_before, shown.owed_after) == (before, after.outstanding)
    assert shown.recalculation.amount == after.recalculations[0].amount

    # She adds the same sum twice, strikes one out, and is told the truth about both figures.
    added = {"kind": "correction_up", "amount": "540", "reason": "Letter", **day("changed_on", "2025-01-05")}
    for _ in range(2):
        client.post(reverse("arrears:new-adjustment", args=[case.pk]), added)
    twice = queries.position_of(case, on=today(), known_on=today()).outstanding
    slip = queries.facts_for(case).adjustments[-1].id
    strike = reverse("pages:strike-out", args=[case.pk, slip])
    effect = client.get(strike).context["effect"]
    client.post(strike, {"reason": "Typed twice"})
    once = queries.position_of(case, on=today(), known_on=today()).outstanding
    assert (effect.owed_before, effect.owed_after) == (twice, once)
    assert twice - once == 54000

    # The reference was mistyped, and she has a word of her own for the other parent: she puts both right.
    correct = reverse("cases:edit-details", args=[case.pk])
    typed = filled(client.get(correct).content.decode())
    client.post(correct, typed | {"reference": "1200 1234 5687", "other_parent": "Alex"})
    assert queries.position_of(cases.cases_for(rosa)[0], on=today(), known_on=today()).outstanding == once

    # Both entries stay on the page of the case, under the right reference.
    page = client.get(reverse("arrears:details", args=[case.pk])).content.decode()
    assert "1200 1234 5687" in page
    assert "Alex" in page
    assert page.count("Correction, more is owed: £540.00") == 2
    assert page.count("<s>Correction, more is owed: £540.00</s>") == 1
