"""What was typed on a page and not saved yet comes back as it was typed, and there is an end to it."""

from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from cms_tracker.web.drafts import MOST_DRAFTS, Draft, as_initial
from cms_tracker.web.forms import DayField, Form

pytestmark = pytest.mark.django_db

COLOURS = [("red", "Red"), ("blue", "Blue"), ("green", "Green")]


class Choices(Form):
    name = forms.CharField()
    colours = forms.MultipleChoiceField(
        choices=COLOURS, initial=["red", "blue"], required=False, widget=forms.CheckboxSelectMultiple
    )
    day = DayField(label="Day")


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    return request


def keep(draft: Draft, typed: str) -> None:
    form = Choices(QueryDict(typed))
    assert form.is_valid(), form.errors
    draft.keep("page", form)
    draft._session.save()  # what is kept can be written down
    assert draft._session.load()["drafts"]


class TestADraft:
    @pytest.mark.parametrize("ticked", [["red", "green"], ["green"], []])
    def test_keeps_every_box_that_is_ticked(self, request_: HttpRequest, ticked: list[str]) -> None:
        draft = Draft(request_, "one")
        keep(draft, "name=Rosa&day_d=1&day_m=2&day_y=2025" + "".join(f"&colours={colour}" for colour in ticked))
        read_again = Choices(draft.answers("page"))
        assert read_again.is_valid()
        assert read_again.cleaned_data["colours"] == ticked
        shown = Choices(initial=draft.shown("page"))
        assert [box.data["selected"] for box in shown["colours"]] == [value in ticked for value, _ in COLOURS]
        assert str(shown["day"]).count('value="2025"') == 1

    def test_keeps_nothing_that_is_no_answer_of_the_form(self, request_: HttpRequest) -> None:
        draft = Draft(request_, "one")
        keep(draft, "name=Rosa&day_d=1&day_m=2&day_y=2025&csrfmiddlewaretoken=secret&do=next")
        assert set(draft.answers("page") or {}) == {"name", "colours", "day_d", "day_m", "day_y"}

    def test_makes_room_by_forgetting_the_oldest(self, request_: HttpRequest) -> None:
        for number in range(MOST_DRAFTS + 1):
            keep(Draft(request_, number), "name=Rosa&day_d=1&day_m=2&day_y=2025")
        kept = [Draft(request_, number).answers("page") is not None for number in range(MOST_DRAFTS + 1)]
        assert kept == [False] + [True] * MOST_DRAFTS


class TestAsInitial:
    def test_shows_a_half_typed_day_again(self) -> None:
        shown = Choices(initial=as_initial(QueryDict("name=Rosa&day_d=31&day_y=20x5")))
        assert 'value="31"' in str(shown["day"])
        assert 'value="20x5"' in str(shown["day"])
