"""A change of service, and a change of payment dates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.core import words
from cases.core.facts import Frequency, ServiceType
from cms_tracker.web.forms import DatedForm, DayAheadField, EntryField


class NewService(DatedForm):
    """Which service, and from when."""

    entry = EntryField()
    type = forms.ChoiceField(
        label=_("Which service is it now?"),
        choices=list(words.SERVICE_CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose Direct Pay or Collect and Pay.")},
    )
    from_on = DayAheadField(
        label=_("From what day?"),
        help_text=_("The day the letter gives for the change."),
        what=_("the day the service changes"),
    )

    def clean_type(self) -> ServiceType:
        """The service as a value."""
        return ServiceType(self.cleaned_data["type"])


class NewDates(DatedForm):
    """How often, counted from which day."""

    entry = EntryField()
    frequency = forms.ChoiceField(
        label=_("How often is a payment due?"),
        choices=list(words.FREQUENCIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often a payment is due.")},
    )
    first_due_on = DayAheadField(
        label=_("First payment date of the new dates"),
        help_text=_("All later dates are counted from this one. The old dates stop the day before."),
        what=_("the first payment date"),
    )

    def clean_frequency(self) -> Frequency:
        """How often, as a value."""
        return Frequency(self.cleaned_data["frequency"])
