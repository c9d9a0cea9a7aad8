"""The details of a case, compared without saying what they hold."""

from dataclasses import replace

import pytest

from cases.core.details import Details
from cases.core.facts import AllocationRule, Nation, Scheme

DETAILS = Details(
    reference="120000000002",
    nation=Nation.ENGLAND,
    other_parent="Other parent",
    scheme=Scheme.CMS_2012,
    allocation_rule=AllocationRule.ONGOING_FIRST,
    children=("Robin", "Kit"),
)
OTHERS = {
    "reference": "120000000017",
    "nation": Nation.WALES,
    "other_parent": "Sandy",
    "scheme": Scheme.CSA_1993,
    "allocation_rule": AllocationRule.OLDEST_FIRST,
    "children": ("Kit", "Robin"),
}


class TestChangedFrom:
    def test_names_nothing_where_nothing_differs(self) -> None:
        assert replace(DETAILS).changed_from(DETAILS) == []

    @pytest.mark.parametrize("name", list(OTHERS))
    def test_names_the_field_that_differs(self, name: str) -> None:
        assert replace(DETAILS, **{name: OTHERS[name]}).changed_from(DETAILS) == [name]

    def test_names_every_field_in_the_order_of_the_file(self) -> None:
        assert replace(DETAILS, **OTHERS).changed_from(DETAILS) == list(OTHERS)


class TestFingerprint:
    def test_is_the_same_for_the_same_details(self) -> None:
        assert replace(DETAILS).fingerprint() == DETAILS.fingerprint()

    def test_differs_with_every_field(self) -> None:
        prints = {replace(DETAILS, **{name: value}).fingerprint() for name, value in OTHERS.items()}
        assert len(prints | {DETAILS.fingerprint()}) == len(OTHERS) + 1
