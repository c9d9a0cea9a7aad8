"""The challenge of a plan that takes too long."""

from dataclasses import replace

import pytest

from cases.core.facts import Nation
from cms_tracker.refusal import Refusal
from correspondence.core.letters.plan_length import Length
from correspondence.core.letters.plan_too_long import KIND
from tests.unit.arrears.build import day
from tests.unit.correspondence.letters.build import written
from tests.unit.correspondence.letters.collecting import long_plan, owing, plan

WORDS = "My son has no winter coat."


class TestAChallenge:
    def test_counts_from_the_next_payment_on_what_is_left(self) -> None:
        about = written(KIND, long_plan(), plan="plan", effect=WORDS).about
        assert (about.has_begun, about.as_of, about.was_arrears) == (True, day("2025-07-10"), 272000)
        length = about.length
        assert (length.arrears, length.from_on, length.payments, length.last_on) == (
            266000, day("2025-08-03"), 133, day("2036-08-03"),
        )  # fmt: skip
        assert (length.stretch, length.needed, length.fitting, length.left) == ("11 years", 11084, 24, 218000)
        assert about.share == "40%"

    def test_sets_it_beside_the_latest_figure_of_cms(self) -> None:
        given = written(KIND, long_plan(), plan="plan", effect=WORDS).about.given
        assert given is not None
        assert (given.as_at, given.length.arrears, given.length.payments) == (day("2025-04-10"), 300000, 150)
        assert written(KIND, owing(plans=(plan("20"),)), plan="plan", effect=WORDS).about.given is None

    def test_counts_from_the_first_payment_of_one_that_has_not_begun(self) -> None:
        about = written(KIND, owing(plans=(plan("20", on="2025-08-03"),)), plan="plan", effect=WORDS).about
        assert not about.has_begun
        assert about.length.from_on == about.terms.first_payment_on == day("2025-08-03")

    def test_speaks_of_one_that_never_ends(self) -> None:
        about = written(KIND, owing(plans=(plan("0"),)), plan="plan", effect=WORDS).about
        assert (about.length.payments, about.length.stretch) == (None, "")

    def test_is_for_a_running_plan_of_more_than_two_years(self) -> None:
        assert KIND.why_not(long_plan()) == ""
        assert KIND.why_not(owing()).startswith("First add the repayment plan")
        assert "longer than two years" in KIND.why_not(owing(plans=(plan("200"),)))

    def test_needs_a_plan_and_the_persons_own_words(self) -> None:
        for answers, field in (({"effect": WORDS}, "plan"), ({"plan": "plan", "effect": " "}, "effect")):
            with pytest.raises(Refusal) as refused:
                written(KIND, long_plan(), **answers)
            assert refused.value.field == field

    def test_warns_on_its_form_where_the_record_says_nothing_of_the_plan_for_long(self) -> None:
        def help_on(on: str) -> str:
            return KIND.asks(replace(long_plan(), on=day(on)))[0].help

        assert help_on("2025-07-10") == ""
        assert help_on("2026-11-23").startswith("The letter counts from ")
        assert "Log what was paid since" in help_on("2026-11-23")

    def test_names_an_act_of_great_britain_only_there(self) -> None:
        of = replace(long_plan(), nation=Nation.NORTHERN_IRELAND)
        assert not written(KIND, of, plan="plan", effect=WORDS).about.is_great_britain


class TestAStretch:
    @pytest.mark.parametrize(
        ("last", "words"),
        [
            ("2025-02-10", "1 month"),
            ("2026-01-10", "1 year"),
            ("2027-03-09", "2 years and 1 month"),
            ("2027-03-10", "2 years and 2 months"),
        ],
    )
    def test_is_said_in_years_and_months(self, last: str, words: str) -> None:
        length = Length(
            arrears=1, from_on=day("2025-01-10"), payments=1, last_on=day(last), needed=1, fitting=1, left=0
        )  # fmt: skip
        assert length.stretch == words
