"""Every kind of letter can be drafted from its sample: whoever adds a kind begins here."""

import pytest

from cases.core.facts import Perspective
from correspondence.core.letters import registry
from correspondence.core.letters.kind import Kind
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.samples import SAMPLES, example_for

EVERY = [
    pytest.param(kind, side, id=f"{kind.code}-{side.value}") for kind in registry.KINDS for side in sorted(kind.senders)
]


class TestASample:
    @pytest.mark.parametrize(("kind", "side"), EVERY)
    def test_is_enough_to_draft_the_letter(self, kind: Kind, side: Perspective) -> None:
        of = example_for(kind.code, side)
        sample = SAMPLES.get(kind.code, lambda of: {})

        assert kind.why_not(of) == "", "give it a record of its own in EXAMPLES"
        assert written(kind, of, **first_answers(kind, of) | sample(of)).heading

    def test_is_of_a_kind_that_is_registered(self) -> None:
        assert sorted(code for code in SAMPLES if registry.kind_of(code) is None) == []


class TestAKind:
    def test_has_a_number_and_a_code_of_its_own(self) -> None:
        numbers, codes = [one.number for one in registry.KINDS], [one.code for one in registry.KINDS]

        assert len(set(numbers)) == len(numbers)
        assert len(set(codes)) == len(codes)
