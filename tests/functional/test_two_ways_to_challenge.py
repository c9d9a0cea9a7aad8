"""Rosa takes a complaint to the ombudsman; Paul asks for a decision to be looked at again: two ways, never mixed.

The days are those of two of the ombudsman's own decisions: P-002456 (a final reply of 10 February 2023)
and P-002845 (a decision told on 5 September 2022).
"""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases import operations as case_operations
from cases.core.facts import Nation, Perspective
from cases.models import Case
from cms_tracker.users.models import User
from correspondence.models import Challenge, ChallengeStep
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int) -> Any:
    return time_machine.travel(dt.datetime(year, month, day, 9, tzinfo=dt.UTC), tick=False)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def days(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year)}


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def page(person: User, case: Case) -> str:
    return text(signed_in(person).get(url("routes", case)))


def add(person: User, case: Case, kind: str, on: dt.date) -> str:
    """Add what happened, as the page offers it, and return the page that follows."""
    challenge = Challenge.objects.get(case=case)
    visitor = signed_in(person)
    answer = visitor.post(url("route-step", case, challenge.pk), {"kind": kind} | days("on", on), follow=True)
    assert answer.status_code == 200
    return text(answer)


class TestRosa:
    @pytest.fixture
    def rosa(self) -> User:
        return make_user(ROSA)

    @pytest.fixture
    def case(self, rosa: User) -> Case:
        return make_case(rosa)

    def begun(self, rosa: User, case: Case) -> None:
        with at(2023, 1, 5):
            question = text(signed_in(rosa).get(url("which-route", case), {"it": "treated"}))
            assert "This is about service" in question
            assert "The Independent Case Examiner takes a complaint only after CMS’s final answer." in question
            typed = {"what": "The slow plan", "note": ""} | days("known_on", dt.date(2023, 1, 4))
            assert signed_in(rosa).post(url("new-route", case, 2), typed).status_code == 302

    def test_goes_from_a_complaint_to_the_ombudsman_with_every_day(self, rosa: User, case: Case) -> None:
        self.begun(rosa, case)
        with at(2023, 1, 5):
            sent = add(rosa, case, "complained", dt.date(2023, 1, 5))
            assert "CMS has your complaint." in sent
            assert "Ask where it is from Thursday 26 January 2023" in sent  # 15 working days
        with at(2023, 1, 27):
            assert "CMS answers your complaint" in page(rosa, case)
            too_soon = add(rosa, case, "examiner_asked", dt.date(2023, 1, 27))
            assert "only after CMS’s final answer. Add first that the final answer came." in too_soon
            assert "At the next stage" in add(rosa, case, "escalated", dt.date(2023, 1, 27))
        with at(2023, 2, 11):
            replied = add(rosa, case, "final_answer", dt.date(2023, 2, 10))
            assert "By the rule, the last day is 10 August 2023." in replied
            assert "Act by Thursday 10 August 2023" in replied
            listed = text(signed_in(rosa).get(url("deadlines", case)))
            assert listed.count("Act by Thursday 10 August 2023") == 1
        with at(2023, 5, 5):
            add(rosa, case, "mp_told", dt.date(2023, 4, 26))
            helped = add(rosa, case, "mp_answered", dt.date(2023, 5, 4))
            assert "Act by Thursday 10 August 2023" in helped  # an MP's help stops no clock
            assert "With the Independent Case Examiner" in add(rosa, case, "examiner_asked", dt.date(2023, 5, 5))
            assert "only through an MP" in add(rosa, case, "ombudsman_has_it", dt.date(2023, 5, 5))
        with at(2024, 2, 22):
            reported = add(rosa, case, "examiner_reported", dt.date(2023, 11, 1))
            assert "ask your MP to send it to the Ombudsman" in reported
            assert "4 January 2024 is not verified" in reported
            add(rosa, case, "referral_asked", dt.date(2023, 11, 8))
            add(rosa, case, "ombudsman_has_it", dt.date(2023, 12, 1))
            ended = add(rosa, case, "ombudsman_decided", dt.date(2024, 2, 21))
            assert "The Ombudsman has decided." in ended
            assert "This is the last step of a complaint." in ended
            assert text(signed_in(rosa).get(url("deadlines", case))).count("Nothing is open now.") == 1
            told = text(signed_in(rosa).get(url("timeline", case)))
            assert "The Ombudsman decided" in told

    def test_takes_a_step_back_and_its_time_with_it(self, rosa: User, case: Case) -> None:
        self.begun(rosa, case)
        with at(2023, 2, 11):
            add(rosa, case, "complained", dt.date(2023, 1, 5))
            add(rosa, case, "final_answer", dt.date(2023, 2, 10))
            step = ChallengeStep.objects.get(kind="final_answer")
            struck = signed_in(rosa).post(
                reverse("pages:strike-out", args=[case.pk, step.pk]), {"reason": "It was not the final one"}
            )
            assert struck.url == url("routes", case)
            found = page(rosa, case)
            assert "CMS has your complaint." in found
            assert "10 August 2023" not in found

    def test_sends_a_form_twice_and_has_one_step(self, rosa: User, case: Case) -> None:
        self.begun(rosa, case)
        with at(2023, 1, 5):
            challenge = Challenge.objects.get()
            visitor = signed_in(rosa)
            shown = visitor.get(url("route-step", case, challenge.pk), {"step": "complained"}).content.decode()
            entry = re.search(r'name="entry" value="([^"]+)"', shown)
            assert entry is not None
            typed = {"kind": "complained", "entry": entry[1]} | days("on", dt.date(2023, 1, 5))
            for _ in range(2):
                assert visitor.post(url("route-step", case, challenge.pk), typed).status_code == 302
            assert ChallengeStep.objects.count() == 1


class TestPaul:
    @pytest.fixture
    def paul(self) -> User:
        return make_user(PAUL)

    @pytest.fixture
    def case(self, paul: User) -> Case:
        case = make_case(paul, perspective=Perspective.PAYING)
        told = dt.date(2022, 9, 5)
        case_operations.record_calculation(
            actor=paul, case=case, weekly_pence=6000, effective_on=dt.date(2022, 5, 30), decided_on=told,
            notified_on=told,
        )  # fmt: skip
        return case

    def test_sees_both_days_and_the_earlier_one_first(self, paul: User, case: Case) -> None:
        with at(2022, 9, 6):
            asked = signed_in(paul).get(url("new-route", case, 3)).content.decode()
            decision = re.search(r'<option value="([0-9a-f-]{36})"', asked)
            assert decision is not None
            typed = {"what": "The income", "decision": decision[1]} | days("known_on", dt.date(2022, 9, 5))
            assert signed_in(paul).post(url("new-route", case, 3), typed).status_code == 302
            found = page(paul, case)
            assert [one.about for one in Challenge.objects.order_by("about")] == ["decision", "service"]
            assert "Act by Wednesday 5 October 2022" in found
            assert found.index("5 October 2022") < found.index("7 October 2022")
            assert "Complain to CMS in writing." in found
            listed = text(signed_in(paul).get(url("deadlines", case)))
            assert listed.count("Ask CMS to look at a decision again") >= 1
            assert listed.count("Act by Wednesday 5 October 2022") == 1

    def test_is_told_kindly_that_no_appeal_lies_and_what_does(self, paul: User, case: Case) -> None:
        with at(2022, 9, 6):
            found = text(signed_in(paul).get(url("which-route", case), {"it": "how"}))
        assert "No appeal goes this way, but other ways are open" in found
        assert "Judicial review" in found
        assert "Not verified by us." in found
        assert Challenge.objects.count() == 0

    def test_gets_one_sentence_where_something_is_missing(self, paul: User, case: Case) -> None:
        with at(2022, 9, 6):
            answer = signed_in(paul).post(url("new-route", case, 2), {"what": "Nobody answers"})
            assert "Enter the day, like 22 4 2025." in text(answer)
            assert "Say in a few words what it is about." in text(signed_in(paul).post(url("new-route", case, 1), {}))
            assert signed_in(paul).get(url("new-route", case, 4)).status_code == 404
        assert Challenge.objects.count() == 0


class TestAVisitor:
    @pytest.mark.parametrize(
        ("it", "says"),
        [
            ("amount", "Mandatory reconsideration"),
            ("treated", "Independent Case Examiner"),
            ("both", "one letter can do both"),
            ("how", "No appeal lies against"),
        ],
    )
    def test_learns_which_way_without_leaving_anything(self, it: str, says: str) -> None:
        visitor = Client()
        found = text(visitor.get(reverse("pages:which"), {"it": it}))
        assert says in found
        assert not visitor.session.keys()

    def test_reads_what_is_different_in_northern_ireland(self) -> None:
        found = text(Client().get(reverse("pages:which"), {"it": "treated"}))
        assert "Which ombudsman takes a complaint about CMS in Northern Ireland is not verified by us." in found
        assert "The Appeals Service" in text(Client().get(reverse("pages:which"), {"it": "amount"}))

    def test_is_asked_again_after_an_answer_that_is_none(self) -> None:
        assert "Choose one." in text(Client().get(reverse("pages:which"), {"it": "moon"}))
        assert "Choose one." in text(Client().get(reverse("pages:which"), {"asked": "yes"}))
        assert "Choose one." not in text(Client().get(reverse("pages:which")))


class TestInNorthernIreland:
    def test_nothing_is_certain_that_nobody_verified(self) -> None:
        rosa = make_user(ROSA)
        case = make_case(rosa, nation=Nation.NORTHERN_IRELAND)
        with at(2024, 1, 5):
            typed = {"what": "Slow"} | days("known_on", dt.date(2023, 1, 4))
            signed_in(rosa).post(url("new-route", case, 2), typed)
            add(rosa, case, "final_answer", dt.date(2023, 2, 10))
            add(rosa, case, "examiner_asked", dt.date(2023, 3, 10))
            found = add(rosa, case, "examiner_reported", dt.date(2023, 9, 10))
        assert "Which ombudsman comes next in Northern Ireland is not verified by us." in found
        assert "Parliamentary" not in found
