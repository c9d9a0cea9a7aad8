"""A balance carried over, and what CMS added or took off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core import words
from arrears.core.facts import AdjustmentKind
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField


class OpeningBalance(DatedForm):
    """A sum owed from before the payments of this record began."""

    entry = EntryField()
    amount = PenceField(what=_("the amount carried over"), label=_("How much was carried over?"))
    carried_on = DayField(
        label=_("What day was it owed on?"),
        help_text=_("The day the letter or the order gives for the amount. It counts as due from this day."),
        what=_("the day it was owed on"),
    )
    source = forms.CharField(
        max_length=200,
        label=_("Where does the amount come from?"),
        help_text=_("For example: liability order of 21 October 2021."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say where the amount comes from, in a few words.")},
    )


class Adjustment(DatedForm):
    """A correction, write-off or offset that CMS made; what follows from a claim or a settlement has its own pages."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What did CMS do?"),
        choices=list(words.ADJUSTMENT_CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what CMS did.")),
    )
    amount = PenceField(what=_("the amount"), label=_("How much?"), help_text=_("Always without a minus sign."))
    changed_on = DayField(
        label=_("What day does it count from?"),
        help_text=_("The day the letter gives."),
        what=_("the day it counts from"),
    )
    reason = forms.CharField(
        max_length=500,
        label=_("What does the letter say about it?"),
        help_text=_("A few words, so that you can find the letter again."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what the letter says about it.")},
    )

    def clean_kind(self) -> AdjustmentKind:
        """The kind as a value."""
        return AdjustmentKind(self.cleaned_data["kind"])
