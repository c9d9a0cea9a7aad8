"""What is known of each ending: every code is there, with its source, and the pages it names exist."""

import datetime as dt

import pytest

from cases.core.facts import Perspective
from correspondence.core import endings
from correspondence.core.ending_states import standings
from correspondence.core.ending_words import grouped, links_of, shown
from correspondence.core.endings import Ending, EndingCode
from correspondence.core.letters import registry
from tests.unit.correspondence.endings.build import facts

EVERY = pytest.mark.parametrize("ending", endings.every(), ids=lambda one: one.code)


class TestTheData:
    def test_holds_every_ending_once_in_the_order_of_its_code(self) -> None:
        assert [one.code for one in endings.every()] == list(EndingCode)
        assert [one.number for one in endings.every()] == list(range(1, 11))
        assert endings.version() == "2026-11-23"

    @EVERY
    def test_says_who_decides_what_is_lost_and_what_goes_on_for_both_sides(self, ending: Ending) -> None:
        for words in (ending.title, ending.short, ending.decides, ending.undone, ending.goes_on):
            assert words
        assert ending.asked
        assert ending.can_do(Perspective.RECEIVING)
        assert ending.can_do(Perspective.PAYING)

    @EVERY
    def test_names_a_source_that_somebody_checked_for_every_rule(self, ending: Ending) -> None:
        assert ending.rules
        for rule in ending.rules:
            assert rule.source
            assert dt.date(2026, 1, 1) <= rule.checked <= dt.date(2026, 11, 23)

    @EVERY
    def test_offers_only_letters_that_exist(self, ending: Ending) -> None:
        assert all(registry.kind_of(code) for code in ending.letters)

    def test_calls_nothing_firm_that_has_no_source_we_could_read(self) -> None:
        nobody = [rule for one in endings.every() for rule in one.rules if rule.source.startswith("We found no source")]
        assert len(nobody) == 5
        assert not any(rule.firm for rule in nobody)

    def test_never_says_whether_a_debt_is_too_old_to_collect(self) -> None:
        text = " ".join(
            words
            for one in endings.every()
            for words in (one.short, one.decides, one.undone, *one.asked, *one.receiving, *one.paying)
        ) + " ".join(rule.says for one in endings.every() for rule in one.rules)
        for word in ("statute", "limitation", "time-barred", "too old to collect", "expire"):
            assert word not in text.lower()

    def test_writes_no_letter_by_which_arrears_are_called_not_wanted(self) -> None:
        assert endings.ending_of(EndingCode.NOT_WANTED).letters == ()

    def test_finds_an_ending_by_its_number_and_none_for_another(self) -> None:
        assert endings.numbered(4) is endings.ending_of(EndingCode.WRITE_OFF)
        assert endings.numbered(99) is None


class TestTheNotice:
    def test_has_to_say_five_things_each_with_its_rule(self) -> None:
        points = endings.notice_points()
        assert [one.code for one in points] == ["who", "amount", "period", "reason", "answer"]
        assert all("13H" in one.rule.source for one in points)
        assert [one.code for one in points if one.old] == ["amount", "period"]


class TestThePage:
    def test_groups_every_ending_once_and_leaves_out_an_empty_group(self) -> None:
        groups = grouped(standings(facts()))
        assert [heading for heading, _ in groups] == ["What is possible", "Not in this case"]
        assert sorted(one.ending.code for _, found in groups for one in found) == sorted(EndingCode)

    def test_marks_a_state_by_a_word_and_a_shape(self) -> None:
        one = shown(standings(facts())[0])
        assert (one.mark.word, one.mark.shape) == ("Possible", "s-due")

    @pytest.mark.parametrize("side", Perspective)
    def test_links_an_ending_to_the_pages_of_the_record(self, side: Perspective) -> None:
        found = {code: [one.page for one in links_of(code, side)] for code in EndingCode}
        assert found[EndingCode.PART_PAYMENT] == ["arrears:other-money", "arrears:new-settlement"]
        assert found[EndingCode.OFFSET] == ["arrears:new-adjustment", "arrears:claims"]
        assert found[EndingCode.COMPENSATION] == ["arrears:new-other-money"]
        assert found[EndingCode.WRITE_OFF] == found[EndingCode.OLD_DEBT] == ["arrears:new-adjustment"]
        assert found[EndingCode.CHILD_LEFT] == ["arrears:new-decision"]
        assert found[EndingCode.CASE_CLOSED] == ["arrears:new-figure"]
        assert found[EndingCode.PRIVATE_ARRANGEMENT] == ["arrears:claims"]
        assert found[EndingCode.NOT_WANTED] == found[EndingCode.DIED] == []

    def test_asks_the_paying_parent_to_have_counted_what_was_paid(self) -> None:
        (paying,) = links_of(EndingCode.PRIVATE_ARRANGEMENT, Perspective.PAYING)
        (receiving,) = links_of(EndingCode.PRIVATE_ARRANGEMENT, Perspective.RECEIVING)
        assert paying.words != receiving.words
