"""What a note marks as inferred."""

import json
from pathlib import Path

import pytest

from cases.core import notes

P_002456 = json.loads((Path(__file__).parents[2] / "examples" / "p-002456.json").read_text(encoding="utf-8"))


class TestIsInferred:
    @pytest.mark.parametrize(
        "note", ["Inferred from the letter", "this is an inference", "It infers the day.", "(INFERRED)"]
    )
    def test_hears_every_form_of_the_word(self, note: str) -> None:
        assert notes.is_inferred(note)

    @pytest.mark.parametrize("note", ["", "Stated in the letter", "inferior copy", "£500 less the 20% fee"])
    def test_hears_nothing_else(self, note: str) -> None:
        assert not notes.is_inferred(note)


class TestInferredAmounts:
    def test_marks_what_was_inferred_and_not_what_it_was_inferred_from(self) -> None:
        assert notes.inferred_amounts("that £71.55 a week underlies it is an inference from £372.06") == {7155}

    def test_marks_only_the_weekly_amount_of_p_002456(self) -> None:
        assert notes.inferred_amounts(P_002456["note"]) == {7155}

    def test_stays_within_the_clause(self) -> None:
        assert notes.inferred_amounts("£10.00 is stated; £20.00 is inferred, and £30.00 is stated") == {2000}

    def test_reads_amounts_with_a_comma(self) -> None:
        assert notes.inferred_amounts("£1,234.50 was inferred") == {123450}

    def test_passes_over_an_amount_that_cannot_be_one(self) -> None:
        assert notes.inferred_amounts("£1,2,3 and £99999999999 were inferred") == frozenset()

    def test_finds_nothing_without_the_word(self) -> None:
        assert notes.inferred_amounts("£71.55 a week is stated") == frozenset()
