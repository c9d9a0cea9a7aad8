"""Two views to compare, from boxes or from an address: ``?from=2025-07-10&to=2025-08-10&known=then``."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms

from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayField, Form, RevealingRadios

_BOXES = ("d", "m", "y")
_DAYS = ("from", "to", "from_known", "to_known")


class Known(StrEnum):
    """By what knowledge each day is looked at: today's, that of the day itself, or that of a day given."""

    TODAY = "today"
    THEN = "then"
    CHOSEN = "chosen"


class Views(NamedTuple):
    """Two views, each (the day asked about, the day whose knowledge counts), as the engine takes them."""

    first: tuple[dt.date, dt.date]
    second: tuple[dt.date, dt.date]


class TwoViews(Form):
    """Two days to compare, in either order, and what is to count as known on each of them."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        for name, label, what in (
            ("from", say("From"), say("the first day")),
            ("to", say("To"), say("the second day")),
        ):
            self.fields[name] = DayField(label=label, what=what, on_or_before=today)
        self.fields["known"] = forms.ChoiceField(
            label=say("What should count?"),
            choices=[
                (Known.TODAY, say("All that is known today")),
                (Known.THEN, say("Only what was known on each of the two days")),
                (Known.CHOSEN, say("What was known on days that I choose")),
            ],
            required=False,
            widget=RevealingRadios(opens=Known.CHOSEN),
        )
        for name, which in (("from_known", say("first")), ("to_known", say("second"))):
            label = say("For the {which} day, known by", which=which)
            self.fields[name] = DayField(label=label, on_or_before=today, required=False)

    optional_words = Words({"from_known": mark("empty means today"), "to_known": mark("empty means today")})

    @classmethod
    def read(cls, query: Mapping[str, str], *, today: dt.date, usual: tuple[dt.date, dt.date]) -> "TwoViews":
        """Take what an address asks for; ``usual`` are the two days offered where it asks for nothing."""
        typed: dict[str, str] = {}
        for name in _DAYS:
            if name in query:
                parts = query[name].split("-")
                year, month, day_of_month = parts if len(parts) == 3 else ("", "", query[name])
                typed |= {f"{name}_d": day_of_month, f"{name}_m": month, f"{name}_y": year}
            else:
                typed |= {f"{name}_{box}": query[f"{name}_{box}"] for box in _BOXES if f"{name}_{box}" in query}
        chosen = any(name.endswith("_known") for name in query)
        if "known" in query or typed:
            typed["known"] = query.get("known", Known.CHOSEN if chosen else Known.TODAY)
        return cls(typed or None, today=today, initial={"from": usual[0], "to": usual[1], "known": Known.TODAY})

    @property
    def views(self) -> Views | None:
        """The two views to compare; None where what was typed is no two views."""
        if not self.is_bound:
            return Views((self.initial["from"], self.today), (self.initial["to"], self.today))
        return self._views(self.cleaned_data) if self.is_valid() else None

    def clean(self) -> dict[str, Any]:
        """Refuse one view against itself: nothing can have changed."""
        given = super().clean() or {}
        if given.get("from") and given.get("to"):
            views = self._views(given)
            if views.first == views.second:
                self.add_error("to", say("Both are {given}. Choose another day.", given=day(given["to"])))
        return given

    def _views(self, given: Mapping[str, Any]) -> Views:
        first, second = given["from"], given["to"]
        match given.get("known"):
            case Known.THEN:
                return Views((first, first), (second, second))
            case Known.CHOSEN:
                return Views(
                    (first, given.get("from_known") or self.today), (second, given.get("to_known") or self.today)
                )
        return Views((first, self.today), (second, self.today))
