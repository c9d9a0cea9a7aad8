"""What a decision letter says: the first one over four short pages, a later one on one page.

Each form is given the day ``on``. A decision may take effect, and payment dates may begin, up to a
year ahead; a letter cannot be dated or arrive in the future.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.core import words
from cases.core.facts import Frequency, ServiceType
from cms_tracker.language import Words, mark
from cms_tracker.web.forms import DatedForm, DayAheadField, DayField, PenceField, RevealingRadios

_INSTALMENT_HELP = _(
    "Leave this empty if you are not sure. We work it out as the law does: a month is 52 "
    "weeks divided by 12, not 4 weeks."
)
_INSTALMENT_WORDS = _("if the letter states it")


class WeeklyAmount(DatedForm):
    """How much a week, and from which day it counts."""

    weekly = PenceField(
        at_least=0,
        what=_("the weekly amount"),
        label=_("How much a week?"),
        help_text=_("CMS always decides an amount for a week, even if payments are monthly."),
    )
    effective_on = DayAheadField(
        label=_("From what day does it count?"),
        help_text=_("The letter calls this the effective date. It is often weeks before the letter."),
        what=_("the day it counts from"),
    )


class LetterDays(DatedForm):
    """When the letter was written, and when it came."""

    decided_on = DayField(
        label=_("What date is on the letter?"),
        help_text=_("At the top of the first page."),
        what=_("the date on the letter"),
    )
    notified_on = DayField(
        label=_("What day did you get it?"),
        help_text=_("As near as you remember. We count what is owed from the day you knew of it."),
        what=_("the day you got it"),
    )


class HowPaid(DatedForm):
    """The service, and the payment dates."""

    optional_words = {"instalment": _INSTALMENT_WORDS, "service_from": ""}

    service = forms.ChoiceField(
        label=_("Which service is it?"),
        choices=list(words.SERVICE_CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose Direct Pay or Collect and Pay.")},
    )
    frequency = forms.ChoiceField(
        label=_("How often is a payment due?"),
        choices=list(words.FREQUENCIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often a payment is due.")},
    )
    first_due_on = DayAheadField(
        label=_("What is the first payment date?"),
        help_text=_("All later dates are counted from this one."),
        what=_("the first payment date"),
    )
    instalment = PenceField(
        required=False,
        label=_("How much is each payment?"),
        help_text=_INSTALMENT_HELP,
        what=_("the amount of each payment"),
    )
    service_from = DayAheadField(
        required=False,
        label=_("The service began on another day"),
        help_text=_("Leave this empty if it began on the day the amount counts from."),
        what=_("the day the service began"),
    )

    def clean_service(self) -> ServiceType:
        """The service as a value."""
        return ServiceType(self.cleaned_data["service"])

    def clean_frequency(self) -> Frequency:
        """How often, as a value."""
        return Frequency(self.cleaned_data["frequency"])


class BroughtForward(DatedForm):
    """Whether something was owed before these payments began. The questions behind *No* are ignored."""

    optional_words = {"amount": "", "carried_on": "", "source": ""}

    brought = forms.ChoiceField(
        label=_("Was anything owed before this?"),
        choices=[("no", _("No, or not that I know")), ("yes", _("Yes, an amount was carried over"))],
        widget=RevealingRadios(opens="yes"),
        error_messages={"required": _("Choose yes or no. You can add an amount later.")},
    )
    amount = PenceField(required=False, what=_("the amount carried over"), label=_("How much was carried over?"))
    carried_on = DayField(
        required=False,
        label=_("What day was it owed on?"),
        help_text=_("The day the letter or the order gives for the amount."),
        what=_("the day it was owed on"),
    )
    source = forms.CharField(
        required=False,
        max_length=200,
        label=_("Where does the amount come from?"),
        help_text=_("For example: liability order of 21 October 2021."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the three answers that a yes opens, and forget them behind a no."""
        found = self.cleaned_data
        if found.get("brought") == "yes":
            for name in ("amount", "carried_on", "source"):
                if name not in self.errors and not found.get(name):
                    self.add_error(name, _MISSING[name])
        elif found.get("brought") == "no":
            for name in ("amount", "carried_on", "source"):
                self.errors.pop(name, None)
                found[name] = None
        return found


_MISSING = Words(
    {
        "amount": mark("Enter the amount carried over, like 200.00."),
        "carried_on": mark("Enter the day it was owed on, like 22 4 2025."),
        "source": mark("Say where the amount comes from, in a few words."),
    }
)

#: The pages of a first letter, in the order in which they are asked.
FIRST_PAGES: dict[str, type[DatedForm]] = {
    "amount": WeeklyAmount,
    "letter": LetterDays,
    "payments": HowPaid,
    "before": BroughtForward,
}


class LaterDecision(DatedForm):
    """A decision after the first one."""

    optional_words = {"instalment": _INSTALMENT_WORDS}

    weekly = PenceField(
        at_least=0,
        what=_("the weekly amount"),
        label=_("How much a week is it now?"),
        help_text=_("Enter 0 if the letter says that payments end."),
    )
    effective_on = DayAheadField(
        label=_("From what day does it count?"),
        help_text=_("The letter calls this the effective date. It can be before the letter."),
        what=_("the day it counts from"),
    )
    decided_on = DayField(label=_("What date is on the letter?"), what=_("the date on the letter"))
    notified_on = DayField(
        label=_("What day did you get it?"),
        help_text=_("As near as you remember. A change counts in your record from this day."),
        what=_("the day you got it"),
    )
    reason = forms.ChoiceField(
        label=_("Why did it change?"),
        choices=list(words.LATER_REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it changed. Another reason will do.")},
    )
    instalment = PenceField(
        required=False,
        label=_("How much is each payment?"),
        help_text=_INSTALMENT_HELP,
        what=_("the amount of each payment"),
    )
