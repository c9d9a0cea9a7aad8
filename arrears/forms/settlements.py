"""A part payment in full and final settlement: the offer, what came of it, and the page that asks once more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.other_facts import StepKind
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds
from cms_tracker.web.forms import DatedForm, DayAheadField, DayField, EntryField, Form, PenceField

_STEPS = Words(
    {
        StepKind.CONSENTED: mark("The receiving parent agreed, in writing"),
        StepKind.REFUSED: mark("The receiving parent or CMS said no"),
        StepKind.AGREED: mark("CMS confirmed it in writing"),
        StepKind.PAID: mark("The part payment was paid in full"),
        StepKind.CANCELLED: mark("CMS cancelled it, because it was not paid"),
    }
)

#: Steps that nobody records without having read the page that says what is given up.
ASKED_ONCE_MORE = frozenset({StepKind.CONSENTED, StepKind.AGREED})


class NewSettlement(DatedForm):
    """An offer to take a part, and let the rest go."""

    entry = EntryField()
    arrears = PenceField(
        what=_("what is owed"),
        label=_("How much is owed?"),
        help_text=_("The arrears that the offer is about. We fill in what this record says for today."),
    )
    amount = PenceField(what=_("the part payment"), label=_("How much would be paid instead?"))
    offered_on = DayField(label=_("What day was it offered?"), what=_("the day it was offered"))
    pay_by = DayAheadField(
        required=False,
        label=_("By what day is it to be paid?"),
        help_text=_("For example, 1 12 2026"),
        what=_("the day"),
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=_("Who offered it, and how?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words({"pay_by": mark("if it is known"), "note": mark("if it helps")})

    def clean(self) -> dict[str, Any]:
        """A part is less than the whole; and nothing is to be paid before it was offered."""
        found = self.cleaned_data
        arrears, amount = found.get("arrears"), found.get("amount")
        if arrears is not None and amount is not None and amount >= arrears:
            self.add_error(
                "amount", say("Enter less than {arrears}. Paying all of it is no settlement.", arrears=pounds(arrears))
            )
        if found.get("pay_by") and found.get("offered_on") and found["pay_by"] < found["offered_on"]:
            self.add_error("pay_by", say("That is before the day it was offered."))
        return found


class SettlementStep(DatedForm):
    """What came of a settlement."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=list(_STEPS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    on = DayField(label=_("What day was that?"), help_text=_("The day the letter gives."), what=_("the day"))
    amount = PenceField(
        required=False,
        what=_("the amount"),
        label=_("How much does CMS let go, or bring back?"),
        help_text=_("Only if CMS confirmed or cancelled it and the letter gives another figure than the offer."),
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=_("What does the letter say?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words({"amount": "", "note": mark("if it helps")})

    def clean_kind(self) -> StepKind:
        """The kind as a value."""
        return StepKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """An amount behind a step that moves none is forgotten."""
        found = self.cleaned_data
        if found.get("kind") not in {None, StepKind.AGREED, StepKind.CANCELLED}:
            self.errors.pop("amount", None)
            found["amount"] = None
        return found


class GivenUp(Form):
    """The page before it is recorded. ``read`` is handed out by that page alone, with the figures it showed."""

    read = forms.CharField(
        required=False, max_length=200, label=_("The figures that were read"), widget=forms.HiddenInput
    )
    understood = forms.BooleanField(
        template_name="components/tick.html",
        label=_("I have read what is given up, and that it cannot be taken back"),
        error_messages={"required": _("Tick the box if you have read what is given up.")},
    )
    words = forms.CharField(
        required=False,
        max_length=500,
        label=_("What did the receiving parent say, in their own words?"),
        help_text=_("As they wrote it. Nobody else should write it for them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    optional_words = Words({"words": mark("if you have it")})


class GivenUpByMe(GivenUp):
    """The same page, read by the receiving parent: the words asked for are the reader's own."""

    words = forms.CharField(
        required=False,
        max_length=500,
        label=_("What did you write to CMS?"),
        help_text=_("In your own words, as you wrote it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
