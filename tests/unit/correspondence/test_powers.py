"""The ways of collecting as data: complete, sourced, by nation, and with their numbers from one place."""

import datetime as dt
import re
import tomllib
from importlib import resources

import pytest

from arrears.core import rates
from arrears.core.event_values import Power
from cases.core.facts import Nation
from correspondence.core.clock_rules import rules as clocks
from correspondence.core.powers import Group, Need, Said, Word, limits_on, need_on, powers_of, rules, version

DAY = dt.date(2026, 11, 23)
EVERYTHING = [(power, nation) for power in Power for nation in Nation]


def said_of(power: Power) -> list[Said]:
    rule = rules()[power]
    return [*rule.facts_on(DAY), *(one for nation in Nation for one in rule.answers_on(DAY, nation=nation))]


class TestTheData:
    def test_holds_every_power_once_in_the_order_of_events(self) -> None:
        assert set(rules()) == set(Power)
        groups = [rules()[one].group for one in rules()]
        assert groups == sorted(groups, key=list(Group).index)

    @pytest.mark.parametrize("power", Power)
    def test_says_of_each_what_it_is_its_limits_and_how_it_is_answered(self, power: Power) -> None:
        rule = rules()[power]
        assert rule.what
        assert rule.facts
        assert rule.needs[0] is Need.OWED
        assert all(rule.answers_on(DAY, nation=nation) for nation in rule.nations)

    @pytest.mark.parametrize("power", Power)
    def test_gives_a_source_and_a_day_for_everything(self, power: Power) -> None:
        for one in said_of(power):
            assert one.source.says
            assert dt.date(2026, 1, 1) < one.source.checked <= DAY
            assert re.match(r"https?://", one.source.url) or not one.source.url
            assert "{" not in one.says

    @pytest.mark.parametrize("power", Power)
    def test_is_not_firm_where_there_is_no_source(self, power: Power) -> None:
        assert all(not one.firm for one in said_of(power) if one.source.says.startswith("We found no source"))

    def test_has_a_source_for_each_step_in_each_of_its_words(self) -> None:
        for need in Need:
            for word in Word:
                said = need_on(need, DAY, word=word)
                assert said.says
                assert said.source.says

    def test_writes_no_number_that_stands_among_the_rates(self) -> None:
        text = resources.files("correspondence.core").joinpath("powers.toml").read_text(encoding="utf-8")
        for one in tomllib.loads(text)["power"]:
            words = " ".join(each["says"] for each in one["facts"])
            assert not re.search(r"8\.40|36\.40|£50|£80|£200|£300|£1,?000|\b[46]0%", words)

    def test_writes_pounds_with_both_pence_or_none(self) -> None:
        said = [one.says for one in rules()[Power.DEDUCTION_FROM_BENEFITS].facts_on(DAY)]
        assert any(one.startswith("£8.40 a week.") for one in said), said
        assert any(one.startswith("£36.40 a month") for one in said)
        assert any("£80 a week" in one.says for one in rules()[Power.REGULAR_DEDUCTION].facts_on(DAY))

    def test_has_a_day(self) -> None:
        assert dt.date.fromisoformat(version()) <= DAY


class TestANation:
    def test_has_its_own_ways_after_a_liability_order(self) -> None:
        after = {
            nation: {one for one in powers_of(nation) if rules()[one].group is Group.AFTER_ORDER} for nation in Nation
        }
        courts = {
            Power.REGISTER_ENTRY,
            Power.ENFORCEMENT_AGENTS,
            Power.THIRD_PARTY_DEBT_ORDER,
            Power.CHARGING_ORDER,
            Power.ORDER_FOR_SALE,
        }
        assert after[Nation.ENGLAND] == after[Nation.WALES] == courts
        assert after[Nation.SCOTLAND] == {
            Power.CHARGE_FOR_PAYMENT,
            Power.ATTACHMENT,
            Power.ARRESTMENT,
            Power.INHIBITION,
        }
        assert after[Nation.NORTHERN_IRELAND] == {Power.JUDGMENTS_OFFICE}

    def test_counts_21_days_to_object_to_an_order_in_scotland_alone(self) -> None:
        rule = rules()[Power.LIABILITY_ORDER]
        with_clock = {
            nation: [one.clock for one in rule.answers_on(DAY, nation=nation) if one.clock] for nation in Nation
        }
        assert {nation for nation, found in with_clock.items() if found} == {Nation.SCOTLAND}
        (clock,) = with_clock[Nation.SCOTLAND]
        assert [one.count for one in clocks()[clock].readings] == [21, 28]

    def test_counts_14_days_to_answer_a_lump_sum_order(self) -> None:
        (clock,) = [
            one.clock
            for one in rules()[Power.LUMP_SUM_DEDUCTION].answers_on(DAY, nation=Nation.WALES)
            if one.clock is not None
        ]
        assert [one.count for one in clocks()[clock].readings] == [14]


class TestTheThreeLimits:
    def test_are_kept_apart_each_with_its_own_number_and_source(self) -> None:
        at = rates.on(DAY)
        by_code = {one.code: one.said for one in limits_on(DAY)}
        numbers = {
            "talked": at.usual_share_of_net_income,
            "earnings": at.protected_earnings_share,
            "bank": at.regular_deduction_share,
            "bank_default": at.regular_deduction_on_default,
        }
        assert set(by_code) == set(numbers)
        for code, rate in numbers.items():
            assert rate.number in by_code[code].says
            assert by_code[code].source.says == rate.source
        assert ["net" in by_code["talked"].says, "net" in by_code["earnings"].says] == [True, True]
        assert "gross" in by_code["bank"].says

    def test_are_not_certain_of_what_the_first_counts(self) -> None:
        assert [one.code for one in limits_on(DAY) if not one.said.firm] == ["talked"]


class TestTheCharge:
    @pytest.mark.parametrize(
        ("power", "pence"),
        [
            (Power.DEDUCTION_FROM_EARNINGS, 5000),
            (Power.REGULAR_DEDUCTION, 5000),
            (Power.LUMP_SUM_DEDUCTION, 20000),
            (Power.LIABILITY_ORDER, 30000),
        ],
    )
    def test_is_that_of_the_rates(self, power: Power, pence: int) -> None:
        found = rules()[power].charge_on(DAY)
        assert found is not None
        assert found[0] == pence
        assert found[1].says == rates.on(DAY).scale("enforcement_charge").source

    def test_is_listed_for_no_other(self) -> None:
        charged = {one for one in Power if rules()[one].charge_on(DAY)}
        assert len(charged) == 4


class TestWhatIsNotCertain:
    @pytest.mark.parametrize("power", [Power.PASSPORT, Power.CURFEW, Power.LIABILITY_ORDER])
    def test_is_said_to_be_so(self, power: Power) -> None:
        """Where sources disagree on passport and curfew, and on orders that CMS makes itself."""
        assert any(not one.firm for one in rules()[power].facts_on(DAY))
