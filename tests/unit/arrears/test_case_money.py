"""Money facts of every other kind in a case file: nothing lost, and what is refused."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from arrears.core import walk
from arrears.core.case_file import dump, parse
from arrears.core.case_values import CaseFile, CaseFileError
from arrears.core.facts import CaseFacts
from cases.core.facts import Nation, Scheme
from tests.unit.arrears.histories import histories
from tests.unit.arrears.other_facts_strategies import with_other_facts

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FULL: dict[str, Any] = {
    "format": "cms-tracker-case/1",
    "reference": "120000000001",
    "nation": "scotland",
    "scheme": "cms_2012",
    "perspective": "paying",
    "plans": [
        {
            "agreed_on": "2025-03-01", "first_payment_on": "2025-04-01", "frequency": "monthly", "total": "200.00",
            "arrears_part": "50.00", "origin": "court_order",
            "steps": [{"kind": "broken", "on": "2025-06-01", "recorded_on": "2025-06-03", "note": "By letter"}],
        }
    ],
    "proposals": [
        {
            "label": "Mine", "arrears": "100.00", "first_payment_on": "2025-04-01", "frequency": "monthly",
            "instalment": "10.00", "sent_on": "2025-03-02", "answered_on": "2025-03-20", "answer": "refused",
        }
    ],
    "claims": [
        {
            "kind": "direct_payment", "paid_on": "2025-02-10", "amount": "50.00", "recorded_on": "2025-02-12",
            "what": "School shoes",
            "steps": [
                {"kind": "confirmed", "on": "2025-02-20"},
                {"kind": "accepted", "on": "2025-03-01", "amount": "40.00"},
            ],
        }
    ],
    "settlements": [
        {
            "offered_on": "2025-03-01", "arrears": "200.00", "amount": "150.00", "pay_by": "2025-04-01",
            "steps": [{"kind": "agreed", "on": "2025-03-20", "amount": "50.00"}],
        }
    ],
    "liability_orders": [
        {
            "granted_on": "2025-05-01", "from": "2024-01-01", "to": "2024-12-31", "amount": "900.00",
            "applied_on": "2025-02-01", "court": "A magistrates' court", "reference": "LO 1",
        }
    ],
    "payments": [{"paid_on": "2025-06-25", "amount": "96.00", "route": "via_cms_received"}],
    "transits": [
        {
            "number": 1, "kind": "deducted", "way": "earnings", "on": "2025-05-28", "recorded_on": "2025-05-30",
            "gross": "120.00", "reference": "PAY 5", "note": "On the payslip",
        },
        {
            "number": 1, "kind": "paid_out", "way": "earnings", "on": "2025-06-25", "gross": "100.00", "fee": "4.00",
            "net": "96.00", "payment": 0,
        },
        {
            "number": 2, "kind": "received", "way": "benefit", "on": "2025-07-01", "net": "8.40",
            "struck_out": {"on": "2025-07-03", "reason": "Slip"},
        },
    ],
    "other_money": [{"kind": "enforcement_charge", "on": "2025-05-01", "amount": "300.00", "reason": "The order"}],
    "budgets": [{"on": "2025-05-01", "lines": [{"category": "wages", "amount": "1200.00", "every": "month"}]}],
}  # fmt: skip

REFUSED: list[tuple[str, list[str | int], object]] = [
    ("claims[0].steps[0].kind", ["claims", 0, "steps", 0, "kind"], "broken"),
    ("claims[0].steps[0].amount", ["claims", 0, "steps", 0, "amount"], "1.00"),
    ("claims[0].steps[1].amount", ["claims", 0, "steps", 1, "amount"], "0.00"),
    ("claims[0].steps", ["claims", 0, "steps", 1, "amount"], "50.01"),
    ("claims[0].kind", ["claims", 0, "kind"], "gift"),
    ("claims[0].amount", ["claims", 0, "amount"], 50),
    ("settlements[0].amount", ["settlements", 0, "amount"], "200.00"),
    ("settlements[0].steps", ["settlements", 0, "steps", 0, "amount"], "50.01"),
    ("liability_orders[0].to", ["liability_orders", 0, "to"], "2023-12-31"),
    ("other_money[0].kind", ["other_money", 0, "kind"], "fine"),
    ("budgets[0].lines[0].every", ["budgets", 0, "lines", 0, "every"], "moon"),
    ("budgets[0].lines", ["budgets", 0, "lines"], FULL["budgets"][0]["lines"] * 61),
    ("transits[0].kind", ["transits", 0, "kind"], "lost"),
    ("transits[0].way", ["transits", 0, "way"], "pigeon"),
    ("transits[1].way", ["transits", 1, "way"], "bank"),
    ("transits[0].number", ["transits", 0, "number"], 0),
    ("transits[0].gross", ["transits", 0, "gross"], None),
    ("transits[0].gross", ["transits", 0, "gross"], "0.00"),
    ("transits[1].payment", ["transits", 1, "payment"], 1),
    ("transits[1].payment", ["transits", 1, "payment"], "0"),
    ("transits[0].reference", ["transits", 0, "reference"], "x" * 61),
    ("transits", ["transits"], FULL["transits"] * 201),
    ("plans[0].origin", ["plans", 0, "origin"], "fate"),
    ("plans[0].steps[0].kind", ["plans", 0, "steps", 0, "kind"], "accepted"),
    ("proposals[0].answer", ["proposals", 0, "answered_on"], None),
    ("proposals[0].sent_on", ["proposals", 0, "sent_on"], None),
]


def test_reads_back_what_it_wrote() -> None:
    text = json.dumps(FULL)
    assert json.loads(dump(parse(text))) == FULL | {"other_parent": "Other parent"}


@pytest.mark.parametrize(("name", "path", "value"), REFUSED)
def test_names_the_field_that_is_wrong(name: str, path: list[str | int], value: object) -> None:
    document: Any = copy.deepcopy(FULL)
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    with pytest.raises(CaseFileError) as refusal:
        parse(json.dumps(document))
    assert refusal.value.path == name


@quick
@given(facts=with_other_facts(histories()))
def test_loses_nothing_of_any_history(facts: CaseFacts) -> None:
    case = CaseFile(reference="120000000001", nation=Nation.WALES, scheme=Scheme.CMS_2012, facts=facts)
    text = dump(case)
    read = parse(text)
    assert dump(read) == text
    assert len(list(walk.every(read.facts))) == len(list(walk.every(facts)))
