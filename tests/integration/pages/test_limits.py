"""How much one record takes, by every way in: enough for any real case, too little to stall the site."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.facts import MOST_STATEMENTS
from arrears.models import Payment, Statement
from cases import operations
from cases.core import limits
from cases.core.facts import Frequency, ServiceType
from cases.models import Calculation, Case, PaymentSchedule, ServicePeriod
from cms_tracker.audit.append_only import Fact
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db
FIRST = dt.date(2015, 1, 1)


def on(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def fill(model: type[Fact], case: Case, count: int) -> None:
    columns: dict[type[Fact], Any] = {
        Calculation: lambda number: {"weekly_pence": 1, "effective_on": on(number)},
        PaymentSchedule: lambda number: {"frequency": "weekly", "first_due_on": on(number)},
        ServicePeriod: lambda number: {"type": "direct_pay", "from_on": on(number)},
        Statement: lambda number: {"stated_on": on(number), "as_at": on(number), "amount_pence": 1},
    }
    rows = [model(case_id=case.pk, **columns[model](number)) for number in range(count)]
    model._default_manager.bulk_create(rows)


def record(model: type[Fact], who: dict[str, Any], number: int, entry_id: uuid.UUID | None = None) -> None:
    day, who = on(number), who | {"entry_id": entry_id}
    if model is Calculation:
        operations.record_calculation(**who, weekly_pence=1, effective_on=day, decided_on=None, notified_on=None)
    elif model is PaymentSchedule:
        operations.record_schedule(**who, frequency=Frequency.WEEKLY, first_due_on=day)
    elif model is ServicePeriod:
        operations.record_service(**who, type=ServiceType.DIRECT_PAY, from_on=day)
    else:
        money.record_statement(**who, stated_on=day, as_at=day, amount_pence=1, source="")


# The kind, the most of it, the field of its form, and rows of the grid that give one each.
KINDS = [
    (Calculation, limits.MOST_DECISIONS, "effective_on", "decision\t{day}\t60.00\t{day}"),
    (PaymentSchedule, limits.MOST_SCHEDULES, "first_due_on", "payment dates\t{day}\t\t\tweekly"),
    (ServicePeriod, limits.MOST_SERVICES, "from_on", "service\t{day}\t\t\tdirect pay"),
    (Statement, MOST_STATEMENTS, "as_at", "CMS figure\t{day}\t500\t\tThe letter"),
]
EACH = pytest.mark.parametrize(("model", "most", "field", "row"), KINDS, ids=lambda one: getattr(one, "__name__", ""))


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


@EACH
class TestARecord:
    def test_takes_so_many_and_no_more(
        self, rosa: User, case: Case, model: type[Fact], most: int, field: str, row: str
    ) -> None:
        who: dict[str, Any] = {"actor": rosa, "case": case}
        fill(model, case, most - 1)
        last = uuid.uuid4()
        record(model, who, most, last)
        record(model, who, most, last)  # pressing twice is no other one
        with pytest.raises(Refusal, match=f"A record can hold {most} ") as refusal:
            record(model, who, most + 1)
        assert refusal.value.field == field
        assert model._default_manager.count() == most
        record(model, {"actor": rosa, "case": make_case(rosa)}, 0)

    def test_counts_those_struck_out(
        self, rosa: User, case: Case, model: type[Fact], most: int, field: str, row: str
    ) -> None:
        fill(model, case, most)
        slip = model._default_manager.all()[0]
        operations.strike_out(actor=rosa, case=case, fact_id=slip.pk, on=FIRST, reason="Slip")
        with pytest.raises(Refusal, match="no room for more"):
            record(model, {"actor": rosa, "case": case}, most + 1)

    def test_takes_no_more_from_the_grid_and_saves_none_of_those_rows(
        self, client: Client, case: Case, model: type[Fact], most: int, field: str, row: str
    ) -> None:
        fill(model, case, most - 1)
        days = [f"{on(most + number):%d/%m/%Y}" for number in range(2)]
        paste = "\n".join(["payment\t3/3/2025\t260", *(row.format(day=day) for day in days)])
        url = reverse("pages:many", args=[case.pk])
        checked = client.post(url, {"act": "check", "paste": paste})
        assert len(checked.context["new"]) == 3
        held = {"act": "save", "held": checked.context["held"], "batch": str(checked.context["batch"])}
        page = client.post(url, held).content.decode()
        assert f"A record can hold {most} " in page
        assert model._default_manager.count() == most - 1
        assert not Payment.objects.exists()


class TestTheForm:
    def test_says_so_beside_the_day(self, client: Client, case: Case) -> None:
        fill(Statement, case, MOST_STATEMENTS)
        typed = {"amount": "150", "source": "Letter", **day("as_at", "2025-05-01"), **day("stated_on", "2025-05-03")}
        page = client.post(reverse("arrears:new-figure", args=[case.pk]), typed).content.decode()
        said = "A record can hold 300 figures from CMS, with those struck out. There is no room for more."
        assert page.count(said) == 2
