"""The forms of deadlines: what started one, and what became of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.case_values import ClockResult
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayField, EntryField, Form
from correspondence.core.clock_rules import ClockRule


class ClockForm(Form):
    """The days that one kind of clock counts from. It asks only for the days that this kind needs."""

    note = forms.CharField(
        label=_("Anything to remember"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    entry = EntryField()

    optional_words = Words(
        {
            "note": mark("if you want to add it"),
            "reached_on": mark("if you remember"),
            "contact": mark("if it is there"),
        }
    )

    def __init__(
        self, *args: Any, on: dt.date, rule: ClockRule, contacts: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """``on`` is today; ``contacts`` are the logged ones that it may have come in, id and label."""
        super().__init__(*args, **kwargs)
        self.rule = rule
        if rule.asks_dated:
            self.fields["dated_on"] = DayField(label=rule.asks_dated, what=say("the date"), on_or_before=on)
        if rule.asks_reached:
            self.fields["reached_on"] = DayField(
                label=rule.asks_reached, what=say("the day"), on_or_before=on, required=not rule.asks_dated
            )
        if contacts:
            self.fields["contact"] = forms.ChoiceField(
                label=say("Is it in your log?"),
                choices=[("", say("No, or leave it out")), *contacts],
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )
        self.order_fields(["dated_on", "reached_on", "contact", "note"])
        if not rule.asks_dated:
            self.optional_words = Words({**self.optional_words, "reached_on": ""})

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that starts the clock."""
        cleaned = self.cleaned_data
        return {
            "kind": self.rule.kind,
            "dated_on": cleaned.get("dated_on"),
            "reached_on": cleaned.get("reached_on"),
            "contact_id": cleaned.get("contact") or None,
            "note": cleaned["note"],
            "entry_id": cleaned["entry"],
        }


class KindForm(Form):
    """Which clock to start."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened."), "invalid_choice": _("Choose what happened.")},
    )

    def __init__(self, *args: Any, rules: Sequence[ClockRule], **kwargs: Any) -> None:
        """``rules`` are the clocks that this person may have to start."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.kind, one.started_by) for one in rules]  # type: ignore[attr-defined]


class ClockEndForm(Form):
    """What became of a deadline."""

    optional_words = Words({"note": mark("if you want to add it")})

    result = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(ClockResult.DONE, _("It is done")), (ClockResult.NOT_NEEDED, _("It is not needed any more"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what became of it."), "invalid_choice": _("Say what became of it.")},
    )
    note = forms.CharField(
        label=_("What happened, or why not"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today."""
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=say("When was that?"), what=say("the day"), on_or_before=on, initial=on)
        self.order_fields(["result", "on", "note"])

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that ends the clock."""
        cleaned = self.cleaned_data
        return {
            "result": ClockResult(cleaned["result"]),
            "on": cleaned["on"],
            "note": cleaned["note"],
            "entry_id": cleaned["entry"],
        }
