"""A liability order, as the court or CMS put it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField


class NewOrder(DatedForm):
    """A sum for a period."""

    entry = EntryField()
    amount = PenceField(
        what=_("the sum"), label=_("For how much is the order?"), help_text=_("Without costs or charges.")
    )
    from_on = DayField(
        label=_("From what day does it count?"), help_text=_("The first day of its period."), what=_("the first day")
    )
    to_on = DayField(
        label=_("To what day does it count?"), help_text=_("The last day of its period."), what=_("the last day")
    )
    applied_on = DayField(
        required=False,
        label=_("What day did CMS ask the court for it?"),
        help_text=_("We compare it with your record for this day."),
        what=_("the day"),
    )
    granted_on = DayField(label=_("What day was it made?"), what=_("the day it was made"))
    court = forms.CharField(
        required=False, max_length=200, label=_("Which court?"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reference = forms.CharField(
        required=False,
        max_length=60,
        label=_("What number does it have?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words(
        {"applied_on": mark("if you know it"), "court": mark("if you know it"), "reference": mark("if it has one")}
    )

    def clean(self) -> dict[str, Any]:
        """The days must follow each other."""
        found = self.cleaned_data
        first, last = found.get("from_on"), found.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", say("That is before the first day of the period."))
        if found.get("applied_on") and found.get("granted_on") and found["granted_on"] < found["applied_on"]:
            self.add_error("granted_on", say("That is before the day CMS asked for it."))
        return found
