"""Which days a statement is about, by what was known on which day, and what it shows."""

import datetime as dt
from typing import Any

from django import forms

from cms_tracker.web.forms import DayField, EntryField, Form, RevealingRadios
from correspondence.core.statement_options import USUAL_PARTS, Chosen, Part, Span, days_of

SPANS = [
    (Span.ALL, "All of it, from the start"),
    (Span.THIS_YEAR, "This calendar year"),
    (Span.LAST_12_MONTHS, "The last 12 months"),
    (Span.CHOSEN, "Days that I choose"),
]
PARTS = [
    (Part.CAUSES, "Why the balance changed, decision by decision"),
    (Part.TERMS, "The CMS decisions, payment dates and plans in force"),
    (Part.POTS, "Money that is not arrears: fees, charges and the like"),
    (Part.PAYMENTS, "Each payment, and where it went"),
    (Part.NOTES, "My own notes on payments"),
]


class StatementForm(Form):
    """The choices of one statement."""

    optional_words = {"since": "", "until": "", "known_on": "empty means today", "parts": ""}

    span = forms.ChoiceField(
        label="Which days?", choices=SPANS, initial=Span.ALL, widget=RevealingRadios(opens=Span.CHOSEN)
    )
    parts = forms.MultipleChoiceField(
        label="What else should it show?",
        help_text=(
            "It always shows each date, what came for it and the balance. "
            "In your notes, runs of six figures or more are masked."
        ),
        choices=PARTS,
        initial=[part.value for part in USUAL_PARTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today."""
        super().__init__(*args, **kwargs)
        self.on = on
        for name, label, what in (("since", "First day", "the first day"), ("until", "Last day", "the last day")):
            self.fields[name] = DayField(label=label, what=what, on_or_before=on, required=False)
        self.fields["known_on"] = DayField(
            label="As known on",
            help_text="What you learned after this day is left out.",
            on_or_before=on,
            required=False,
        )
        self.order_fields(["span", "since", "until", "known_on", "parts", "entry"])

    def clean(self) -> dict[str, Any]:
        """Ask for both days where they are to be chosen, in their order."""
        given = super().clean() or {}
        if given.get("span") == Span.CHOSEN:
            for name, what in (("since", "the first day"), ("until", "the last day")):
                if name not in self.errors and given.get(name) is None:
                    self.add_error(name, f"Enter {what}, like 22 4 2025.")
            since, until = given.get("since"), given.get("until")
            if since and until and since > until:
                self.add_error("until", "The last day is before the first day. Check both.")
        return given

    def chosen(self) -> Chosen:
        """What was chosen; the form is valid."""
        said = self.cleaned_data
        span = Span(said["span"])
        days = (said["since"], said["until"]) if span is Span.CHOSEN else days_of(span, today=self.on)
        return Chosen(
            since=days[0],
            until=days[1],
            known_on=said["known_on"] or self.on,
            parts=frozenset(Part(one) for one in said["parts"]),
        )
