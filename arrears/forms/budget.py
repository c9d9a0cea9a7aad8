"""What a person may type about money in and money out, and the offer they make of what is left."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from arrears.core.affordability import INCOME, OTHER, PRIORITY
from arrears.core.other_facts import BudgetCategory, BudgetLine, Every
from arrears.core.words import BUDGET_CATEGORIES, EVERY
from arrears.forms.plan_terms import FREQUENCIES, limit
from cases.core.facts import Frequency
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayAheadField, EntryField, Form, PenceField

MOST_EXTRA = 6  # lines beside the one of each category
_EVERY = list(EVERY.items())
_HINTS = Words(
    {
        BudgetCategory.WAGES: mark("What reaches the bank, after tax and National Insurance"),
        BudgetCategory.BENEFITS: mark("Universal Credit, Child Benefit and others"),
        BudgetCategory.OTHER_INCOME: mark("A pension, a lodger, help from family"),
        BudgetCategory.FINES_AND_TAX: mark("Court fines, tax that is owed, a TV licence"),
        BudgetCategory.ONGOING_MAINTENANCE: mark(
            "What CMS says is due for now, with any CMS fee. Leave the arrears out"
        ),
        BudgetCategory.OTHER_DEBTS: mark("Cards, loans, catalogues"),
    }
)


@dataclass(frozen=True, slots=True)
class LineInputs:
    """One line of the budget as a template draws it; ``category`` only where the person chooses it."""

    amount: BoundField
    every: BoundField
    category: BoundField | None = None


@dataclass(frozen=True, slots=True)
class GroupInputs:
    """Lines that belong together."""

    title: str
    about: str
    lines: list[LineInputs]


class BudgetForm(Form):
    """Money in and money out: one line for each category, and a few more where one is not enough."""

    optional_words = Words({"no_income": ""})

    entry = EntryField()
    extra = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=0)
    no_income = forms.BooleanField(label=_("Nothing is coming in"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, extra: int = 0, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.extra_lines = _count(data.get("extra")) if data is not None else extra
        self.initial["extra"] = self.extra_lines
        for category in BudgetCategory:
            self._add_line(category.value, BUDGET_CATEGORIES[category], hint=_HINTS.get(category, ""))
        for number in range(1, self.extra_lines + 1):
            self.fields[f"category_{number}"] = forms.ChoiceField(
                label=say("Extra line {number}, what it is", number=number),
                choices=list(BUDGET_CATEGORIES.items()),
                widget=forms.Select({"class": "input"}),
            )
            self._add_line(str(number), say("Extra line {number}, amount", number=number))

    @classmethod
    def with_a_line_more(cls, data: Mapping[str, Any], **kwargs: Any) -> "BudgetForm":
        """The page with one more line, everything typed still in place and nothing judged."""
        before = cls(data, **kwargs)
        extra = min(before.extra_lines + 1, MOST_EXTRA)
        typed = {name: before[name].data for name in before.fields} | {"extra": extra}
        found = cls(initial=typed, extra=extra, **kwargs)
        if extra > before.extra_lines:  # the page is long: go on where the new line is
            found.fields[f"category_{extra}"].widget.attrs["autofocus"] = True
        return found

    @classmethod
    def begun(cls, lines: Iterable[BudgetLine]) -> "BudgetForm":
        """The page filled in with these lines: one in each category's place, and the rest below."""
        typed: dict[str, Any] = {}
        extra = 0
        for line in lines:
            name = line.category.value
            if f"amount_{name}" in typed:
                if extra == MOST_EXTRA:
                    continue
                extra += 1
                name = str(extra)
                typed[f"category_{name}"] = line.category.value
            typed |= {f"amount_{name}": line.amount, f"every_{name}": line.every.value}
        return cls(initial=typed, extra=extra)

    @property
    def groups(self) -> list[GroupInputs]:
        """The lines in the order in which they are asked: money in, the bills that come first, the rest."""
        extra = [
            LineInputs(self[f"amount_{number}"], self[f"every_{number}"], self[f"category_{number}"])
            for number in range(1, self.extra_lines + 1)
        ]
        found = [
            GroupInputs(
                say("Money in"),
                say("What reaches you, after tax. What a partner pays towards the bills goes in the last line"),
                self._of(INCOME),
            ),
            GroupInputs(
                say("Bills that come first"),
                say("Not paying one of these can cost a home or the heating"),
                self._of(PRIORITY),
            ),
            GroupInputs(say("Everything else"), say("Everyday costs. Leave empty what there is not"), self._of(OTHER)),
        ]
        return [*found, GroupInputs(say("More lines"), "", extra)] if extra else found

    @property
    def has_room(self) -> bool:
        """Say whether one more line may be added."""
        return self.extra_lines < MOST_EXTRA

    def clean(self) -> dict[str, Any]:
        """Ask for at least one amount, and whether nothing comes in where the page says nothing of it."""
        if self.errors:
            return self.cleaned_data
        lines, wages = self.lines(), f"amount_{BudgetCategory.WAGES}"
        comes_in = any(one.category in INCOME for one in lines)
        if not lines:
            self.add_error(wages, say("Enter at least one amount that comes in or goes out."))
        elif not comes_in and not self.cleaned_data["no_income"]:
            self.add_error(wages, say("Enter what comes in, or tick: nothing is coming in."))
        elif comes_in and self.cleaned_data["no_income"]:
            self.add_error(
                "no_income", say("Money that comes in is entered too. Take the tick away, or empty those boxes.")
            )
        return self.cleaned_data

    def lines(self) -> tuple[BudgetLine, ...]:
        """What was typed, empty lines and noughts left out."""
        data = self.cleaned_data
        found = [(category, category.value) for category in BudgetCategory]
        found += [
            (BudgetCategory(data[f"category_{number}"]), str(number)) for number in range(1, self.extra_lines + 1)
        ]
        return tuple(
            BudgetLine(category=category, amount=data[f"amount_{name}"], every=Every(data[f"every_{name}"]))
            for category, name in found
            if data.get(f"amount_{name}")
        )

    def _of(self, categories: Iterable[BudgetCategory]) -> list[LineInputs]:
        return [LineInputs(self[f"amount_{one.value}"], self[f"every_{one.value}"]) for one in categories]

    def _add_line(self, name: str, label: str, *, hint: str = "") -> None:
        self.fields[f"amount_{name}"] = PenceField(label=label, help_text=hint, at_least=0, required=False)
        self.fields[f"every_{name}"] = forms.ChoiceField(
            label=say("{label}, how often", label=label),
            choices=_EVERY,
            initial=Every.MONTH,
            widget=forms.Select({"class": "input"}),
        )


class TryBudgetForm(BudgetForm):
    """A budget without a record: what is owed is asked too, and nothing is kept."""

    optional_words = Words(
        {"no_income": "", "arrears": mark("to see what plan it would be"), "first": mark("if you know it")}
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["arrears"] = PenceField(
            label=say("How much is owed"),
            help_text=say("The arrears on the latest letter. Leave it empty to see only what is left"),
            at_least=0,
            required=False,
        )
        self.fields |= _when_fields(on, required=False)


class OfferForm(Form):
    """The offer that a person makes of what a budget leaves."""

    entry = EntryField()
    label = forms.CharField(
        label=_("A name for this offer"),
        help_text=_("For your eyes"),
        max_length=60,
        error_messages={"required": _("Give the offer a name, like: my offer.")},
    )
    part = PenceField(
        label=_("How much of each payment goes to the arrears"),
        help_text=_("Ongoing maintenance comes on top. You can offer less than what is left"),
        what=_("the part that goes to the arrears"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields |= _when_fields(on, required=True)

    def clean_frequency(self) -> Frequency:
        """How often, as a value."""
        return Frequency(self.cleaned_data["frequency"])


def _when_fields(on: dt.date, *, required: bool) -> dict[str, forms.Field]:
    return {
        "frequency": forms.ChoiceField(
            label=say("How often would you pay"), choices=FREQUENCIES, widget=forms.Select({"class": "input w12"})
        ),
        "first": DayAheadField(
            label=say("First payment"),
            help_text=say("For example, 1 12 2026"),
            what=say("the day of the first payment"),
            on_or_before=limit(on),
            required=required,
        ),
    }


def _count(typed: Any) -> int:
    """How many more lines a sent page held; anything odd counts as none."""
    text = str(typed or "")
    return min(int(text), MOST_EXTRA) if len(text) == 1 and text in "0123456789" else 0
