"""What the guidance said of an old debt, at the penny and the day where it turns."""

import datetime as dt

import pytest

from correspondence.core.ending_words import old_debt_words
from correspondence.core.old_debt import OldDebt, old_debt, thresholds

ON = dt.date(2019, 2, 21)
TEN = dt.date(2009, 2, 21)
YOUNGER = TEN + dt.timedelta(days=1)


class TestAnOldDebt:
    def test_has_thresholds_in_the_dated_data(self) -> None:
        assert thresholds(ON) == (50000, 100000)

    @pytest.mark.parametrize(
        ("amount", "began_on", "said"),
        [
            (50000, YOUNGER, OldDebt.WITHOUT_ASKING),
            (50001, YOUNGER, OldDebt.ASKED_FIRST),
            (50001, TEN, OldDebt.WITHOUT_ASKING),
            (100000, TEN, OldDebt.WITHOUT_ASKING),
            (100001, TEN, OldDebt.ASKED_FIRST),
            (50000, None, OldDebt.WITHOUT_ASKING),
            (50001, None, OldDebt.DEPENDS_ON_AGE),
            (100000, None, OldDebt.DEPENDS_ON_AGE),
            (100001, None, OldDebt.ASKED_FIRST),
        ],
    )
    def test_turns_at_one_penny_and_at_the_tenth_anniversary(
        self, amount: int, began_on: dt.date | None, said: OldDebt
    ) -> None:
        assert old_debt(amount, began_on=began_on, on=ON) is said

    def test_of_a_real_letter_was_asked_about_whatever_its_age(self) -> None:
        assert {old_debt(1331824, began_on=began, on=ON) for began in (None, TEN, YOUNGER)} == {OldDebt.ASKED_FIRST}

    def test_is_put_in_words_that_say_nothing_of_collecting(self) -> None:
        said = {one: old_debt_words(one, amount=60000, on=ON) for one in OldDebt}
        assert "ask you first" in said[OldDebt.ASKED_FIRST]
        assert "without asking" in said[OldDebt.WITHOUT_ASKING]
        assert "under 10 years, over £500.00" in said[OldDebt.DEPENDS_ON_AGE]
        assert all("£600.00" in words and "collect" not in words for words in said.values())
