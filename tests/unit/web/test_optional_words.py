"""What stands beside a question that may be left empty."""

import datetime as dt
from collections.abc import Callable

import pytest
from django import forms

from arrears.core.facts import Route
from arrears.forms import decisions, log, plan_check, plans, proof
from cases.core.facts import Perspective
from cases.forms.opening import OpenRecord
from cms_tracker.web.forms import DayField, Form
from cms_tracker.web.templatetags.formatting import optional_words
from correspondence.core.letters import account_breakdown
from correspondence.forms import contacts, letters

ON = dt.date(2025, 2, 3)


class Example(Form):
    """A question of each sort."""

    optional_words = {"remembered": "if you remember", "opened": ""}

    needed = forms.CharField()
    text = forms.CharField(required=False)
    day = DayField(required=False)
    choice = forms.ChoiceField(required=False, choices=[("a", "A")])
    remembered = forms.CharField(required=False)
    opened = DayField(required=False)


def log_form() -> Form:
    return log.LogPayment(on=ON, perspective=Perspective.RECEIVING, asked=None, route=Route.DIRECT)


def letter_form() -> Form:
    return letters.LetterForm(kind=account_breakdown.KIND, questions=[], on=ON, known_address=("CMS", "1 Street"))


#: Each form with the questions that another answer opens, or that have their own words beside them.
OPENED: list[tuple[Callable[[], Form], list[str]]] = [
    (log_form, ["amount", "day"]),
    (lambda: decisions.HowPaid(on=ON), ["service_from"]),
    (lambda: decisions.BroughtForward(on=ON), ["amount", "carried_on", "source"]),
    (lambda: contacts.ContactForm(on=ON), ["party_other"]),
    (letter_form, ["reply_address", "addressee"]),
    (lambda: plan_check.PlanCheckForm(on=ON, plans=2), ["part_1", "total_2", "ongoing_2"]),
    (lambda: plans.ProposalForm(on=ON), ["part", "total", "ongoing"]),
    (OpenRecord, ["other_parent"]),
]
WORDED: list[tuple[Callable[[], Form], dict[str, str]]] = [
    (log_form, {"note": "if you want to add one"}),
    (proof.AddProof, {"note": "if you want to add one"}),
    (lambda: decisions.LaterDecision(on=ON), {"instalment": "if the letter states it"}),
    (
        lambda: contacts.ContactForm(on=ON, rows=2),
        {
            "at_time": "if you know it",
            "summary": "or what they promised, below",
            "promise_2": "if they promised something",
            "promise_2_by": "if they said",
            "reference": "if you have it",
        },
    ),
    (lambda: plans.ProposalForm(on=ON), {"fee": "if there is one", "income": "if you know it"}),
]


class TestOptionalWords:
    def test_are_none_beside_a_question_that_must_be_answered(self) -> None:
        assert optional_words(Example()["needed"]) == ""

    def test_are_none_beside_a_choice_which_has_an_answer_already(self) -> None:
        assert optional_words(Example()["choice"]) == ""

    def test_ask_for_what_a_person_has_or_knows(self) -> None:
        assert optional_words(Example()["text"]) == "if you have it"
        assert optional_words(Example()["day"]) == "if you know it"

    def test_are_those_of_the_form_where_it_has_some(self) -> None:
        assert optional_words(Example()["remembered"]) == "if you remember"

    @pytest.mark.parametrize(("make", "names"), OPENED)
    def test_are_none_beside_a_question_that_another_answer_opens(
        self, make: Callable[[], Form], names: list[str]
    ) -> None:
        form = make()
        assert [optional_words(form[name]) for name in names] == [""] * len(names)
        assert not any(form.fields[name].required for name in names)

    @pytest.mark.parametrize(("make", "words"), WORDED)
    def test_are_natural_where_the_answer_is_really_optional(
        self, make: Callable[[], Form], words: dict[str, str]
    ) -> None:
        form = make()
        assert {name: optional_words(form[name]) for name in words} == words

    def test_stand_beside_the_label_of_the_page(self) -> None:
        assert "(if you remember)" in Example()["remembered"].as_field_group()
        assert "(if you" not in Example()["opened"].as_field_group()
