"""The words of what next are whole: a rank of its own, letters and clocks that exist, and somebody who says so."""

import datetime as dt
import itertools

import pytest

from cases.core.facts import Nation, Perspective
from correspondence.core.clock_rules import fitting, rules
from correspondence.core.letters.registry import kind_of
from correspondence.core.steps import book
from correspondence.core.steps.book import ActionRule, RefusalRule
from correspondence.core.steps.fact import Fact

ACTIONS, REFUSALS = list(book.actions().values()), list(book.refusals().values())
code_of = lambda one: one.code  # noqa: E731 - the name of a case of a test


class TestTheOrder:
    def test_is_total_and_leaves_no_tie(self) -> None:
        assert [one.rank for one in ACTIONS] == list(range(len(ACTIONS)))
        assert [one.rank for one in REFUSALS] == list(range(len(REFUSALS)))

    def test_goes_through_each_stretch_once_and_says_why_it_stands_there(self) -> None:
        bands = [name for name, _ in itertools.groupby(ACTIONS, key=lambda one: one.band)]
        assert len(bands) == len(set(bands))
        assert all(one.band_why.endswith(".") for one in ACTIONS)

    def test_has_every_action_that_the_file_holds_in_a_stretch_that_exists(self) -> None:
        raw = book._read("actions.toml")
        assert [one["code"] for one in raw["action"]] == [one.code for one in ACTIONS]

    def test_knows_what_an_action_is_called_on_either_side(self) -> None:
        assert all(book.is_title(title) for one in ACTIONS for title in one.titles.values())
        assert not book.is_title("Something I typed myself")

    def test_numbers_each_action_once(self) -> None:
        assert len({one.number for one in ACTIONS}) == len(ACTIONS)
        assert book.numbered(ACTIONS[3].number) is ACTIONS[3]
        assert book.numbered(0) is None

    def test_has_a_day(self) -> None:
        assert dt.date.fromisoformat(book.version()) >= dt.date(2026, 11, 23)


@pytest.mark.parametrize("one", ACTIONS, ids=code_of)
class TestAnAction:
    def test_says_what_it_needs_and_what_may_happen(self, one: ActionRule) -> None:
        assert one.needs
        assert one.may
        assert one.reason.endswith((".", "?"))
        assert all(said.endswith((".", "?")) for said in one.may)
        assert all(not title.endswith(".") for title in one.titles.values())

    def test_leads_to_a_letter_that_its_side_may_send(self, one: ActionRule) -> None:
        kind = kind_of(one.letter) if one.letter else None
        assert bool(one.letter) is (kind is not None)
        assert kind is None or one.sides <= kind.senders

    def test_leads_somewhere(self, one: ActionRule) -> None:
        assert one.letter or one.page or one.place

    def test_keeps_a_clock_that_its_side_may_have(self, one: ActionRule) -> None:
        if one.clock is not None:
            nation = Nation.SCOTLAND
            assert all(rules()[one.clock] in fitting(perspective=side, nation=nation) for side in one.sides)


@pytest.mark.parametrize("one", REFUSALS, ids=code_of)
class TestARefusal:
    def test_says_why_and_rules_out_an_action_that_exists_for_its_side(self, one: RefusalRule) -> None:
        assert one.because.endswith(".")
        assert not one.refuses or one.sides <= book.actions()[one.refuses].sides


class TestASource:
    @pytest.mark.parametrize("one", [*ACTIONS, *REFUSALS], ids=code_of)
    def test_stands_behind_every_action_and_refusal(self, one: ActionRule | RefusalRule) -> None:
        assert one.sources

    def test_says_who_and_where_and_when_somebody_looked(self) -> None:
        for key, one in book.sources().items():
            assert one.says, key
            assert dt.date(2026, 11, 1) <= one.checked <= dt.date(2026, 12, 31), key
            assert one.url.startswith("https://") or one.says.startswith("Our own"), key

    def test_is_used(self) -> None:
        used = {one for rule in [*ACTIONS, *REFUSALS] for one in rule.sources}
        assert used == set(book.sources().values())


class TestAFact:
    def test_has_its_sentence(self) -> None:
        assert set(book.facts()) == set(Fact)
        assert all(words.plain.endswith(".") for words in book.facts().values())
        assert all(not words.dated or "{on}" in words.dated for words in book.facts().values())


class TestASide:
    @pytest.mark.parametrize("side", list(Perspective))
    def test_has_words_of_its_own_where_they_differ(self, side: Perspective) -> None:
        log = book.actions()["log-payments"]
        assert log.titles[side] == {"receiving": "Log a payment", "paying": "Record a payment"}[side]
