"""Letters and what became of them, as a case file holds them."""

import datetime as dt
import json
from typing import Any

from arrears.core.case_file import dump, parse
from arrears.core.case_order import in_order
from arrears.core.case_values import LetterStepKind, PostedHow

CASE: dict[str, Any] = {
    "format": "cms-tracker-case/1",
    "reference": "120000000001",
    "nation": "wales",
    "scheme": "cms_2012",
    "perspective": "receiving",
    "contacts": [
        {"at": "2025-04-09", "kind": "text", "direction": "in"},
        {"at": "2025-03-08", "kind": "call", "direction": "out"},
    ],
}
LETTER = {"kind": "missed-payments", "created_on": "2025-03-20"}


def with_letter(**more: Any) -> str:
    return json.dumps(CASE | {"letters": [LETTER | more]})


class TestALetter:
    def test_of_an_older_file_gives_its_posting_as_a_step(self) -> None:
        (letter,) = parse(with_letter(posted_on="2025-03-21", posted_how="tracked", posting_number="AB123")).letters
        (step,) = letter.steps
        assert (step.kind, step.on) == (LetterStepKind.POSTED, dt.date(2025, 3, 21))
        assert (step.how, step.number) == (PostedHow.TRACKED, "AB123")

    def test_keeps_to_its_reply_when_the_contacts_are_put_in_order(self) -> None:
        steps = [
            {"kind": "reply_received", "on": "2025-04-09", "contact": 0},
            {"kind": "posted", "on": "2025-03-21"},
        ]
        case = in_order(parse(with_letter(contact=1, steps=steps)))
        (letter,) = case.letters
        assert letter.contact == 0
        assert [(one.kind.value, one.contact) for one in letter.steps] == [("posted", None), ("reply_received", 1)]
        assert in_order(parse(dump(case))) == case
