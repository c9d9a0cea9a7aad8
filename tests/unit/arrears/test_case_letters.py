"""Versions of a letter in a case file: a correction names the earlier letter whose place it takes."""

from typing import Any

import pytest

from arrears.core import case_reading, case_writing
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFileError

BASE: dict[str, Any] = {
    "format": "cms-tracker-case/1",
    "reference": "120000000002",
    "nation": "england",
    "scheme": "cms_2012",
    "perspective": "receiving",
}


def letters(*found: tuple[str, int | None]) -> dict[str, Any]:
    rows = [{"kind": "complaint", "created_on": on, "body": f"{place}"} for place, (on, _) in enumerate(found)]
    return BASE | {
        "letters": [row if old is None else row | {"replaces": old} for row, (_, old) in zip(rows, found, strict=True)]
    }


def test_a_version_keeps_the_place_of_the_one_it_corrects() -> None:
    read = case_reading.read(letters(("2025-03-02", None), ("2025-03-01", None), ("2025-03-02", 0)))
    ordered = in_order(read)
    assert [one.replaces for one in ordered.letters] == [None, None, 1]
    assert [one.body for one in ordered.letters] == ["1", "0", "2"]
    assert case_reading.read(case_writing.write(ordered)) == ordered


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([("2025-03-01", 0)], "an earlier letter"),
        ([("2025-03-01", 1), ("2025-03-01", None)], "an earlier letter"),
        ([("2025-03-02", None), ("2025-03-01", 0)], "an earlier letter"),
        ([("2025-03-01", None), ("2025-03-01", 0), ("2025-03-01", 0)], "corrected before"),
    ],
)
def test_a_version_of_what_cannot_be_is_refused(found: list[tuple[str, int | None]], message: str) -> None:
    with pytest.raises(CaseFileError, match=message):
        case_reading.read(letters(*found))
