"""What a person may say to see what a weekly amount would come to. Nothing of it is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from arrears.core import rates
from arrears.core.estimate.values import Child, Every, Income, Question
from arrears.core.rate_values import Scale
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds
from cms_tracker.web.forms import Form, PenceField, RevealingRadios

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

MOST = 8  # children on one page; families with more are rare, and the percentages stop at three
PARENTS = (_("The first receiving parent"), _("A second receiving parent"), _("A third receiving parent"))
_PERIODS = [(Every.YEAR.value, _("A year")), (Every.MONTH.value, _("A month")), (Every.WEEK.value, _("A week"))]
_FEW = "0"
_EQUAL = "equal"
_AGREED = "agreed"
_YES_NO = [("no", _("No")), ("yes", _("Yes"))]
_OTHERS = [("0", _("None")), ("1", "1"), ("2", "2"), ("3", _("3 or more"))]
_ELSEWHERE = [("0", _("None")), *((str(count), str(count)) for count in range(1, 6))]


@dataclass(frozen=True, slots=True)
class ChildInputs:
    """The fields of one child, as a template draws them."""

    number: int
    nights: BoundField
    parent: BoundField


class EstimateForm(Form):
    """The paying parent's income, the children and their nights. ``count`` children are on the page."""

    optional_words = Words({"income": "", "pension": mark("if there are any"), "held": mark("if you know it")})

    count = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput, initial=1)
    benefit = forms.ChoiceField(
        label=_("Does the paying parent get a benefit on this list?"),
        help_text=_("Universal Credit without earnings is on it. For some benefits, a partner’s counts too"),
        choices=_YES_NO,
        initial="no",
        widget=RevealingRadios(opens="no"),
        error_messages={"required": _("Choose Yes or No.")},
    )
    income = PenceField(
        label=_("Gross income of the paying parent"),
        help_text=_("Before tax and National Insurance. Wages, self-employment and private pensions"),
        at_least=0,
        required=False,
    )
    income_every = forms.ChoiceField(
        label=_("That income is for"), choices=_PERIODS, required=False, widget=forms.Select({"class": "input w12"})
    )
    pension = PenceField(
        label=_("Payments into a private pension"),
        help_text=_("What the paying parent pays in, for the same time. It is taken off the income"),
        at_least=0,
        required=False,
    )
    held = PenceField(
        label=_("Income that CMS uses now"),
        help_text=_(
            "From the decision letter, for the same time. We say whether the difference is enough to change it"
        ),
        at_least=0,
        required=False,
    )
    others = forms.ChoiceField(
        label=_("Other children who live with the paying parent"),
        help_text=_("Children for whom they, or a partner they live with, get Child Benefit"),
        choices=_OTHERS,
        required=False,
        widget=forms.Select({"class": "input w12"}),
    )
    elsewhere = forms.ChoiceField(
        label=_("Children whom they support in another way"),
        help_text=_("Under a family arrangement, a court order, or a decision from abroad, not through CMS"),
        choices=_ELSEWHERE,
        required=False,
        widget=forms.Select({"class": "input w12"}),
    )
    pays_nothing = forms.BooleanField(
        label=_("The paying parent is in a group that pays nothing"),
        help_text=_("Under 16, or up to 19 in school; in prison; in a care home or hospital with help for the fees"),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        on: dt.date,
        children: int = 1,
        parents: "tuple[StrOrPromise, ...]" = PARENTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.on, self.parents = on, parents
        self.children = _count(data.get("count")) if data is not None else children
        self.initial["count"] = self.children
        bands = _bands(rates.on(on).scale("shared_care"))
        for number in range(1, self.children + 1):
            of = say("Child {number}, ", number=number) if self.children > 1 else ""
            self.fields[f"nights_{number}"] = forms.ChoiceField(
                label=say("{of}nights a year with the paying parent", of=of)
                if of
                else say("Nights a year with the paying parent"),
                choices=bands,
                widget=forms.Select({"class": "input"}),
                error_messages={"required": say("Choose how many nights. If there are none, choose the first.")},
            )
            self.fields[f"with_{number}"] = forms.ChoiceField(
                label=say("{of}maintenance for this child goes to", of=of),
                choices=[(str(place), name) for place, name in enumerate(parents)],
                required=False,
                widget=forms.Select({"class": "input"}),
            )

    @classmethod
    def changed(cls, data: Mapping[str, Any], *, remove: int | None = None, **known: Any) -> "EstimateForm":
        """The page with one child more, or one less, everything typed still in place and nothing judged."""
        before = cls(data, **known)
        typed = {name: before[name].data for name in before.fields}
        count = min(before.children + 1, MOST) if remove is None else max(before.children - 1, 1)
        for number in range(remove or MOST, before.children):
            for name in ("nights", "with"):
                typed[f"{name}_{number}"] = typed[f"{name}_{number + 1}"]
        typed["count"] = count
        return cls(children=count, initial=typed, **known)

    @property
    def inputs(self) -> list[ChildInputs]:
        """The children on the page, in order."""
        return [
            ChildInputs(number, self[f"nights_{number}"], self[f"with_{number}"])
            for number in range(1, self.children + 1)
        ]

    @property
    def has_room(self) -> bool:
        """Say whether another child may be added."""
        return self.children < MOST

    @property
    def several_is_open(self) -> bool:
        """Say whether a child goes to another receiving parent than the first."""
        return any(one.parent.errors or str(one.parent.value() or "0") != "0" for one in self.inputs)

    @property
    def more_is_open(self) -> bool:
        """Say whether the questions that few people need hold something to look at."""
        rare = [self[name] for name in ("elsewhere", "pays_nothing", "held")]
        return any(field.errors or field.value() not in (None, "", "0", False) for field in rare)

    def clean(self) -> dict[str, Any]:
        """Ask for the income where it decides; where it does not, what stands there is nobody's concern."""
        data = self.cleaned_data
        if data.get("benefit") == "yes" or data.get("pays_nothing"):
            for name in ("income", "pension", "held"):
                self.errors.pop(name, None)
                data[name] = None
            return data
        income, pension = data.get("income"), data.get("pension")
        if income is None and "income" not in self.errors:
            self.add_error("income", say("Enter the income, like 24000.00. If there is none, enter 0."))
        if income is not None and pension is not None and pension > income:
            self.add_error(
                "pension", say("This is more than the income of {income}. Check both amounts.", income=pounds(income))
            )
        return data

    def question(self) -> Question:
        """What was asked."""
        data = self.cleaned_data
        income = None
        if data["income"] is not None:
            income = Income(
                amount=data["income"],
                every=Every(data["income_every"] or Every.YEAR),
                pension=data["pension"] or 0,
                held=data["held"],
            )
        return Question(
            on=self.on,
            income=income,
            children=tuple(self._child(number) for number in range(1, self.children + 1)),
            other_children=int(data["others"] or 0),
            other_arrangements=int(data["elsewhere"] or 0),
            on_benefit=data["benefit"] == "yes",
            pays_nothing=data["pays_nothing"],
        )

    def _child(self, number: int) -> Child:
        nights = self.cleaned_data[f"nights_{number}"]
        parent = str(self.parents[int(self.cleaned_data[f"with_{number}"] or 0)])
        if nights == _EQUAL:
            return Child(parent=parent, equal_care=True)
        if nights == _AGREED:
            least = rates.on(self.on).scale("shared_care").rows[0].key
            return Child(nights=int(least), parent=parent, not_agreed=True)
        return Child(nights=int(nights), parent=parent)


def _bands(nights: Scale) -> list[tuple[str, str]]:
    """The choices for nights: the bands of the rule, named by the least number of nights in each."""
    return [
        (_FEW, say("None, or fewer than {key} nights", key=nights.rows[0].key)),
        *((row.key, row.label) for row in nights.rows),
        (_AGREED, say("There are nights, but the parents do not agree how many")),
        (_EQUAL, say("Both parents share the day-to-day care equally")),
    ]


def _count(typed: Any) -> int:
    """How many children a sent page held; anything odd counts as one."""
    text = str(typed or "")
    return min(max(int(text), 1), MOST) if len(text) == 1 and text in "12345678" else 1
