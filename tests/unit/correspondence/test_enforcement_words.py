"""The board in words: every answer and stage has its own, for each side, and nothing is shown twice."""

import datetime as dt

import pytest

from arrears.core.event_values import Event, EventKind, Power
from cases.core.facts import Nation, Perspective, ServiceType
from correspondence.core import enforcement_words
from correspondence.core.enforcement import Answer, Situation, Stage, board
from correspondence.core.enforcement_words import (
    LETTERS,
    STAGES,
    Card,
    cards,
    choices,
    noted,
    number_of,
    power_numbered,
)
from correspondence.core.letters import registry
from correspondence.core.powers import Need, beside_a_plan, hint_of, powers_of, who_chooses

DAY = dt.date(2026, 11, 23)
HERE = Situation(on=DAY, nation=Nation.SCOTLAND, owed=500_000, service=ServiceType.COLLECT_AND_PAY)


def shown(situation: Situation = HERE, *, side: Perspective = Perspective.RECEIVING) -> dict[Power, Card]:
    found = cards(board(situation), perspective=side, nation=situation.nation, on=DAY)
    return {card.standing.power: card for _, of_it in found for card in of_it}


class TestTheCards:
    @pytest.mark.parametrize("nation", Nation)
    def test_are_those_of_the_nation_in_the_order_of_events(self, nation: Nation) -> None:
        at = Situation(on=DAY, nation=nation, owed=1)
        assert tuple(shown(at)) == powers_of(nation)

    def test_are_marked_for_the_side_that_reads_them(self) -> None:
        power = Power.REGULAR_DEDUCTION
        assert shown()[power].mark.word == "You can ask for it"
        assert shown(side=Perspective.PAYING)[power].mark.word == "CMS may look at this now"

    def test_tell_only_who_receives_what_to_do_about_a_missing_step(self) -> None:
        def hints(side: Perspective) -> list[str]:
            return [one.hint for one in shown(side=side)[Power.LIABILITY_ORDER].before if one.hint]

        assert hints(Perspective.RECEIVING) == [hint_of(Need.EARNINGS_FIRST)]
        assert hints(Perspective.PAYING) == []

    def test_say_of_each_step_whether_it_is_in_the_record(self) -> None:
        words = [one.word for one in shown()[Power.LIABILITY_ORDER].before]
        assert words == ["In your record", "In your record", "Not in your record", "Missing"]

    def test_lead_to_the_page_that_counts_the_days_where_there_is_one(self) -> None:
        counted = {power for power, card in shown().items() if any(reply.number for reply in card.replies)}
        assert counted == {Power.LUMP_SUM_DEDUCTION, Power.LIABILITY_ORDER}

    def test_name_a_charge_with_its_source(self) -> None:
        card = shown()[Power.LIABILITY_ORDER]
        assert card.charge == 30_000
        assert card.charge_source is not None
        assert (shown()[Power.PRISON].charge, shown()[Power.PRISON].charge_source) == (None, None)


class TestWhatWasNoted:
    def test_stands_with_the_latest_first(self) -> None:
        events = (
            Event(kind=EventKind.ENFORCEMENT_ASKED, power=Power.PRISON, on=dt.date(2026, 1, 1)),
            Event(kind=EventKind.ENFORCEMENT_FAILED, power=Power.ARRESTMENT, on=dt.date(2026, 2, 1)),
        )
        at = Situation(on=DAY, nation=Nation.SCOTLAND, owed=1, events=events)
        groups = cards(board(at), perspective=Perspective.RECEIVING, nation=at.nation, on=DAY)
        assert [card.standing.power for card in noted(groups)] == [Power.ARRESTMENT, Power.PRISON]
        assert [words for card in noted(groups) for _, words in card.log] == ["It did not work", "Asked for"]


class TestTheWords:
    def test_are_there_for_every_stage_and_answer(self) -> None:
        assert all(STAGES[one] for one in Stage)
        for words in (enforcement_words._RECEIVING, enforcement_words._PAYING):
            assert all(words[one] for one in Answer)

    def test_of_the_letters_name_kinds_that_the_side_may_send(self) -> None:
        for side, codes in LETTERS.items():
            for code in codes:
                kind = registry.kind_of(code)
                assert kind is not None
                assert side in kind.senders

    def test_say_that_nobody_directs_cms_and_what_a_kept_plan_means(self) -> None:
        assert "Neither parent can direct it" in who_chooses().says
        assert [one.firm for one in beside_a_plan()] == [True, False]


class TestANumber:
    def test_stands_for_one_way_of_collecting(self) -> None:
        assert [power_numbered(str(number_of(one))) for one in Power] == list(Power)

    @pytest.mark.parametrize("text", ["", "0", "01", "22", "x", "-1"])
    def test_stands_for_none_otherwise(self, text: str) -> None:
        assert power_numbered(text) is None


class TestTheChoice:
    @pytest.mark.parametrize("nation", Nation)
    def test_holds_every_way_once_those_of_other_nations_apart(self, nation: Nation) -> None:
        here, elsewhere = choices(nation)
        assert sorted(here + elsewhere) == sorted(Power)
        assert tuple(here) == powers_of(nation)
