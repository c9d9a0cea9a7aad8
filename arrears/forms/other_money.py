"""Money in a pot of its own, and the notice that comes before a write-off."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.other_facts import OtherMoneyKind
from arrears.core.pots import usual_charges
from arrears.core.rate_values import figures
from cms_tracker.language import Words, mark, say
from cms_tracker.money import round_half_up
from cms_tracker.web.forms import DatedForm, DayField, EntryField, Form, PenceField

_OTHER_KINDS = Words(
    {
        OtherMoneyKind.ENFORCEMENT_CHARGE: mark("Another charge that CMS made for enforcing"),
        OtherMoneyKind.ENFORCEMENT_CHARGE_PAID: mark("An enforcement charge was paid"),
        OtherMoneyKind.ENFORCEMENT_CHARGE_WAIVED: mark("CMS took an enforcement charge back"),
        OtherMoneyKind.CONSOLATORY_PAYMENT: mark("CMS paid something to say sorry (a consolatory payment)"),
    }
)


class NewOtherMoney(DatedForm):
    """A charge, or a payment from CMS. A usual charge brings its amount with it."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it is.")}
    )
    amount = PenceField(
        required=False,
        what=_("the amount"),
        label=_("How much?"),
        help_text=_("For one of the usual charges, leave it empty if the letter gives the same amount."),
    )
    day = DayField(label=_("What day is on the letter?"), what=_("the day"))
    reason = forms.CharField(
        required=False,
        max_length=500,
        label=_("What does the letter say about it?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words({"amount": "", "reason": mark("if it helps")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        _, rows = usual_charges(on)
        self._labels = {row.key: row.label for row in rows}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            *(
                (
                    row.key,
                    say("{label}: CMS usually charges £{figures}", label=row.label, figures=figures(row.values[0])),
                )
                for row in rows
            ),
            *_OTHER_KINDS.items(),
        ]

    def clean(self) -> dict[str, Any]:
        """Turn the choice into a kind; a usual charge fills in its amount of that day and its name."""
        found = self.cleaned_data
        chosen, day = found.get("kind"), found.get("day")
        if chosen in self._labels:
            found["kind"] = OtherMoneyKind.ENFORCEMENT_CHARGE
            found["reason"] = found.get("reason") or self._labels[chosen]
            if found.get("amount") is None and "amount" not in self.errors and day:
                usual = {row.key: row.values[0] for row in usual_charges(day)[1]}
                found["amount"] = round_half_up(usual[chosen] * 100)
        elif chosen:
            found["kind"] = OtherMoneyKind(chosen)
            if found.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", say("Enter the amount that the letter gives, like 200.00."))
        return found


class NoticeDay(Form):
    """The day on which a notice came, from an address: ``?got_d=22&got_m=2&got_y=2026``."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date) -> None:
        super().__init__(data)
        self.fields["got"] = DayField(
            label=say("What day did you get the notice?"), what=say("the day you got it"), on_or_before=on
        )
