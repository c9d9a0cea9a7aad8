"""A plan that a person compares, and the row that keeps it."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_values import Proposal
from arrears.models.plan import PlanProposal, as_pence, as_pounds
from cases.core.facts import Frequency
from cms_tracker.money import MAX_PENCE

amounts = st.integers(min_value=0, max_value=MAX_PENCE)
maybe = st.none() | amounts
proposals = st.builds(
    Proposal,
    label=st.text(max_size=60),
    arrears=amounts,
    first_payment_on=st.dates(),
    frequency=st.sampled_from(Frequency),
    instalment=maybe,
    total=maybe,
    ongoing=maybe,
    fee=maybe,
    review_on=st.none() | st.dates(min_value=dt.date(2000, 1, 1)),
    net_income=maybe,
)


class TestARow:
    @given(terms=proposals)
    def test_keeps_every_term_to_the_penny(self, terms: Proposal) -> None:
        assert PlanProposal.of(terms, case_id=uuid.uuid4(), key=uuid.uuid4()).terms == terms


class TestPence:
    @given(pence=maybe)
    def test_come_back_as_they_went(self, pence: int | None) -> None:
        assert as_pence(as_pounds(pence)) == pence

    @pytest.mark.parametrize("amount", [Money(Decimal("0.125"), "GBP"), Money(1, "EUR")])
    def test_are_never_cut_from_something_else(self, amount: Money) -> None:
        with pytest.raises(ValueError, match="whole pence"):
            as_pence(amount)
