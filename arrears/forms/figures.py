"""A figure that CMS gave for what is owed, and the day up to which the account is shown."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, Form, PenceField


class Figure(DatedForm):
    """How much CMS says is owed, for which day, and where it says so."""

    entry = EntryField()
    amount = PenceField(
        at_least=0,
        what=_("the amount CMS says is owed"),
        label=_("How much does CMS say is owed?"),
        help_text=_("The arrears only, as the letter or the call gave it. Enter 0 if CMS says nothing is owed."),
    )
    as_at = DayField(
        label=_("Which day is that figure for?"),
        help_text=_("Often “arrears as at” a day. If no day is given, use the date of the letter."),
        what=_("the day the figure is for"),
    )
    stated_on = DayField(
        label=_("When did CMS say it?"),
        help_text=_("The date of the letter, or the day of the call."),
        what=_("the day CMS said it"),
    )
    source = forms.CharField(
        max_length=200,
        label=_("Where does it come from?"),
        help_text=_("For example: letter of 3 May 2025, page 2. Or: call with Sam at CMS."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say where the figure comes from, in a few words.")},
    )


class OneDay(Form):
    """The day up to which the account is shown, from boxes or from an address: ``?on=2025-08-10``."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.fields["on"] = DayField(label=say("Up to which day?"), what=say("the day"), on_or_before=today)

    @classmethod
    def read(cls, query: Mapping[str, str], *, today: dt.date) -> "OneDay":
        """Take the day that an address asks for; today where it asks for none."""
        typed = {name: query[name] for name in ("on_d", "on_m", "on_y") if name in query}
        if "on" in query:
            parts = query["on"].split("-")
            year, month, day_of_month = parts if len(parts) == 3 else ("", "", query["on"])
            typed = {"on_d": day_of_month, "on_m": month, "on_y": year}
        return cls(typed or None, today=today, initial={"on": today})

    @property
    def day(self) -> dt.date | None:
        """The day to show; None where what was typed is none."""
        if not self.is_bound:
            return self.today
        return self.cleaned_data["on"] if self.is_valid() else None
