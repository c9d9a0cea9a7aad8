"""Check up to three repayment plans without an account."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from arrears.core.case_values import Proposal
from arrears.forms.plan_terms import AMOUNTS, PlanTermsForm, ProposalInputs, amount_fields, what_if_fields
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

MOST = 3  # side by side; more cannot be read together
_NAMES = {"instalment": "part"}  # the engine calls the arrears part by its own word


class PlanCheckForm(PlanTermsForm):
    """Up to three plans on the same arrears. ``plans`` says how many are on the page."""

    plans = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput, initial=1)

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, plans: int = 1, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        self.count = _count(data.get("plans")) if data is not None else plans
        self.initial["plans"] = self.count
        for number in range(1, self.count + 1):
            for name, field in amount_fields(on).items():
                if self.count > 1:
                    field.label = say(
                        "Plan {number}, {label}{label_2}",
                        number=number,
                        label=str(field.label)[0].lower(),
                        label_2=str(field.label)[1:],
                    )
                self.fields[f"{name}_{number}"] = field
        self.fields |= what_if_fields(on)

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
                for name in AMOUNTS:
                    typed[f"{name}_{number}"] = typed[f"{name}_{number + 1}"]
        typed["plans"] = count
        return cls(on=on, plans=count, initial=typed)

    @property
    def inputs(self) -> list[ProposalInputs]:
        """The plans on the page, in order."""
        return [self.inputs_of(number, f"_{number}") for number in range(1, self.count + 1)]

    @property
    def what_if_is_open(self) -> bool:
        """Say whether the questions about what may change hold something to look at."""
        ends = self["ends"].value()
        typed = any(ends) if isinstance(ends, list) else ends
        return bool(typed or self["weekly"].value() or self["ends"].errors or self["weekly"].errors)

    @property
    def has_room(self) -> bool:
        """Say whether another plan may be added."""
        return self.count < MOST

    def clean(self) -> dict[str, Any]:
        """Check that each plan says what goes to the arrears."""
        for number in range(1, self.count + 1):
            self.check_amounts(f"_{number}")
        return self.cleaned_data

    def proposals(self) -> list[Proposal]:
        """What was typed, one value for each plan."""
        return [
            self.proposal_of(say("Plan {number}", number=number), f"_{number}") for number in range(1, self.count + 1)
        ]

    def refuse_plan(self, number: int, refusal: Refusal) -> None:
        """Put a rule's refusal beside the field of the plan it is about."""
        name = f"{_NAMES.get(refusal.field, refusal.field)}_{number}"
        self.add_error(name if name in self.fields else None, refusal.message)


def _count(typed: Any) -> int:
    """How many plans a sent page held; anything odd counts as one."""
    text = str(typed or "")
    return min(max(int(text), 1), MOST) if len(text) == 1 and text in "123" else 1
