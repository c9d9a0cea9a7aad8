"""What happened in a case, in a case file: read, written, put in order, refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import case_reading, case_writing
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFileError
from arrears.core.event_values import Event, EventKind, Power
from tests.unit.arrears.histories import events
from tests.unit.arrears.test_case_clocks import BASE

ORDER = {"on": "2026-02-03", "kind": "enforcement_made", "power": "liability_order", "amount": "4912.97"}
NOTICE = {"on": "2026-01-03", "kind": "failure_notice"}


def read(*events: dict[str, Any]) -> Any:
    return case_reading.read(BASE | {"events": list(events)})


class TestEvents:
    def test_say_what_happened_by_which_power_and_the_sum_in_pence(self) -> None:
        (event,) = read(ORDER).events
        assert (event.kind, event.power, event.amount) == (
            EventKind.ENFORCEMENT_MADE,
            Power.LIABILITY_ORDER,
            491297,
        )

    def test_are_written_as_they_were_read(self) -> None:
        given = ORDER | {"note": "By post", "struck_out": {"on": "2026-02-04", "reason": "Typed twice"}}
        assert case_writing.write(read(NOTICE, given))["events"] == [NOTICE, given]

    def test_stand_oldest_first_in_an_export(self) -> None:
        assert [one.on.month for one in in_order(read(ORDER, NOTICE)).events] == [1, 2]

    @given(st.lists(events(), max_size=4).map(tuple))
    def test_come_back_as_they_went_whatever_they_are(self, given: tuple[Event, ...]) -> None:
        content = case_reading.read(BASE)
        document = case_writing.write(content) | {"events": case_writing.case_events.write_events(given)}
        assert case_reading.read(document).events == given

    @pytest.mark.parametrize(
        "wrong", [{"kind": "luck"}, {"power": "magic"}, {"amount": "0.00"}, {"amount": 5}, {"on": "2026"}, {"more": 1}]
    )
    def test_are_refused_with_the_field_named(self, wrong: dict[str, Any]) -> None:
        (name,) = wrong
        with pytest.raises(CaseFileError) as error:
            read(NOTICE, ORDER | wrong)
        assert error.value.path == f"events[1].{name}"

    @pytest.mark.parametrize("kind", EventKind)
    def test_name_a_power_exactly_where_they_are_a_step(self, kind: EventKind) -> None:
        with_power, without = ORDER | {"kind": kind.value}, NOTICE | {"kind": kind.value}
        fits, other = (with_power, without) if kind.names_a_power else (without, with_power)
        assert read(fits).events[0].kind is kind
        with pytest.raises(CaseFileError) as error:
            read(other)
        assert error.value.path == "events[0].power"

    def test_are_at_most_so_many(self) -> None:
        with pytest.raises(CaseFileError) as error:
            read(*[NOTICE] * 501)
        assert error.value.path == "events"
