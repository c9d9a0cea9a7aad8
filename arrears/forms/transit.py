"""One leg of money on its way: what happened, how much, and on which day."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.transit import Amounts
from arrears.core.transit_facts import LegKind, Way
from arrears.core.words import LEGS, WAYS
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, Form, PenceField


class NewLeg(DatedForm):
    """The next leg of a sum. ``payments`` are those it may have become: (id, words)."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=list(LEGS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    amount = PenceField(
        what=_("the amount"),
        label=_("How much?"),
        help_text=_("For money that was passed on: what reached the receiving parent."),
    )
    on = DayField(label=_("What day was that?"), what=_("the day"))
    fee = PenceField(
        required=False,
        at_least=0,
        what=_("the fee"),
        label=_("What did CMS keep of it as its fee?"),
        help_text=_("Only if a letter or the online account says so."),
    )
    reference = forms.CharField(
        required=False,
        max_length=60,
        label=_("Reference"),
        help_text=_("On the payslip, the bank line or the letter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    payment = forms.ChoiceField(required=False, label=_("Which payment in your record did it become?"))
    note = forms.CharField(
        required=False,
        max_length=500,
        label=_("Who or what told you?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words(
        {"fee": "", "reference": mark("if it has one"), "payment": mark("if it is there"), "note": mark("if it helps")}
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, payments: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if payments:
            self.fields["payment"].choices = [  # type: ignore[attr-defined]
                ("", say("None yet")), *payments,
            ]  # fmt: skip
        else:
            del self.fields["payment"]

    def clean_kind(self) -> LegKind:
        """The kind as a value."""
        return LegKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """A fee is kept where money is counted or passed on, and is less than the sum that it is kept of."""
        found = self.cleaned_data
        kind, amount, fee = found.get("kind"), found.get("amount"), found.get("fee")
        if kind in {LegKind.DEDUCTED, LegKind.RECEIVED} and fee:
            self.add_error("fee", say("CMS keeps no fee at this step. Leave this empty."))
        elif kind is LegKind.ALLOCATED and amount and fee and fee >= amount:
            self.add_error("fee", say("That is as much as the sum itself."))
        return found

    @property
    def amounts(self) -> Amounts:
        """Gross, fee and net, as they were said: of money that was passed on, what reached the parent is net."""
        found = self.cleaned_data
        is_net = found["kind"] is LegKind.PAID_OUT
        amount, fee = found["amount"], found.get("fee")
        return Amounts(None, fee, amount) if is_net else Amounts(amount, fee, None)


class NewSum(NewLeg):
    """The first that anybody heard of a sum: also how it sets out."""

    way = forms.ChoiceField(
        label=_("How does the money travel?"),
        choices=list(WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it travels.")},
    )
    field_order = ("entry", "way", "kind", "amount", "on", "fee", "reference", "payment", "note")

    def clean_way(self) -> Way:
        """The way as a value."""
        return Way(self.cleaned_data["way"])


class PayLimit(Form):
    """Pay and an order, from an address: ``?pay=1200&order=150``. Nothing of it is kept."""

    pay = PenceField(what=_("the pay"), label=_("Net pay: after tax and National Insurance"))
    order = PenceField(what=_("the order"), label=_("How much does the order ask for?"))
