"""What a person may type about a repayment plan: to check one, to keep one, to record one from CMS."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from arrears.core.case_values import Proposal
from arrears.core.plan_review import income_for
from cases.core.facts import Frequency
from cases.core.words import FREQUENCIES as FREQUENCY_WORDS
from cms_tracker.refusal import Refusal
from cms_tracker.web.forms import DayAheadField, DayField, EntryField, Form, PenceField

MOST = 3  # side by side; more cannot be read together
FREQUENCIES = [
    (every.value, FREQUENCY_WORDS[every])
    for every in (Frequency.MONTHLY, Frequency.FOUR_WEEKLY, Frequency.FORTNIGHTLY, Frequency.WEEKLY)
]
INCOME_EVERY = [(Frequency.MONTHLY.value, "A month"), (Frequency.WEEKLY.value, "A week")]
_NAMES = {"instalment": "part"}  # the engine calls the arrears part by its own word
_YEARS_AHEAD = 5
# Of one plan: either the part or the whole payment is asked for, so neither is "if you have it".
_OPTIONAL = {"part": "", "total": "", "ongoing": "", "fee": "if there is one"}
_AMOUNTS = ("part", "total", "ongoing", "fee", "frequency", "first")


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


def _limit(on: dt.date) -> dt.date:
    """The last day taken: further ahead is a slip of the keyboard."""
    return dt.date(on.year + _YEARS_AHEAD, 12, 31)


def _amount_fields(on: dt.date) -> dict[str, forms.Field]:
    """The questions that belong to one plan; ``label`` is how an error summary names them."""
    return {
        "part": PenceField(
            label="Arrears part of each payment",
            help_text="Leave out ongoing maintenance and fees",
            required=False,
        ),
        "total": PenceField(label="Whole payment", help_text="What leaves the account each time", required=False),
        "ongoing": PenceField(
            label="Ongoing maintenance in it",
            help_text="What is due for now, without arrears. If none is due, enter 0",
            at_least=0,
            required=False,
        ),
        "fee": PenceField(
            label="Collection fee in it",
            help_text="Only under Collect and Pay, for the paying parent",
            at_least=0,
            required=False,
        ),
        "frequency": forms.ChoiceField(
            label="How often", choices=FREQUENCIES, widget=forms.Select({"class": "input w12"})
        ),
        "first": DayAheadField(
            label="First payment",
            help_text="For example, 1 12 2026",
            what="the day of the first payment",
            on_or_before=_limit(on),
        ),
    }


class _PlanForm(Form):
    """The questions that every check of a plan shares."""

    optional_words = {
        "review": "if you know it",
        "income": "if you know it",
        **{f"{name}{suffix}": words for name, words in _OPTIONAL.items() for suffix in ("", "_1", "_2", "_3")},
    }

    arrears = PenceField(
        label="How much is owed",
        help_text="The arrears on the latest letter, in pounds and pence",
        what="what is owed",
        at_least=0,
    )
    income = PenceField(
        label="Net income of the paying parent",
        help_text="After tax and National Insurance. We show what share of it a payment takes",
        required=False,
    )
    income_every = forms.ChoiceField(
        label="That income is for", choices=INCOME_EVERY, required=False, widget=forms.Select({"class": "input w12"})
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.on = on
        self.fields["review"] = DayAheadField(
            label="Next annual review",
            help_text="CMS looks at each case again once a year. The date is on the yearly letter",
            what="the day of the review",
            on_or_before=_limit(on),
            required=False,
        )

    @property
    def more_is_open(self) -> bool:
        """Say whether the optional questions hold something to look at."""
        review = self["review"].value()
        typed = any(review) if isinstance(review, list) else review
        return bool(typed or self["income"].value() or self["review"].errors or self["income"].errors)

    def _check_amounts(self, suffix: str = "") -> None:
        """Ask for the arrears part, or for the whole payment with what ongoing maintenance takes of it."""
        names = [f"{name}{suffix}" for name in ("part", "total", "ongoing", "fee")]
        if any(self.errors.get(name) for name in names):
            return
        part, total, ongoing, fee = (self.cleaned_data.get(name) for name in names)
        if total is None and (ongoing is not None or fee is not None):
            self.add_error(names[1], "Enter the whole payment too, or leave these questions empty.")
        elif total is not None and ongoing is None:
            self.add_error(
                names[2], "Enter how much of the whole payment is ongoing maintenance. If none is due, enter 0."
            )
        elif part is None and total is None:
            self.add_error(names[0], "Enter the part that goes to the arrears, or the whole payment below.")

    def _proposal(self, label: str, suffix: str = "") -> Proposal:
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

    def _inputs(self, number: int, suffix: str = "") -> ProposalInputs:
        return ProposalInputs(number, *(self[f"{name}{suffix}"] for name in _AMOUNTS))


class PlanCheckForm(_PlanForm):
    """Up to three plans on the same arrears. ``plans`` says how many are on the page."""

    plans = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput, initial=1)

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, plans: int = 1, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        self.count = _count(data.get("plans")) if data is not None else plans
        self.initial["plans"] = self.count
        for number in range(1, self.count + 1):
            for name, field in _amount_fields(on).items():
                if self.count > 1:
                    field.label = f"Plan {number}, {str(field.label)[0].lower()}{str(field.label)[1:]}"
                self.fields[f"{name}_{number}"] = field

    @classmethod
    def changed(cls, data: Mapping[str, Any], *, on: dt.date, remove: int | None = None) -> "PlanCheckForm":
        """The page with one plan more, or one less, everything typed still in place and nothing judged.

        The new plan starts with the frequency and first day of the one before it.
        """
        before = cls(data, on=on)
        typed = {name: before[name].data for name in before.fields}
        if remove is None:
            count = min(before.count + 1, MOST)
            if count > before.count:
                for name in ("frequency", "first"):
                    typed[f"{name}_{count}"] = typed[f"{name}_{before.count}"]
        else:
            count = max(before.count - 1, 1)
            for number in range(remove, before.count):
                for name in _AMOUNTS:
                    typed[f"{name}_{number}"] = typed[f"{name}_{number + 1}"]
        typed["plans"] = count
        return cls(on=on, plans=count, initial=typed)

    @property
    def inputs(self) -> list[ProposalInputs]:
        """The plans on the page, in order."""
        return [self._inputs(number, f"_{number}") for number in range(1, self.count + 1)]

    @property
    def has_room(self) -> bool:
        """Say whether another plan may be added."""
        return self.count < MOST

    def clean(self) -> dict[str, Any]:
        """Check that each plan says what goes to the arrears."""
        for number in range(1, self.count + 1):
            self._check_amounts(f"_{number}")
        return self.cleaned_data

    def proposals(self) -> list[Proposal]:
        """What was typed, one value for each plan."""
        return [self._proposal(f"Plan {number}", f"_{number}") for number in range(1, self.count + 1)]

    def refuse_plan(self, number: int, refusal: Refusal) -> None:
        """Put a rule's refusal beside the field of the plan it is about."""
        name = f"{_NAMES.get(refusal.field, refusal.field)}_{number}"
        self.add_error(name if name in self.fields else None, refusal.message)


class ProposalForm(_PlanForm):
    """One plan to keep in a case and compare with others."""

    entry = EntryField()
    label = forms.CharField(
        label="A name for this plan",
        help_text="For your eyes, like: my offer, or what CMS asked",
        max_length=60,
        error_messages={"required": "Give the plan a name, like: my offer."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        self.fields |= _amount_fields(on)
        self.fields["arrears"].help_text = "From your record, as of today. Change it to try another figure"

    @property
    def inputs(self) -> ProposalInputs:
        """The plan's own fields."""
        return self._inputs(1)

    def clean(self) -> dict[str, Any]:
        """Check that the plan says what goes to the arrears."""
        self._check_amounts()
        return self.cleaned_data

    def proposal(self) -> Proposal:
        """What was typed."""
        return self._proposal(self.cleaned_data["label"])


class CmsPlanForm(Form):
    """A plan that CMS put in place, from its letter."""

    optional_words = {"cms_word": "if it gives it a name", "note": "if there is anything"}

    entry = EntryField()
    arrears_part = PenceField(
        label="How much of each payment goes to the arrears",
        help_text="Your letter may call it arrears, or debt",
        what="the part that goes to the arrears",
    )
    total = PenceField(
        label="The whole payment",
        help_text="Ongoing maintenance, the arrears part and any fee together",
        what="the whole payment",
    )
    frequency = forms.ChoiceField(label="How often", choices=FREQUENCIES)
    cms_word = forms.CharField(
        label="What CMS calls it",
        help_text="The word in the letter, like: agreement, arrangement, schedule",
        max_length=60,
        required=False,
    )
    note = forms.CharField(
        label="Anything to remember",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["first_payment_on"] = DayAheadField(
            label="First payment",
            help_text="For example, 1 12 2026",
            what="the day of the first payment",
            on_or_before=_limit(on),
        )
        self.fields["agreed_on"] = DayField(
            label="Date on the letter",
            help_text="For example, 18 3 2026",
            what="the date on the letter",
            on_or_before=on,
        )
        self.order_fields(
            ["entry", "agreed_on", "first_payment_on", "frequency", "total", "arrears_part", "cms_word", "note"]
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an arrears part above the whole payment."""
        data = self.cleaned_data
        part, total = data.get("arrears_part"), data.get("total")
        if part is not None and total is not None and part > total:
            self.add_error("arrears_part", "This is more than the whole payment. Check both amounts with the letter.")
        return data


def _count(typed: Any) -> int:
    """How many plans a sent page held; anything odd counts as one."""
    text = str(typed or "")
    return min(max(int(text), 1), MOST) if len(text) == 1 and text in "123" else 1
