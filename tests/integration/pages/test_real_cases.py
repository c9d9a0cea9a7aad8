"""Ten real cases come in through the importer, answer as expected, show their days, and go out again as they came."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import queries as arrears
from arrears.core.case_file import dump, parse
from cases.core.facts import Nation
from cases.models import Case
from cms_tracker.days import day
from cms_tracker.money import parse_plain, pounds
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from correspondence import queries as correspondence
from correspondence.core.next_steps import answer
from tests import real_cases
from tests.cast import ROSA
from tests.factories import import_example, make_user
from tests.real_cases import NAMES, real

pytestmark = pytest.mark.django_db

each_case = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


def words(reader: User, page: str, case: Case, *, on: dt.date) -> str:
    """What a page of the case says on a day."""
    with time_machine.travel(dt.datetime.combine(on, dt.time(12), dt.UTC), tick=False):
        client = Client()
        client.force_login(reader)
        answer = client.get(reverse(page, args=[case.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestARealCase:
    @each_case
    def test_comes_in_and_goes_out_as_it_was(self, rosa: User, name: str) -> None:
        case = import_example(name, rosa)
        assert parse(dump(case_transfer.take_out(case))) == parse(dump(real(name).file))

    @each_case
    def test_is_answered_from_the_database_as_expected(self, rosa: User, name: str) -> None:
        case, expected = import_example(name, rosa), real(name).expected
        facts, nation = arrears.facts_for(case), Nation(case.nation)
        for wanted in expected["positions"]:
            assert real_cases.a_position(facts, wanted) == wanted
        assert [one for one in expected.get("figures", []) if one not in real_cases.figures(facts)] == []
        for place, wanted in enumerate(expected.get("plans", [])):
            found = real_cases.plans_on(facts, nation, on=real_cases.day(wanted["on"]))[place]
            assert real_cases.only(wanted, found | {"on": wanted["on"]}) == wanted

    @each_case
    def test_has_its_days_from_the_database_as_expected(self, rosa: User, name: str) -> None:
        case = import_example(name, rosa)
        for wanted in real(name).expected.get("deadlines", []):
            found = correspondence.deadlines_of(case, on=real_cases.day(wanted["on"]))
            assert real_cases.same_deadline(wanted, found) == wanted

    @each_case
    def test_can_do_next_by_the_database_as_expected(self, rosa: User, name: str) -> None:
        case = import_example(name, rosa)
        for wanted in real(name).expected["next"]:
            found = answer(correspondence.snapshot_of(case, on=real_cases.day(wanted["on"])))
            assert real_cases.differences(found, wanted) == []


class TestItsPages:
    @each_case
    def test_show_the_position_of_each_day_asked(self, rosa: User, name: str) -> None:
        case = import_example(name, rosa)
        for wanted in real(name).expected["positions"]:
            on = real_cases.day(wanted["on"])
            text = words(rosa, "pages:overview", case, on=on)
            if parse_plain(wanted.get("outstanding", "0.00")):
                assert f"{pounds(parse_plain(wanted['outstanding']))} is owed on {day(on)}" in text

    @each_case
    def test_show_the_safe_and_the_legal_day(self, rosa: User, name: str) -> None:
        case = import_example(name, rosa)
        for wanted in real(name).expected.get("deadlines", []):
            if "safe_on" not in wanted or wanted.get("standing") == "passed":
                continue
            text = words(rosa, "correspondence:deadlines", case, on=real_cases.day(wanted["on"]))
            for key in ("act_on", "safe_on", "rule_on"):
                assert wanted[key] is None or day(real_cases.day(wanted[key])) in text
