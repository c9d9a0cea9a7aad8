"""Values that are filled column by column are those that calling the class gives."""

import datetime as dt
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from arrears.core.facts import Payment, Route
from arrears.models import rows
from arrears.models.columns import filled

DAY = dt.date(2025, 1, 6)
COLUMNS: dict[str, list[Any]] = {
    "paid_on": [DAY, DAY],
    "amount": [1, 2],
    "route": [Route.DIRECT] * 2,
    "recorded_on": [DAY, DAY],
}


class TestFilled:
    def test_are_the_values_that_the_class_gives(self) -> None:
        one, other = (Payment(paid_on=DAY, amount=n, route=Route.DIRECT, recorded_on=DAY) for n in (1, 2))
        found = filled(Payment, COLUMNS, count=2)
        assert found == [one, other]
        assert [hash(value) for value in found] == [hash(one), hash(other)]
        assert repr(found[1]) == repr(other)

    def test_are_frozen(self) -> None:
        (one, _) = filled(Payment, COLUMNS, count=2)
        with pytest.raises(FrozenInstanceError):
            one.amount = 3  # type: ignore[misc]

    def test_need_a_column_for_each_field_without_a_default(self) -> None:
        with pytest.raises(KeyError):
            filled(Payment, {"amount": [1]}, count=1)

    @pytest.mark.parametrize("kept", [*rows.EVERY, rows.STEPS], ids=lambda kept: kept.name)
    def test_pass_by_nothing_that_a_kind_of_fact_does_when_it_is_made(self, kept: rows.Kept[object]) -> None:
        assert not hasattr(kept.value, "__post_init__")
        assert all(one.name in kept.value.__slots__ for one in fields(kept.value))  # type: ignore[attr-defined,arg-type]
