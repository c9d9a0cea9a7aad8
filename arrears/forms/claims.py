"""A payment that CMS is asked to count, and what was said about it since."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.other_facts import Claim, ClaimKind, StepKind
from arrears.core.step_rules import with_amount
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField

_KINDS = Words(
    {
        ClaimKind.DIRECT_PAYMENT: mark("Paid outside CMS, while CMS collected the payments"),
        ClaimKind.VOLUNTARY_PAYMENT: mark("Paid before CMS had made its first decision"),
    }
)
_STEPS = Words(
    {
        StepKind.CONFIRMED: mark("The receiving parent said that the money came"),
        StepKind.DENIED: mark("The receiving parent said that it did not come"),
        StepKind.ACCEPTED: mark("CMS said that it counts it, or part of it"),
        StepKind.REFUSED: mark("CMS said that it does not count it"),
        StepKind.WITHDRAWN: mark("CMS took back what it had counted"),
    }
)


class NewClaim(DatedForm):
    """Money that was not paid as CMS asked."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("When was it paid?"),
        choices=list(_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when it was paid.")},
    )
    amount = PenceField(what=_("the amount"), label=_("How much was paid?"))
    paid_on = DayField(label=_("What day was it paid?"), what=_("the day it was paid"))
    what = forms.CharField(
        max_length=200,
        label=_("What was it for?"),
        help_text=_("For example: paid into the bank account, or the rent of April."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it was for.")},
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=_("Anything else to remember"),
        help_text=_("What shows it, and when CMS was told."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words({"note": mark("if it helps")})

    def clean_kind(self) -> ClaimKind:
        """The kind as a value."""
        return ClaimKind(self.cleaned_data["kind"])


class ClaimStep(DatedForm):
    """What somebody said about a claim."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=list(_STEPS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    on = DayField(
        label=_("What day was that?"),
        help_text=_("The day the letter gives. If CMS counts it, it counts in this record from this day."),
        what=_("the day"),
    )
    amount = PenceField(
        required=False,
        what=_("the amount"),
        label=_("How much does CMS count, or take back?"),
        help_text=_("Only if CMS counts it or takes it back. It may be less than was claimed."),
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=_("What does the letter say, or who said it?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words({"amount": "", "note": mark("if it helps")})

    def clean_kind(self) -> StepKind:
        """The kind as a value."""
        return StepKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """Ask for the amount where the step moves the balance, and forget it where it does not."""
        found = self.cleaned_data
        kind = found.get("kind")
        if kind is not None and not with_amount(Claim, kind):
            self.errors.pop("amount", None)
            found["amount"] = None
        elif kind is not None and found.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", say("Enter the amount that the letter gives, like 200.00."))
        return found
