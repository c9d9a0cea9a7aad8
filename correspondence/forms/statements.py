"""Which days a statement is about, by what was known on which day, and what it shows."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayField, EntryField, Form, RevealingRadios
from correspondence.core.statement_options import USUAL_PARTS, Chosen, Part, Span, days_of

SPANS = [
    (Span.ALL, _("All of it, from the start")),
    (Span.THIS_YEAR, _("This calendar year")),
    (Span.LAST_12_MONTHS, _("The last 12 months")),
    (Span.CHOSEN, _("Days that I choose")),
]
PARTS = [
    (Part.CAUSES, _("Why the balance changed, decision by decision")),
    (Part.TERMS, _("The CMS decisions, payment dates and plans in force")),
    (Part.POTS, _("Money that is not arrears: fees, charges and the like")),
    (Part.PAYMENTS, _("Each payment, and where it went")),
    (Part.NOTES, _("My own notes on payments")),
]


class StatementForm(Form):
    """The choices of one statement."""

    optional_words = Words({"since": "", "until": "", "known_on": mark("empty means today"), "parts": ""})

    span = forms.ChoiceField(
        label=_("Which days?"), choices=SPANS, initial=Span.ALL, widget=RevealingRadios(opens=Span.CHOSEN)
    )
    parts = forms.MultipleChoiceField(
        label=_("What else should it show?"),
        help_text=(
            _(
                "It always shows each date, what came for it and the balance. In your notes, runs of "
                "six figures or more are masked."
            )
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
        for name, label, what in (
            ("since", say("First day"), say("the first day")),
            ("until", say("Last day"), say("the last day")),
        ):
            self.fields[name] = DayField(label=label, what=what, on_or_before=on, required=False)
        self.fields["known_on"] = DayField(
            label=say("As known on"),
            help_text=say("What you learned after this day is left out."),
            on_or_before=on,
            required=False,
        )
        self.order_fields(["span", "since", "until", "known_on", "parts", "entry"])

    def clean(self) -> dict[str, Any]:
        """Ask for both days where they are to be chosen, in their order."""
        given = super().clean() or {}
        if given.get("span") == Span.CHOSEN:
            for name, what in (("since", say("the first day")), ("until", say("the last day"))):
                if name not in self.errors and given.get(name) is None:
                    self.add_error(name, say("Enter {what}, like 22 4 2025.", what=what))
            since, until = given.get("since"), given.get("until")
            if since and until and since > until:
                self.add_error("until", say("The last day is before the first day. Check both."))
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
