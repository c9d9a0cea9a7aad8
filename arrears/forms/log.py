"""Log what came, or that nothing did: at most four questions, the expected amount filled in."""

import datetime as dt
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.expecting import Expected, Shown
from arrears.core.facts import Route
from arrears.core.words import ROUTES
from cases.core.facts import Perspective
from cms_tracker import money
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web.forms import DayField, EntryField, Form, PenceField
from cms_tracker.web.uploads import UploadField

ALL, ALL_ON_DAY, NOTHING, OTHER = "all", "all_on_day", "none", "other"
TODAY, DUE_DAY = "today", "due"
PROMPT_DAYS = 3  # later than this, nobody may be taken to have paid late only because it is logged late

_ROUTES = {
    Perspective.RECEIVING: (Route.DIRECT, Route.VIA_CMS_RECEIVED),
    Perspective.PAYING: (Route.DIRECT, Route.VIA_CMS_PAID),
}


class LogPayment(Form):
    """``asked`` is the instalment it is about (None: money without a date); ``on`` is today."""

    optional_words = Words({"amount": "", "day": "", "note": mark("if you want to add one")})

    entry = EntryField()
    expected = PenceField(label=_("Expected amount"), required=False, widget=forms.HiddenInput)
    came = forms.ChoiceField(
        label=_("What came?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came."), "invalid_choice": _("Choose what came.")},
    )
    amount = PenceField(label=_("Amount"), what=_("the amount"), required=False)
    when = forms.ChoiceField(
        label=_("What day did it reach you?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a day.")}
    )
    day = DayField(label=_("The day"), what=_("the day"), required=False)
    proof = UploadField(label=_("Picture of the bank line"), required=False)
    route = forms.ChoiceField(label=_("How did it travel?"), widget=forms.RadioSelect, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "class": "input"})
    )

    def __init__(
        self, *args: Any, on: dt.date, perspective: Perspective, asked: Expected | None, route: Route, **kwargs: Any
    ) -> None:
        self.on, self.asked, self.perspective = on, asked, perspective
        initial: dict[str, Any] = {"expected": asked.pay if asked and asked.left else None, "route": route}
        if not self._is_long_ago:
            initial["when"] = TODAY
        if asked is None or not asked.left:
            initial["came"] = OTHER
        super().__init__(*args, initial=initial, **kwargs)
        paying = perspective is Perspective.PAYING
        self._field("came").choices = self._what()
        self._field("when").choices = self._days(asked.due_on if asked else None)
        self._field("route").choices = [(code.value, ROUTES[code]) for code in _ROUTES[perspective]]
        self.fields["day"] = DayField(label=say("The day"), what=say("the day"), required=False, on_or_before=on)
        self.fields["amount"].label = say("Amount you paid") if paying else say("Amount that came")
        self.fields["came"].label = say("What did you pay?") if paying else say("What came?")
        self.fields["when"].label = say("What day did you pay it?") if paying else say("What day did it reach you?")

    def clean(self) -> dict[str, Any]:
        """Take only the answers that were asked for: a hidden question is not answered."""
        given = super().clean() or {}
        came = given.get("came")
        if came not in {ALL, ALL_ON_DAY}:
            self._forget_errors("expected")
        if came != OTHER:
            self._forget("amount")
        elif "amount" not in self.errors and given.get("amount") is None:
            self.add_error("amount", self.fields["amount"].error_messages["required"])
        if came == NOTHING:
            for name in ("when", "day", "proof"):
                self._forget(name)
            if self.asked is None or not self.asked.left:
                self.add_error("came", say("Nothing is due for this date. Log an amount, or choose another date."))
        elif came == ALL_ON_DAY:
            for name in ("when", "day"):
                self._forget(name)
        elif given.get("when") not in {None, "", "other"}:
            self._forget("day")
        elif given.get("when") == "other" and "day" not in self.errors and given.get("day") is None:
            self.add_error("day", self.fields["day"].error_messages["required"])
        return given

    @property
    def is_receiving(self) -> bool:
        """Say whether the file is the receiving parent's."""
        return self.perspective is Perspective.RECEIVING

    @property
    def nothing_came(self) -> bool:
        """Say whether the answer is that nothing came."""
        return bool(self.cleaned_data["came"] == NOTHING)

    @property
    def amount_pence(self) -> int:
        """What came, in pence: for "all of it" the amount that the page showed."""
        if self.cleaned_data["came"] == OTHER:
            return int(self.cleaned_data["amount"])
        return int(self.cleaned_data.get("expected") or (self.asked.pay if self.asked else 0))

    @property
    def shown(self) -> Shown | None:
        """What the page said was left when it was opened; None where it said nothing."""
        pay = self.cleaned_data.get("expected")
        return Shown(self.asked.due_on, pay) if self.asked is not None and isinstance(pay, int) else None

    def ask_again(self, refusal: Refusal) -> None:
        """Show what is left now, keep what was typed, and say why: sent once more, it is meant."""
        typed: dict[str, Any] = {name: self.data.get(name, "") for name in self.data}
        if self.asked is None or not self.asked.left:
            if typed.get("came") in {ALL, ALL_ON_DAY}:
                typed["amount"] = typed.get("expected", "")
            if typed.get("came") == ALL_ON_DAY:
                typed["when"] = DUE_DAY
            typed["came"], typed["expected"] = OTHER, ""
        else:
            typed["expected"] = money.plain(self.asked.pay)
        self.data = typed
        self._field("came").choices = self._what()
        self.add_error("came" if typed["expected"] else "amount", refusal.message)

    @property
    def paid_on(self) -> dt.date:
        """The day it came."""
        when = self.cleaned_data["when"]
        if self.asked is not None and (when == DUE_DAY or self.cleaned_data["came"] == ALL_ON_DAY):
            return self.asked.due_on
        chosen = self.cleaned_data.get("day")
        return chosen if when == "other" and isinstance(chosen, dt.date) else self.on

    @property
    def chosen_route(self) -> Route:
        """How the money travelled."""
        return Route(self.cleaned_data.get("route") or self.initial["route"])

    def _what(self) -> list[tuple[str, str]]:
        # What the page showed when it was opened: sent twice, it finds the instalment covered already.
        sent = str(self.data.get("expected", "")) if self.is_bound else ""
        if self.asked is None or not (self.asked.left or sent):
            return [(OTHER, say("An amount"))]
        shown = money.pounds(self.asked.pay)
        with suppress(money.AmountError):
            shown = money.pounds(money.parse_typed(sent))
        is_rest = self.asked.left < self.asked.due
        every = say("All that was left, {shown}", shown=shown) if is_rest else say("All of it, {shown}", shown=shown)
        # A date long past is answered in one press too, without taking today for the day it came.
        found = [(ALL, every)]
        if self._is_long_ago:
            found = [
                (ALL_ON_DAY, say("{every}, on the day it was due", every=every)),
                (ALL, say("{every}, on another day", every=every)),
            ]
        if self.asked.due_on <= self.on:
            found.append((NOTHING, say("Nothing more") if is_rest else say("Nothing")))
        return [*found, (OTHER, say("A different amount"))]

    @property
    def _is_long_ago(self) -> bool:
        return self.asked is not None and (self.on - self.asked.due_on).days > PROMPT_DAYS

    def _days(self, due_on: dt.date | None) -> list[tuple[str, str]]:
        days = [(TODAY, say("Today, {on}", on=day(self.on)))]
        if due_on is not None and due_on < self.on:
            days.insert(
                0 if self._is_long_ago else 1, (DUE_DAY, say("The day it was due, {due_on}", due_on=day(due_on)))
            )
        return [*days, ("other", say("Another day"))]

    def _forget(self, name: str) -> None:
        self._forget_errors(name)
        self.cleaned_data[name] = None

    def _forget_errors(self, name: str) -> None:
        self.errors.pop(name, None)

    def _field(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])
