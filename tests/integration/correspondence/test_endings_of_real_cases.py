"""How the endings stand in real cases: the payment for CMS's mistake, the lump sum, and the old debt."""

import datetime as dt

import pytest

from arrears import queries as money
from correspondence import queries
from correspondence.core.ending_facts import EndingStanding, EndingState
from correspondence.core.ending_states import standing_of
from correspondence.core.endings import EndingCode
from tests.cast import ROSA
from tests.factories import import_example, make_user

pytestmark = pytest.mark.django_db


def stands(name: str, code: EndingCode, *, on: dt.date) -> EndingStanding:
    case = import_example(name, make_user(ROSA))
    return standing_of(queries.ending_facts_of(case, on=on), code)


class TestTheCaseWithAPaymentForCmsMistakes:
    def test_shows_it_as_paid_and_takes_nothing_off(self) -> None:
        on = dt.date(2020, 1, 1)
        case = import_example("rc-03-a-payment-for-cms-mistakes", make_user(ROSA))
        facts = queries.ending_facts_of(case, on=on)
        found = standing_of(facts, EndingCode.COMPENSATION)
        assert (found.state, found.amount) == (EndingState.DONE, 25000)
        assert "It takes nothing off the arrears." in found.why
        assert facts.owed == money.position_of(case, on=on, known_on=on).outstanding == 0


class TestTheOldDebtOf2019:
    NAME = "rc-10-old-debt-to-be-written-off"

    def test_is_to_be_answered_within_sixty_days_beginning_with_the_day_it_came(self) -> None:
        found = stands(self.NAME, EndingCode.OLD_DEBT, on=dt.date(2019, 2, 22))
        assert found.state is EndingState.UNDER_WAY
        assert found.act_by is not None
        assert (found.act_by.safe_on, found.act_by.rule_on) == (dt.date(2019, 4, 22), dt.date(2019, 4, 22))
        assert "Answer it by 22 April 2019" in found.why

    def test_is_late_the_day_after(self) -> None:
        assert "it is late" in stands(self.NAME, EndingCode.OLD_DEBT, on=dt.date(2019, 4, 23)).why


class TestTheLumpSumBetweenTheParents:
    def test_is_a_note_that_takes_nothing_off_and_ends_nothing(self) -> None:
        on = dt.date(2014, 3, 1)
        case = import_example("rc-08-a-lump-sum-between-the-parents", make_user(ROSA))
        facts = queries.ending_facts_of(case, on=on)
        position = money.position_of(case, on=on, known_on=on)
        brought_in = sum(one.amount for one in facts.seen.openings)
        assert (facts.owed, position.outstanding, position.credit) == (brought_in, brought_in, 0)
        states = {code: standing_of(facts, code).state for code in EndingCode}
        assert EndingState.DONE not in states.values()
