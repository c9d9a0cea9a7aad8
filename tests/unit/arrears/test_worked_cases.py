"""The worked cases: a case file in, the position to the penny out."""

import datetime as dt
import json
from pathlib import Path

import pytest

from arrears.core.answers import position_json
from arrears.core.case_file import parse
from arrears.core.position import position

EXAMPLES = Path(__file__).parents[2] / "examples"
# The real cases (rc-*) are asked for more than a position: tests/unit/correspondence/test_real_cases.py.
FILES = [path for path in EXAMPLES.glob("*.expected.json") if not path.name.startswith("rc-")]
CASES = sorted(path.name.removesuffix(".expected.json") for path in FILES)


def expected() -> list[tuple[str, dict[str, object]]]:
    """Each expected position with the name of its case."""
    return [(name, answer) for name in CASES for answer in json.loads((EXAMPLES / f"{name}.expected.json").read_text())]


@pytest.mark.parametrize(("name", "answer"), expected(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_worked_case_is_answered_to_the_penny(name: str, answer: dict[str, object]) -> None:
    facts = parse((EXAMPLES / f"{name}.json").read_text()).facts
    on, known_on = (dt.date.fromisoformat(str(answer[key])) for key in ("on", "known_on"))
    assert position_json(position(facts, on=on, known_on=known_on)) == answer


def test_there_are_worked_cases() -> None:
    assert len(CASES) >= 5
