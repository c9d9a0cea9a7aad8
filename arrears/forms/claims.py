"""A payment that CMS is asked to count, and what was said about it since."""

from typing import Any

from django import forms

from arrears.core.other_facts import Claim, ClaimKind, StepKind
from arrears.core.step_rules import with_amount
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField

_KINDS = {
    ClaimKind.DIRECT_PAYMENT: "Paid outside CMS, while CMS collected the payments",
    ClaimKind.VOLUNTARY_PAYMENT: "Paid before CMS had made its first decision",
}
_STEPS = {
    StepKind.CONFIRMED: "The receiving parent said that the money came",
    StepKind.DENIED: "The receiving parent said that it did not come",
    StepKind.ACCEPTED: "CMS said that it counts it, or part of it",
    StepKind.REFUSED: "CMS said that it does not count it",
    StepKind.WITHDRAWN: "CMS took back what it had counted",
}


class NewClaim(DatedForm):
    """Money that was not paid as CMS asked."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label="When was it paid?",
        choices=list(_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it was paid."},
    )
    amount = PenceField(what="the amount", label="How much was paid?")
    paid_on = DayField(label="What day was it paid?", what="the day it was paid")
    what = forms.CharField(
        max_length=200,
        label="What was it for?",
        help_text="For example: paid into the bank account, or the rent of April.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say in a few words what it was for."},
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label="Anything else to remember",
        help_text="What shows it, and when CMS was told.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = {"note": "if it helps"}

    def clean_kind(self) -> ClaimKind:
        """The kind as a value."""
        return ClaimKind(self.cleaned_data["kind"])


class ClaimStep(DatedForm):
    """What somebody said about a claim."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label="What happened?",
        choices=list(_STEPS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    on = DayField(
        label="What day was that?",
        help_text="The day the letter gives. If CMS counts it, it counts in this record from this day.",
        what="the day",
    )
    amount = PenceField(
        required=False,
        what="the amount",
        label="How much does CMS count, or take back?",
        help_text="Only if CMS counts it or takes it back. It may be less than was claimed.",
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label="What does the letter say, or who said it?",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = {"amount": "", "note": "if it helps"}

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
            self.add_error("amount", "Enter the amount that the letter gives, like 200.00.")
        return found
