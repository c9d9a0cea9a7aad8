"""A kind of fact that is forgotten somewhere is found here: each list of a case is walked, known, kept and written."""

import datetime as dt
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from arrears.core import walk
from arrears.core.case_file import dump, parse
from arrears.core.case_order import in_order
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.models import rows
from cases.core.facts import StruckOut
from tests.unit.arrears.build import day
from tests.unit.arrears.test_case_money import FULL

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = [parse(json.dumps(FULL)), *(parse((EXAMPLES / f"{name}.json").read_text()) for name in (
    "p-002456", "collect-and-pay-fees", "weekly-catch-up",
))]  # fmt: skip
LISTS = [one.name for one in fields(CaseFacts) if isinstance(getattr(FILES[0].facts, one.name), tuple)]
LAST = day("2099-01-01")
DECIDED = {"services": "from_on", "decisions": "effective_on", "schedules": "first_due_on"}  # rows of the app below
ORDERS = DECIDED | {one.name: one.order[0] for one in rows.EVERY}  # the day by which each list is ordered


def with_one(name: str) -> Any:
    """A case file that has something in this list."""
    found = next((one for one in FILES if getattr(one.facts, name)), None)
    assert found is not None, f"give FULL of test_case_money something in {name}"
    return found


@pytest.mark.parametrize("name", LISTS)
class TestEveryList:
    def test_is_walked(self, name: str) -> None:
        facts = with_one(name).facts
        assert set(getattr(facts, name)) <= set(walk.every(facts))

    def test_counts_once_it_is_known_and_not_when_it_is_struck_out(self, name: str) -> None:
        facts = with_one(name).facts
        struck = StruckOut(on=day("1993-04-05"), reason="A slip")
        slips = tuple(replace(fact, struck_out=struck) for fact in getattr(facts, name))

        assert getattr(known(facts, LAST), name)
        assert getattr(known(replace(facts, **{name: slips}), LAST), name) == ()

    def test_is_written_to_a_case_file(self, name: str) -> None:
        case = with_one(name)

        assert json.loads(dump(case)) == json.loads(dump(parse(dump(case))))
        assert len(getattr(parse(dump(case)).facts, name)) == len(getattr(case.facts, name))

    def test_is_put_in_the_order_of_its_days(self, name: str) -> None:
        case, of = with_one(name), ORDERS[name]
        first = getattr(case.facts, name)[0]
        later = replace(first, **{of: getattr(first, of) + dt.timedelta(days=1)})
        turned = replace(case, facts=replace(case.facts, **{name: (later, first)}))

        assert getattr(in_order(turned).facts, name) == (first, later)

    def test_is_kept_in_rows(self, name: str) -> None:
        assert name in {one.name for one in rows.EVERY} | set(DECIDED)
