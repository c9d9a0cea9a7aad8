"""SQL that is made once answers for each case, and for many, as the query it was made from."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import QuerySet

from cases.models import PaymentSchedule
from cms_tracker.web import prepared
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

pytestmark = pytest.mark.django_db


def rows_of(case_ids: Sequence[uuid.UUID]) -> QuerySet[Any, Any]:
    """The payment dates of some cases: key, case, day."""
    rows = PaymentSchedule.objects.filter(case_id__in=case_ids).order_by("id")
    return rows.values_list("id", "case_id", "first_due_on")


def read(*case_ids: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID, Any]]:
    """The same rows by the prepared read, keys as what they are."""
    return [
        (uuid.UUID(prepared.key_text(key)), uuid.UUID(prepared.key_text(case)), day)
        for key, case, day in prepared.cells("test-schedules", rows_of, case_ids)
    ]


class TestCells:
    def test_are_those_of_the_case_asked_for_each_time(self) -> None:
        rosa = make_user(ROSA)
        one, other = monthly_case(rosa).pk, monthly_case(rosa).pk
        for case_id in (one, other, one):
            assert read(case_id) == list(rows_of([case_id]))
            assert [case for _, case, _ in read(case_id)] == [case_id]

    def test_are_those_of_many_cases_and_of_none(self) -> None:
        rosa = make_user(ROSA)
        both = [monthly_case(rosa).pk, monthly_case(rosa).pk]
        assert read(*both) == list(rows_of(both))
        assert len(read(*both)) == 2
        assert read() == []

    def test_are_each_read_once_however_many_cases_fill_a_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rosa = make_user(ROSA)
        some = [monthly_case(rosa).pk for _ in range(3)]
        assert read(*some) == list(rows_of(some))
        monkeypatch.setattr(prepared, "MOST", 2)
        assert read(*some) == list(rows_of(some))

    def test_share_the_days_that_they_name(self) -> None:
        rosa = make_user(ROSA)
        days = [day for _, _, day in read(monthly_case(rosa).pk, monthly_case(rosa).pk)]
        assert type(days[0]) is dt.date
        assert days[0] == days[1]


def of_a_day(case_id: uuid.UUID, day: dt.date, kind: str) -> QuerySet[Any, Any]:
    """The payment dates of a case by their first day and their kind."""
    rows = PaymentSchedule.objects.filter(case_id=case_id, first_due_on__lte=day, frequency=kind)
    return rows.order_by("id").values_list("id", "case__other_parent", "first_due_on")


class TestRead:
    def test_gives_the_rows_of_the_values_it_is_given_each_time(self) -> None:
        rosa = make_user(ROSA)
        one, other = monthly_case(rosa), monthly_case(rosa)
        type(one).objects.filter(pk=one.pk).update(other_parent="Paul")
        day = PaymentSchedule.objects.get(case=one).first_due_on
        before = day - dt.timedelta(days=1)
        for case, on, kind in ((one, day, "monthly"), (other, day, "monthly"), (one, before, "monthly"),
                               (one, day, "weekly"), (one, day, "monthly")):  # fmt: skip
            found = prepared.read("test-of-a-day", of_a_day, case.pk, on, kind)
            assert [(prepared.key(key), *cells) for key, *cells in found] == list(of_a_day(case.pk, on, kind))
            assert len(found) == (on == day and kind == "monthly")

    def test_opens_what_is_sealed_in_another_table(self) -> None:
        case = monthly_case(make_user(ROSA))
        type(case).objects.filter(pk=case.pk).update(other_parent="Paul")
        day = PaymentSchedule.objects.get(case=case).first_due_on
        ((_, name, _),) = prepared.read("test-of-a-day", of_a_day, case.pk, day, "monthly")
        assert name == "Paul"

    def test_refuses_a_value_that_would_hold_for_everybody(self) -> None:
        def without(case_id: uuid.UUID) -> QuerySet[Any, Any]:
            return PaymentSchedule.objects.exclude(pk=None).values_list("id")

        with pytest.raises(ValueError, match="each value"):
            prepared.read("test-without", without, uuid.uuid4())


def test_a_key_reads_the_same_from_either_driver() -> None:
    key = uuid.uuid4()
    assert prepared.key_text(key) == prepared.key_text(key.hex) == str(key)
    assert prepared.key(key) == prepared.key(key.hex) == key
