"""The order of a case file: oldest first, and a letter still points at its own call."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_file import dump, parse
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFile, Contact, ContactKind, Direction, Letter
from arrears.core.other_facts import Claim, ClaimKind, Step, StepKind
from tests.unit.arrears.histories import case_files

LATE = dt.datetime(2025, 3, 8, 9, 30, tzinfo=dt.UTC)


def contact(at: dt.date, summary: str) -> Contact:
    return Contact(
        at=at, kind=ContactKind.CALL, direction=Direction.OUT, summary=summary, recorded_on=dt.date(2025, 4, 1)
    )


@pytest.fixture
def case() -> CaseFile:
    found = parse(
        '{"format": "cms-tracker-case/1", "reference": "120000000001", "nation": "wales", "scheme": "cms_2012",'
        ' "perspective": "receiving"}'
    )
    calls = (contact(LATE, "second"), contact(dt.date(2025, 3, 1), "first"))
    letters = tuple(
        Letter(kind="call-follow-up", created_on=dt.date(2025, 3, day), contact=about, body="Dear CMS")
        for day, about in ((20, 0), (10, 1), (15, None))
    )
    return replace(found, contacts=calls, letters=letters)


class TestInOrder:
    def test_puts_calls_and_letters_oldest_first(self, case: CaseFile) -> None:
        ordered = in_order(case)

        assert [one.summary for one in ordered.contacts] == ["first", "second"]
        assert [one.created_on.day for one in ordered.letters] == [10, 15, 20]

    def test_leaves_each_letter_about_its_own_call(self, case: CaseFile) -> None:
        ordered = in_order(case)

        about = [None if one.contact is None else ordered.contacts[one.contact].summary for one in ordered.letters]
        assert about == ["first", None, "second"]

    def test_puts_the_steps_of_a_claim_oldest_first(self, case: CaseFile) -> None:
        days = [dt.date(2025, 3, 1), dt.date(2025, 2, 20)]
        later, sooner = (Step(kind=StepKind.CONFIRMED, on=day, recorded_on=day) for day in days)
        claim = Claim(
            kind=ClaimKind.DIRECT_PAYMENT, paid_on=days[1], amount=5000, recorded_on=days[1], steps=(later, sooner)
        )

        ordered = in_order(replace(case, facts=replace(case.facts, claims=(claim,))))

        assert ordered.facts.claims[0].steps == (sooner, later)

    @given(case=case_files(), seed=st.integers(0, 99))
    def test_makes_one_text_of_one_case_whatever_order_it_came_in(self, case: CaseFile, seed: int) -> None:
        def days_differ(name: str, field: str) -> bool:
            days = [getattr(one, field) for one in getattr(case.facts, name)]
            return len(days) == len(set(days))

        moved = {}
        for name, field in (("payments", "paid_on"), ("services", "from_on"), ("adjustments", "on")):
            rows = list(getattr(case.facts, name))
            if days_differ(name, field):
                random.Random(seed).shuffle(rows)
            moved[name] = tuple(rows)

        shuffled = replace(case, facts=replace(case.facts, **moved))

        assert dump(in_order(shuffled)) == dump(in_order(case))
