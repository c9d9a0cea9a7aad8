"""What came of the work on a case, in a case file: read, written, refused."""

from typing import Any

import pytest

from arrears.core import case_reading, case_writing
from arrears.core.case_values import CaseFileError, ResultKind
from tests.unit.arrears.test_case_clocks import BASE

RESULT = {"on": "2026-02-03", "kind": "redress", "stage": "complaint", "means": "letter", "gained": "50.00"}


def read(result: dict[str, Any]) -> Any:
    return case_reading.read(BASE | {"results": [result]})


class TestResults:
    def test_say_what_changed_and_what_was_gained_in_pence(self) -> None:
        (result,) = read(RESULT).results
        assert (result.kind, result.gained, result.children) == (ResultKind.REDRESS, 5000, 0)

    def test_are_written_as_they_were_read(self) -> None:
        given = RESULT | {"children": 2, "note": "By post", "struck_out": {"on": "2026-02-04", "reason": "Typed twice"}}
        assert case_writing.write(read(given))["results"] == [given]

    @pytest.mark.parametrize(
        "wrong", [{"kind": "luck"}, {"stage": ""}, {"means": 1}, {"gained": "-1.00"}, {"children": 21}, {"on": "2026"}]
    )
    def test_are_refused_with_the_field_named(self, wrong: dict[str, Any]) -> None:
        (name,) = wrong
        with pytest.raises(CaseFileError) as error:
            read(RESULT | wrong)
        assert error.value.path == f"results[0].{name}"
