"""A liability order, as the court or CMS put it."""

from typing import Any

from django import forms

from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField


class NewOrder(DatedForm):
    """A sum for a period."""

    entry = EntryField()
    amount = PenceField(what="the sum", label="For how much is the order?", help_text="Without costs or charges.")
    from_on = DayField(
        label="From what day does it count?", help_text="The first day of its period.", what="the first day"
    )
    to_on = DayField(label="To what day does it count?", help_text="The last day of its period.", what="the last day")
    applied_on = DayField(
        required=False,
        label="What day did CMS ask the court for it?",
        help_text="We compare it with your record for this day.",
        what="the day",
    )
    granted_on = DayField(label="What day was it made?", what="the day it was made")
    court = forms.CharField(
        required=False, max_length=200, label="Which court?", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reference = forms.CharField(
        required=False,
        max_length=60,
        label="What number does it have?",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = {"applied_on": "if you know it", "court": "if you know it", "reference": "if it has one"}

    def clean(self) -> dict[str, Any]:
        """The days must follow each other."""
        found = self.cleaned_data
        first, last = found.get("from_on"), found.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", "That is before the first day of the period.")
        if found.get("applied_on") and found.get("granted_on") and found["granted_on"] < found["applied_on"]:
            self.add_error("granted_on", "That is before the day CMS asked for it.")
        return found
