import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from arrears.core import plans
from arrears.core.results import Classification
from arrears.core.shared_plan import NotShareableError, SharedTerms, as_text, from_text, of_verdict
from cases.core.facts import Frequency

FIRST = dt.date(2026, 1, 5)


def terms(**changed: int) -> SharedTerms:
    asked = {"arrears": 100_000, "instalment": 5_000} | changed
    return of_verdict(plans.check(first_payment_on=FIRST, frequency=Frequency.MONTHLY, **asked))


class TestOfVerdict:
    def test_copies_the_terms_and_nothing_of_the_person(self) -> None:
        verdict = plans.check(
            arrears=100_000, first_payment_on=FIRST, frequency=Frequency.MONTHLY, total=15_000, ongoing=10_000,
            net_income=150_000, review_on=dt.date(2027, 1, 1),
        )  # fmt: skip
        assert of_verdict(verdict) == SharedTerms(
            arrears=100_000,
            first_payment_on=FIRST,
            frequency=Frequency.MONTHLY,
            instalment=5_000,
            total=15_000,
            payments=20,
            last_payment_on=dt.date(2027, 8, 5),
            last_payment=5_000,
            classification=Classification.AGREEMENT,
        )

    @pytest.mark.parametrize("instalment", [0, -500])
    def test_refuses_a_plan_that_does_not_end(self, instalment: int) -> None:
        with pytest.raises(NotShareableError):
            terms(instalment=instalment)


class TestAsText:
    @given(arrears=some.integers(1, 10**9), instalment=some.integers(1, 10**6))
    def test_is_read_back_as_it_was(self, arrears: int, instalment: int) -> None:
        try:
            told = terms(arrears=arrears, instalment=instalment)
        except NotShareableError:  # it would outlive the calendar
            return
        assert from_text(as_text(told)) == told

    def test_is_read_back_without_hypothesis_too(self) -> None:
        assert from_text(as_text(terms())) == terms()
