"""The form of an event: its day, and only what this kind needs beside it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.event_values import Event, EventKind, Power
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField
from correspondence.core.events import POWERS, takes_a_sum

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class EventForm(DatedForm):
    """One event of one kind."""

    entry = EntryField()
    on = DayField(label=_("On which day?"), what=_("the day"))
    note = forms.CharField(
        label=_("Anything to remember"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words({"amount": mark("if you know"), "note": mark("if you want to add it")})

    def __init__(
        self,
        *args: Any,
        on: dt.date,
        kind: EventKind,
        powers: tuple[Sequence[Power], Sequence[Power]],
        first: Power | None = None,
        **kwargs: Any,
    ) -> None:
        """``on`` is today: an event lies on it or before. ``first`` is chosen already.

        ``powers`` may be chosen: those of the record's nation, and apart from them those that only others have.
        """
        super().__init__(*args, on=on, **kwargs)
        self.kind = kind
        if kind.names_a_power:
            here, elsewhere = ([(one.value, POWERS[one]) for one in some] for some in powers)
            self.fields["power"] = forms.ChoiceField(
                label=say("Which way of collecting?"),
                choices=[("", ""), *here, (say("Only in another nation"), elsewhere)],
                initial=first,
                widget=forms.Select(attrs={"class": "input"}),
                error_messages=_CHOOSE,
            )
        if takes_a_sum(kind):
            self.fields["amount"] = PenceField(label=say("How much is it about, in pounds?"), required=False)
        self.order_fields(["power", "on", "amount", "note"])

    def event(self) -> Event:
        """What was typed."""
        typed = self.cleaned_data
        power = typed.get("power")
        return Event(
            kind=self.kind,
            on=typed["on"],
            power=Power(power) if power else None,
            amount=typed.get("amount"),
            note=typed["note"],
        )
