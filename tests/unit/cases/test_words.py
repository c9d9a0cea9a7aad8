"""Every code of the case file has its words."""

from cases.core import words
from cases.core.facts import AllocationRule, Frequency, Nation, Perspective, Scheme, ServiceType


class TestWords:
    def test_cover_every_code(self) -> None:
        assert set(words.NATIONS) == set(Nation)
        assert set(words.SIDES) == set(Perspective)
        assert set(words.SCHEMES) == set(words.SCHEME_NAMES) == set(Scheme)
        assert set(words.ALLOCATION_RULES) == set(AllocationRule)
        assert set(words.SERVICES) == set(words.SERVICE_CHOICES) == set(ServiceType)
        assert set(words.FREQUENCIES) == set(words.RATES) == set(words.WORKINGS) == set(Frequency)


class TestReason:
    def test_reads_a_code_that_we_offer(self) -> None:
        assert words.reason("annual_review") == "Annual review"

    def test_reads_an_unknown_code_as_words(self) -> None:
        assert words.reason("child_left_school") == "Child left school"

    def test_leaves_what_a_person_wrote(self) -> None:
        assert words.reason("Income of HMRC for 2024") == "Income of HMRC for 2024"
