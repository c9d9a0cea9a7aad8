"""The questions about one repayment plan, as more than one form asks them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from arrears.core.case_values import Proposal
from arrears.core.plan_review import income_for
from cases.core.facts import Frequency
from cases.core.words import FREQUENCIES as FREQUENCY_WORDS
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayAheadField, Form, PenceField

FREQUENCIES = [
    (every.value, FREQUENCY_WORDS[every])
    for every in (Frequency.MONTHLY, Frequency.FOUR_WEEKLY, Frequency.FORTNIGHTLY, Frequency.WEEKLY)
]
INCOME_EVERY = [(Frequency.MONTHLY.value, _("A month")), (Frequency.WEEKLY.value, _("A week"))]
AMOUNTS = ("part", "total", "ongoing", "fee", "frequency", "first")
_YEARS_AHEAD = 5
_A_CHILDHOOD = 21  # years: maintenance can be due until a child is 20
# Of one plan: either the part or the whole payment is asked for, so neither is "if you have it".
_OPTIONAL = Words({"part": "", "total": "", "ongoing": "", "fee": mark("if there is one")})


@dataclass(frozen=True, slots=True)
class ProposalInputs:
    """The fields of one plan, as a template draws them."""

    number: int
    part: BoundField
    total: BoundField
    ongoing: BoundField
    fee: BoundField
    frequency: BoundField
    first: BoundField

    @property
    def whole_is_open(self) -> bool:
        """Say whether the questions about the whole payment hold something to look at."""
        return any(field.errors or field.value() for field in (self.total, self.ongoing, self.fee))


def limit(on: dt.date) -> dt.date:
    """The last day taken: further ahead is a slip of the keyboard."""
    return dt.date(on.year + _YEARS_AHEAD, 12, 31)


def amount_fields(on: dt.date) -> dict[str, forms.Field]:
    """The questions that belong to one plan; ``label`` is how an error summary names them."""
    return {
        "part": PenceField(
            label=say("Arrears part of each payment"),
            help_text=say("Leave out ongoing maintenance and fees"),
            required=False,
        ),
        "total": PenceField(
            label=say("Whole payment"), help_text=say("What leaves the account each time"), required=False
        ),
        "ongoing": PenceField(
            label=say("Ongoing maintenance in it"),
            help_text=say("What is due for now, without arrears. If none is due, enter 0"),
            at_least=0,
            required=False,
        ),
        "fee": PenceField(
            label=say("Collection fee in it"),
            help_text=say("Only under Collect and Pay, for the paying parent"),
            at_least=0,
            required=False,
        ),
        "frequency": forms.ChoiceField(
            label=say("How often"), choices=FREQUENCIES, widget=forms.Select({"class": "input w12"})
        ),
        "first": DayAheadField(
            label=say("First payment"),
            help_text=say("For example, 1 12 2026"),
            what=say("the day of the first payment"),
            on_or_before=limit(on),
        ),
    }


class PlanTermsForm(Form):
    """The questions that every check of a plan shares."""

    optional_words = {
        "review": _("if you know it"),
        "income": _("if you know it"),
        "weekly": _("to try it"),
        "ends": _("to try it"),
        **{f"{name}{suffix}": words for name, words in _OPTIONAL.items() for suffix in ("", "_1", "_2", "_3")},
    }

    arrears = PenceField(
        label=_("How much is owed"),
        help_text=_("The arrears on the latest letter, in pounds and pence"),
        what=_("what is owed"),
        at_least=0,
    )
    income = PenceField(
        label=_("Net income of the paying parent"),
        help_text=_("After tax and National Insurance. We show what share of it a payment takes"),
        required=False,
    )
    income_every = forms.ChoiceField(
        label=_("That income is for"), choices=INCOME_EVERY, required=False, widget=forms.Select({"class": "input w12"})
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.on = on
        self.fields["review"] = DayAheadField(
            label=say("Next annual review"),
            help_text=say("CMS looks at each case again once a year. The date is on the yearly letter"),
            what=say("the day of the review"),
            on_or_before=limit(on),
            required=False,
        )

    @property
    def more_is_open(self) -> bool:
        """Say whether the optional questions hold something to look at."""
        review = self["review"].value()
        typed = any(review) if isinstance(review, list) else review
        return bool(typed or self["income"].value() or self["review"].errors or self["income"].errors)

    def check_amounts(self, suffix: str = "") -> None:
        """Ask for the arrears part, or for the whole payment with what ongoing maintenance takes of it."""
        names = [f"{name}{suffix}" for name in ("part", "total", "ongoing", "fee")]
        if any(self.errors.get(name) for name in names):
            return
        part, total, ongoing, fee = (self.cleaned_data.get(name) for name in names)
        if total is None and (ongoing is not None or fee is not None):
            self.add_error(names[1], say("Enter the whole payment too, or leave these questions empty."))
        elif total is not None and ongoing is None:
            self.add_error(
                names[2], say("Enter how much of the whole payment is ongoing maintenance. If none is due, enter 0.")
            )
        elif part is None and total is None:
            self.add_error(names[0], say("Enter the part that goes to the arrears, or the whole payment below."))

    def proposal_of(self, label: str, suffix: str = "") -> Proposal:
        data = self.cleaned_data
        income = data.get("income")
        every = Frequency(data.get("income_every") or Frequency.MONTHLY)
        frequency = Frequency(data[f"frequency{suffix}"])
        return Proposal(
            label=label,
            arrears=data["arrears"],
            first_payment_on=data[f"first{suffix}"],
            frequency=frequency,
            instalment=data[f"part{suffix}"],
            total=data[f"total{suffix}"],
            ongoing=data[f"ongoing{suffix}"],
            fee=data[f"fee{suffix}"],
            review_on=data.get("review"),
            net_income=None if income is None else income_for(amount=income, every=every, frequency=frequency),
        )

    def inputs_of(self, number: int, suffix: str = "") -> ProposalInputs:
        return ProposalInputs(number, *(self[f"{name}{suffix}"] for name in AMOUNTS))


def what_if_fields(on: dt.date) -> dict[str, forms.Field]:
    """What may become of ongoing maintenance while a plan runs: another amount, or its end."""
    return {
        "weekly": PenceField(
            label=say("Ongoing maintenance becomes, a week"),
            help_text=say("The weekly amount to try. The whole payment stays as it is"),
            at_least=0,
            required=False,
        ),
        "ends": DayAheadField(
            label=say("Ongoing maintenance ends on"),
            help_text=say("For example, when the last child turns 20 or leaves school"),
            what=say("the day on which it ends"),
            on_or_before=dt.date(on.year + _A_CHILDHOOD, 12, 31),
            required=False,
        ),
    }


class WhatIfForm(Form):
    """What a person wants to try on a plan that CMS put in place."""

    optional_words = Words({"weekly": mark("to try it"), "ends": mark("to try it")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields |= what_if_fields(on)
