"""The form of a result: what changed, how far it had to go, what did it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.case_results import MOST_CHILDREN
from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from cms_tracker.language import Words, mark
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField
from correspondence.core.results import KINDS, MEANS, STAGES

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
_CHILDREN = _("Enter a whole number, up to 20.")


class ResultForm(DatedForm):
    """One result. The money is what somebody gained, as far as anybody can say."""

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What changed?"), choices=list(KINDS.items()), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    on = DayField(label=_("On which day?"), what=_("the day"))
    stage = forms.ChoiceField(
        label=_("How far did it have to go?"), choices=[("", ""), *STAGES.items()], error_messages=_CHOOSE
    )
    means = forms.ChoiceField(label=_("What did it?"), choices=[("", ""), *MEANS.items()], error_messages=_CHOOSE)
    gained = PenceField(
        label=_("How much was gained, in pounds?"),
        help_text=_("Money that came, or a debt that was taken off. Leave it empty if it was no money."),
        required=False,
    )
    children = forms.IntegerField(
        label=_("How many children is it for?"),
        min_value=0,
        max_value=MOST_CHILDREN,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _CHILDREN),
    )
    note = forms.CharField(
        label=_("Anything to remember"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words(
        {"gained": mark("if it was money"), "children": mark("if you know"), "note": mark("if you want to add it")}
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today: a result lies on it or before."""
        super().__init__(*args, on=on, **kwargs)

    def result(self) -> Result:
        """What was typed."""
        typed = self.cleaned_data
        return Result(
            on=typed["on"],
            kind=ResultKind(typed["kind"]),
            stage=ResultStage(typed["stage"]),
            means=ResultMeans(typed["means"]),
            gained=typed["gained"] or 0,
            children=typed["children"] or 0,
            note=typed["note"],
        )
