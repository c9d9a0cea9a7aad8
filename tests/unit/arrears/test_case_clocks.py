"""Deadlines in a case file: read, refused, put in order and written as they were."""

import datetime as dt
from typing import Any

import pytest

from arrears.core import case_reading, case_writing
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFileError, Clock, ClockEnd, ClockKind, ClockResult

BASE: dict[str, Any] = {
    "format": "cms-tracker-case/1",
    "reference": "120000000002",
    "nation": "england",
    "scheme": "cms_2012",
    "perspective": "receiving",
    "calculations": [
        {"weekly": "60.00", "effective_on": "2026-03-02"},
        {"weekly": "50.00", "effective_on": "2025-03-03"},
    ],
    "contacts": [{"at": "2026-02-02", "kind": "letter", "direction": "in"}],
}


def read(*clocks: dict[str, Any]) -> tuple[Clock, ...]:
    return case_reading.read(BASE | {"clocks": list(clocks)}).clocks


class TestAClock:
    def test_is_read_with_what_became_of_it(self) -> None:
        [one] = read(
            {
                "kind": "tribunal",
                "dated_on": "2026-02-01",
                "reached_on": "2026-02-02",
                "contact": 0,
                "decision": 1,
                "note": "Mine",
                "ends": [{"on": "2026-02-20", "result": "done", "note": "Sent"}],
            }
        )
        assert one == Clock(
            kind=ClockKind.TRIBUNAL,
            dated_on=dt.date(2026, 2, 1),
            reached_on=dt.date(2026, 2, 2),
            contact=0,
            decision=1,
            note="Mine",
            ends=(ClockEnd(on=dt.date(2026, 2, 20), result=ClockResult.DONE, note="Sent"),),
        )

    def test_is_written_as_it_was_read(self) -> None:
        clock = {"kind": "write_off", "reached_on": "2026-02-02", "decision": 0, "contact": 0}
        given = BASE | {"clocks": [clock | {"ends": [{"on": "2026-02-03", "result": "not_needed"}]}]}
        content = case_reading.read(given)
        assert case_reading.read(case_writing.write(content)) == content

    @pytest.mark.parametrize(
        ("clock", "path"),
        [
            ({"kind": "tribunal"}, "clocks[0].dated_on"),
            ({"kind": "egg_timer", "dated_on": "2026-02-01"}, "clocks[0].kind"),
            ({"kind": "tribunal", "dated_on": "2026-02-02", "reached_on": "2026-02-01"}, "clocks[0].reached_on"),
            ({"kind": "tribunal", "dated_on": "2026-02-02", "contact": 1}, "clocks[0].contact"),
            ({"kind": "tribunal", "dated_on": "2026-02-02", "letter": 0}, "clocks[0].letter"),
            ({"kind": "tribunal", "dated_on": "2026-02-02", "decision": 2}, "clocks[0].decision"),
            ({"kind": "tribunal", "dated_on": "2026-02-02", "decision": -1}, "clocks[0].decision"),
            (
                {"kind": "tribunal", "dated_on": "2026-02-02", "ends": [{"on": "2026-02-02"}]},
                "clocks[0].ends[0].result",
            ),
        ],
    )
    def test_is_refused_by_the_name_of_its_field(self, clock: dict[str, Any], path: str) -> None:
        with pytest.raises(CaseFileError) as refused:
            read(clock)
        assert refused.value.path == path

    def test_follows_its_decision_when_the_list_is_put_in_order(self) -> None:
        content = case_reading.read(
            BASE
            | {
                "clocks": [
                    {"kind": "tribunal", "dated_on": "2026-04-01", "decision": 0},
                    {"kind": "write_off", "reached_on": "2026-02-01"},
                ]
            }
        )
        ordered = in_order(content)
        assert [(one.kind, one.decision) for one in ordered.clocks] == [
            (ClockKind.WRITE_OFF, None),
            (ClockKind.TRIBUNAL, 1),
        ]
