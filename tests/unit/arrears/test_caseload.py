"""A case's place in a list: sorting the texts sorts the list, in each of its orders."""

import datetime as dt
import uuid
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.caseload import Keys, Reason, Sort, keys, mask, unmask
from arrears.core.engine_version import engine_version

maybe_days = st.none() | st.dates()
places = st.fixed_dictionaries(
    {
        "reason": st.sampled_from(Reason),
        "reason_on": maybe_days,
        "owed": st.integers(0, 2**63 - 1) | st.integers(0, 12),
        "promise_on": maybe_days,
        "short_since": maybe_days,
        "quiet_since": st.dates(),
    }
)
LAST = dt.date.max


def orders(case_id: uuid.UUID, at: dict[str, object]) -> dict[str, tuple[object, ...]]:
    """The order of each key, told without texts."""
    promised, short = at["promise_on"] or LAST, at["short_since"] or LAST
    assert isinstance(at["owed"], int)
    assert isinstance(at["reason"], Reason)
    return {
        "by_reason": (at["reason"].rank, at["reason_on"] or LAST, case_id.hex),
        "by_owed": (-at["owed"], case_id.hex),
        "by_missed": (short, case_id.hex),
        "by_promise": (promised, case_id.hex),
        "by_contact": (at["quiet_since"], case_id.hex),
    }


class TestKeys:
    def test_put_a_case_without_a_day_last_and_the_most_owed_first(self) -> None:
        day, one = dt.date(2025, 3, 3), uuid.UUID(int=1)
        same: dict[str, Any] = {"reason": Reason.DEADLINE, "quiet_since": day}
        dated = keys(one, reason_on=day, owed=100, promise_on=day, short_since=day, **same)
        undated = keys(one, reason_on=None, owed=99, promise_on=None, short_since=None, **same)
        for name in ("by_reason", "by_owed", "by_missed", "by_promise"):
            assert getattr(dated, name) < getattr(undated, name), name
        assert dated.by_contact == undated.by_contact

    @given(one=places, other=places, first=st.uuids(), second=st.uuids())
    def test_sort_as_the_list_does(
        self, one: dict[str, object], other: dict[str, object], first: uuid.UUID, second: uuid.UUID
    ) -> None:
        here, there = keys(first, **one), keys(second, **other)  # type: ignore[arg-type]
        told = orders(first, one), orders(second, other)
        for name in Keys._fields:
            assert (getattr(here, name) < getattr(there, name)) == (told[0][name] < told[1][name])

    @given(at=places, case_id=st.uuids())
    def test_are_digits_and_fit_their_columns(self, at: dict[str, object], case_id: uuid.UUID) -> None:
        for key in keys(case_id, **at):  # type: ignore[arg-type]
            assert set(key) <= set("0123456789abcdef")
            assert len(key) <= 60


class TestEngineVersion:
    def test_is_one_short_name_for_the_rules_as_they_are(self) -> None:
        assert engine_version() == engine_version()
        assert len(engine_version()) == 16


class TestReasons:
    @given(st.sets(st.sampled_from(Reason)))
    def test_are_read_back_from_their_number_the_most_pressing_first(self, reasons: set[Reason]) -> None:
        assert list(unmask(mask(reasons))) == [one for one in Reason if one in reasons]

    def test_are_ranked_as_they_stand(self) -> None:
        assert unmask(mask([Reason.QUIET, Reason.DEADLINE])) == (Reason.DEADLINE, Reason.QUIET)
        assert Sort.REASON.column == "by_reason"
