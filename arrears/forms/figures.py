"""A figure that CMS gave for what is owed."""

from django import forms

from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField


class Figure(DatedForm):
    """How much CMS says is owed, for which day, and where it says so."""

    entry = EntryField()
    amount = PenceField(
        at_least=0,
        what="the amount CMS says is owed",
        label="How much does CMS say is owed?",
        help_text="The arrears only, as the letter or the call gave it. Enter 0 if CMS says nothing is owed.",
    )
    as_at = DayField(
        label="Which day is that figure for?",
        help_text="Often “arrears as at” a day. If no day is given, use the date of the letter.",
        what="the day the figure is for",
    )
    stated_on = DayField(
        label="When did CMS say it?",
        help_text="The date of the letter, or the day of the call.",
        what="the day CMS said it",
    )
    source = forms.CharField(
        max_length=200,
        label="Where does it come from?",
        help_text="For example: letter of 3 May 2025, page 2. Or: call with Sam at CMS.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say where the figure comes from, in a few words."},
    )
