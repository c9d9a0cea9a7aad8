"""Correcting the details of a record: everything that opening it asked for, but for the side."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.core import references, words
from cases.core.details import Details
from cases.core.facts import AllocationRule, Nation, Scheme
from cases.forms.details import MOST_CHILDREN, DetailsForm


class CorrectDetails(DetailsForm):
    """The details on record, ``now``, to be put right. Emptying a row takes that child's label off.

    ``seen`` is the fingerprint of the details that the page showed.
    """

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    allocation_rule = forms.ChoiceField(
        label=_("What does a payment cover?"),
        help_text=(
            _(
                "Our rule, not one of CMS. What was due and what was paid stay the same. Which "
                "payment date or fee a payment counts for can change, and with it what shows as owed "
                "or late."
            )
        ),
        choices=list(words.ALLOCATION_RULES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what a payment covers.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: Details, **kwargs: Any) -> None:
        self.now = now
        kwargs.setdefault("rows", len(now.children))
        kwargs.setdefault("initial", _as_typed(now))
        # A file that was brought in may name more children than can be added here.
        super().__init__(data, most=max(MOST_CHILDREN, len(now.children)), **kwargs)
        self.order_fields(["reference", *self.child_names, "nation", "other_parent", "scheme", "allocation_rule"])

    def _anew(self, **kwargs: Any) -> Self:
        return type(self)(now=self.now, **kwargs)

    @property
    def details(self) -> Details:
        """The details as typed. Only after the form has been found valid."""
        given = self.cleaned_data
        return Details(
            reference=given["reference"],
            nation=Nation(given["nation"]),
            other_parent=given["other_parent"],
            scheme=Scheme(given["scheme"]),
            allocation_rule=AllocationRule(given["allocation_rule"]),
            children=tuple(self.children),
        )


def _as_typed(now: Details) -> dict[str, Any]:
    """The details as a person would type them into the form."""
    return {
        "reference": references.grouped(now.reference),
        "nation": now.nation,
        "other_parent": now.other_parent,
        "scheme": now.scheme,
        "allocation_rule": now.allocation_rule,
        "seen": now.fingerprint(),
        "child_1": "",  # a record without children is not given one
        **{f"child_{number}": label for number, label in enumerate(now.children, start=1)},
    }
