"""The data of the two routes: whole, cited, and certain of nothing that nobody verified."""

import datetime as dt

import pytest

from arrears.core.case_values import ClockKind
from arrears.core.challenge_values import ChallengeAbout
from cases.core.facts import Nation
from correspondence.core.challenge_data import Cited, data, stage, stages_of
from correspondence.core.challenge_steps import LETTERS_OF, STAGE_OF
from correspondence.core.letters import registry


def every_citation() -> list[tuple[str, Cited]]:
    found = data()
    cited = [(one.code, one.cited) for one in (*found.stages, *found.ways, *found.closed, *found.besides)]
    return cited + [(one.code, one.northern_ireland.cited) for one in found.stages if one.northern_ireland]


class TestTheData:
    @pytest.mark.parametrize(("code", "cited"), every_citation())
    def test_says_who_says_it_and_when_somebody_looked(self, code: str, cited: Cited) -> None:
        assert cited.source
        assert cited.checked <= dt.date.fromisoformat(data().version)
        assert cited.url.startswith("https://") if cited.is_firm else True

    def test_has_a_stage_for_each_place_on_a_route_and_no_other(self) -> None:
        assert {one.code for one in data().stages} == set(STAGE_OF.values())
        assert all(stage(code).route is about for (about, _), code in STAGE_OF.items())

    def test_names_only_letters_that_can_be_made(self) -> None:
        named = {code for one in (*data().stages, *data().ways) for code in one.letters}
        named |= {code for codes in LETTERS_OF.values() for code in codes}
        assert [code for code in named if registry.kind_of(code) is None] == []

    def test_opens_both_routes_at_once_and_nothing_else(self) -> None:
        for route in ChallengeAbout:
            assert [bool(one.before) for one in stages_of(route)] == [False, *[True] * (len(stages_of(route)) - 1)]

    def test_offers_something_instead_of_every_appeal_that_does_not_lie(self) -> None:
        assert {one.code for one in data().closed} == {"collection", "action", "plan", "attribution", "write_off"}
        for one in data().closed:
            assert {"complaint", "member"} <= {way.code for way in one.instead}

    @pytest.mark.parametrize("code", ["order_court", "judicial_review", "account_letter"])
    def test_is_not_certain_of_a_time_that_nobody_verified(self, code: str) -> None:
        (way,) = (one for one in data().ways if one.code == code)
        assert not way.cited.is_firm

    def test_does_not_call_13_months_certain(self) -> None:
        (late,) = (one for one in data().besides if "13 months" in one.says)
        assert not late.cited.is_firm

    def test_names_no_ombudsman_for_northern_ireland(self) -> None:
        differs = stage("ombudsman").differs_in(Nation.NORTHERN_IRELAND)
        assert differs is not None
        assert "not verified by us" in differs.text
        assert not differs.cited.is_firm
        assert stage("ombudsman").title_in(Nation.NORTHERN_IRELAND) == "An ombudsman"
        assert stage("ombudsman").title_in(Nation.SCOTLAND).startswith("Parliamentary")
        assert stage("ombudsman").differs_in(Nation.WALES) is None

    def test_sends_an_appeal_in_northern_ireland_to_the_appeals_service(self) -> None:
        assert stage("tribunal").title_in(Nation.NORTHERN_IRELAND) == "The Appeals Service"
        assert stage("complaint").title_in(Nation.NORTHERN_IRELAND) == "Complaint to CMS"

    def test_gives_each_stage_the_time_that_it_has(self) -> None:
        assert stage("examiner").clock is ClockKind.EXAMINER
        assert stage("mp").clock is None
